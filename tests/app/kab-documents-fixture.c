/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-documents-fixture.h"

#include <glib/gstdio.h>

/* Somebody who is signed in, with documents and messages. */

/* @text with " for '. (transfer full) */
char *
kab_documents_fixture_json (const char *text)
{
  return g_strdelimit (g_strdup (text), "'", '"');
}

static void
serve (KabOnboardingFixture *self, const char *route, const char *text)
{
  g_autofree char *json = kab_documents_fixture_json (text);

  kab_test_server_forget (self->server, route);
  kab_test_server_reply (self->server, route, 200, json);
}

static void
refresh (KabPagedList *list)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  kab_paged_list_refresh_async (list, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  kab_paged_list_refresh_finish (list, result, &error);
  g_assert_no_error (error);
}

/* @document: the whole of it, JSON with ' for ". */
void
kab_documents_fixture_serve (KabOnboardingFixture *self, const char *id, const char *document)
{
  g_autofree char *route = g_strdup_printf ("GET /v1/documents/%s", id);
  g_autofree char *history = g_strdup_printf ("GET /v1/documents/%s/history", id);

  serve (self, route, document);
  serve (
      self, history,
      "{'items': [{'at': '2026-11-15T08:00:00Z', 'actor': 'bank', 'action': 'document-requested'},"
      "{'at': '2026-11-16T10:00:00Z', 'actor': 'client', 'action': 'document-saved', 'revision': "
      "1},"
      "{'at': '2026-11-17T15:00:00Z', 'actor': 'client', 'action': 'document-submitted',"
      " 'revision': 2},"
      "{'at': '2026-11-18T09:20:00Z', 'actor': 'bank', 'action':"
      " 'document-information-requested'}]}");
}

/* @documents, @messages: items, JSON with ' for ". */
KabOnboardingFixture *
kab_documents_fixture_new (const char *documents, const char *messages, guint unread)
{
  g_autofree char *application = kab_onboarding_fixture_application (5, "in-progress", "", "", "");
  KabOnboardingFixture *self = kab_onboarding_fixture_new (application);
  g_autofree char *documents_page = g_strdup_printf ("{'items': [%s]}", documents);
  g_autofree char *messages_page =
      g_strdup_printf ("{'items': [%s], 'unread': %u}", messages, unread);

  serve (self, "GET /v1/documents", documents_page);
  serve (self, "GET /v1/messages", messages_page);
  kab_documents_fixture_serve (self, "d1", KAB_DOCUMENT_CORRECT);
  kab_documents_fixture_serve (self, "d2", KAB_DOCUMENT_TAX);
  kab_documents_fixture_serve (self, "d3", KAB_DOCUMENT_COPY);
  kab_documents_fixture_serve (self, "d4", KAB_DOCUMENT_PACKAGE);
  kab_documents_fixture_serve (self, "d5", KAB_DOCUMENT_DONE);
  refresh (kab_client_data_get_documents (self->data));
  refresh (kab_client_data_get_messages (self->data));

  return self;
}

/* What a live event would bring. @document: JSON with ' for ". */
void
kab_documents_fixture_change (KabOnboardingFixture *self, const char *document)
{
  g_autoptr (JsonObject) object = kab_test_json (document);
  KabDocument *known = kab_paged_list_find (kab_client_data_get_documents (self->data),
                                            json_object_get_string_member (object, "id"));
  g_autoptr (GError) error = NULL;

  kab_record_update_from_json (KAB_RECORD (known), object, &error);
  g_assert_no_error (error);
}

/* A text file of @size bytes. */
GFile *
kab_documents_fixture_file (const char *name, gsize size)
{
  g_autofree char *folder = g_dir_make_tmp ("kabinets-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *content = g_strnfill (size, 'x');
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, (gssize) size, &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Of what is done to a document nothing is lost, whenever the program ends. */

#include "kab-documents-window.h"
#include "kab-test-tus.h"

static void
reply (KabDocumentsWindow *fixture, const char *route, guint status, const char *text)
{
  g_autofree char *json = kab_documents_fixture_json (text);

  kab_test_server_forget (fixture->bank->server, route);
  kab_test_server_reply (fixture->bank->server, route, status, json);
}

#define PUT "PUT /v1/documents/d1"
#define REFUSAL                                                                                    \
  "{'type': 't', 'title': '', 'status': 422, 'code': 'validation-failed', 'errors':"               \
  " [{'pointer': '/files/1', 'code': 'file-unknown', 'params': {}}]}"
#define SAVED(files)                                                                               \
  KAB_DOCUMENT_HEAD ("d1", "pdf-questionnaire", "Klienta anketa", "Customer questionnaire",        \
                     "Анкета клиента", "draft", "8", "3", "'edit','save','submit'")                \
  ", 'commentCount': 0, 'comments': [], 'versions': [], 'files': [" files "]}"
#define FILLED_NAME "Customer questionnaire.pdf"

static KabTestTus *
take_uploads (KabDocumentsWindow *fixture)
{
  kab_api_set_token (fixture->bank->api, "t");

  return kab_test_tus_new (fixture->bank->server);
}

static guint
count_files (KabDocumentModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (kab_document_model_get_attachments (model)));
}

/* Sent, but not saved in the document: the same file is there again, and isn't sent again. */
static void
test_file (KabDocumentsWindow *fixture, gconstpointer data)
{
  g_autoptr (KabTestTus) tus = take_uploads (fixture);
  KabDocumentModel *model = kab_documents_window_open (fixture, "d1");
  g_autoptr (GFile) file = kab_documents_fixture_file ("izziņa.txt", 300);
  g_autofree char *body = NULL;

  reply (fixture, PUT, 422, REFUSAL);
  kab_attachments_add (kab_document_model_get_attachments (model), file);
  kab_app_wait_until (kab_test_server_count (fixture->bank->server, PUT) == 1);
  kab_app_wait_until (
      kab_app_find (kab_documents_window_get_page (fixture), GTK_TYPE_LABEL,
                    "“izziņa.txt”: The bank does not have this file any more. Add it again.") !=
      NULL);
  kab_documents_window_sign_out (fixture);
  g_assert_nonnull (kab_draft_journal_get (fixture->journal, "files/d1"));

  reply (fixture, PUT, 200,
         SAVED (KAB_DOCUMENT_FILE ("f1", FILLED_NAME, "182044") ","
                KAB_DOCUMENT_FILE ("u1", "izziņa.txt", "300")));
  kab_documents_window_sign_in (fixture);
  model = kab_documents_window_open (fixture, "d1");
  g_assert_cmpuint (count_files (model), ==, 2);
  kab_app_wait_until (!kab_document_model_get_changed (model));
  body = kab_test_server_dup_body (fixture->bank->server, PUT);
  g_assert_cmpstr (body, ==, "{\"files\":[\"f1\",\"u1\"]}");
  g_assert_cmpuint (tus->creations, ==, 1);
  kab_app_wait_until (kab_draft_journal_get (fixture->journal, "files/d1") == NULL);
}

/* The same with the filled copy of a questionnaire, which the program made itself. */
static void
test_filled (KabDocumentsWindow *fixture, gconstpointer data)
{
  g_autoptr (KabTestTus) tus = take_uploads (fixture);
  KabDocumentModel *model = kab_documents_window_open (fixture, "d1");
  g_autoptr (GBytes) copy = g_bytes_new_static ("%PDF-1.7\n%%EOF\n", 15);
  g_autoptr (GAsyncResult) result = NULL;

  reply (fixture, PUT, 422, REFUSAL);
  kab_document_model_take_filled_async (model, copy, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  g_assert_true (kab_document_model_take_filled_finish (model, result, NULL));
  g_clear_object (&result);
  kab_app_wait_until (kab_test_server_count (fixture->bank->server, PUT) == 1);
  kab_app_wait_until (!kab_attachments_get_busy (kab_document_model_get_attachments (model)));
  kab_documents_window_sign_out (fixture);
  g_assert_nonnull (kab_draft_journal_get (fixture->journal, "filled/d1"));

  reply (fixture, PUT, 200, SAVED (KAB_DOCUMENT_FILE ("u2", FILLED_NAME, "15")));
  kab_documents_window_sign_in (fixture);
  model = kab_documents_window_open (fixture, "d1");
  kab_app_wait_until (kab_test_server_count (fixture->bank->server, PUT) > 0 &&
                      !kab_document_model_get_changed (model));
  g_assert_cmpint (tus->received, ==, 30);
  g_assert_null (kab_draft_journal_get (fixture->journal, "filled/d1"));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (KabDocumentsWindow *fixture, gconstpointer data);
  } tests[] = {
    { "/document-drafts/file", test_file },
    { "/document-drafts/filled", test_filled },
  };

  gtk_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, KabDocumentsWindow, NULL, kab_documents_window_set_up_keeping,
                tests[i].test, kab_documents_window_tear_down);

  return g_test_run ();
}

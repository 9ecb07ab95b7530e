/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Of what is done to a document nothing is lost, whenever the program ends. */

#include <signal.h>
#include <stdlib.h>

#include "kab-documents-window.h"
#include "kab-test-tus.h"
#include "pdf-fixture.h"
#include "preview/kab-preview-page.h"

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
         SAVED (KAB_DOCUMENT_FILE ("f1", FILLED_NAME,
                                   "182044") "," KAB_DOCUMENT_FILE ("u1", "izziņa.txt", "300")));
  kab_documents_window_sign_in (fixture);
  model = kab_documents_window_open (fixture, "d1");
  g_assert_cmpuint (count_files (model), ==, 2);
  kab_app_wait_until (!kab_document_model_get_changed (model));
  body = kab_test_server_dup_body (fixture->bank->server, PUT);
  g_assert_cmpstr (body, ==, "{\"files\":[\"f1\",\"u1\"]}");
  g_assert_cmpuint (tus->creations, ==, 1);
  kab_app_wait_until (kab_draft_journal_get (fixture->journal, "files/d1") == NULL);
}

static void
take_filled (KabDocumentModel *model)
{
  g_autoptr (GBytes) copy = g_bytes_new_static ("%PDF-1.7\n%%EOF\n", 15);
  g_autoptr (GAsyncResult) result = NULL;

  kab_document_model_take_filled_async (model, copy, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  g_assert_true (kab_document_model_take_filled_finish (model, result, NULL));
}

/* The same with the filled copy of a questionnaire, which the program made itself. What is filled
 * in after it was saved is another matter. */
static void
test_filled (KabDocumentsWindow *fixture, gconstpointer data)
{
  g_autoptr (KabTestTus) tus = take_uploads (fixture);
  KabDocumentModel *model = kab_documents_window_open (fixture, "d1");
  g_autoptr (JsonArray) fields = json_array_new ();

  reply (fixture, PUT, 422, REFUSAL);
  take_filled (model);
  kab_document_model_keep_fields (model, fields);
  kab_app_wait_until (kab_test_server_count (fixture->bank->server, PUT) == 1);
  kab_app_wait_until (!kab_attachments_get_busy (kab_document_model_get_attachments (model)));
  kab_documents_window_sign_out (fixture);
  g_assert_nonnull (kab_draft_journal_get (fixture->journal, "filled/d1"));

  reply (fixture, PUT, 200, SAVED (KAB_DOCUMENT_FILE ("u2", FILLED_NAME, "15")));
  kab_documents_window_sign_in (fixture);
  model = kab_documents_window_open (fixture, "d1");
  kab_app_wait_until (kab_draft_journal_get (fixture->journal, "filled/d1") == NULL);
  g_assert_false (kab_document_model_get_changed (model));
  g_assert_cmpint (tus->received, ==, 30);
  g_assert_nonnull (kab_draft_journal_get (fixture->journal, "fields/d1"));
}

/* Somebody removes the filled copy: it doesn't come back. */
static void
test_removed (KabDocumentsWindow *fixture, gconstpointer data)
{
  g_autoptr (KabTestTus) tus = take_uploads (fixture);
  KabDocumentModel *model = kab_documents_window_open (fixture, "d1");
  KabAttachments *files = kab_document_model_get_attachments (model);
  g_autoptr (KabAttachment) copy = NULL;

  reply (fixture, PUT, 422, REFUSAL);
  take_filled (model);
  kab_app_wait_until (kab_test_server_count (fixture->bank->server, PUT) == 1);
  copy = g_list_model_get_item (G_LIST_MODEL (files), count_files (model) - 1);
  kab_attachments_remove (files, copy);
  kab_app_wait_until (kab_draft_journal_get (fixture->journal, "filled/d1") == NULL);
}

#define FRESH                                                                                      \
  KAB_DOCUMENT_HEAD ("d1", "pdf-questionnaire", "Klienta anketa", "Customer questionnaire", "А",   \
                     "information-needed", "7", "1", "'edit','save','submit'")                     \
  ", 'files': [], 'versions': [], 'commentCount': 1, 'comments': [{'field': 'name', "              \
  "'fieldLabel': {'en': 'Name'}, 'text': 'Please.', 'at': '2026-11-18T09:20:00Z'}]}"

static GListModel *
get_fields (KabPreviewPage *preview)
{
  return kab_pdf_document_get_fields (kab_preview_page_get_document (preview));
}

static KabPdfField *
get_field (KabPreviewPage *preview, const char *label)
{
  for (guint i = 0; i < g_list_model_get_n_items (get_fields (preview)); i++)
    {
      g_autoptr (KabPdfField) field = g_list_model_get_item (get_fields (preview), i);

      if (g_str_equal (kab_pdf_field_get_label (field), label))
        return field; /* the list holds it */
    }
  g_error ("no field %s", label);
}

/* The preview of the questionnaire, opened from its document. */
static KabPreviewPage *
open_preview (KabDocumentsWindow *fixture)
{
  KabPreviewPage *preview;

  kab_documents_window_open (fixture, "d1");
  kab_app_press (kab_documents_window_get_page (fixture), "Go to field");
  preview = KAB_PREVIEW_PAGE (kab_documents_window_get_page (fixture));
  /* The helper starts slowly under a sanitizer. */
  kab_test_wait_until_in (kab_preview_page_get_document (preview) != NULL, 30);
  kab_test_wait_until_in (g_list_model_get_n_items (get_fields (preview)) > 0, 30);
  kab_documents_window_settle (fixture);

  return preview;
}

static KabPreviewPage *
open_form (KabDocumentsWindow *fixture, GBytes *pdf)
{
  kab_documents_fixture_serve (fixture->bank, "d1", FRESH);
  kab_documents_window_serve_template (fixture, pdf);

  return open_preview (fixture);
}

static void
fill (KabPreviewPage *preview)
{
  KabPdfField *country = get_field (preview, "Country");

  kab_pdf_field_set_value (get_field (preview, "Vārds"), "Anna");
  kab_pdf_field_set_active (get_field (preview, "Company"), TRUE);
  kab_pdf_field_set_chosen (country, 1);
}

static void
end_helper (KabPreviewPage *preview)
{
  KabPdfDocument *document = kab_preview_page_get_document (preview);

  kill ((pid_t) atoi (kab_pdf_document_get_helper_pid (document)), SIGKILL);
  kab_app_wait_until (kab_pdf_document_has_ended (document));
}

static void
assert_filled (KabPreviewPage *preview)
{
  g_assert_cmpstr (kab_pdf_field_get_value (get_field (preview, "Vārds")), ==, "Anna");
  g_assert_true (kab_pdf_field_get_active (get_field (preview, "Company")));
  g_assert_false (kab_pdf_field_get_active (get_field (preview, "Person")));
  g_assert_false (kab_pdf_field_is_empty (get_field (preview, "Country")));
}

/* Filled in, and a moment later gone without a word: it is filled in again, and said. */
static void
test_fields (KabDocumentsWindow *fixture, gconstpointer data)
{
  g_autoptr (GBytes) pdf = pdf_fixture_form ();
  KabPreviewPage *preview = open_form (fixture, pdf);

  fill (preview);
  kab_app_wait_until (kab_draft_journal_get (fixture->journal, "fields/d1") != NULL);
  end_helper (preview); /* that no copy is made */
  kab_documents_window_sign_out (fixture);

  kab_documents_window_sign_in (fixture);
  preview = open_preview (fixture);
  assert_filled (preview);
  g_assert_true (kab_preview_page_get_modified (preview));
  g_assert_nonnull (kab_app_find (GTK_WIDGET (preview), GTK_TYPE_LABEL,
                                  "What you filled in last is here again."));
}

/* The same when the page goes before that moment is over. */
static void
test_fields_at_once (KabDocumentsWindow *fixture, gconstpointer data)
{
  g_autoptr (GBytes) pdf = pdf_fixture_form ();

  fill (open_form (fixture, pdf));
  kab_documents_window_sign_out (fixture);
  g_assert_nonnull (kab_draft_journal_get (fixture->journal, "fields/d1"));

  kab_documents_window_sign_in (fixture);
  assert_filled (open_preview (fixture));
}

/* A helper that fell makes no copy when the page is left. */
static void
test_fields_without_helper (KabDocumentsWindow *fixture, gconstpointer data)
{
  g_autoptr (GBytes) pdf = pdf_fixture_form ();
  KabPreviewPage *preview = open_form (fixture, pdf);

  fill (preview);
  end_helper (preview);
  adw_navigation_view_pop (kab_window_get_view (fixture->window));
  kab_documents_window_settle (fixture);

  assert_filled (open_preview (fixture));
}

/* Once the bank has the saved copy, what it was filled in with is forgotten; what is filled in
 * after it isn't. */
static void
test_fields_saved (KabDocumentsWindow *fixture, gconstpointer data)
{
  g_autoptr (GBytes) pdf = pdf_fixture_form ();
  g_autoptr (KabTestTus) tus = take_uploads (fixture);
  KabPreviewPage *preview = open_form (fixture, pdf);

  reply (fixture, PUT, 200, SAVED (KAB_DOCUMENT_FILE ("u1", FILLED_NAME, "15")));
  fill (preview);
  kab_app_wait_until (kab_draft_journal_get (fixture->journal, "fields/d1") != NULL);
  gtk_widget_activate_action (GTK_WIDGET (preview), "preview.save", NULL);
  kab_app_wait_until (kab_draft_journal_get (fixture->journal, "fields/d1") == NULL);
  g_assert_null (kab_draft_journal_get (fixture->journal, "filled/d1"));

  reply (fixture, PUT, 200, SAVED (KAB_DOCUMENT_FILE ("u2", FILLED_NAME, "15")));
  gtk_widget_activate_action (GTK_WIDGET (preview), "preview.save", NULL);
  kab_pdf_field_set_value (get_field (preview, "Vārds"), "Anna Marija");
  kab_app_wait_until (tus->creations == 2 &&
                      kab_draft_journal_get (fixture->journal, "filled/d1") == NULL);
  g_assert_nonnull (kab_draft_journal_get (fixture->journal, "fields/d1"));
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
    { "/document-drafts/removed", test_removed },
    { "/document-drafts/fields", test_fields },
    { "/document-drafts/fields-at-once", test_fields_at_once },
    { "/document-drafts/fields-without-helper", test_fields_without_helper },
    { "/document-drafts/fields-saved", test_fields_saved },
  };

  gtk_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, KabDocumentsWindow, NULL, kab_documents_window_set_up_keeping,
                tests[i].test, kab_documents_window_tear_down);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-status-label.h"
#include "common/kab-upload-row.h"
#include "documents/kab-document-page.h"
#include "documents/kab-document-words.h"
#include "documents/kab-questionnaire-page.h"
#include "forms/kab-form-view.h"
#include "kab-documents-window.h"
#include "kab-test-tus.h"
#include "pdf-fixture.h"
#include "preview/kab-preview-page.h"

static void
test_page (KabDocumentsWindow *fixture, gconstpointer data)
{
  GtkWidget *page;
  GtkWidget *button;

  kab_documents_window_open (fixture, "d1");
  page = kab_documents_window_get_page (fixture);
  g_assert_nonnull (kab_app_find (page, GTK_TYPE_LABEL, "Lūdzu, norādiet darba devēja nosaukumu."));
  button = kab_app_find (page, GTK_TYPE_BUTTON, "Go to field");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Go to field: Occupation");
  g_assert_nonnull (kab_app_find (page, ADW_TYPE_ACTION_ROW, "Correct the questionnaire"));
  g_assert_nonnull (kab_app_find (page, ADW_TYPE_ACTION_ROW, "Save the blank form…"));
  g_assert_nonnull (kab_app_find (page, ADW_TYPE_EXPANDER_ROW, "Version 2"));
  g_assert_nonnull (
      kab_app_find (page, ADW_TYPE_ACTION_ROW, "You submitted it to the bank, version 2"));
  g_assert_nonnull (kab_app_find (page, GTK_TYPE_BUTTON, "Save"));
  g_assert_nonnull (kab_app_find (page, GTK_TYPE_BUTTON, "Submit"));
  g_assert_null (kab_app_find (page, GTK_TYPE_BUTTON, "Approve"));
}

static KabDocumentState
get_version_state (KabDocumentsWindow *fixture)
{
  GtkWidget *row =
      kab_app_find (kab_documents_window_get_page (fixture), ADW_TYPE_EXPANDER_ROW, "Version 2");
  KabDocumentState state;

  g_object_get (kab_app_find (row, KAB_TYPE_STATUS_LABEL, NULL), "state", &state, NULL);

  return state;
}

/* A version's row follows what the bank does with it. */
static void
test_version_state (KabDocumentsWindow *fixture, gconstpointer data)
{
  kab_documents_window_open (fixture, "d1");
  g_assert_cmpuint (get_version_state (fixture), ==, KAB_DOCUMENT_PROCESSING);
  kab_documents_fixture_change (
      fixture->bank,
      KAB_DOCUMENT_HEAD (
          "d1", "pdf-questionnaire", "K", "Customer questionnaire", "K", "ready-for-signing", "8",
          "2", "") ", 'versions': [{'revision': 2, 'at':"
                   " '2026-11-17T15:00:00Z', 'by': 'client', 'state': 'ready-for-signing',"
                   " 'files': []}]}");
  g_assert_cmpuint (get_version_state (fixture), ==, KAB_DOCUMENT_READY_FOR_SIGNING);
}

/* Only what the bank allows can be done: rights of the guide's table. */
static void
test_rights (KabDocumentsWindow *fixture, gconstpointer data)
{
  GtkWidget *page;

  kab_documents_window_open (fixture, "d3");
  page = kab_documents_window_get_page (fixture);
  g_assert_null (kab_app_find (page, GTK_TYPE_BUTTON, "Save"));
  g_assert_null (kab_app_find (page, GTK_TYPE_BUTTON, "Submit"));
  g_assert_null (kab_app_find (page, GTK_TYPE_BUTTON, "Remove"));
  g_assert_null (kab_app_find (page, ADW_TYPE_BUTTON_ROW, NULL));
  g_assert_nonnull (kab_app_find (page, GTK_TYPE_BUTTON, "Save a copy…"));

  kab_window_show (fixture->window, "documents");
  kab_documents_window_settle (fixture);
  kab_documents_window_open (fixture, "d4");
  page = kab_documents_window_get_page (fixture);
  g_assert_nonnull (kab_app_find (page, GTK_TYPE_BUTTON, "Approve"));
  g_assert_null (kab_app_find (page, GTK_TYPE_BUTTON, "Submit"));
}

static void
test_unavailable (KabDocumentsWindow *fixture, gconstpointer data)
{
  KabDocumentModel *model = kab_documents_model_open (
      fixture->documents, kab_documents_window_get_document (fixture, "d1"));

  kab_test_server_forget (fixture->bank->server, "GET /v1/documents/d1");
  kab_document_page_open (kab_documents_window_get_page (fixture), model);
  kab_app_wait_until (kab_document_model_get_phase (model) == KAB_DOCUMENT_PHASE_UNAVAILABLE);
  kab_documents_window_settle (fixture);
  g_assert_nonnull (kab_app_find (kab_documents_window_get_page (fixture), GTK_TYPE_LABEL,
                                  "This document can’t be shown"));

  kab_documents_fixture_serve (fixture->bank, "d1", KAB_DOCUMENT_CORRECT);
  kab_app_press (kab_documents_window_get_page (fixture), "Try again");
  kab_app_wait_until (kab_document_model_get_phase (model) == KAB_DOCUMENT_PHASE_READY);
}

/* The correction of an electronic questionnaire leads to its field. */
static void
test_go_to_field (KabDocumentsWindow *fixture, gconstpointer data)
{
  KabFormView *view;
  g_autofree char *focus = NULL;
  KabDocumentModel *model;

  kab_documents_fixture_serve (
      fixture->bank, "d2",
      KAB_DOCUMENT_HEAD (
          "d2", "electronic-questionnaire", "N", "Tax residency", "N", "information-needed", "3",
          "1", "'edit','save','submit'") ", 'form': 'tax-residency', 'commentCount': 1, 'files': "
                                         "[], 'versions': [], 'answers': {},"
                                         " 'comments': [{'field': '/address', 'fieldLabel': {'en': "
                                         "'Address'}, 'text': 'Which flat?', 'at':"
                                         " '2026-11-18T09:20:00Z'}]}");
  model = kab_documents_window_open (fixture, "d2");
  kab_app_press (kab_documents_window_get_page (fixture), "Go to field");
  kab_documents_window_settle (fixture);
  g_assert_true (KAB_IS_QUESTIONNAIRE_PAGE (kab_documents_window_get_page (fixture)));
  g_assert_cmpstr (kab_form_model_get_comment (kab_document_model_get_form (model), "/address"), ==,
                   "Which flat?");
  view = KAB_FORM_VIEW (
      kab_app_find (kab_documents_window_get_page (fixture), KAB_TYPE_FORM_VIEW, NULL));
  focus = kab_form_view_dup_focus (view);
  g_assert_cmpstr (focus, ==, "/address");
}

static KabTestTus *
take_uploads (KabDocumentsWindow *fixture)
{
  kab_api_set_token (fixture->bank->api, "t");

  return kab_test_tus_new (fixture->bank->server);
}

#define WITH_UPLOAD(version, state, actions)                                                       \
  KAB_DOCUMENT_HEAD ("d1", "pdf-questionnaire", "Klienta anketa", "Customer questionnaire",        \
                     "Анкета клиента", state, version, "3", actions)                               \
  ", 'commentCount': 0, 'comments': [], 'versions': [], 'files': [" KAB_DOCUMENT_FILE (            \
      "f1", "Customer questionnaire.pdf",                                                          \
      "182044") ","                                                                                \
                "{'id': 'u1', 'name': 'izziņa.txt', 'size': 300, 'mediaType': 'text/plain'}]}"

static void
reply (KabDocumentsWindow *fixture, const char *route, guint status, const char *text)
{
  g_autofree char *json = kab_documents_fixture_json (text);

  kab_test_server_reply (fixture->bank->server, route, status, json);
}

static void
add_file (KabDocumentModel *model)
{
  g_autoptr (GFile) file = kab_documents_fixture_file ("izziņa.txt", 300);

  kab_attachments_add (kab_document_model_get_attachments (model), file);
}

static void
test_save (KabDocumentsWindow *fixture, gconstpointer data)
{
  g_autoptr (KabTestTus) tus = take_uploads (fixture);
  KabDocumentModel *model = kab_documents_window_open (fixture, "d1");
  g_autofree char *body = NULL;
  g_autofree char *match = NULL;

  reply (fixture, "PUT /v1/documents/d1", 200,
         WITH_UPLOAD ("8", "draft", "'edit','save','submit'"));
  add_file (model);
  g_assert_true (kab_document_model_get_changed (model));
  kab_app_wait_until (!kab_document_model_get_changed (model));
  body = kab_test_server_dup_body (fixture->bank->server, "PUT /v1/documents/d1");
  match = kab_test_server_dup_header (fixture->bank->server, "PUT /v1/documents/d1", "If-Match");
  g_assert_cmpstr (body, ==, "{\"files\":[\"f1\",\"u1\"]}");
  g_assert_cmpstr (match, ==, "\"7\"");
  kab_documents_window_settle (fixture);
  g_assert_cmpuint (kab_app_count (kab_documents_window_get_page (fixture), KAB_TYPE_UPLOAD_ROW),
                    ==, 2);
  g_assert_nonnull (
      kab_app_find (kab_documents_window_get_page (fixture), GTK_TYPE_LABEL, "Draft"));
  g_assert_cmpuint (kab_test_server_count (fixture->bank->server, "PUT /v1/documents/d1"), ==, 1);
}

/* Pressed while a file is on its way: asked, waited for, submitted. */
static void
test_submit (KabDocumentsWindow *fixture, gconstpointer data)
{
  g_autoptr (KabTestTus) tus = take_uploads (fixture);
  KabDocumentModel *model = kab_documents_window_open (fixture, "d1");
  g_autofree char *match = NULL;
  g_autofree char *key = NULL;

  reply (fixture, "PUT /v1/documents/d1", 200,
         WITH_UPLOAD ("8", "draft", "'edit','save','submit'"));
  reply (fixture, "POST /v1/documents/d1/submission", 200, WITH_UPLOAD ("9", "processing", ""));
  tus->delay = 200;
  add_file (model);
  gtk_widget_activate_action (kab_documents_window_get_page (fixture), "document.submit", NULL);
  kab_documents_window_settle (fixture);
  g_assert_cmpuint (
      kab_test_server_count (fixture->bank->server, "POST /v1/documents/d1/submission"), ==, 0);
  kab_app_press (adw_dialog_get_child (adw_application_window_get_visible_dialog (
                     ADW_APPLICATION_WINDOW (fixture->window))),
                 "Submit");
  kab_app_wait_until (kab_document_model_get_phase (model) == KAB_DOCUMENT_PHASE_SENDING);
  kab_app_wait_until (kab_document_model_get_phase (model) == KAB_DOCUMENT_PHASE_READY);
  match = kab_test_server_dup_header (fixture->bank->server, "POST /v1/documents/d1/submission",
                                      "If-Match");
  key = kab_test_server_dup_header (fixture->bank->server, "POST /v1/documents/d1/submission",
                                    "Idempotency-Key");
  g_assert_cmpstr (match, ==, "\"8\"");
  g_assert_nonnull (key);
  kab_documents_window_settle (fixture);
  g_assert_nonnull (
      kab_app_find (kab_documents_window_get_page (fixture), GTK_TYPE_LABEL, "Processing"));
  g_assert_null (kab_app_find (kab_documents_window_get_page (fixture), GTK_TYPE_BUTTON, "Submit"));
}

/* Who has gone on meanwhile still hears that it didn't work. */
static void
test_refused_elsewhere (KabDocumentsWindow *fixture, gconstpointer data)
{
  KabDocumentModel *model = kab_documents_window_open (fixture, "d1");

  reply (fixture, "POST /v1/documents/d1/submission", 429,
         "{'type': 't', 'title': '', 'status': 429, 'code': 'too-many-requests'}");
  gtk_widget_activate_action (kab_documents_window_get_page (fixture), "document.submit", NULL);
  kab_documents_window_settle (fixture);
  kab_app_press (adw_dialog_get_child (adw_application_window_get_visible_dialog (
                     ADW_APPLICATION_WINDOW (fixture->window))),
                 "Submit");
  kab_app_wait_until (kab_document_model_get_phase (model) == KAB_DOCUMENT_PHASE_SENDING);
  kab_window_show (fixture->window, "documents");
  kab_app_wait_for (fixture->window, GTK_TYPE_LABEL,
                    "That was too often. Wait a minute, then try again.");
}

static void
test_incomplete (KabDocumentsWindow *fixture, gconstpointer data)
{
  kab_documents_fixture_serve (
      fixture->bank, "d1",
      KAB_DOCUMENT_HEAD (
          "d1", "pdf-questionnaire", "K", "Customer questionnaire", "K", "new", "7", "0",
          "'edit','save','submit'") ", 'files': [], 'comments': [], 'versions': []}");
  kab_documents_window_open (fixture, "d1");
  gtk_widget_activate_action (kab_documents_window_get_page (fixture), "document.submit", NULL);
  kab_documents_window_settle (fixture);
  g_assert_null (
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window)));
  g_assert_nonnull (kab_app_find (kab_documents_window_get_page (fixture), GTK_TYPE_LABEL,
                                  "Fill in the questionnaire or add the filled file first."));
}

/* A questionnaire with answers missing opens at the first of them. */
static void
test_incomplete_answers (KabDocumentsWindow *fixture, gconstpointer data)
{
  kab_documents_window_open (fixture, "d2");
  gtk_widget_activate_action (kab_documents_window_get_page (fixture), "document.submit", NULL);
  kab_documents_window_settle (fixture);
  g_assert_true (KAB_IS_QUESTIONNAIRE_PAGE (kab_documents_window_get_page (fixture)));
}

static KabAutosaveState
get_autosave_state (KabDocumentModel *model)
{
  return kab_autosave_get_state (kab_document_model_get_autosave (model));
}

static void
write_address (KabDocumentModel *model)
{
  kab_form_model_take_answer (kab_document_model_get_form (model), "/address",
                              json_node_init_string (json_node_alloc (), "Brīvības iela 1"));
}

/* Without a line nothing is being saved, and nobody says so. */
static void
test_answers_offline (KabDocumentsWindow *fixture, gconstpointer data)
{
  KabDocumentModel *model = kab_documents_window_open (fixture, "d2");
  GtkWidget *page = kab_documents_window_get_page (fixture);

  kab_test_server_go_down (fixture->bank->server);
  write_address (model);
  kab_app_wait_until (get_autosave_state (model) == KAB_AUTOSAVE_OFFLINE);
  kab_documents_window_settle (fixture);
  g_assert_nonnull (kab_app_find (page, GTK_TYPE_LABEL, "Not saved"));
  kab_test_server_come_back (fixture->bank->server);
}

#define CONFLICT "{'type': 't', 'title': '', 'status': 412, 'code': 'version-conflict'}"

static void
test_conflict (KabDocumentsWindow *fixture, gconstpointer data)
{
  g_autoptr (KabTestTus) tus = take_uploads (fixture);
  KabDocumentModel *model = kab_documents_window_open (fixture, "d1");
  KabAttachments *files = kab_document_model_get_attachments (model);
  AdwDialog *dialog;
  g_autofree char *body = NULL;

  reply (fixture, "PUT /v1/documents/d1", 412, CONFLICT);
  kab_documents_fixture_serve (
      fixture->bank, "d1",
      KAB_DOCUMENT_HEAD (
          "d1", "pdf-questionnaire", "K", "Customer questionnaire", "K", "information-needed", "9",
          "2", "'edit','save','submit'") ", 'comments': [], 'versions': [], 'files': "
                                         "[" KAB_DOCUMENT_FILE ("f5", "other.pdf", "5") "]}");
  add_file (model);
  kab_app_wait_until (
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window)) != NULL);
  kab_documents_window_settle (fixture);
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window));
  g_assert_cmpstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)), ==,
                   "At the bank: other.pdf.\nHere, with what you added: other.pdf, izziņa.txt.");

  kab_test_server_forget (fixture->bank->server, "PUT /v1/documents/d1");
  reply (fixture, "PUT /v1/documents/d1", 200,
         WITH_UPLOAD ("10", "draft", "'edit','save','submit'"));
  kab_app_press (adw_dialog_get_child (dialog), "Use those here");
  kab_app_wait_until (!kab_attachments_get_modified (files));
  body = kab_test_server_dup_body (fixture->bank->server, "PUT /v1/documents/d1");
  g_assert_cmpstr (body, ==, "{\"files\":[\"f5\",\"u1\"]}");
}

/* Files save themselves: that the bank doesn't take one is told although nobody asked. */
static void
test_refused (KabDocumentsWindow *fixture, gconstpointer data)
{
  g_autoptr (KabTestTus) tus = take_uploads (fixture);
  KabDocumentModel *model = kab_documents_window_open (fixture, "d1");

  reply (fixture, "PUT /v1/documents/d1", 422,
         "{'type': 't', 'title': '', 'status': 422, 'code': 'validation-failed', 'errors':"
         " [{'pointer': '/files/1', 'code': 'file-unknown', 'params': {}}]}");
  add_file (model);
  kab_app_wait_until (
      kab_app_find (kab_documents_window_get_page (fixture), GTK_TYPE_LABEL,
                    "“izziņa.txt”: The bank does not have this file any more. Add it again.") !=
      NULL);
  g_assert_true (kab_document_model_get_changed (model));
}

/* Answers that were changed elsewhere are told of, and chosen from where they are. */
static void
test_answers_conflict (KabDocumentsWindow *fixture, gconstpointer data)
{
  KabDocumentModel *model = kab_documents_window_open (fixture, "d2");
  GtkWidget *page = kab_documents_window_get_page (fixture);

  reply (fixture, "PUT /v1/documents/d2", 412, CONFLICT);
  kab_documents_fixture_serve (
      fixture->bank, "d2",
      KAB_DOCUMENT_HEAD ("d2", "electronic-questionnaire", "N", "Tax residency", "N", "draft", "3",
                         "1", "'edit','save','submit'") ", 'form': 'tax-residency', 'files': [],"
                                                        " 'comments': [], 'versions': [],"
                                                        " 'answers': {'address': 'Other'}}");
  write_address (model);
  kab_app_wait_until (get_autosave_state (model) == KAB_AUTOSAVE_CONFLICT);
  kab_documents_window_settle (fixture);
  g_assert_nonnull (kab_app_find (page, GTK_TYPE_LABEL, "Not saved"));
  g_assert_nonnull (
      kab_app_find (page, GTK_TYPE_LABEL, "This form was also changed somewhere else."));
  gtk_widget_activate_action (page, "document.submit", NULL);
  kab_documents_window_settle (fixture);
  g_assert_true (KAB_IS_QUESTIONNAIRE_PAGE (kab_documents_window_get_page (fixture)));
  g_assert_nonnull (
      kab_app_find (kab_documents_window_get_page (fixture), GTK_TYPE_BUTTON, "Choose…"));
}

static void
test_conflict_theirs (KabDocumentsWindow *fixture, gconstpointer data)
{
  g_autoptr (KabTestTus) tus = take_uploads (fixture);
  KabDocumentModel *model = kab_documents_window_open (fixture, "d1");
  KabAttachments *files = kab_document_model_get_attachments (model);

  reply (fixture, "PUT /v1/documents/d1", 412, CONFLICT);
  add_file (model);
  kab_app_wait_until (
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window)) != NULL);
  kab_documents_window_settle (fixture);
  kab_app_press (adw_dialog_get_child (adw_application_window_get_visible_dialog (
                     ADW_APPLICATION_WINDOW (fixture->window))),
                 "Use the bank’s");
  kab_app_wait_until (!kab_attachments_get_modified (files));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (files)), ==, 1);
}

/* The filled copy takes the place of the one before. */
static void
test_filled (KabDocumentsWindow *fixture, gconstpointer data)
{
  g_autoptr (KabTestTus) tus = take_uploads (fixture);
  KabDocumentModel *model = kab_documents_window_open (fixture, "d1");
  g_autoptr (GBytes) copy = g_bytes_new_static ("%PDF-1.7\n%%EOF\n", 15);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) fetched = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autofree char *body = NULL;

  reply (fixture, "PUT /v1/documents/d1", 200,
         KAB_DOCUMENT_HEAD ("d1", "pdf-questionnaire", "Klienta anketa", "Customer questionnaire",
                            "А", "draft", "8", "3",
                            "'edit','save','submit'") ", 'comments': [], 'versions': [], 'files': "
                                                      "[" KAB_DOCUMENT_FILE (
                                                          "u1", "Customer questionnaire.pdf",
                                                          "15") "]}");
  kab_document_model_take_filled_async (model, copy, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  g_assert_true (kab_document_model_take_filled_finish (model, result, NULL));
  kab_app_wait_until (!kab_document_model_get_changed (model));
  body = kab_test_server_dup_body (fixture->bank->server, "PUT /v1/documents/d1");
  g_assert_cmpstr (body, ==, "{\"files\":[\"u1\"]}");
  g_assert_cmpstr (tus->name, ==, "Customer questionnaire.pdf");
  g_assert_cmpint (tus->received, ==, 15);

  kab_document_model_fetch_pdf_async (model, kab_test_keep_result, &fetched);
  kab_test_wait_for_result (&fetched);
  again = kab_document_model_fetch_pdf_finish (model, fetched, NULL);
  g_assert_true (g_bytes_equal (again, copy));
}

static KabPreviewPage *
open_preview (KabDocumentsWindow *fixture)
{
  KabPreviewPage *preview;
  GListModel *fields;

  kab_app_press (kab_documents_window_get_page (fixture), "Go to field");
  preview = KAB_PREVIEW_PAGE (kab_documents_window_get_page (fixture));
  /* The helper starts slowly under a sanitizer. */
  kab_test_wait_until_in (kab_preview_page_get_document (preview) != NULL, 30);
  fields = kab_pdf_document_get_fields (kab_preview_page_get_document (preview));
  kab_test_wait_until_in (g_list_model_get_n_items (fields) > 0, 30);
  kab_documents_window_settle (fixture);

  return preview;
}

#define FRESH                                                                                      \
  KAB_DOCUMENT_HEAD ("d1", "pdf-questionnaire", "Klienta anketa", "Customer questionnaire", "А",   \
                     "information-needed", "7", "1", "'edit','save','submit'")                     \
  ", 'files': [], 'versions': [], 'commentCount': 1, 'comments': [{'field': 'name', "              \
  "'fieldLabel':"                                                                                  \
  " {'en': 'Phone'}, 'text': 'With the country code, please.', 'at': '2026-11-18T09:20:00Z'}]}"

/* The bank's blank form is filled in the preview; saved or only left, it becomes a file. */
static void
test_fill_pdf (KabDocumentsWindow *fixture, gconstpointer data)
{
  g_autoptr (GBytes) pdf = pdf_fixture_form ();
  g_autoptr (KabTestTus) tus = take_uploads (fixture);
  KabDocumentModel *model;
  KabPreviewPage *preview;
  g_autoptr (KabPdfField) field = NULL;

  kab_documents_fixture_serve (fixture->bank, "d1", FRESH);
  reply (fixture, "PUT /v1/documents/d1", 200,
         WITH_UPLOAD ("8", "draft", "'edit','save','submit'"));
  kab_documents_window_serve_template (fixture, pdf);
  model = kab_documents_window_open (fixture, "d1");
  preview = open_preview (fixture);
  g_assert_true (kab_preview_page_get_editable (preview));

  field = g_list_model_get_item (
      kab_pdf_document_get_fields (kab_preview_page_get_document (preview)), 0);
  kab_pdf_field_set_value (field, "Anna");
  kab_app_wait_until (kab_preview_page_get_modified (preview));
  adw_navigation_view_pop (kab_window_get_view (fixture->window));
  kab_app_wait_until (tus->creations == 1);
  kab_app_wait_until (!kab_attachments_get_busy (kab_document_model_get_attachments (model)));
  g_assert_cmpstr (tus->name, ==, "Customer questionnaire.pdf");
  g_assert_cmpint (tus->received, >, (gint64) g_bytes_get_size (pdf));
}

/* Another language while it is filled in: its words change, what was filled in stays, and it is
 * submitted from the page that was made anew. */
static void
test_fill_translated (KabDocumentsWindow *fixture, gconstpointer data)
{
  g_autoptr (GBytes) pdf = pdf_fixture_form ();
  KabLanguage *language = kab_window_get_language (fixture->window);
  KabPreviewPage *preview;
  KabPdfDocument *document;
  AdwWindowTitle *title;
  g_autoptr (KabPdfField) field = NULL;

  kab_documents_fixture_serve (fixture->bank, "d1", FRESH);
  kab_documents_window_serve_template (fixture, pdf);
  kab_documents_window_open (fixture, "d1");
  preview = open_preview (fixture);
  document = kab_preview_page_get_document (preview);
  field = g_list_model_get_item (kab_pdf_document_get_fields (document), 0);
  kab_pdf_field_set_value (field, "Anna");
  kab_app_wait_until (kab_preview_page_get_modified (preview));

  kab_language_set_current (language, "lv");
  kab_documents_window_settle (fixture);
  g_assert_true (kab_documents_window_get_page (fixture) == GTK_WIDGET (preview));
  g_assert_true (kab_preview_page_get_document (preview) == document);
  g_assert_true (kab_preview_page_get_modified (preview));
  g_assert_cmpstr (adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (preview)), ==,
                   "Klienta anketa");
  title = ADW_WINDOW_TITLE (
      gtk_widget_get_template_child (GTK_WIDGET (preview), KAB_TYPE_PREVIEW_PAGE, "window_title"));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (title)));
  g_assert_cmpstr (adw_window_title_get_title (title), ==, "Klienta anketa");
  g_assert_true (g_str_has_prefix (adw_window_title_get_subtitle (title), "1. lappuse no "));
  g_assert_cmpstr (kab_pdf_field_get_value (field), ==, "Anna");

  kab_language_set_current (language, "en");
  kab_documents_window_settle (fixture);
}

static void
test_approve (KabDocumentsWindow *fixture, gconstpointer data)
{
  KabDocumentModel *model = kab_documents_window_open (fixture, "d4");

  reply (fixture, "POST /v1/documents/d4/approval", 200,
         KAB_DOCUMENT_HEAD ("d4", "pdf-questionnaire", "L", "Agreement", "D", "signing", "5", "1",
                            "") ", 'files': [], 'comments': [], 'versions': []}");
  kab_app_press (kab_documents_window_get_page (fixture), "Approve");
  kab_documents_window_settle (fixture);
  kab_app_press (adw_dialog_get_child (adw_application_window_get_visible_dialog (
                     ADW_APPLICATION_WINDOW (fixture->window))),
                 "Approve");
  kab_app_wait_until (kab_document_read_state (kab_document_model_get_document (model)) ==
                      KAB_DOCUMENT_SIGNING);
  kab_documents_window_settle (fixture);
  g_assert_null (
      kab_app_find (kab_documents_window_get_page (fixture), GTK_TYPE_BUTTON, "Approve"));
}

/* In another language with what is being sent. */
static void
test_language (KabDocumentsWindow *fixture, gconstpointer data)
{
  g_autoptr (KabTestTus) tus = take_uploads (fixture);
  KabDocumentModel *model = kab_documents_window_open (fixture, "d1");

  reply (fixture, "PUT /v1/documents/d1", 200,
         WITH_UPLOAD ("8", "draft", "'edit','save','submit'"));
  tus->delay = 300;
  add_file (model);
  kab_language_set_current (kab_window_get_language (fixture->window), "lv");
  kab_documents_window_settle (fixture);
  g_assert_true (KAB_IS_DOCUMENT_PAGE (kab_documents_window_get_page (fixture)));
  g_assert_cmpstr (adw_navigation_page_get_title (kab_documents_window_get_page (fixture)), ==,
                   "Klienta anketa");
  g_assert_cmpuint (kab_app_count (kab_documents_window_get_page (fixture), KAB_TYPE_UPLOAD_ROW),
                    ==, 2);
  kab_app_wait_until (!kab_document_model_get_changed (model));
  kab_language_set_current (kab_window_get_language (fixture->window), "en");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (KabDocumentsWindow *fixture, gconstpointer data);
  } tests[] = {
    { "/document/page", test_page },
    { "/document/version-state", test_version_state },
    { "/document/rights", test_rights },
    { "/document/unavailable", test_unavailable },
    { "/document/go-to-field", test_go_to_field },
    { "/document/save", test_save },
    { "/document/refused", test_refused },
    { "/document/submit", test_submit },
    { "/document/refused-elsewhere", test_refused_elsewhere },
    { "/document/incomplete", test_incomplete },
    { "/document/incomplete-answers", test_incomplete_answers },
    { "/document/conflict", test_conflict },
    { "/document/conflict-theirs", test_conflict_theirs },
    { "/document/answers-offline", test_answers_offline },
    { "/document/answers-conflict", test_answers_conflict },
    { "/document/filled", test_filled },
    { "/document/fill-pdf", test_fill_pdf },
    { "/document/fill-translated", test_fill_translated },
    { "/document/approve", test_approve },
    { "/document/language", test_language },
  };

  gtk_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, KabDocumentsWindow, NULL, kab_documents_window_set_up, tests[i].test,
                kab_documents_window_tear_down);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-history-words.h"
#include "common/kab-upload-row.h"
#include "documents/kab-document-page.h"
#include "documents/kab-document-row.h"
#include "documents/kab-document-words.h"
#include "documents/kab-documents-page.h"
#include "documents/kab-documents-section.h"
#include "documents/kab-questionnaire-page.h"
#include "forms/kab-form-view.h"
#include "kab-app-walk.h"
#include "kab-documents-fixture.h"
#include "kab-test-tus.h"
#include "preview/kab-preview-page.h"

typedef struct
{
  KabApplication       *application;
  KabWindow            *window;
  KabOnboardingFixture *bank;
  KabDocumentsModel    *documents; /* (unowned) */
} Fixture;

static gpointer
get_page (Fixture *fixture)
{
  return adw_navigation_view_get_visible_page (kab_window_get_view (fixture->window));
}

static void
settle (Fixture *fixture)
{
  kab_app_fixture_wait_frame (GTK_WIDGET (fixture->window));
}

static void
enter (Fixture    *fixture,
       const char *documents)
{
  g_autoptr (KabClientModel) client = NULL;
  KabSection *section;

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  fixture->application = kab_app_fixture_start ();
  fixture->window = kab_application_get_window (fixture->application);
  fixture->bank = kab_documents_fixture_new (documents, "", 0);
  kab_app_fixture_fill_bank (kab_window_get_bank (fixture->window));
  client = kab_client_model_new (kab_window_get_bank (fixture->window), "Anna Bērziņa");
  section = kab_documents_section_new (fixture->bank->data, fixture->bank->bank, NULL);
  fixture->documents = KAB_DOCUMENTS_MODEL (kab_section_get_model (section));
  kab_client_model_add_section (client, section);
  kab_window_set_client (fixture->window, client);
  kab_window_show (fixture->window, "documents");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 700);
  gtk_window_present (GTK_WINDOW (fixture->window));
  settle (fixture);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  enter (fixture, KAB_DOCUMENTS_ALL);
}

static void
set_up_empty (Fixture      *fixture,
              gconstpointer data)
{
  enter (fixture, "");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  kab_app_fixture_stop (fixture->application);
  kab_onboarding_fixture_free (fixture->bank);
}

static KabDocument *
get_document (Fixture    *fixture,
              const char *id)
{
  return kab_paged_list_find (kab_client_data_get_documents (fixture->bank->data), id);
}

static KabDocumentModel *
open_document (Fixture    *fixture,
               const char *id)
{
  KabDocumentModel *model = kab_documents_model_open (fixture->documents, get_document (fixture, id));

  kab_document_page_open (get_page (fixture), model);
  kab_app_wait_until (kab_document_model_get_phase (model) == KAB_DOCUMENT_PHASE_READY);
  kab_app_wait_until (g_list_model_get_n_items (kab_document_model_get_history (model)) > 0);
  settle (fixture);

  return model;
}

static guint
count_rows (Fixture *fixture)
{
  return kab_app_count (get_page (fixture), KAB_TYPE_DOCUMENT_ROW);
}

static void
test_list (Fixture      *fixture,
           gconstpointer data)
{
  KabSection *section = kab_client_model_find_section (kab_window_get_client (fixture->window), "documents");
  GtkWidget *row = kab_app_find (get_page (fixture), KAB_TYPE_DOCUMENT_ROW, NULL);
  g_autofree char *spoken = NULL;
  g_autofree char *expected = kab_document_dup_spoken (get_document (fixture, "d1"));

  g_assert_cmpuint (kab_section_get_count (section), ==, 3);
  g_assert_cmpuint (count_rows (fixture), ==, 5);
  g_object_get (row, "spoken", &spoken, NULL);
  g_assert_cmpstr (spoken, ==, expected);
  g_assert_true (g_str_has_prefix (spoken, "Customer questionnaire. Information needed, Version 2, changed "));
  g_assert_true (g_str_has_suffix (spoken, ". Correct"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, spoken);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (kab_app_find (get_page (fixture), GTK_TYPE_LIST_VIEW, NULL)),
      GTK_ACCESSIBLE_PROPERTY_LABEL, "5 documents");
}

static void
test_next_words (Fixture      *fixture,
                 gconstpointer data)
{
  static const struct
  {
    const char *id;
    const char *word;
  } cases[] = {
    { "d1", "Correct" }, { "d2", "Fill in" }, { "d3", "Open" }, { "d4", "Approve" }, { "d5", "Open" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (kab_document_get_next_word (get_document (fixture, cases[i].id)), ==, cases[i].word);
}

static void
test_search (Fixture      *fixture,
             gconstpointer data)
{
  gtk_widget_activate_action (get_page (fixture), "documents.find", NULL);
  settle (fixture);
  gtk_editable_set_text (GTK_EDITABLE (kab_app_find (get_page (fixture), GTK_TYPE_SEARCH_ENTRY, NULL)), " tAX ");
  settle (fixture);
  g_assert_cmpuint (count_rows (fixture), ==, 1);

  gtk_editable_set_text (GTK_EDITABLE (kab_app_find (get_page (fixture), GTK_TYPE_SEARCH_ENTRY, NULL)), "nothing");
  settle (fixture);
  g_assert_nonnull (kab_app_find (get_page (fixture), GTK_TYPE_LABEL, "No such document"));
  kab_app_press (get_page (fixture), "Show all documents");
  settle (fixture);
  g_assert_cmpuint (count_rows (fixture), ==, 5);
}

static void
test_states (Fixture      *fixture,
             gconstpointer data)
{
  GtkWidget *states = kab_app_find (get_page (fixture), GTK_TYPE_DROP_DOWN, NULL);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (states), KAB_DOCUMENT_PROCESSING);
  settle (fixture);
  g_assert_cmpuint (count_rows (fixture), ==, 1);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (states), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "State: Processing");

  /* A document that changes comes and goes. */
  kab_documents_fixture_change (fixture->bank,
                                KAB_DOCUMENT_HEAD ("d2", "electronic-questionnaire", "N", "Tax residency",
                                                   "N", "processing", "2", "1", "") "}");
  settle (fixture);
  g_assert_cmpuint (count_rows (fixture), ==, 2);
}

static void
test_empty (Fixture      *fixture,
            gconstpointer data)
{
  g_assert_nonnull (kab_app_find (get_page (fixture), GTK_TYPE_LABEL, "No documents yet"));
}

/* A live change leaves the focus where it is. */
static void
test_live (Fixture      *fixture,
           gconstpointer data)
{
  GtkWidget *row = kab_app_find (get_page (fixture), KAB_TYPE_DOCUMENT_ROW, NULL);
  GtkWidget *item = gtk_widget_get_parent (row);

  g_assert_true (gtk_widget_grab_focus (item));
  kab_documents_fixture_change (fixture->bank,
                                KAB_DOCUMENT_HEAD ("d1", "pdf-questionnaire", "K", "Customer questionnaire",
                                                   "K", "processing", "8", "3", "") "}");
  settle (fixture);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == item);
  g_assert_nonnull (kab_app_find (row, GTK_TYPE_LABEL, "Processing"));
  g_assert_nonnull (kab_app_find (row, GTK_TYPE_LABEL, "Version 3"));
}

static void
test_page (Fixture      *fixture,
           gconstpointer data)
{
  GtkWidget *page;
  GtkWidget *button;

  open_document (fixture, "d1");
  page = get_page (fixture);
  g_assert_nonnull (kab_app_find (page, GTK_TYPE_LABEL, "Lūdzu, norādiet darba devēja nosaukumu."));
  button = kab_app_find (page, GTK_TYPE_BUTTON, "Go to field");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Go to field: Occupation");
  g_assert_nonnull (kab_app_find (page, ADW_TYPE_ACTION_ROW, "Correct the questionnaire"));
  g_assert_nonnull (kab_app_find (page, ADW_TYPE_ACTION_ROW, "Save the blank form…"));
  g_assert_nonnull (kab_app_find (page, ADW_TYPE_EXPANDER_ROW, "Version 2"));
  g_assert_nonnull (kab_app_find (page, ADW_TYPE_ACTION_ROW, "You submitted it to the bank, version 2"));
  g_assert_nonnull (kab_app_find (page, GTK_TYPE_BUTTON, "Save"));
  g_assert_nonnull (kab_app_find (page, GTK_TYPE_BUTTON, "Submit"));
  g_assert_null (kab_app_find (page, GTK_TYPE_BUTTON, "Approve"));
}

/* Only what the bank allows can be done: rights of the guide's table. */
static void
test_rights (Fixture      *fixture,
             gconstpointer data)
{
  GtkWidget *page;

  open_document (fixture, "d3");
  page = get_page (fixture);
  g_assert_null (kab_app_find (page, GTK_TYPE_BUTTON, "Save"));
  g_assert_null (kab_app_find (page, GTK_TYPE_BUTTON, "Submit"));
  g_assert_null (kab_app_find (page, GTK_TYPE_BUTTON, "Remove"));
  g_assert_null (kab_app_find (page, ADW_TYPE_BUTTON_ROW, NULL));
  g_assert_nonnull (kab_app_find (page, GTK_TYPE_BUTTON, "Save a copy…"));

  kab_window_show (fixture->window, "documents");
  settle (fixture);
  open_document (fixture, "d4");
  page = get_page (fixture);
  g_assert_nonnull (kab_app_find (page, GTK_TYPE_BUTTON, "Approve"));
  g_assert_null (kab_app_find (page, GTK_TYPE_BUTTON, "Submit"));
}

static void
test_unavailable (Fixture      *fixture,
                  gconstpointer data)
{
  KabDocumentModel *model = kab_documents_model_open (fixture->documents, get_document (fixture, "d1"));

  kab_test_server_forget (fixture->bank->server, "GET /v1/documents/d1");
  kab_document_page_open (get_page (fixture), model);
  kab_app_wait_until (kab_document_model_get_phase (model) == KAB_DOCUMENT_PHASE_UNAVAILABLE);
  settle (fixture);
  g_assert_nonnull (kab_app_find (get_page (fixture), GTK_TYPE_LABEL, "This document can’t be shown"));

  kab_documents_fixture_serve (fixture->bank, "d1", KAB_DOCUMENT_CORRECT);
  kab_app_press (get_page (fixture), "Try again");
  kab_app_wait_until (kab_document_model_get_phase (model) == KAB_DOCUMENT_PHASE_READY);
}

/* The correction of an electronic questionnaire leads to its field. */
static void
test_go_to_field (Fixture      *fixture,
                  gconstpointer data)
{
  KabFormView *view;
  g_autofree char *focus = NULL;
  KabDocumentModel *model;

  kab_documents_fixture_serve (
      fixture->bank, "d2",
      KAB_DOCUMENT_HEAD ("d2", "electronic-questionnaire", "N", "Tax residency", "N",
                         "information-needed", "3", "1", "'edit','save','submit'")
      ", 'form': 'tax-residency', 'commentCount': 1, 'files': [], 'versions': [], 'answers': {},"
      " 'comments': [{'field': '/address', 'fieldLabel': {'en': 'Address'}, 'text': 'Which flat?', 'at':"
      " '2026-11-18T09:20:00Z'}]}");
  model = open_document (fixture, "d2");
  kab_app_press (get_page (fixture), "Go to field");
  settle (fixture);
  g_assert_true (KAB_IS_QUESTIONNAIRE_PAGE (get_page (fixture)));
  g_assert_cmpstr (kab_form_model_get_comment (kab_document_model_get_form (model), "/address"), ==,
                   "Which flat?");
  view = KAB_FORM_VIEW (kab_app_find (get_page (fixture), KAB_TYPE_FORM_VIEW, NULL));
  focus = kab_form_view_dup_focus (view);
  g_assert_cmpstr (focus, ==, "/address");
}

static KabTestTus *
take_uploads (Fixture *fixture)
{
  kab_api_set_token (fixture->bank->api, "t");

  return kab_test_tus_new (fixture->bank->server);
}

#define WITH_UPLOAD(version, state, actions)                                                       \
  KAB_DOCUMENT_HEAD ("d1", "pdf-questionnaire", "Klienta anketa", "Customer questionnaire",        \
                     "Анкета клиента", state, version, "3", actions)                               \
  ", 'commentCount': 0, 'comments': [], 'versions': [], 'files': ["                                \
  KAB_DOCUMENT_FILE ("f1", "Customer questionnaire.pdf", "182044") ","                             \
  "{'id': 'u1', 'name': 'izziņa.txt', 'size': 300, 'mediaType': 'text/plain'}]}"

static void
reply (Fixture    *fixture,
       const char *route,
       guint       status,
       const char *text)
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
test_save (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (KabTestTus) tus = take_uploads (fixture);
  KabDocumentModel *model = open_document (fixture, "d1");
  g_autofree char *body = NULL;
  g_autofree char *match = NULL;

  reply (fixture, "PUT /v1/documents/d1", 200, WITH_UPLOAD ("8", "draft", "'edit','save','submit'"));
  add_file (model);
  g_assert_true (kab_document_model_get_changed (model));
  kab_app_wait_until (!kab_document_model_get_changed (model));
  body = kab_test_server_dup_body (fixture->bank->server, "PUT /v1/documents/d1");
  match = kab_test_server_dup_header (fixture->bank->server, "PUT /v1/documents/d1", "If-Match");
  g_assert_cmpstr (body, ==, "{\"files\":[\"f1\",\"u1\"]}");
  g_assert_cmpstr (match, ==, "\"7\"");
  settle (fixture);
  g_assert_cmpuint (kab_app_count (get_page (fixture), KAB_TYPE_UPLOAD_ROW), ==, 2);
  g_assert_nonnull (kab_app_find (get_page (fixture), GTK_TYPE_LABEL, "Draft"));
  g_assert_cmpuint (kab_test_server_count (fixture->bank->server, "PUT /v1/documents/d1"), ==, 1);
}

/* Pressed while a file is on its way: asked, waited for, submitted. */
static void
test_submit (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (KabTestTus) tus = take_uploads (fixture);
  KabDocumentModel *model = open_document (fixture, "d1");
  g_autofree char *match = NULL;
  g_autofree char *key = NULL;

  reply (fixture, "PUT /v1/documents/d1", 200, WITH_UPLOAD ("8", "draft", "'edit','save','submit'"));
  reply (fixture, "POST /v1/documents/d1/submission", 200, WITH_UPLOAD ("9", "processing", ""));
  tus->delay = 200;
  add_file (model);
  gtk_widget_activate_action (get_page (fixture), "document.submit", NULL);
  settle (fixture);
  g_assert_cmpuint (kab_test_server_count (fixture->bank->server, "POST /v1/documents/d1/submission"), ==, 0);
  kab_app_press (adw_dialog_get_child (adw_application_window_get_visible_dialog (
                     ADW_APPLICATION_WINDOW (fixture->window))), "Submit");
  kab_app_wait_until (kab_document_model_get_phase (model) == KAB_DOCUMENT_PHASE_SENDING);
  kab_app_wait_until (kab_document_model_get_phase (model) == KAB_DOCUMENT_PHASE_READY);
  match = kab_test_server_dup_header (fixture->bank->server, "POST /v1/documents/d1/submission", "If-Match");
  key = kab_test_server_dup_header (fixture->bank->server, "POST /v1/documents/d1/submission",
                                    "Idempotency-Key");
  g_assert_cmpstr (match, ==, "\"8\"");
  g_assert_nonnull (key);
  settle (fixture);
  g_assert_nonnull (kab_app_find (get_page (fixture), GTK_TYPE_LABEL, "Processing"));
  g_assert_null (kab_app_find (get_page (fixture), GTK_TYPE_BUTTON, "Submit"));
}

static void
test_incomplete (Fixture      *fixture,
                 gconstpointer data)
{
  kab_documents_fixture_serve (fixture->bank, "d1",
                               KAB_DOCUMENT_HEAD ("d1", "pdf-questionnaire", "K", "Customer questionnaire",
                                                  "K", "new", "7", "0", "'edit','save','submit'")
                               ", 'files': [], 'comments': [], 'versions': []}");
  open_document (fixture, "d1");
  gtk_widget_activate_action (get_page (fixture), "document.submit", NULL);
  settle (fixture);
  g_assert_null (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window)));
  g_assert_nonnull (kab_app_find (get_page (fixture), GTK_TYPE_LABEL,
                                  "Fill in the questionnaire or add the filled file first."));
}

/* A questionnaire with answers missing opens at the first of them. */
static void
test_incomplete_answers (Fixture      *fixture,
                         gconstpointer data)
{
  open_document (fixture, "d2");
  gtk_widget_activate_action (get_page (fixture), "document.submit", NULL);
  settle (fixture);
  g_assert_true (KAB_IS_QUESTIONNAIRE_PAGE (get_page (fixture)));
}

#define CONFLICT "{'type': 't', 'title': '', 'status': 412, 'code': 'version-conflict'}"

static void
test_conflict (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (KabTestTus) tus = take_uploads (fixture);
  KabDocumentModel *model = open_document (fixture, "d1");
  KabAttachments *files = kab_document_model_get_attachments (model);
  AdwDialog *dialog;
  g_autofree char *body = NULL;

  reply (fixture, "PUT /v1/documents/d1", 412, CONFLICT);
  kab_documents_fixture_serve (
      fixture->bank, "d1",
      KAB_DOCUMENT_HEAD ("d1", "pdf-questionnaire", "K", "Customer questionnaire", "K",
                         "information-needed", "9", "2", "'edit','save','submit'")
      ", 'comments': [], 'versions': [], 'files': [" KAB_DOCUMENT_FILE ("f5", "other.pdf", "5") "]}");
  add_file (model);
  kab_app_wait_until (adw_application_window_get_visible_dialog (
                          ADW_APPLICATION_WINDOW (fixture->window)) != NULL);
  settle (fixture);
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window));
  g_assert_cmpstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)), ==,
                   "At the bank: other.pdf.\nHere, with what you added: other.pdf, izziņa.txt.");

  kab_test_server_forget (fixture->bank->server, "PUT /v1/documents/d1");
  reply (fixture, "PUT /v1/documents/d1", 200, WITH_UPLOAD ("10", "draft", "'edit','save','submit'"));
  kab_app_press (adw_dialog_get_child (dialog), "Use those here");
  kab_app_wait_until (!kab_attachments_get_modified (files));
  body = kab_test_server_dup_body (fixture->bank->server, "PUT /v1/documents/d1");
  g_assert_cmpstr (body, ==, "{\"files\":[\"f5\",\"u1\"]}");
}

static void
test_conflict_theirs (Fixture      *fixture,
                      gconstpointer data)
{
  g_autoptr (KabTestTus) tus = take_uploads (fixture);
  KabDocumentModel *model = open_document (fixture, "d1");
  KabAttachments *files = kab_document_model_get_attachments (model);

  reply (fixture, "PUT /v1/documents/d1", 412, CONFLICT);
  add_file (model);
  kab_app_wait_until (adw_application_window_get_visible_dialog (
                          ADW_APPLICATION_WINDOW (fixture->window)) != NULL);
  settle (fixture);
  kab_app_press (adw_dialog_get_child (adw_application_window_get_visible_dialog (
                     ADW_APPLICATION_WINDOW (fixture->window))), "Use the bank’s");
  kab_app_wait_until (!kab_attachments_get_modified (files));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (files)), ==, 1);
}

/* The filled copy takes the place of the one before. */
static void
test_filled (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (KabTestTus) tus = take_uploads (fixture);
  KabDocumentModel *model = open_document (fixture, "d1");
  g_autoptr (GBytes) copy = g_bytes_new_static ("%PDF-1.7\n%%EOF\n", 15);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) fetched = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autofree char *body = NULL;

  reply (fixture, "PUT /v1/documents/d1", 200,
         KAB_DOCUMENT_HEAD ("d1", "pdf-questionnaire", "Klienta anketa", "Customer questionnaire", "А",
                            "draft", "8", "3", "'edit','save','submit'")
         ", 'comments': [], 'versions': [], 'files': ["
         KAB_DOCUMENT_FILE ("u1", "Customer questionnaire.pdf", "15") "]}");
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

static void
serve_template (SoupServer        *server,
                SoupServerMessage *message,
                const char        *path,
                GHashTable        *query,
                gpointer           pdf)
{
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/pdf", SOUP_MEMORY_COPY,
                                    g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf));
}

static GBytes *
load_questionnaire (void)
{
  g_autofree char *path = g_build_filename (KAB_BANK_DIR, "questionnaires", "customer-questionnaire.en.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GBytes *pdf = g_file_load_bytes (file, NULL, NULL, NULL);

  g_assert_nonnull (pdf);

  return pdf;
}

static KabPreviewPage *
open_preview (Fixture *fixture)
{
  KabPreviewPage *preview;

  kab_app_press (get_page (fixture), "Go to field");
  preview = KAB_PREVIEW_PAGE (get_page (fixture));
  kab_app_wait_until (kab_preview_page_get_document (preview) != NULL);
  kab_app_wait_until (
      g_list_model_get_n_items (kab_pdf_document_get_fields (kab_preview_page_get_document (preview))) > 0);
  settle (fixture);

  return preview;
}

#define FRESH                                                                                      \
  KAB_DOCUMENT_HEAD ("d1", "pdf-questionnaire", "Klienta anketa", "Customer questionnaire", "А",   \
                     "information-needed", "7", "1", "'edit','save','submit'")                     \
  ", 'files': [], 'versions': [], 'commentCount': 1, 'comments': [{'field': '/phone', 'fieldLabel':" \
  " {'en': 'Phone'}, 'text': 'With the country code, please.', 'at': '2026-11-18T09:20:00Z'}]}"

/* The bank's blank form is filled in the preview; saved or only left, it becomes a file. */
static void
test_fill_pdf (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (GBytes) pdf = load_questionnaire ();
  g_autoptr (KabTestTus) tus = take_uploads (fixture);
  KabDocumentModel *model;
  KabPreviewPage *preview;
  g_autoptr (KabPdfField) field = NULL;

  kab_documents_fixture_serve (fixture->bank, "d1", FRESH);
  reply (fixture, "PUT /v1/documents/d1", 200, WITH_UPLOAD ("8", "draft", "'edit','save','submit'"));
  kab_test_server_handle (fixture->bank->server, "/v1/documents/d1/template", NULL, serve_template, pdf);
  model = open_document (fixture, "d1");
  preview = open_preview (fixture);
  g_assert_true (kab_preview_page_get_editable (preview));

  field = g_list_model_get_item (kab_pdf_document_get_fields (kab_preview_page_get_document (preview)), 0);
  kab_pdf_field_set_value (field, "Anna");
  kab_app_wait_until (kab_preview_page_get_modified (preview));
  adw_navigation_view_pop (kab_window_get_view (fixture->window));
  kab_app_wait_until (tus->creations == 1);
  kab_app_wait_until (!kab_attachments_get_busy (kab_document_model_get_attachments (model)));
  g_assert_cmpstr (tus->name, ==, "Customer questionnaire.pdf");
  g_assert_cmpint (tus->received, >, 10000);
}

static void
test_approve (Fixture      *fixture,
              gconstpointer data)
{
  KabDocumentModel *model = open_document (fixture, "d4");

  reply (fixture, "POST /v1/documents/d4/approval", 200,
         KAB_DOCUMENT_HEAD ("d4", "pdf-questionnaire", "L", "Agreement", "D", "signing", "5", "1", "")
         ", 'files': [], 'comments': [], 'versions': []}");
  kab_app_press (get_page (fixture), "Approve");
  settle (fixture);
  kab_app_press (adw_dialog_get_child (adw_application_window_get_visible_dialog (
                     ADW_APPLICATION_WINDOW (fixture->window))), "Approve");
  kab_app_wait_until (kab_document_read_state (kab_document_model_get_document (model)) == KAB_DOCUMENT_SIGNING);
  settle (fixture);
  g_assert_null (kab_app_find (get_page (fixture), GTK_TYPE_BUTTON, "Approve"));
}

/* In another language with what is being sent. */
static void
test_language (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (KabTestTus) tus = take_uploads (fixture);
  KabDocumentModel *model = open_document (fixture, "d1");

  reply (fixture, "PUT /v1/documents/d1", 200, WITH_UPLOAD ("8", "draft", "'edit','save','submit'"));
  tus->delay = 300;
  add_file (model);
  kab_language_set_current (kab_window_get_language (fixture->window), "lv");
  settle (fixture);
  g_assert_true (KAB_IS_DOCUMENT_PAGE (get_page (fixture)));
  g_assert_cmpstr (adw_navigation_page_get_title (get_page (fixture)), ==, "Klienta anketa");
  g_assert_cmpuint (kab_app_count (get_page (fixture), KAB_TYPE_UPLOAD_ROW), ==, 2);
  kab_app_wait_until (!kab_document_model_get_changed (model));
  kab_language_set_current (kab_window_get_language (fixture->window), "en");
}

static void
assert_sentence (const char *entry,
                 const char *expected)
{
  g_autoptr (JsonObject) object = kab_test_json (entry);
  g_autoptr (KabHistoryEntry) history = kab_history_entry_new ();
  g_autofree char *sentence = NULL;

  g_assert_true (kab_record_update_from_json (KAB_RECORD (history), object, NULL));
  sentence = kab_history_dup_sentence (history);
  g_assert_cmpstr (sentence, ==, expected);
}

static void
test_history (void)
{
  kab_app_fixture_start ();
  assert_sentence ("{'at': '2026-01-01T00:00:00Z', 'actor': 'client', 'action': 'document-submitted',"
                   " 'revision': 4}", "You submitted it to the bank, version 4");
  assert_sentence ("{'at': '2026-01-01T00:00:00Z', 'actor': 'bank', 'action':"
                   " 'document-information-requested'}", "The bank asked for more information");
  assert_sentence ("{'at': '2026-01-01T00:00:00Z', 'actor': 'system', 'action': 'later-invention'}",
                   "The bank changed it");
  assert_sentence ("{'at': '2026-01-01T00:00:00Z', 'actor': 'client', 'action': 'later-invention'}",
                   "You changed it");
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/documents/list", test_list },
    { "/documents/next-words", test_next_words },
    { "/documents/search", test_search },
    { "/documents/states", test_states },
    { "/documents/live", test_live },
    { "/documents/page", test_page },
    { "/documents/rights", test_rights },
    { "/documents/unavailable", test_unavailable },
    { "/documents/go-to-field", test_go_to_field },
    { "/documents/save", test_save },
    { "/documents/submit", test_submit },
    { "/documents/incomplete", test_incomplete },
    { "/documents/incomplete-answers", test_incomplete_answers },
    { "/documents/conflict", test_conflict },
    { "/documents/conflict-theirs", test_conflict_theirs },
    { "/documents/filled", test_filled },
    { "/documents/fill-pdf", test_fill_pdf },
    { "/documents/approve", test_approve },
    { "/documents/language", test_language },
  };

  gtk_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  g_test_add ("/documents/empty", Fixture, NULL, set_up_empty, test_empty, tear_down);
  g_test_add_func ("/documents/history", test_history);

  return g_test_run ();
}

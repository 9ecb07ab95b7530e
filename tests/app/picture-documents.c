/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-documents.h"

#include "common/kab-upload-list.h"
#include "documents/kab-document-page.h"
#include "documents/kab-documents-section.h"
#include "kab-documents-fixture.h"
#include "kab-test-tus.h"
#include "messages/kab-messages-section.h"

static void
enter (KabWindow *window, KabOnboardingFixture *fixture, const char *section)
{
  g_autoptr (KabClientModel) client = NULL;

  kab_app_fixture_fill_bank (kab_window_get_bank (window));
  client = kab_client_model_new (kab_window_get_bank (window), "Anna Bērziņa");
  kab_client_model_add_section (client,
                                kab_documents_section_new (fixture->data, fixture->bank, NULL));
  kab_client_model_add_section (client, kab_messages_section_new (fixture->data, NULL));
  kab_window_set_client (window, client);
  g_object_set_data_full (G_OBJECT (window), "fixture", fixture,
                          (GDestroyNotify) kab_onboarding_fixture_free);
  kab_window_show (window, section);
  gtk_window_present (GTK_WINDOW (window));
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
}

static KabPage *
get_page (KabWindow *window)
{
  return KAB_PAGE (adw_navigation_view_get_visible_page (kab_window_get_view (window)));
}

static KabDocumentsModel *
get_documents (KabWindow *window)
{
  KabSection *section = kab_client_model_find_section (kab_window_get_client (window), "documents");

  return KAB_DOCUMENTS_MODEL (kab_section_get_model (section));
}

void
picture_show_documents (KabApplication *application, KabWindow *window)
{
  enter (window, kab_documents_fixture_new (KAB_DOCUMENTS_ALL, KAB_MESSAGES_ALL, 1), "documents");
}

void
picture_show_documents_filtered (KabApplication *application, KabWindow *window)
{
  picture_show_documents (application, window);
  gtk_widget_activate_action (GTK_WIDGET (get_page (window)), "documents.find", NULL);
  kab_documents_model_set_search (get_documents (window), "xyz");
}

void
picture_show_documents_empty (KabApplication *application, KabWindow *window)
{
  enter (window, kab_documents_fixture_new ("", "", 0), "documents");
}

static KabDocumentModel *
show_document (KabWindow *window, const char *id)
{
  KabOnboardingFixture *fixture;
  KabDocumentModel *model;

  picture_show_documents (NULL, window);
  fixture = g_object_get_data (G_OBJECT (window), "fixture");
  model = kab_documents_model_open (
      get_documents (window),
      kab_paged_list_find (kab_client_data_get_documents (fixture->data), id));
  kab_document_page_open (GTK_WIDGET (get_page (window)), model);
  kab_app_wait_until (kab_document_model_get_phase (model) == KAB_DOCUMENT_PHASE_READY);
  kab_app_wait_until (g_list_model_get_n_items (kab_document_model_get_history (model)) > 0);
  kab_app_fixture_wait_frame (GTK_WIDGET (window));

  return model;
}

void
picture_show_document (KabApplication *application, KabWindow *window)
{
  show_document (window, "d1");
}

static GtkWidget *
find_widget (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && gtk_widget_get_mapped (root))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
scroll_down (KabWindow *window)
{
  GtkWidget *scroller = find_widget (GTK_WIDGET (get_page (window)), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

void
picture_show_document_below (KabApplication *application, KabWindow *window)
{
  show_document (window, "d1");
  scroll_down (window);
}

static KabAttachment *
add_file (KabAttachments *attachments, const char *name, gsize size)
{
  g_autoptr (GFile) file = kab_documents_fixture_file (name, size);

  return kab_attachments_add (attachments, file);
}

static void
add_files (KabWindow *window, KabAttachments *attachments)
{
  KabOnboardingFixture *fixture = g_object_get_data (G_OBJECT (window), "fixture");

  kab_test_server_trick (fixture->server, "POST /v1/uploads", KAB_TEST_SILENT, NULL);
  add_file (attachments, "izraksts.txt", 348000);
  add_file (attachments, "programma.exe", 2000);
  kab_app_wait_until (kab_attachments_get_failed (attachments));
}

void
picture_show_document_files (KabApplication *application, KabWindow *window)
{
  KabDocumentModel *model = show_document (window, "d1");

  add_files (window, kab_document_model_get_attachments (model));
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
  scroll_down (window);
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (find_widget (
                                GTK_WIDGET (get_page (window)), GTK_TYPE_SCROLLED_WINDOW))),
                            380);
}

/* The bank stopped in the middle of the list. */
void
picture_show_documents_rest (KabApplication *application, KabWindow *window)
{
  picture_show_documents (application, window);
  adw_banner_set_revealed (
      ADW_BANNER (find_widget (GTK_WIDGET (get_page (window)), ADW_TYPE_BANNER)), TRUE);
}

/* One that moves, one that waits for its owner, one that the bank doesn't take. */
void
picture_show_document_uploads (KabApplication *application, KabWindow *window)
{
  KabAttachments *files = kab_document_model_get_attachments (show_document (window, "d1"));
  KabOnboardingFixture *fixture = g_object_get_data (G_OBJECT (window), "fixture");
  KabTestTus *tus = kab_test_tus_new (fixture->server);
  KabAttachment *paused;

  g_object_set_data_full (G_OBJECT (fixture->api), "tus", tus, (GDestroyNotify) kab_test_tus_free);
  tus->delay = 500;
  paused = add_file (files, "algas-izraksts.txt", 12000000);
  kab_app_wait_until (kab_attachment_get_progress (paused) > 0.1);
  kab_upload_pause (kab_attachment_get_upload (paused));
  add_file (files, "izraksts.txt", 24000000);
  add_file (files, "programma.exe", 2000);
  kab_app_wait_until (kab_attachments_get_failed (files));
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
  gtk_viewport_scroll_to (
      GTK_VIEWPORT (find_widget (GTK_WIDGET (get_page (window)), GTK_TYPE_VIEWPORT)),
      find_widget (GTK_WIDGET (get_page (window)), KAB_TYPE_UPLOAD_LIST), NULL);
}

/* The document was changed elsewhere meanwhile. */
void
picture_show_document_conflict (KabApplication *application, KabWindow *window)
{
  KabAttachments *files = kab_document_model_get_attachments (show_document (window, "d1"));
  KabOnboardingFixture *fixture = g_object_get_data (G_OBJECT (window), "fixture");
  g_autoptr (KabAttachment) file = g_list_model_get_item (G_LIST_MODEL (files), 0);

  kab_test_server_reply (fixture->server, "PUT /v1/documents/d1", 412,
                         "{\"code\": \"version-conflict\"}");
  kab_documents_fixture_serve (
      fixture, "d1",
      KAB_DOCUMENT_HEAD ("d1", "pdf-questionnaire", "Klienta anketa", "Customer questionnaire",
                         "Анкета клиента", "information-needed", "9", "2",
                         "'edit','save','submit'") ", 'comments': [], 'versions': "
                                                   "[], 'files': "
                                                   "[" KAB_DOCUMENT_FILE ("f5", "other.pdf",
                                                                          "5") "]}");
  kab_attachments_remove (files, file);
  kab_app_wait_until (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) !=
                      NULL);
}

void
picture_show_document_electronic (KabApplication *application, KabWindow *window)
{
  show_document (window, "d2");
}

void
picture_show_document_approve (KabApplication *application, KabWindow *window)
{
  show_document (window, "d4");
}

void
picture_show_document_submit (KabApplication *application, KabWindow *window)
{
  show_document (window, "d1");
  gtk_widget_activate_action (GTK_WIDGET (get_page (window)), "document.submit", NULL);
}

void
picture_show_document_fill (KabApplication *application, KabWindow *window)
{
  show_document (window, "d2");
  gtk_widget_activate_action (GTK_WIDGET (get_page (window)), "document.fill", NULL);
}

void
picture_show_messages (KabApplication *application, KabWindow *window)
{
  enter (window, kab_documents_fixture_new (KAB_DOCUMENTS_ALL, KAB_MESSAGES_ALL, 1), "messages");
}

void
picture_show_messages_writing (KabApplication *application, KabWindow *window)
{
  KabMessagesModel *model;

  picture_show_messages (application, window);
  model = KAB_MESSAGES_MODEL (kab_page_get_model (get_page (window)));
  gtk_text_buffer_set_text (kab_messages_model_get_text (model),
                            "Labdien! Pielikumā izziņa.\n\nAr cieņu\nAnna", -1);
  add_files (window, kab_messages_model_get_attachments (model));
  kab_messages_model_send (model);
}

void
picture_show_messages_empty (KabApplication *application, KabWindow *window)
{
  enter (window, kab_documents_fixture_new ("", "", 0), "messages");
}

/* Long names, and more rows than fit. */
void
picture_show_documents_many (KabApplication *application, KabWindow *window)
{
  g_autoptr (GString) documents = g_string_new (KAB_DOCUMENTS_ALL);

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (
        documents,
        ", {'id': 'e%u', 'application': 'a1', 'kind': 'pdf-questionnaire', 'title': {'lv':"
        " 'Patiesā labuma guvēja un politiski nozīmīgas personas paziņojums Nr. %u', 'en':"
        " 'Declaration of the beneficial owner and politically exposed person No %u', 'ru':"
        " 'Заявление об истинном выгодоприобретателе № %u'}, 'state': 'processing', 'version': 1,"
        " 'revision': 1, 'changedAt': '2026-11-18T09:20:00Z', 'actions': []}",
        i, i, i, i);
  enter (window, kab_documents_fixture_new (documents->str, KAB_MESSAGES_ALL, 1), "documents");
}

/* @status: what the bank answers; 0 for nothing. */
static void
show_document_without (KabWindow *window, guint status)
{
  KabOnboardingFixture *fixture;

  picture_show_documents (NULL, window);
  fixture = g_object_get_data (G_OBJECT (window), "fixture");
  kab_test_server_forget (fixture->server, "GET /v1/documents/d1");
  if (status != 0)
    kab_test_server_reply (fixture->server, "GET /v1/documents/d1", status, "{}");
  else
    kab_test_server_trick (fixture->server, "GET /v1/documents/d1", KAB_TEST_SILENT, NULL);
  kab_document_page_open (
      GTK_WIDGET (get_page (window)),
      kab_documents_model_open (
          get_documents (window),
          kab_paged_list_find (kab_client_data_get_documents (fixture->data), "d1")));
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
}

void
picture_show_document_loading (KabApplication *application, KabWindow *window)
{
  show_document_without (window, 0);
}

void
picture_show_document_unreachable (KabApplication *application, KabWindow *window)
{
  show_document_without (window, 404);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-documents-window.h"

#include "documents/kab-document-page.h"
#include "documents/kab-documents-section.h"

gpointer
kab_documents_window_get_page (KabDocumentsWindow *self)
{
  return adw_navigation_view_get_visible_page (kab_window_get_view (self->window));
}

void
kab_documents_window_settle (KabDocumentsWindow *self)
{
  kab_app_fixture_wait_frame (GTK_WIDGET (self->window));
}

/* Their documents, with what the journal has of them. */
void
kab_documents_window_sign_in (KabDocumentsWindow *self)
{
  g_autoptr (KabClientModel) client =
      kab_client_model_new (kab_window_get_bank (self->window), "Anna Bērziņa");
  KabSection *section =
      kab_documents_section_new (self->bank->data, self->bank->bank, self->journal);

  self->documents = KAB_DOCUMENTS_MODEL (kab_section_get_model (section));
  kab_client_model_add_section (client, section);
  kab_window_set_client (self->window, client);
  kab_window_show (self->window, "documents");
}

void
kab_documents_window_sign_out (KabDocumentsWindow *self)
{
  self->documents = NULL;
  kab_window_set_client (self->window, NULL);
}

static void
enter (KabDocumentsWindow *self, const char *documents)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  self->application = kab_app_fixture_start ();
  self->window = kab_application_get_window (self->application);
  self->bank = kab_documents_fixture_new (documents, "", 0);
  kab_app_fixture_fill_bank (kab_window_get_bank (self->window));
  kab_documents_window_sign_in (self);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1000, 700);
  gtk_window_present (GTK_WINDOW (self->window));
  kab_documents_window_settle (self);
}

void
kab_documents_window_set_up (KabDocumentsWindow *self, gconstpointer data)
{
  enter (self, KAB_DOCUMENTS_ALL);
}

void
kab_documents_window_set_up_empty (KabDocumentsWindow *self, gconstpointer data)
{
  enter (self, "");
}

/* Without a secret service a journal keeps its drafts in memory. */
void
kab_documents_window_set_up_keeping (KabDocumentsWindow *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *path = g_dir_make_tmp ("kabinets-test-XXXXXX", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  kab_draft_journal_open_async ("test", folder, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  self->journal = kab_draft_journal_open_finish (result, NULL);
  enter (self, KAB_DOCUMENTS_ALL);
}

void
kab_documents_window_tear_down (KabDocumentsWindow *self, gconstpointer data)
{
  kab_app_fixture_stop (self->application);
  g_clear_object (&self->journal);
  kab_onboarding_fixture_free (self->bank);
}

KabDocument *
kab_documents_window_get_document (KabDocumentsWindow *self, const char *id)
{
  return kab_paged_list_find (kab_client_data_get_documents (self->bank->data), id);
}

KabDocumentModel *
kab_documents_window_open (KabDocumentsWindow *self, const char *id)
{
  KabDocumentModel *model =
      kab_documents_model_open (self->documents, kab_documents_window_get_document (self, id));

  kab_document_page_open (kab_documents_window_get_page (self), model);
  kab_app_wait_until (kab_document_model_get_phase (model) == KAB_DOCUMENT_PHASE_READY);
  kab_app_wait_until (g_list_model_get_n_items (kab_document_model_get_history (model)) > 0);
  kab_documents_window_settle (self);

  return model;
}

static void
serve_template (SoupServer *server,
                SoupServerMessage *message,
                const char *path,
                GHashTable *query,
                gpointer pdf)
{
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/pdf", SOUP_MEMORY_COPY,
                                    g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf));
}

/* @pdf: (transfer none): the blank form of document d1; it must outlive the bank */
void
kab_documents_window_serve_template (KabDocumentsWindow *self, GBytes *pdf)
{
  kab_test_server_handle (self->bank->server, "/v1/documents/d1/template", NULL, serve_template,
                          pdf);
}

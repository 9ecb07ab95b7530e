/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-pages.h"

#include <glib/gi18n.h>

#include "common/kab-country-dialog.h"
#include "kab-app-fixture.h"
#include "kab-gallery.h"
#include "picture-documents.h"
#include "picture-onboarding.h"
#include "picture-states.h"

static void
show_welcome (KabApplication *application, KabWindow *window)
{
  kab_app_fixture_fill_bank (kab_window_get_bank (window));
}

static void
show_no_bank (KabApplication *application, KabWindow *window)
{
}

static void
show_connecting (KabApplication *application, KabWindow *window)
{
  kab_bank_model_connect (kab_window_get_bank (window), "https://bank.example");
}

static void
show_unreachable (KabApplication *application, KabWindow *window)
{
  kab_bank_model_connect (kab_window_get_bank (window), "https://bank.example");
  kab_bank_model_set_failed (kab_window_get_bank (window), KAB_OUTAGE_SERVER_DOWN);
}

static void
show_action (KabWindow *window, const char *action)
{
  gtk_window_present (GTK_WINDOW (window));
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
  gtk_widget_activate_action (GTK_WIDGET (window), action, NULL);
}

static void
show_shortcuts (KabApplication *application, KabWindow *window)
{
  show_action (window, "app.shortcuts");
}

static void
show_help (KabApplication *application, KabWindow *window)
{
  kab_app_fixture_fill_bank (kab_window_get_bank (window));
  show_action (window, "app.help");
}

static void
show_about (KabApplication *application, KabWindow *window)
{
  show_action (window, "app.about");
}

static void
show_address (KabApplication *application, KabWindow *window)
{
  show_action (window, "app.bank-address");
}

static void
show_client (KabApplication *application, KabWindow *window)
{
  g_autoptr (KabClientModel) client = NULL;
  KabSection *documents;

  kab_app_fixture_fill_bank (kab_window_get_bank (window));
  client = kab_client_model_new (kab_window_get_bank (window), "Anna Bērziņa");
  kab_client_model_add_section (
      client, kab_app_fixture_section ("home", N_("Details"), "user-home-symbolic"));
  documents = kab_app_fixture_section ("documents", N_("Documents"), "folder-documents-symbolic");
  kab_section_set_count (documents, 2);
  kab_client_model_add_section (client, documents);
  kab_client_model_add_section (
      client, kab_app_fixture_section ("messages", N_("Messages"), "mail-unread-symbolic"));
  kab_window_set_client (window, client);
  kab_window_set_offline (window, TRUE);
}

static void
show_awaits (KabApplication *application, KabWindow *window)
{
  kab_app_fixture_fill_bank (kab_window_get_bank (window));
  kab_window_show (window, "awaits");
}

static void
show_fields (KabApplication *application, KabWindow *window)
{
  kab_app_fixture_show (window, kab_gallery_fields_new ());
}

static void
show_labels (KabApplication *application, KabWindow *window)
{
  kab_app_fixture_show (window, kab_gallery_labels_new ());
}

static void
show_countries (KabApplication *application, KabWindow *window)
{
  gtk_window_present (GTK_WINDOW (window));
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
  adw_dialog_present (kab_country_dialog_new (_("Citizenship"), "LV"), GTK_WIDGET (window));
}

const PicturePage picture_pages[] = {
  { "welcome", show_welcome },
  { "welcome-no-bank", show_no_bank },
  { "welcome-connecting", show_connecting },
  { "welcome-unreachable", show_unreachable },
  { "shortcuts", show_shortcuts },
  { "help", show_help },
  { "about", show_about },
  { "address", show_address },
  { "client", show_client },
  { "awaits", show_awaits },
  { "countries", show_countries },
  { "fields", show_fields },
  { "labels", show_labels },
  { "application", picture_show_application },
  { "application-wrong", picture_show_application_wrong },
  { "application-files", picture_show_application_files },
  { "application-sent", picture_show_application_sent },
  { "home-loading", picture_show_home_loading },
  { "home-failed", picture_show_home_failed },
  { "home-start", picture_show_home_start },
  { "home-photo", picture_show_home_photo },
  { "home-decided", picture_show_home_decided },
  { "home-declined", picture_show_home_declined },
  { "home-waiting", picture_show_home_waiting },
  { "home-withdraw", picture_show_home_withdraw },
  { "home-withdrawn", picture_show_home_withdrawn },
  { "identification", picture_show_identification },
  { "identification-repeat", picture_show_identification_repeat },
  { "identification-failed", picture_show_identification_failed },
  { "identification-passed", picture_show_identification_passed },
  { "identification-phone", picture_show_identification_phone },
  { "form-tax", picture_show_tax_form },
  { "form-questionnaire", picture_show_questionnaire },
  { "documents", picture_show_documents },
  { "documents-filtered", picture_show_documents_filtered },
  { "documents-empty", picture_show_documents_empty },
  { "documents-many", picture_show_documents_many },
  { "documents-rest", picture_show_documents_rest },
  { "document", picture_show_document },
  { "document-below", picture_show_document_below },
  { "document-loading", picture_show_document_loading },
  { "document-unreachable", picture_show_document_unreachable },
  { "document-files", picture_show_document_files },
  { "document-uploads", picture_show_document_uploads },
  { "document-conflict", picture_show_document_conflict },
  { "document-electronic", picture_show_document_electronic },
  { "document-approve", picture_show_document_approve },
  { "document-submit", picture_show_document_submit },
  { "document-fill", picture_show_document_fill },
  { "messages", picture_show_messages },
  { "messages-writing", picture_show_messages_writing },
  { "messages-empty", picture_show_messages_empty },
  { "menu", picture_show_menu, picture_find_popover },
  { "missing", picture_show_missing, picture_find_popover },
  { "entry", picture_show_entry },
  { "conflict", picture_show_conflict },
  { "idle", picture_show_idle, NULL, picture_leave_idle },
  { "preview-opening", picture_show_preview_opening },
  { "preview-fields", picture_show_preview_fields },
  { "preview-search", picture_show_preview_search },
  { "preview-password", picture_show_preview_password },
  { "preview-problem", picture_show_preview_problem },
};
const gsize picture_n_pages = G_N_ELEMENTS (picture_pages);

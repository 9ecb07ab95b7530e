/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "application/kab-application-page.h"
#include "common/kab-code-row.h"
#include "common/kab-country-row.h"
#include "common/kab-field-row.h"
#include "common/kab-inline-message.h"
#include "common/kab-legal-document-row.h"
#include "common/kab-new-password.h"
#include "common/kab-phone-row.h"
#include "kab-app-demo.h"
#include "registration/kab-about-you-page.h"
#include "registration/kab-codes-page.h"
#include "registration/kab-contact-page.h"
#include "registration/kab-registration-model.h"
#include "kab-test-server.h"
#include "kab-time.h"

static gboolean
has_focus_in (KabAppDemo *demo, GtkWidget *widget)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (demo->window));

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* REG-7 to REG-15: nothing goes on without a citizenship and the consent. */
static void
test_about_you (void)
{
  KabAppDemo *demo = kab_app_demo_start ();
  GtkWidget *root = kab_app_demo_root (demo);
  GtkWidget *first;
  GtkWidget *second;
  GtkWidget *consent;

  kab_window_show (demo->window, "registration");
  kab_app_wait_page (demo->window, KAB_TYPE_ABOUT_YOU_PAGE);
  first = kab_app_find (root, KAB_TYPE_COUNTRY_ROW, "Country whose citizen you are");
  consent = kab_app_find (root, ADW_TYPE_SWITCH_ROW, NULL);
  g_assert_cmpuint (kab_app_count (root, KAB_TYPE_LEGAL_DOCUMENT_ROW), ==, 5);

  kab_app_press (root, "Continue");
  g_assert_true (kab_field_row_has_error (first));
  g_assert_true (kab_field_row_has_error (consent));
  g_assert_true (has_focus_in (demo, first));
  g_assert_true (KAB_IS_ABOUT_YOU_PAGE (kab_app_get_page (demo->window)));

  kab_country_row_set_country (KAB_COUNTRY_ROW (first), "LV");
  g_assert_false (kab_field_row_has_error (first));
  adw_switch_row_set_active (ADW_SWITCH_ROW (consent), TRUE);
  g_assert_false (kab_field_row_has_error (consent));

  g_signal_emit_by_name (kab_app_find (root, ADW_TYPE_BUTTON_ROW, "Add a second citizenship"),
                         "activated");
  second = kab_app_wait_for (root, KAB_TYPE_COUNTRY_ROW, "Second citizenship");
  kab_country_row_set_country (KAB_COUNTRY_ROW (second), "LV");
  kab_app_press (root, "Continue");
  g_assert_true (kab_field_row_has_error (second));
  kab_country_row_set_country (KAB_COUNTRY_ROW (second), "EE");
  kab_app_press (root, "Continue");
  kab_app_wait_page (demo->window, KAB_TYPE_CONTACT_PAGE);
  kab_app_demo_stop (demo);
}

/* The consent names the documents, however the bank calls them. */
static void
test_titles (void)
{
  KabAppDemo *demo = kab_app_demo_start ();
  KabAccess *access = kab_application_get_access (demo->application);
  GListModel *documents = kab_bank_get_legal_documents (kab_access_get_bank (access));
  g_autoptr (KabLegalDocument) document = g_list_model_get_item (documents, 0);
  g_autofree char *json =
      g_strdup_printf ("{'id': '%s', 'kind': 'terms', 'version': '1', 'binding': true, 'title':"
                       " {'lv': 'N', 'en': 'Terms & <conditions>', 'ru': 'N'}}",
                       kab_legal_document_get_id (document));
  g_autoptr (JsonObject) object = kab_test_json (json);
  g_autofree char *names = NULL;
  GtkWidget *consent;

  g_assert_true (kab_record_update_from_json (KAB_RECORD (document), object, NULL));
  kab_window_show (demo->window, "registration");
  kab_app_wait_page (demo->window, KAB_TYPE_ABOUT_YOU_PAGE);
  consent = kab_app_find (kab_app_demo_root (demo), ADW_TYPE_SWITCH_ROW, NULL);
  names = g_strdup (adw_action_row_get_subtitle (ADW_ACTION_ROW (consent)));
  g_assert_nonnull (strstr (names, "Terms & <conditions>"));
  g_assert_nonnull (kab_app_find (consent, GTK_TYPE_LABEL, names));
  kab_app_demo_stop (demo);
}

/* CON-1 to CON-6: each field says what is wrong, and the rules of the password tick as they are
 * met. */
static void
test_contact (void)
{
  KabAppDemo *demo = kab_app_demo_start ();
  GtkWidget *root = kab_app_demo_root (demo);
  GtkWidget *email;
  GtkWidget *phone;
  GtkWidget *password;
  GtkWidget *repeat;
  g_autofree char *number = NULL;

  kab_app_demo_fill_about (demo);
  email = kab_app_find (root, ADW_TYPE_ENTRY_ROW, "E-mail address");
  phone = kab_app_find (root, KAB_TYPE_PHONE_ROW, NULL);
  password = kab_app_find (root, ADW_TYPE_PASSWORD_ENTRY_ROW, "New password");
  repeat = kab_app_find (root, ADW_TYPE_PASSWORD_ENTRY_ROW, "Type the password again");

  kab_app_press (root, "Continue");
  g_assert_true (kab_field_row_has_error (email));
  g_assert_true (kab_field_row_has_error (phone));
  g_assert_true (kab_field_row_has_error (password));
  g_assert_true (kab_field_row_has_error (repeat));
  g_assert_true (has_focus_in (demo, email));

  gtk_editable_set_text (GTK_EDITABLE (email), "anna@example.com");
  g_assert_false (kab_field_row_has_error (email));
  gtk_editable_set_text (GTK_EDITABLE (phone), "+372 5123 4567");
  number = kab_phone_row_dup_number (KAB_PHONE_ROW (phone));
  g_assert_cmpstr (number, ==, "+37251234567");
  gtk_widget_grab_focus (phone);
  gtk_widget_grab_focus (password);
  g_assert_cmpstr (kab_phone_row_get_country (KAB_PHONE_ROW (phone)), ==, "EE");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (phone)), ==, "51234567");

  gtk_editable_set_text (GTK_EDITABLE (password), "short");
  gtk_editable_set_text (GTK_EDITABLE (repeat), "shorts");
  kab_app_press (root, "Continue");
  g_assert_true (kab_field_row_has_error (password));
  g_assert_true (kab_field_row_has_error (repeat));
  gtk_editable_set_text (GTK_EDITABLE (password), KAB_APP_PASSWORD);
  gtk_editable_set_text (GTK_EDITABLE (repeat), KAB_APP_PASSWORD);
  g_assert_false (kab_field_row_has_error (password));
  g_assert_false (kab_field_row_has_error (repeat));
  kab_app_demo_stop (demo);
}

/* CON-7 to CON-10: a wrong code is told at its field; the right ones make the account, and the
 * application form opens. */
static void
test_codes (void)
{
  KabAppDemo *demo = kab_app_demo_start ();
  GtkWidget *root = kab_app_demo_root (demo);
  gint64 newest = kab_app_demo_newest (demo);
  g_autofree char *email_code = NULL;
  g_autofree char *phone_code = NULL;
  GtkWidget *email;
  GtkWidget *phone;

  kab_app_demo_fill_about (demo);
  kab_app_demo_fill_contact (demo, "codes@example.com", "20000001");
  email_code = kab_app_demo_wait_code (demo, "codes@example.com", newest);
  phone_code = kab_app_demo_wait_code (demo, "+37120000001", newest);
  email = kab_app_find (root, KAB_TYPE_CODE_ROW, "Code from the e-mail");
  phone = kab_app_find (root, KAB_TYPE_CODE_ROW, "Code from the text message");

  kab_app_press (root, "Finish registration");
  g_assert_true (kab_field_row_has_error (email));
  g_assert_true (kab_field_row_has_error (phone));

  gtk_editable_set_text (GTK_EDITABLE (email), email_code);
  gtk_editable_set_text (GTK_EDITABLE (phone),
                         g_str_equal (phone_code, "000000") ? "000001" : "000000");
  kab_app_press (root, "Finish registration");
  kab_app_wait_until (kab_field_row_has_error (phone));
  g_assert_false (kab_field_row_has_error (email));
  g_assert_null (kab_window_get_client (demo->window));

  gtk_editable_set_text (GTK_EDITABLE (phone), phone_code);
  g_assert_false (kab_field_row_has_error (phone));
  kab_app_press (root, "Finish registration");
  kab_app_wait_until (kab_window_get_client (demo->window) != NULL);
  kab_app_wait_page (demo->window, KAB_TYPE_APPLICATION_PAGE);
  kab_app_demo_stop (demo);
}

/* What was typed is there again after a change of language, and after going back. */
static void
test_nothing_lost (void)
{
  KabAppDemo *demo = kab_app_demo_start ();
  GtkWidget *root = kab_app_demo_root (demo);
  KabLanguage *language = kab_application_get_language (demo->application);
  GtkWidget *row;

  kab_app_demo_fill_about (demo);
  kab_app_type (root, "E-mail address", "kept@example.com");
  kab_app_type (root, "Phone number", "20000002");
  kab_language_set_current (language, "ru");
  kab_app_fixture_wait_frame (root);
  kab_language_set_current (language, "en");
  kab_app_fixture_wait_frame (root);
  row = kab_app_find (root, ADW_TYPE_ENTRY_ROW, "E-mail address");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "kept@example.com");
  row = kab_app_find (root, KAB_TYPE_PHONE_ROW, NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "20000002");

  adw_navigation_view_pop (kab_window_get_view (demo->window));
  adw_navigation_view_pop (kab_window_get_view (demo->window));
  kab_window_show (demo->window, "registration");
  kab_app_wait_page (demo->window, KAB_TYPE_ABOUT_YOU_PAGE);
  row = kab_app_find (root, KAB_TYPE_COUNTRY_ROW, NULL);
  g_assert_cmpstr (kab_country_row_get_country (KAB_COUNTRY_ROW (row)), ==, "LV");
  kab_app_press (root, "Continue");
  kab_app_wait_page (demo->window, KAB_TYPE_CONTACT_PAGE);
  row = kab_app_find (root, ADW_TYPE_ENTRY_ROW, "E-mail address");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "kept@example.com");
  kab_app_demo_stop (demo);
}

/* A crash between any two pages loses nothing but the password. */
static void
test_draft (void)
{
  KabAppDemo *demo = kab_app_demo_start ();
  KabAccess *access = kab_application_get_access (demo->application);
  g_autoptr (KabRegistrationModel) model = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *email = NULL;
  g_autofree char *citizenship = NULL;
  JsonObject *draft;
  gboolean consent;

  kab_app_demo_fill_about (demo);
  kab_app_demo_fill_contact (demo, "crash@example.com", "20000003");
  kab_app_wait_until (
      (draft = kab_draft_journal_get (kab_access_get_journal (access), "registration")) != NULL &&
      json_object_has_member (draft, "token"));

  model = kab_registration_model_new (access);
  g_object_get (model, "email", &email, "citizenship", &citizenship, "consent", &consent, NULL);
  g_assert_cmpstr (email, ==, "crash@example.com");
  g_assert_cmpstr (citizenship, ==, "LV");
  g_assert_true (consent);
  g_assert_null (kab_registration_model_get_registration (model));
  kab_registration_model_resume_async (model, keep_result_cb, &result);
  kab_app_wait_until (result != NULL);
  g_assert_true (kab_registration_model_resume_finish (model, result));
  g_assert_nonnull (kab_registration_model_get_registration (model));
  kab_app_demo_stop (demo);
}

/* A2: another code after a minute, ten minutes for each; by this computer's clock, wrong as it may
 * be, since the codes were sent. */
static void
test_times (void)
{
  KabAppDemo *demo = kab_app_demo_start ();
  GtkWidget *root = kab_app_demo_root (demo);
  GtkWidget *email;
  GtkWidget *resend;

  kab_app_demo_fill_about (demo);
  kab_app_demo_fill_contact (demo, "late@example.com", "20000004");
  email = kab_app_find (root, KAB_TYPE_CODE_ROW, "Code from the e-mail");
  g_assert_null (kab_app_find (root, GTK_TYPE_LABEL, "Send a new code"));

  kab_clock_set_for_tests (g_get_real_time () + 61 * KAB_TIME_SECOND);
  kab_app_wait_for (root, GTK_TYPE_LABEL, "Send a new code");
  g_assert_false (kab_field_row_has_error (email));
  /* The bank's own clock has not moved. */
  resend = kab_app_find (root, GTK_TYPE_BUTTON, "Send a new code");
  kab_app_press (root, "Send a new code");
  g_assert_false (gtk_widget_get_sensitive (resend));
  kab_app_wait_for (root, KAB_TYPE_INLINE_MESSAGE, NULL);
  g_assert_true (gtk_widget_get_sensitive (resend));

  kab_clock_set_for_tests (g_get_real_time () + 601 * KAB_TIME_SECOND);
  kab_app_wait_until (kab_field_row_has_error (email));
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (email))),
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "This code is too old. Ask for a new one.");
  g_assert_nonnull (kab_app_find (root, GTK_TYPE_LABEL, "Send a new code"));
  kab_app_press (root, "Finish registration");
  g_assert_true (KAB_IS_CODES_PAGE (kab_app_get_page (demo->window)));
  kab_clock_reset ();
  kab_app_demo_stop (demo);
}

/* CON-10: a mistyped address is corrected without beginning again. */
static void
test_other_address (void)
{
  KabAppDemo *demo = kab_app_demo_start ();
  GtkWidget *root = kab_app_demo_root (demo);
  GtkWidget *dialog;
  gint64 newest;
  g_autofree char *code = NULL;

  kab_app_demo_fill_about (demo);
  kab_app_demo_fill_contact (demo, "mistypd@example.com", "20000005");
  newest = kab_app_demo_newest (demo);
  kab_app_press (root, "Change");
  dialog = GTK_WIDGET (kab_app_get_dialog (demo->window));
  kab_app_type (dialog, "E-mail address", "no address");
  kab_app_press (dialog, "Send a code");
  g_assert_true (kab_field_row_has_error (kab_app_find (dialog, ADW_TYPE_ENTRY_ROW, NULL)));
  kab_app_type (dialog, "E-mail address", "mistyped@example.com");
  kab_app_press (dialog, "Send a code");
  code = kab_app_demo_wait_code (demo, "mistyped@example.com", newest);
  kab_app_wait_until (
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (demo->window)) == NULL);
  kab_app_wait_for (root, GTK_TYPE_LABEL, "Sent to m•••@example.com");
  kab_app_demo_stop (demo);
}

int
main (int argc, char **argv)
{
  kab_app_demo_init (&argc, &argv);

  g_test_add_func ("/registration/about-you", test_about_you);
  g_test_add_func ("/registration/titles", test_titles);
  g_test_add_func ("/registration/contact", test_contact);
  g_test_add_func ("/registration/codes", test_codes);
  g_test_add_func ("/registration/nothing-lost", test_nothing_lost);
  g_test_add_func ("/registration/draft", test_draft);
  g_test_add_func ("/registration/times", test_times);
  g_test_add_func ("/registration/other-address", test_other_address);

  return kab_app_demo_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-code-row.h"
#include "common/kab-country-row.h"
#include "common/kab-legal-document-row.h"
#include "common/kab-phone-row.h"
#include "demo/kab-phone-message-row.h"
#include "kab-app-demo.h"
#include "registration/kab-about-you-page.h"
#include "sign-in/kab-sign-in-page.h"

/* What the pages that lead in tell a screen reader. */

static GtkAccessible *
get_delegate (GtkWidget *row)
{
  return GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row)));
}

static GtkAccessible *
find_field (GtkWidget *root, const char *title)
{
  return get_delegate (kab_app_find (root, ADW_TYPE_ENTRY_ROW, title));
}

/* Every button of ours on screen has a name: a label inside, or one of its own. */
static void
check_buttons (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) || GTK_IS_WINDOW_CONTROLS (widget) ||
      GTK_IS_MENU_BUTTON (widget))
    return;
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) == NULL &&
      gtk_widget_get_focusable (widget))
    g_assert_true (
        gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL) ||
        gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                          GTK_ACCESSIBLE_RELATION_LABELLED_BY) ||
        gtk_widget_get_tooltip_text (widget) != NULL ||
        kab_app_find (widget, GTK_TYPE_LABEL, NULL) != NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_buttons (child);
}

static void
test_about_you (void)
{
  KabAppDemo *demo = kab_app_demo_start ();
  GtkWidget *root = kab_app_demo_root (demo);
  GtkWidget *country;
  GtkWidget *document;

  kab_window_show (demo->window, "registration");
  kab_app_wait_page (demo->window, KAB_TYPE_ABOUT_YOU_PAGE);
  check_buttons (root);
  country = kab_app_find (root, KAB_TYPE_COUNTRY_ROW, NULL);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (country), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Country whose citizen you are: Not chosen yet");
  kab_app_press (root, "Continue");
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (country), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (country),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Fill this in.");

  document = kab_app_find (root, KAB_TYPE_LEGAL_DOCUMENT_ROW, "General terms of business");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (document), GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (document), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "General terms of business");
  kab_legal_document_row_set_read (KAB_LEGAL_DOCUMENT_ROW (document), TRUE);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (document), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "General terms of business, Read");
  kab_app_demo_stop (demo);
}

static void
test_contact (void)
{
  KabAppDemo *demo = kab_app_demo_start ();
  GtkWidget *root = kab_app_demo_root (demo);
  GtkWidget *phone;

  kab_app_demo_fill_about (demo);
  check_buttons (root);
  gtk_test_accessible_assert_property (find_field (root, "E-mail address"),
                                       GTK_ACCESSIBLE_PROPERTY_REQUIRED, TRUE);
  gtk_test_accessible_assert_property (find_field (root, "New password"),
                                       GTK_ACCESSIBLE_PROPERTY_REQUIRED, TRUE);
  kab_app_type (root, "New password", "vasara");
  gtk_test_accessible_assert_property (
      find_field (root, "New password"), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "Still needed: At least 8 characters, A digit, A capital letter, A symbol");
  kab_app_type (root, "New password", KAB_APP_PASSWORD);
  gtk_test_accessible_assert_property (find_field (root, "New password"),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "This password is good.");

  phone = kab_app_find (root, KAB_TYPE_PHONE_ROW, NULL);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (kab_app_find (phone, GTK_TYPE_BUTTON, "+371")), GTK_ACCESSIBLE_PROPERTY_LABEL,
      "Country code: Latvia, +371");
  kab_app_press (root, "Continue");
  gtk_test_accessible_assert_state (get_delegate (phone), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  kab_app_demo_stop (demo);
}

static void
test_codes (void)
{
  KabAppDemo *demo = kab_app_demo_start ();
  GtkWidget *root = kab_app_demo_root (demo);
  GtkWidget *row;

  kab_app_demo_fill_about (demo);
  kab_app_demo_fill_contact (demo, "spoken@example.com", "22000001");
  check_buttons (root);
  row = kab_app_find (root, KAB_TYPE_CODE_ROW, "Code from the text message");
  gtk_test_accessible_assert_property (get_delegate (row), GTK_ACCESSIBLE_PROPERTY_REQUIRED, TRUE);
  kab_app_press (root, "Finish registration");
  gtk_test_accessible_assert_state (get_delegate (row), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  gtk_test_accessible_assert_property (get_delegate (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Type the six digits of the code.");
  kab_app_demo_stop (demo);
}

static void
test_sign_in (void)
{
  KabAppDemo *demo = kab_app_demo_start ();
  GtkWidget *root = kab_app_demo_root (demo);

  kab_window_show (demo->window, "sign-in");
  kab_app_wait_page (demo->window, KAB_TYPE_SIGN_IN_PAGE);
  check_buttons (root);
  gtk_test_accessible_assert_property (find_field (root, "E-mail or phone number"),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Required. A phone number in the form +xxx12345678");
  kab_app_demo_stop (demo);
}

static void
test_phone (void)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (KabPhoneMessage) message = NULL;
  g_autoptr (GtkWidget) row = NULL;

  json_object_set_int_member (object, "id", 1);
  json_object_set_string_member (object, "kind", "mail");
  json_object_set_string_member (object, "from", "Demo Bank <bank@example.com>");
  json_object_set_string_member (object, "to", "anna@example.com");
  json_object_set_string_member (object, "subject", "Your code");
  json_object_set_string_member (object, "text", "Your code: 004711.");
  message = kab_phone_message_new_from_json (object);
  g_assert_nonnull (message);
  row = g_object_ref_sink (kab_phone_message_row_new (message));
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
      "Mail from Demo Bank. To anna@example.com. Your code Your code: 004711.");
}

int
main (int argc, char **argv)
{
  kab_app_demo_init (&argc, &argv);

  g_test_add_func ("/access/about-you", test_about_you);
  g_test_add_func ("/access/contact", test_contact);
  g_test_add_func ("/access/codes", test_codes);
  g_test_add_func ("/access/sign-in", test_sign_in);
  g_test_add_func ("/access/phone", test_phone);

  return kab_app_demo_run ();
}

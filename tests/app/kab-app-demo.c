/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-app-demo.h"

#include "common/kab-country-row.h"
#include "registration/kab-about-you-page.h"
#include "registration/kab-codes-page.h"
#include "registration/kab-contact-page.h"

static char *home;

/* In place of g_test_init(): the user's own folders are the test's, while those of the system, with
 * icons and their types, stay as they are. */
void
kab_app_demo_init (int *argc, char ***argv)
{
  static const char *const variables[] = { "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME",
                                           "XDG_STATE_HOME" };
  g_autoptr (GError) error = NULL;

  home = g_dir_make_tmp ("kabinets-XXXXXX", &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      g_autofree char *folder = g_build_filename (home, variables[i], NULL);

      g_setenv (variables[i], folder, TRUE);
    }
  g_test_init (argc, argv, NULL);
  gtk_init ();
}

static void
remove_folder (GFile *folder)
{
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (
      folder, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFile *child;

  while (children != NULL && g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) &&
         child != NULL)
    remove_folder (child);
  g_file_delete (folder, NULL, NULL);
}

/* In place of g_test_run(). */
int
kab_app_demo_run (void)
{
  g_autoptr (GFile) folder = g_file_new_for_path (home);
  int result = g_test_run ();

  remove_folder (folder);
  g_clear_pointer (&home, g_free);

  return result;
}

/* Where the sandbox says that its phone is. */
static char *
read_phone_address (void)
{
  g_autofree char *path =
      g_build_filename (g_get_user_data_dir (), "kabinets", "demo", "sandbox.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *root;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  root = json_node_get_object (json_parser_get_root (parser));

  return g_strdup (
      json_object_get_string_member (json_object_get_object_member (root, "phone"), "baseUrl"));
}

KabAppDemo *
kab_app_demo_start (void)
{
  return kab_app_demo_start_with (kab_app_fixture_start ());
}

/* With an application that is started already. */
KabAppDemo *
kab_app_demo_start_with (KabApplication *application)
{
  KabAppDemo *self = g_new0 (KabAppDemo, 1);
  g_autofree char *address = NULL;

  self->application = application;
  self->window = kab_app_present (application);
  kab_app_fixture_set_online (application, TRUE);
  g_action_group_activate_action (G_ACTION_GROUP (self->application), "try-demo", NULL);
  kab_app_wait_until (kab_bank_model_get_state (kab_window_get_bank (self->window)) ==
                      KAB_BANK_READY);
  address = read_phone_address ();
  self->phone = kab_phone_feed_new ();
  kab_phone_feed_connect (self->phone, address);
  kab_app_fixture_wait_frame (kab_app_demo_root (self));

  return self;
}

static gboolean
is_demo_running (KabAppDemo *self)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (self->application), "demo-phone");
}

/* Ends the demo bank; the application goes on. */
void
kab_app_demo_free (KabAppDemo *self)
{
  kab_phone_feed_connect (self->phone, NULL);
  g_clear_object (&self->phone);
  g_action_group_activate_action (G_ACTION_GROUP (self->application), "leave-demo", NULL);
  kab_app_wait_until (!is_demo_running (self));
  kab_app_fixture_set_online (self->application, FALSE);
  g_free (self);
}

void
kab_app_demo_stop (KabAppDemo *self)
{
  KabApplication *application = self->application;

  kab_app_demo_free (self);
  kab_app_fixture_stop (application);
}

GtkWidget *
kab_app_demo_root (KabAppDemo *self)
{
  return GTK_WIDGET (self->window);
}

/* The id of the newest message; 0 when there is none. */
gint64
kab_app_demo_newest (KabAppDemo *self)
{
  g_autoptr (KabPhoneMessage) message = g_list_model_get_item (G_LIST_MODEL (self->phone), 0);

  return message != NULL ? kab_phone_message_get_id (message) : 0;
}

static KabPhoneMessage *
find_message (KabAppDemo *self, const char *address, gint64 after)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->phone)); i++)
    {
      g_autoptr (KabPhoneMessage) message = g_list_model_get_item (G_LIST_MODEL (self->phone), i);

      if (kab_phone_message_get_id (message) > after &&
          g_strcmp0 (kab_phone_message_get_to (message), address) == 0)
        return message;
    }

  return NULL;
}

/* The text of the newest message to @address that came after that one. */
char *
kab_app_demo_wait_text (KabAppDemo *self, const char *address, gint64 after)
{
  KabPhoneMessage *message = NULL;

  kab_app_wait_until ((message = find_message (self, address, after)) != NULL);

  return g_strdup (kab_phone_message_get_text (message));
}

/* The code in it. */
char *
kab_app_demo_wait_code (KabAppDemo *self, const char *address, gint64 after)
{
  KabPhoneMessage *message = NULL;

  kab_app_wait_until ((message = find_message (self, address, after)) != NULL);
  g_assert_nonnull (kab_phone_message_get_code (message));

  return g_strdup (kab_phone_message_get_code (message));
}

/* Goes from the welcome page to the contact page. */
void
kab_app_demo_fill_about (KabAppDemo *self)
{
  GtkWidget *root = kab_app_demo_root (self);
  GtkWidget *country;

  g_assert_true (kab_window_show (self->window, "registration"));
  kab_app_wait_page (self->window, KAB_TYPE_ABOUT_YOU_PAGE);
  country = kab_app_find (root, KAB_TYPE_COUNTRY_ROW, "Country whose citizen you are");
  kab_country_row_set_country (KAB_COUNTRY_ROW (country), "LV");
  adw_switch_row_set_active (ADW_SWITCH_ROW (kab_app_find (root, ADW_TYPE_SWITCH_ROW, NULL)), TRUE);
  kab_app_press (root, "Continue");
  kab_app_wait_page (self->window, KAB_TYPE_CONTACT_PAGE);
}

/* Goes on to the codes page. @phone: without the country code 371 */
void
kab_app_demo_fill_contact (KabAppDemo *self, const char *email, const char *phone)
{
  GtkWidget *root = kab_app_demo_root (self);

  kab_app_type (root, "E-mail address", email);
  kab_app_type (root, "Phone number", phone);
  kab_app_type (root, "New password", KAB_APP_PASSWORD);
  kab_app_type (root, "Type the password again", KAB_APP_PASSWORD);
  kab_app_press (root, "Continue");
  kab_app_wait_page (self->window, KAB_TYPE_CODES_PAGE);
}

/* Registers and is signed in. */
void
kab_app_demo_register (KabAppDemo *self, const char *email, const char *phone)
{
  GtkWidget *root = kab_app_demo_root (self);
  gint64 newest = kab_app_demo_newest (self);
  g_autofree char *number = g_strconcat ("+371", phone, NULL);
  g_autofree char *email_code = NULL;
  g_autofree char *phone_code = NULL;

  kab_app_demo_fill_about (self);
  kab_app_demo_fill_contact (self, email, phone);
  email_code = kab_app_demo_wait_code (self, email, newest);
  phone_code = kab_app_demo_wait_code (self, number, newest);
  kab_app_type (root, "Code from the e-mail", email_code);
  kab_app_type (root, "Code from the text message", phone_code);
  kab_app_press (root, "Finish registration");
  kab_app_wait_until (kab_window_get_client (self->window) != NULL);
  kab_app_fixture_wait_frame (root);
}

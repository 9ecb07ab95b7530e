/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-application.h"

#include <glib/gi18n.h>

#include "common/kab-about.h"
#include "common/kab-question.h"
#include "common/kab-shortcuts-dialog.h"
#include "demo/kab-demo.h"
#include "kab-application-pages.h"
#include "kab-application-session.h"
#include "kab-server-address.h"
#include "sign-in/kab-password-dialog.h"
#include "welcome/kab-address-dialog.h"
#include "welcome/kab-help-dialog.h"

#define APPLICATION_ID "org.kabinets.Kabinets"

/**
 * KabApplication:
 *
 * The desktop application: one window, one bank. It owns what outlives pages: the settings, the
 * language, the bank, the way into it, and the demo bank.
 */
struct _KabApplication
{
  AdwApplication parent_instance;

  GSettings *settings;            /* (owned) */
  KabLanguage *language;          /* (owned) */
  KabBankModel *bank;             /* (owned) */
  KabAccess *access;              /* (owned) */
  KabDemo *demo;                  /* (owned) */
  KabApplicationSession *session; /* (owned) (nullable): of the window */
};

G_DEFINE_FINAL_TYPE (KabApplication, kab_application, ADW_TYPE_APPLICATION)

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (user_data));

  if (windows != NULL)
    gtk_window_close (windows->data);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KabApplication *self = user_data;

  adw_dialog_present (kab_about_dialog_new (), GTK_WIDGET (kab_application_get_window (self)));
}

static void
shortcuts_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KabApplication *self = user_data;

  adw_dialog_present (kab_shortcuts_dialog_new (), GTK_WIDGET (kab_application_get_window (self)));
}

static void
help_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KabApplication *self = user_data;

  adw_dialog_present (kab_help_dialog_new (self->bank),
                      GTK_WIDGET (kab_application_get_window (self)));
}

static void
address_chosen_cb (KabApplication *self, const char *address)
{
  g_settings_set_string (self->settings, "server", address);
  kab_bank_model_connect (self->bank, address);
}

static void
bank_address_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KabApplication *self = user_data;
  AdwDialog *dialog = kab_address_dialog_new (kab_bank_model_get_address (self->bank));

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (address_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (kab_application_get_window (self)));
}

/* What a notification of the desktop leads to. */
static void
show_cb (GSimpleAction *action, GVariant *name, gpointer user_data)
{
  KabWindow *window = kab_application_get_window (user_data);

  gtk_window_present (GTK_WINDOW (window));
  kab_window_show (window, g_variant_get_string (name, NULL));
}

static void
try_demo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KabApplication *self = user_data;

  g_settings_set_boolean (self->settings, "demo-bank", TRUE);
  kab_demo_start (self->demo);
}

static void
leave_demo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KabApplication *self = user_data;

  g_settings_set_boolean (self->settings, "demo-bank", FALSE);
  kab_bank_model_connect (self->bank, NULL);
}

static void
demo_phone_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  kab_demo_show_phone (KAB_APPLICATION (user_data)->demo);
}

static void
password_changed_cb (KabApplication *self)
{
  kab_window_tell (kab_application_get_window (self),
                   _("Your password is changed. You are signed out everywhere else."));
}

static void
change_password_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KabApplication *self = user_data;
  AdwDialog *dialog = kab_password_dialog_new (self->access, NULL);

  g_signal_connect_object (dialog, "changed", G_CALLBACK (password_changed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (kab_application_get_window (self)));
}

static void
language_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  KabApplication *self = user_data;

  kab_language_set_current (self->language, g_variant_get_string (value, NULL));
}

static void
language_changed_cb (KabApplication *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "language");

  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_string (kab_language_get_current (self->language)));
}

static void
enable (KabApplication *self, const char *action, gboolean enabled)
{
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), action)), enabled);
}

static void
demo_changed_cb (KabApplication *self)
{
  enable (self, "demo-phone", kab_demo_is_running (self->demo));
  enable (self, "leave-demo", kab_demo_is_running (self->demo));
}

static void
session_changed_cb (KabApplication *self)
{
  enable (self, "change-password", kab_access_get_session (self->access) != NULL);
}

static void
demo_message_cb (KabApplication *self)
{
  AdwToast *toast = adw_toast_new (_("A message came to the demo phone"));

  adw_toast_set_button_label (toast, _("Show"));
  adw_toast_set_action_name (toast, "app.demo-phone");
  kab_window_add_toast (kab_application_get_window (self), toast);
}

static const GActionEntry actions[] = {
  { "quit", quit_cb },
  { "about", about_cb },
  { "shortcuts", shortcuts_cb },
  { "help", help_cb },
  { "bank-address", bank_address_cb },
  { "try-demo", try_demo_cb },
  { "leave-demo", leave_demo_cb },
  { "demo-phone", demo_phone_cb },
  { "change-password", change_password_cb },
  { "language", NULL, "s", "'en'", language_cb },
  { "show", show_cb, "s" },
};

static void
add_actions (KabApplication *self)
{
  static const struct
  {
    const char *action;
    const char *keys[3];
  } accels[] = {
    { "app.quit", { "<Control>q" } },
    { "app.help", { "F1" } },
    { "app.shortcuts", { "<Control>question", "<Control>slash" } },
    { "window.close", { "<Control>w" } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           accels[i].keys);
}

static KabDemo *
create_demo (KabApplication *self)
{
  g_autoptr (KabDemoBank) demo_bank = kab_demo_bank_new (NULL);

  return kab_demo_new (demo_bank, self->bank, self->access);
}

static void
kab_application_startup (GApplication *application)
{
  KabApplication *self = KAB_APPLICATION (application);

  kab_language_bind_catalogues ();
  self->settings = g_settings_new (APPLICATION_ID);
  self->language = kab_language_new (self->settings);
  self->bank = kab_bank_model_new ();
  self->access = kab_access_new (self->bank, self->language);
  self->demo = create_demo (self);

  G_APPLICATION_CLASS (kab_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (APPLICATION_ID);
  add_actions (self);
  g_signal_connect_object (self->language, "notify::current", G_CALLBACK (language_changed_cb),
                           self, G_CONNECT_SWAPPED);
  language_changed_cb (self);
  g_signal_connect_object (self->demo, "notify::running", G_CALLBACK (demo_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->demo, "message-arrived", G_CALLBACK (demo_message_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->access, "entered", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->access, "left", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  demo_changed_cb (self);
  session_changed_cb (self);
  enable (self, "bank-address", !kab_server_address_has_policy ());
}

static void
kab_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (kab_application_get_window (KAB_APPLICATION (application))));
}

/* Asked for, or in use when the application ended. */
static gboolean
wants_demo (KabApplication *self, GVariantDict *options)
{
  return g_variant_dict_contains (options, "demo") ||
         g_settings_get_boolean (self->settings, "demo-bank");
}

static void
access_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GApplication) application = user_data;

  kab_access_close_finish (KAB_ACCESS (source), result);
  g_application_release (application);
}

/* Without its window there is nothing left to do but to sign out: the phone of the demo bank
 * doesn't count. */
static void
kab_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  KabApplication *self = KAB_APPLICATION (application);

  if (KAB_IS_WINDOW (window))
    {
      g_clear_object (&self->session);
      kab_demo_hide_phone (self->demo);
      g_application_hold (G_APPLICATION (self));
      kab_access_close_async (self->access, access_closed_cb, g_object_ref (self));
    }

  GTK_APPLICATION_CLASS (kab_application_parent_class)->window_removed (application, window);
}

/* For measuring how long it takes until something is seen. */
static void
exit_after_first_frame (KabApplication *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (kab_application_get_window (self)));

  g_signal_connect_object (gdk_surface_get_frame_clock (surface), "after-paint",
                           G_CALLBACK (g_application_quit), self, G_CONNECT_SWAPPED);
}

/* Whoever starts the application from a menu sees no terminal. */
static void
show_configuration_error (KabApplication *self, const GError *error)
{
  AdwAlertDialog *dialog =
      kab_question_new (_("The bank’s address is set wrongly"), error->message);

  adw_alert_dialog_add_response (dialog, "close", _("Close"));
  g_application_activate (G_APPLICATION (self));
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (kab_application_get_window (self)));
}

static int
kab_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  KabApplication *self = KAB_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  const char *server = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;

  g_variant_dict_lookup (options, "server", "&s", &server);
  address = kab_server_address_find (server, self->settings, &error);
  if (error != NULL)
    {
      g_application_command_line_printerr (command_line, "kabinets: %s\n", error->message);
      if (server == NULL)
        show_configuration_error (self, error);
      return 1;
    }
  g_application_activate (application);
  if (server == NULL && address == NULL && wants_demo (self, options))
    kab_demo_start (self->demo);
  else if (address != NULL && g_strcmp0 (address, kab_bank_model_get_address (self->bank)) != 0)
    kab_bank_model_connect (self->bank, address);
  if (g_variant_dict_contains (options, "exit-after-startup"))
    exit_after_first_frame (self);

  return 0;
}

static int
kab_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("kabinets %s\n", KAB_VERSION);
      return 0;
    }

  return -1;
}

static void
kab_application_dispose (GObject *object)
{
  KabApplication *self = KAB_APPLICATION (object);

  g_clear_object (&self->session);
  g_clear_object (&self->demo);
  g_clear_object (&self->access);
  g_clear_object (&self->bank);
  g_clear_object (&self->language);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (kab_application_parent_class)->dispose (object);
}

static void
kab_application_class_init (KabApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kab_application_dispose;
  GTK_APPLICATION_CLASS (klass)->window_removed = kab_application_window_removed;
  application_class->startup = kab_application_startup;
  application_class->activate = kab_application_activate;
  application_class->command_line = kab_application_command_line;
  application_class->handle_local_options = kab_application_handle_local_options;
}

static void
kab_application_init (KabApplication *self)
{
  static const GOptionEntry options[] = {
    { "server", 0, 0, G_OPTION_ARG_STRING, NULL, N_("The address of the bank’s server"), "URL" },
    { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Start the demo bank"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
    { "exit-after-startup", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/**
 * kab_application_new:
 *
 * Returns: (transfer full): the application; run it with g_application_run()
 */
KabApplication *
kab_application_new (void)
{
  return g_object_new (KAB_TYPE_APPLICATION, "application-id", APPLICATION_ID, "resource-base-path",
                       "/org/kabinets/Kabinets", "flags", G_APPLICATION_HANDLES_COMMAND_LINE, NULL);
}

KabLanguage *
kab_application_get_language (KabApplication *self)
{
  g_return_val_if_fail (KAB_IS_APPLICATION (self), NULL);

  return self->language;
}

KabBankModel *
kab_application_get_bank (KabApplication *self)
{
  g_return_val_if_fail (KAB_IS_APPLICATION (self), NULL);

  return self->bank;
}

KabAccess *
kab_application_get_access (KabApplication *self)
{
  g_return_val_if_fail (KAB_IS_APPLICATION (self), NULL);

  return self->access;
}

/**
 * kab_application_get_window:
 * @self: the application
 *
 * Returns: (transfer none): its window, made when there is none
 */
KabWindow *
kab_application_get_window (KabApplication *self)
{
  GList *windows;
  KabWindow *window;

  g_return_val_if_fail (KAB_IS_APPLICATION (self), NULL);

  windows = gtk_application_get_windows (GTK_APPLICATION (self));
  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (KAB_IS_WINDOW (l->data))
        return l->data;
    }

  window = kab_window_new (GTK_APPLICATION (self), self->settings, self->language, self->bank);
  kab_application_pages_add (window);
  g_clear_object (&self->session);
  self->session = kab_application_session_new (window, self->access);

  return window;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shell/kab-window.h"

#include "common/kab-toast.h"
#include "shell/kab-client-shell.h"
#include "shell/kab-focus-path.h"
#include "welcome/kab-welcome-page.h"

/**
 * KabWindow:
 *
 * The window, in one of two shells: a visitor's, where pages follow one another from the welcome
 * page, and a client's with a sidebar. Features tell it their pages with kab_window_add_routes();
 * `win.show` with the name of a route or of a client's section goes there. The model of a route is
 * made once and kept until the person signs in or out, so that going back and on again finds what
 * was typed.
 *
 * When the language changes, everything shown is made anew from the models, and the focus returns
 * to the same place.
 */
struct _KabWindow
{
  AdwApplicationWindow parent_instance;

  GSettings *settings;    /* (owned) */
  KabLanguage *language;  /* (owned) */
  KabBankModel *bank;     /* (owned) */
  KabClientModel *client; /* (owned) (nullable) */
  GHashTable *routes;     /* (owned) name → const KabRoute */
  GHashTable *models;     /* (owned) name → GObject */
  gboolean offline;
  gboolean keeps_drafts;

  AdwToastOverlay *toasts;
  AdwBin *shell;
};

enum
{
  PROP_OFFLINE = 1,
  PROP_KEEPS_DRAFTS,
  PROP_USER_NAME,
  PROP_CLIENT,
  N_PROPS,
};

enum
{
  SIGN_OUT,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabWindow, kab_window, ADW_TYPE_APPLICATION_WINDOW)

static GtkWidget *
create_shell (KabWindow *self)
{
  GtkWidget *view;

  if (self->client != NULL)
    return kab_client_shell_new (self->client);

  view = adw_navigation_view_new ();
  /* Pushed, not added: an added page would stay beside the one that replaces it. */
  adw_navigation_view_push (
      ADW_NAVIGATION_VIEW (view),
      ADW_NAVIGATION_PAGE (kab_page_new (KAB_TYPE_WELCOME_PAGE, G_OBJECT (self->bank))));

  return view;
}

/* The pages of @view, made anew, bottom first. One that holds more than its model, such as a PDF
 * that is being filled in, is taken along and translates itself. */
static GPtrArray *
rebuild_pages (AdwNavigationView *view)
{
  g_autoptr (GListModel) stack = adw_navigation_view_get_navigation_stack (view);
  GPtrArray *pages = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (stack); i++)
    {
      g_autoptr (AdwNavigationPage) page = g_list_model_get_item (stack, i);

      if (KAB_IS_PAGE (page))
        g_ptr_array_add (pages, g_object_ref_sink (kab_page_rebuild (KAB_PAGE (page))));
      else
        {
          gtk_widget_activate_action (GTK_WIDGET (page), "page.translate", NULL);
          g_ptr_array_add (pages, g_steal_pointer (&page));
        }
    }

  return pages;
}

/* Whatever is shown of the person who leaves goes with them: dialogs stand before the window, not
 * in its pages, and a page that is only dropped would not hear that it is left. */
static void
clear_shell (KabWindow *self)
{
  g_autoptr (GListModel) dialogs =
      adw_application_window_get_dialogs (ADW_APPLICATION_WINDOW (self));

  for (guint i = g_list_model_get_n_items (dialogs); i-- > 0;)
    {
      g_autoptr (AdwDialog) dialog = g_list_model_get_item (dialogs, i);

      if (dialog != NULL)
        adw_dialog_force_close (dialog);
    }
  adw_navigation_view_replace (kab_window_get_view (self), NULL, 0);
}

static void
language_changed_cb (KabWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *old_page =
      GTK_WIDGET (adw_navigation_view_get_visible_page (kab_window_get_view (self)));
  g_autoptr (GArray) path = kab_focus_path_get (old_page, focus);
  g_autoptr (GPtrArray) pages = rebuild_pages (kab_window_get_view (self));
  AdwNavigationView *view;

  adw_bin_set_child (self->shell, create_shell (self));
  view = kab_window_get_view (self);
  adw_navigation_view_replace (view, (AdwNavigationPage **) pages->pdata, (int) pages->len);
  kab_focus_path_follow (GTK_WIDGET (adw_navigation_view_get_visible_page (view)), path);
}

static void
show_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  const char *name = g_variant_get_string (parameter, NULL);

  if (!kab_window_show (KAB_WINDOW (widget), name))
    g_debug ("No page is called %s", name);
}

static void
sign_out_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGN_OUT], 0);
}

static void
retry_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  kab_bank_model_retry (KAB_WINDOW (widget)->bank);
}

static void
kab_window_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  KabWindow *self = KAB_WINDOW (object);

  switch (property_id)
    {
    case PROP_OFFLINE:
      g_value_set_boolean (value, self->offline);
      break;
    case PROP_KEEPS_DRAFTS:
      g_value_set_boolean (value, self->keeps_drafts);
      break;
    case PROP_USER_NAME:
      g_value_set_string (value,
                          self->client != NULL ? kab_client_model_get_name (self->client) : NULL);
      break;
    case PROP_CLIENT:
      g_value_set_object (value, self->client);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_window_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  KabWindow *self = KAB_WINDOW (object);

  switch (property_id)
    {
    case PROP_OFFLINE:
      kab_window_set_offline (self, g_value_get_boolean (value));
      break;
    case PROP_KEEPS_DRAFTS:
      if (self->keeps_drafts == g_value_get_boolean (value))
        break;
      self->keeps_drafts = !self->keeps_drafts;
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_CLIENT:
      kab_window_set_client (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

/* An application may tell the name of somebody who came in with an e-mail address only. */
static void
name_changed_cb (KabWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_USER_NAME]);
}

static void
kab_window_dispose (GObject *object)
{
  KabWindow *self = KAB_WINDOW (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->language);
  g_clear_object (&self->bank);
  g_clear_object (&self->client);
  g_clear_pointer (&self->routes, g_hash_table_unref);
  g_clear_pointer (&self->models, g_hash_table_unref);

  G_OBJECT_CLASS (kab_window_parent_class)->dispose (object);
}

static void
kab_window_class_init (KabWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_window_get_property;
  object_class->set_property = kab_window_set_property;
  object_class->dispose = kab_window_dispose;

  properties[PROP_OFFLINE] = g_param_spec_boolean ("offline", NULL, NULL, FALSE, flags);
  /* Whether what can't be sent is kept on this computer; every page tells when both fail. */
  properties[PROP_KEEPS_DRAFTS] = g_param_spec_boolean ("keeps-drafts", NULL, NULL, TRUE, flags);
  properties[PROP_USER_NAME] = g_param_spec_string ("user-name", NULL, NULL, NULL,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CLIENT] =
      g_param_spec_object ("client", NULL, NULL, KAB_TYPE_CLIENT_MODEL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* The session is to be ended; whoever holds it then calls kab_window_set_client() with NULL. */
  signals[SIGN_OUT] = g_signal_new ("sign-out", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kabinets/Kabinets/ui/shell/kab-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KabWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, KabWindow, shell);
  gtk_widget_class_install_action (widget_class, "win.show", "s", show_cb);
  gtk_widget_class_install_action (widget_class, "win.sign-out", NULL, sign_out_cb);
  gtk_widget_class_install_action (widget_class, "win.retry", NULL, retry_cb);
}

static void
kab_window_init (KabWindow *self)
{
  self->keeps_drafts = TRUE;
  self->routes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->models = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kab_window_new:
 * @application: its application
 * @settings: where its size is kept
 * @language: what is spoken
 * @bank: the bank it belongs to
 *
 * Returns: (transfer none): the window, on the welcome page
 */
KabWindow *
kab_window_new (GtkApplication *application,
                GSettings *settings,
                KabLanguage *language,
                KabBankModel *bank)
{
  KabWindow *self = g_object_new (KAB_TYPE_WINDOW, "application", application, NULL);

  g_set_object (&self->settings, settings);
  g_set_object (&self->language, language);
  g_set_object (&self->bank, bank);
  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (language, "notify::current", G_CALLBACK (language_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sign-out", FALSE);
  adw_bin_set_child (self->shell, create_shell (self));

  return self;
}

/**
 * kab_window_get_bank:
 * @self: a window
 *
 * Returns: (transfer none): the bank
 */
KabBankModel *
kab_window_get_bank (KabWindow *self)
{
  g_return_val_if_fail (KAB_IS_WINDOW (self), NULL);

  return self->bank;
}

/**
 * kab_window_get_language:
 * @self: a window
 *
 * Returns: (transfer none): what is spoken
 */
KabLanguage *
kab_window_get_language (KabWindow *self)
{
  g_return_val_if_fail (KAB_IS_WINDOW (self), NULL);

  return self->language;
}

/**
 * kab_window_get_client:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): who is signed in
 */
KabClientModel *
kab_window_get_client (KabWindow *self)
{
  g_return_val_if_fail (KAB_IS_WINDOW (self), NULL);

  return self->client;
}

/**
 * kab_window_set_client:
 * @self: a window
 * @client: (nullable): who signed in, with their sections; %NULL for nobody
 *
 * Changes to that person's shell, and forgets what the person before typed: their dialogs close and
 * their pages are left.
 */
void
kab_window_set_client (KabWindow *self, KabClientModel *client)
{
  g_return_if_fail (KAB_IS_WINDOW (self));

  if (self->client == client)
    return;

  if (self->client != NULL)
    clear_shell (self);
  g_set_object (&self->client, client);
  g_hash_table_remove_all (self->models);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sign-out", client != NULL);
  if (client != NULL)
    g_signal_connect_object (client, "notify::name", G_CALLBACK (name_changed_cb), self,
                             G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CLIENT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_USER_NAME]);
  adw_bin_set_child (self->shell, create_shell (self));
}

/**
 * kab_window_set_offline:
 * @self: a window
 * @offline: whether the connection is lost; every page then says so
 */
void
kab_window_set_offline (KabWindow *self, gboolean offline)
{
  g_return_if_fail (KAB_IS_WINDOW (self));

  if (self->offline == offline)
    return;

  self->offline = offline;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OFFLINE]);
}

/**
 * kab_window_add_routes:
 * @self: a window
 * @routes: (array length=n_routes): pages of a feature; they must outlive the window
 * @n_routes: how many
 */
void
kab_window_add_routes (KabWindow *self, const KabRoute *routes, gsize n_routes)
{
  g_return_if_fail (KAB_IS_WINDOW (self));

  for (gsize i = 0; i < n_routes; i++)
    g_hash_table_insert (self->routes, g_strdup (routes[i].name), (gpointer) &routes[i]);
}

static GObject *
get_route_model (KabWindow *self, const KabRoute *route)
{
  GObject *model = g_hash_table_lookup (self->models, route->name);

  if (model == NULL && route->create_model != NULL)
    {
      model = route->create_model (self);
      g_hash_table_insert (self->models, g_strdup (route->name), model);
    }

  return model;
}

static void
push (KabWindow *self, GType page_type, GObject *model, const char *tag)
{
  KabPage *page = kab_page_new (page_type, model);

  adw_navigation_page_set_tag (ADW_NAVIGATION_PAGE (page), tag);
  adw_navigation_view_push (kab_window_get_view (self), ADW_NAVIGATION_PAGE (page));
}

/**
 * kab_window_show:
 * @self: a window
 * @name: a section of the client, or a route
 *
 * Goes there; a page that is open already is gone back to.
 *
 * Returns: whether there is such a place
 */
gboolean
kab_window_show (KabWindow *self, const char *name)
{
  AdwNavigationView *view;
  KabSection *section;
  const KabRoute *route;

  g_return_val_if_fail (KAB_IS_WINDOW (self), FALSE);

  section = self->client != NULL ? kab_client_model_find_section (self->client, name) : NULL;
  if (section != NULL)
    kab_client_model_select (self->client, section);
  view = kab_window_get_view (self);
  if (self->client != NULL)
    kab_client_shell_show_content (KAB_CLIENT_SHELL (adw_bin_get_child (self->shell)));
  if (adw_navigation_view_find_page (view, name) != NULL)
    {
      adw_navigation_view_pop_to_tag (view, name);
      return TRUE;
    }

  route = g_hash_table_lookup (self->routes, name);
  if (route == NULL)
    return FALSE;

  push (self, route->page_type (), get_route_model (self, route), name);

  return TRUE;
}

/**
 * kab_window_push:
 * @self: a window
 * @page_type: a subclass of #KabPage
 * @model: (nullable): what it shows
 *
 * Goes on to a new page.
 */
void
kab_window_push (KabWindow *self, GType page_type, GObject *model)
{
  g_return_if_fail (KAB_IS_WINDOW (self));

  push (self, page_type, model, NULL);
}

/**
 * kab_window_get_view:
 * @self: a window
 *
 * Returns: (transfer none): where the pages are
 */
AdwNavigationView *
kab_window_get_view (KabWindow *self)
{
  GtkWidget *shell;

  g_return_val_if_fail (KAB_IS_WINDOW (self), NULL);

  shell = adw_bin_get_child (self->shell);
  if (KAB_IS_CLIENT_SHELL (shell))
    return kab_client_shell_get_view (KAB_CLIENT_SHELL (shell));

  return ADW_NAVIGATION_VIEW (shell);
}

/**
 * kab_window_add_toast:
 * @self: a window
 * @toast: (transfer full): a short message, with an undo button perhaps
 */
void
kab_window_add_toast (KabWindow *self, AdwToast *toast)
{
  g_return_if_fail (KAB_IS_WINDOW (self));

  if (kab_toast_show_in (kab_window_get_view (self), toast))
    g_object_unref (toast);
  else
    adw_toast_overlay_add_toast (self->toasts, toast);
}

/**
 * kab_window_tell:
 * @self: a window
 * @message: plain text, in the current language
 *
 * Shows a short message for a few seconds. Whatever must not be missed also stands in the page.
 */
void
kab_window_tell (KabWindow *self, const char *message)
{
  AdwToast *toast;

  g_return_if_fail (KAB_IS_WINDOW (self));

  toast = adw_toast_new (message);
  adw_toast_set_use_markup (toast, FALSE);
  kab_window_add_toast (self, toast);
}

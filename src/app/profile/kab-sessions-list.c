/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "profile/kab-sessions-list.h"

#include <glib/gi18n.h>

#include "common/kab-api-error-text.h"
#include "common/kab-local-text.h"
#include "kab-session-operations.h"
#include "kab-time.h"

/**
 * KabSessionsList:
 *
 * Where a person is signed in, each with a button that ends it but for this one.
 */
struct _KabSessionsList
{
  AdwBin parent_instance;

  KabApi *api;               /* (owned) */
  GListModel *sessions;      /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */

  GtkStack *stack;
  GtkListBox *list;
  GtkLabel *error;
};

G_DEFINE_FINAL_TYPE (KabSessionsList, kab_sessions_list, ADW_TYPE_BIN)

static void load (KabSessionsList *self);

static void
show_error (KabSessionsList *self, const GError *error)
{
  g_autofree char *text = kab_api_error_text (error);

  gtk_label_set_label (self->error, text);
  gtk_stack_set_visible_child_name (self->stack, "error");
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = kab_session_end_finish (KAB_API (source), result, &error);
  g_autoptr (KabSessionsList) self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* One that is gone already is what was wanted. */
  if (!done && !g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_NOT_FOUND))
    {
      show_error (self, error);
      return;
    }

  gtk_accessible_announce (GTK_ACCESSIBLE (self), _("Ended."),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  load (self);
}

static void
end_cb (KabSessionsList *self, GtkWidget *button)
{
  KabSessionInfo *session = g_object_get_data (G_OBJECT (button), "session");

  gtk_widget_set_sensitive (button, FALSE);
  kab_session_end_async (self->api, session, self->cancellable, ended_cb, g_object_ref (self));
}

/* A program that isn't this one needn't tell what it runs on. */
static const char *
get_device (KabSessionInfo *session)
{
  const char *device = kab_session_info_get_device (session);

  return device != NULL && device[0] != '\0' ? device : _("Unknown device");
}

static GtkWidget *
create_end_button (KabSessionsList *self, KabSessionInfo *session)
{
  GtkWidget *button = gtk_button_new_with_label (C_("session", "End"));
  g_autofree char *label = g_strdup_printf (_("End the session on %s"), get_device (session));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  /* Its own label would win, and doesn't tell which session it ends. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "session", g_object_ref (session), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (end_cb), self, G_CONNECT_SWAPPED);

  return button;
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  KabSessionInfo *session = KAB_SESSION_INFO (item);
  GtkWidget *row = adw_action_row_new ();
  GDateTime *used_at = kab_session_info_get_last_used_at (session);
  g_autofree char *time = NULL;
  g_autofree char *subtitle = NULL;

  if (used_at != NULL)
    time = kab_local_time_relative (g_date_time_to_unix_usec (used_at), kab_clock_now ());
  if (kab_session_info_get_current (session))
    subtitle = g_strdup (_("This session"));
  else if (time != NULL)
    subtitle = g_strdup_printf (_("Used %s"), time);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), get_device (session));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("computer-symbolic"));
  if (!kab_session_info_get_current (session))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_end_button (user_data, session));

  return row;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) sessions = kab_session_list_finish (KAB_API (source), result, &error);
  g_autoptr (KabSessionsList) self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (sessions == NULL)
    {
      show_error (self, error);
      return;
    }

  g_set_object (&self->sessions, sessions);
  gtk_list_box_bind_model (self->list, sessions, create_row, self, NULL);
  gtk_stack_set_visible_child_name (self->stack, "list");
}

static void
load (KabSessionsList *self)
{
  kab_session_list_async (self->api, self->cancellable, loaded_cb, g_object_ref (self));
}

static void
retry_cb (KabSessionsList *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  load (self);
}

static void
kab_sessions_list_unroot (GtkWidget *widget)
{
  g_cancellable_cancel (KAB_SESSIONS_LIST (widget)->cancellable);

  GTK_WIDGET_CLASS (kab_sessions_list_parent_class)->unroot (widget);
}

static void
kab_sessions_list_finalize (GObject *object)
{
  KabSessionsList *self = KAB_SESSIONS_LIST (object);

  g_clear_object (&self->sessions);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->api);

  G_OBJECT_CLASS (kab_sessions_list_parent_class)->finalize (object);
}

static void
kab_sessions_list_class_init (KabSessionsListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_sessions_list_finalize;
  GTK_WIDGET_CLASS (klass)->unroot = kab_sessions_list_unroot;
}

static GtkWidget *
create_error (KabSessionsList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *button = gtk_button_new_with_label (_("Try again"));

  self->error = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->error, TRUE);
  gtk_label_set_wrap_mode (self->error, PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->error));
  gtk_box_append (GTK_BOX (box), button);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (retry_cb), self);

  return box;
}

static void
kab_sessions_list_init (KabSessionsList *self)
{
  self->cancellable = g_cancellable_new ();
  self->stack = GTK_STACK (gtk_stack_new ());
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Sessions"), -1);
  gtk_stack_add_named (self->stack, adw_spinner_new (), "loading");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->list), "list");
  gtk_stack_add_named (self->stack, create_error (self), "error");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

/**
 * kab_sessions_list_new:
 * @api: the line to the bank, signed in
 *
 * Returns: (transfer floating): the list, which is being asked for
 */
GtkWidget *
kab_sessions_list_new (KabApi *api)
{
  KabSessionsList *self = g_object_new (KAB_TYPE_SESSIONS_LIST, NULL);

  g_set_object (&self->api, api);
  load (self);

  return GTK_WIDGET (self);
}

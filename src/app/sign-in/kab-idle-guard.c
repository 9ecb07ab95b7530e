/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-in/kab-idle-guard.h"

#include <glib/gi18n.h>

#include "common/kab-question.h"

/* How often the seconds left are said while the warning is shown. */
#define ANNOUNCE_SECONDS 20

/* How often `active` is emitted at most. */
#define TELL_SECONDS 60

/**
 * KabIdleGuard:
 *
 * Watches whether somebody is at the window and warns a minute before a session is ended for want
 * of it, by a dialog that any key closes (WCAG 2.2.1). Signals: `sign-out` by the dialog's other
 * button; `active`, at most once a minute, when somebody did something, so that the bank can be
 * told that the session is in use.
 */
struct _KabIdleGuard
{
  GObject parent_instance;

  GtkWidget *window;          /* (weak) (nullable) */
  KabIdleTimer *timer;        /* (owned) */
  GtkEventController *events; /* (weak) (nullable): belongs to the window */
  AdwDialog *dialog;          /* (weak) (nullable) */
  gint64 told_at;             /* monotonic */
};

enum
{
  ACTIVE,
  SIGN_OUT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabIdleGuard, kab_idle_guard, G_TYPE_OBJECT)

static char *
format_left (guint seconds)
{
  return g_strdup_printf (
      ngettext ("To keep you safe you are signed out in %u second. What you typed is kept.",
                "To keep you safe you are signed out in %u seconds. What you typed is kept.",
                seconds),
      seconds);
}

static void
seconds_changed_cb (KabIdleGuard *self)
{
  guint seconds = kab_idle_timer_get_seconds_left (self->timer);
  g_autofree char *text = NULL;

  if (self->dialog == NULL)
    return;

  text = format_left (seconds);
  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (self->dialog), text);
  if (seconds > 0 && seconds % ANNOUNCE_SECONDS == 0)
    gtk_accessible_announce (GTK_ACCESSIBLE (self->dialog), text,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
response_cb (KabIdleGuard *self, const char *response)
{
  if (g_str_equal (response, "sign-out"))
    g_signal_emit (self, signals[SIGN_OUT], 0);
  else
    kab_idle_timer_reset (self->timer);
}

static void
open_dialog (KabIdleGuard *self)
{
  AdwAlertDialog *dialog = kab_question_new (_("Are you still there?"), NULL);

  g_set_weak_pointer (&self->dialog, ADW_DIALOG (dialog));
  adw_alert_dialog_add_responses (dialog, "sign-out", _("Sign out"), "stay", _("Stay signed in"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (dialog, "stay", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "stay");
  adw_alert_dialog_set_close_response (dialog, "stay");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  seconds_changed_cb (self);
  adw_dialog_present (ADW_DIALOG (dialog), self->window);
}

static void
warning_changed_cb (KabIdleGuard *self)
{
  if (kab_idle_timer_get_warning (self->timer))
    {
      if (self->dialog == NULL && self->window != NULL)
        open_dialog (self);
    }
  else if (self->dialog != NULL)
    {
      adw_dialog_force_close (self->dialog);
    }
}

/* While the warning is shown its buttons can be reached: moving to one of them decides nothing. */
static gboolean
is_moving_between_buttons (GdkEvent *event)
{
  if (gdk_event_get_event_type (event) != GDK_KEY_PRESS)
    return TRUE;

  switch (gdk_key_event_get_keyval (event))
    {
    case GDK_KEY_Tab:
    case GDK_KEY_ISO_Left_Tab:
    case GDK_KEY_Left:
    case GDK_KEY_Right:
    case GDK_KEY_Up:
    case GDK_KEY_Down:
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      return TRUE;
    default:
      return gdk_key_event_is_modifier (event);
    }
}

static gboolean
is_activity (GdkEvent *event)
{
  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_KEY_PRESS:
    case GDK_BUTTON_PRESS:
    case GDK_MOTION_NOTIFY:
    case GDK_SCROLL:
    case GDK_TOUCH_BEGIN:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
event_cb (KabIdleGuard *self, GdkEvent *event)
{
  gint64 now = g_get_monotonic_time ();

  if (!is_activity (event) || (self->dialog != NULL && is_moving_between_buttons (event)))
    return GDK_EVENT_PROPAGATE;

  kab_idle_timer_reset (self->timer);
  if (now - self->told_at >= TELL_SECONDS * G_USEC_PER_SEC)
    {
      self->told_at = now;
      g_signal_emit (self, signals[ACTIVE], 0);
    }

  return GDK_EVENT_PROPAGATE;
}

static void
kab_idle_guard_dispose (GObject *object)
{
  KabIdleGuard *self = KAB_IDLE_GUARD (object);

  if (self->events != NULL && self->window != NULL)
    gtk_widget_remove_controller (self->window, self->events);
  g_clear_weak_pointer (&self->events);
  if (self->dialog != NULL)
    adw_dialog_force_close (self->dialog);
  g_clear_weak_pointer (&self->dialog);
  g_clear_weak_pointer (&self->window);
  if (self->timer != NULL)
    kab_idle_timer_stop (self->timer);
  g_clear_object (&self->timer);

  G_OBJECT_CLASS (kab_idle_guard_parent_class)->dispose (object);
}

static void
kab_idle_guard_class_init (KabIdleGuardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kab_idle_guard_dispose;

  signals[ACTIVE] = g_signal_new ("active", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGN_OUT] = g_signal_new ("sign-out", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_idle_guard_init (KabIdleGuard *self)
{
}

/**
 * kab_idle_guard_new:
 * @window: the window that is used
 * @timer: the timer, which is started
 *
 * Returns: (transfer full): the guard, for as long as the session lasts
 */
KabIdleGuard *
kab_idle_guard_new (GtkWidget *window, KabIdleTimer *timer)
{
  KabIdleGuard *self = g_object_new (KAB_TYPE_IDLE_GUARD, NULL);
  GtkEventController *events = gtk_event_controller_legacy_new ();

  g_set_weak_pointer (&self->window, window);
  g_set_weak_pointer (&self->events, events);
  g_set_object (&self->timer, timer);
  self->told_at = g_get_monotonic_time ();
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (events, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (window, events);
  g_signal_connect_object (timer, "notify::warning", G_CALLBACK (warning_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (timer, "notify::seconds-left", G_CALLBACK (seconds_changed_cb), self,
                           G_CONNECT_SWAPPED);
  kab_idle_timer_start (timer);

  return self;
}

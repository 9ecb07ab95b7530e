/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-application-session.h"

#include <glib/gi18n.h>

#include "common/kab-question.h"
#include "kab-application-pages.h"
#include "kab-profile-operations.h"
#include "messages/kab-message-notifier.h"
#include "sign-in/kab-idle-guard.h"

/**
 * KabApplicationSession:
 *
 * What the window does when somebody comes in and leaves: it changes its shell, watches for
 * idleness, asks who was signed out to sign in again, and takes the same person back to where they
 * were.
 */
struct _KabApplicationSession
{
  GObject parent_instance;

  KabWindow *window;            /* (weak): the application holds this no longer than the window */
  KabAccess *access;            /* (owned) */
  KabIdleGuard *guard;          /* (owned) (nullable) */
  KabMessageNotifier *notifier; /* (owned) (nullable) */

  gboolean damage_told; /* of drafts */

  char *user;  /* (owned) (nullable): who was signed in last */
  char *place; /* (owned) (nullable): where they were */
};

G_DEFINE_FINAL_TYPE (KabApplicationSession, kab_application_session, G_TYPE_OBJECT)

static void
expired_cb (KabApplicationSession *self)
{
  kab_access_leave (self->access, KAB_LEAVE_IDLE);
}

static void
sign_out_cb (KabApplicationSession *self)
{
  kab_access_leave (self->access, KAB_LEAVE_SIGNED_OUT);
}

/* Reading and typing are use, too: the bank sees only what is asked of it. */
static void
active_cb (KabApplicationSession *self)
{
  KabClientData *data = kab_access_get_data (self->access);

  if (data != NULL)
    kab_profile_load_async (kab_access_get_api (self->access), kab_client_data_get_profile (data),
                            NULL, NULL, NULL);
}

static void
guard_session (KabApplicationSession *self, KabSession *session)
{
  gint64 seconds = kab_session_get_idle_seconds (session);
  g_autoptr (KabIdleTimer) timer = kab_idle_timer_new ((guint) CLAMP (seconds, 0, G_MAXINT));

  self->guard = kab_idle_guard_new (GTK_WIDGET (self->window), timer);
  g_signal_connect_object (timer, "expired", G_CALLBACK (expired_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->guard, "sign-out", G_CALLBACK (sign_out_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->guard, "active", G_CALLBACK (active_cb), self, G_CONNECT_SWAPPED);
}

static void
entered_cb (KabApplicationSession *self, KabSession *session)
{
  g_autoptr (KabClientModel) client =
      kab_application_pages_new_client (kab_window_get_bank (self->window), self->access);
  gboolean is_same = g_strcmp0 (self->user, kab_session_get_user_id (session)) == 0;

  g_clear_object (&self->guard);
  kab_window_set_client (self->window, client);
  guard_session (self, session);
  g_clear_object (&self->notifier);
  self->notifier = kab_message_notifier_new (gtk_window_get_application (GTK_WINDOW (self->window)),
                                             kab_access_get_data (self->access));
  if (is_same && self->place != NULL)
    kab_window_show (self->window, self->place);
  else if (kab_access_is_new (self->access))
    kab_window_show (self->window, "application");
  g_set_str (&self->user, kab_session_get_user_id (session));
  g_clear_pointer (&self->place, g_free);
}

static void
remember_place (KabApplicationSession *self)
{
  AdwNavigationPage *page =
      adw_navigation_view_get_visible_page (kab_window_get_view (self->window));

  g_set_str (&self->place, page != NULL ? adw_navigation_page_get_tag (page) : NULL);
}

static void
left_cb (KabApplicationSession *self, guint reason)
{
  g_clear_object (&self->guard);
  g_clear_object (&self->notifier);
  if (reason == KAB_LEAVE_SIGNED_OUT)
    g_clear_pointer (&self->user, g_free);
  else
    remember_place (self);

  kab_window_set_client (self->window, NULL);
  if (reason == KAB_LEAVE_SIGNED_OUT)
    kab_window_tell (self->window, _("You are signed out."));
  else
    kab_window_show (self->window, "sign-in");
}

/* After a crash: a registration whose codes are on their way goes on. */
static void
ready_cb (KabApplicationSession *self)
{
  KabDraftJournal *journal = kab_access_get_journal (self->access);
  JsonObject *draft = journal != NULL ? kab_draft_journal_get (journal, "registration") : NULL;

  if (draft != NULL && json_object_has_member (draft, "token"))
    kab_window_show (self->window, "registration");
}

/* Of a draft that can't be read its owner hears, though nothing can be done about it here. */
static void
drafts_opened_cb (KabApplicationSession *self)
{
  KabDraftJournal *journal = kab_access_get_journal (self->access);
  AdwAlertDialog *dialog;

  if (self->damage_told || journal == NULL || kab_draft_journal_get_damaged (journal) == 0)
    return;

  self->damage_told = TRUE;
  dialog =
      kab_question_new (_("Something that you typed is damaged"),
                        _("A draft on this computer can’t be read any more. Its file is kept, "
                           "with the ending .damaged. Look whether anything is missing in "
                           "what you were writing."));
  adw_alert_dialog_add_response (dialog, "close", _("Close"));
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self->window));
}

static void
online_changed_cb (KabApplicationSession *self)
{
  gboolean online;

  g_object_get (self->access, "online", &online, NULL);
  kab_window_set_offline (self->window, !online && kab_access_get_bank (self->access) != NULL);
}

static void
kab_application_session_dispose (GObject *object)
{
  KabApplicationSession *self = KAB_APPLICATION_SESSION (object);

  g_clear_object (&self->guard);
  g_clear_object (&self->notifier);
  g_clear_object (&self->access);

  G_OBJECT_CLASS (kab_application_session_parent_class)->dispose (object);
}

static void
kab_application_session_finalize (GObject *object)
{
  KabApplicationSession *self = KAB_APPLICATION_SESSION (object);

  g_free (self->user);
  g_free (self->place);

  G_OBJECT_CLASS (kab_application_session_parent_class)->finalize (object);
}

static void
kab_application_session_class_init (KabApplicationSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kab_application_session_dispose;
  G_OBJECT_CLASS (klass)->finalize = kab_application_session_finalize;
}

static void
kab_application_session_init (KabApplicationSession *self)
{
}

/**
 * kab_application_session_new:
 * @window: the window; drop this before it is gone
 * @access: the way into the bank
 *
 * Returns: (transfer full): what binds the two
 */
KabApplicationSession *
kab_application_session_new (KabWindow *window, KabAccess *access)
{
  KabApplicationSession *self = g_object_new (KAB_TYPE_APPLICATION_SESSION, NULL);

  self->window = window;
  g_set_object (&self->access, access);
  g_signal_connect_object (access, "entered", G_CALLBACK (entered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (access, "left", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (access, "ready", G_CALLBACK (ready_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (access, "notify::online", G_CALLBACK (online_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (access, "notify::keeps-drafts", G_CALLBACK (drafts_opened_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_bind_property (access, "keeps-drafts", window, "keeps-drafts", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (window, "sign-out", G_CALLBACK (sign_out_cb), self, G_CONNECT_SWAPPED);

  return self;
}

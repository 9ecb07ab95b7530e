/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-in/kab-closing.h"

#include "kab-session-operations.h"

/* The last that is done before the application ends: the bank is told, and the disk gets what was
 * typed. */

/* How long the application waits for both. */
#define CLOSE_SECONDS 2

/* What closing waits for. */
typedef struct
{
  GCancellable *cancellable; /* (owned) */
  KabDraftJournal *journal;  /* (owned) (nullable) */
  guint pending;
  guint due_source; /* 0 when it took too long */
} Closing;

static void
closing_free (Closing *closing)
{
  g_clear_handle_id (&closing->due_source, g_source_remove);
  g_object_unref (closing->cancellable);
  g_clear_object (&closing->journal);
  g_free (closing);
}

static gboolean
close_due_cb (gpointer user_data)
{
  GTask *task = user_data;
  Closing *closing = g_task_get_task_data (task);

  closing->due_source = 0;
  g_cancellable_cancel (closing->cancellable);
  g_task_return_boolean (task, TRUE);

  return G_SOURCE_REMOVE;
}

static void
close_part (GTask *task)
{
  Closing *closing = g_task_get_task_data (task);

  closing->pending--;
  if (closing->pending > 0 || closing->due_source == 0)
    return;

  g_clear_handle_id (&closing->due_source, g_source_remove);
  g_task_return_boolean (task, TRUE);
}

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  /* A session that the bank couldn't be told about ends there by itself. */
  kab_session_sign_out_finish (KAB_API (source), result, NULL);
  close_part (task);
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  kab_draft_journal_flush_finish (KAB_DRAFT_JOURNAL (source), result, NULL);
  close_part (task);
}

/* By now the pages are gone, and what they had put off is in the journal. */
static gboolean
flush_cb (gpointer user_data)
{
  GTask *task = user_data;
  Closing *closing = g_task_get_task_data (task);

  if (closing->journal != NULL)
    kab_draft_journal_flush_async (closing->journal, NULL, flushed_cb, g_object_ref (task));
  else
    close_part (task);

  return G_SOURCE_REMOVE;
}

/**
 * kab_closing_begin_async:
 * @api: (nullable): the line to the bank, when somebody is signed in
 * @journal: (nullable): what was typed
 * @callback: called when the bank knows and the disk has it; after two seconds in any case
 * @user_data: for @callback
 *
 * Signs out and waits for the journal, also for what is put there while the windows are taken down
 * after this call.
 */
void
kab_closing_begin_async (KabApi *api,
                         KabDraftJournal *journal,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Closing *closing = g_new0 (Closing, 1);

  g_task_set_source_tag (task, kab_closing_begin_async);
  g_task_set_task_data (task, closing, (GDestroyNotify) closing_free);
  closing->cancellable = g_cancellable_new ();
  g_set_object (&closing->journal, journal);
  closing->due_source = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, CLOSE_SECONDS, close_due_cb,
                                                    g_object_ref (task), g_object_unref);
  closing->pending = 1;
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, flush_cb, g_object_ref (task), g_object_unref);
  if (api == NULL)
    return;

  closing->pending++;
  kab_session_sign_out_async (api, closing->cancellable, signed_out_cb, g_object_ref (task));
}

/* Ends kab_closing_begin_async(). */
void
kab_closing_finish (GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, NULL));

  g_task_propagate_boolean (G_TASK (result), NULL);
}

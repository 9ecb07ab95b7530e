/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-api-error-private.h"
#include "kab-api-private.h"
#include "kab-request-private.h"

#define MAX_REPEATS 3

/* A form, a page of a list or a questionnaire is far smaller. */
#define MAX_ANSWER_BYTES (32 * 1024 * 1024)

/* Longest pause, in seconds, that the bank may ask for and that is waited for here. */
#define MAX_OWN_WAIT 2

typedef struct
{
  /* inputs */
  KabRequest *request; /* (owned) */

  /* in progress */
  guint repeats;
  guint token_serial;
} Call;

static void send_once (GTask *task);

static void
call_free (Call *call)
{
  kab_request_unref (call->request);
  g_free (call);
}

/* Whether what was asked for is the same when it is asked for twice. */
static gboolean
may_repeat (const Call *call, const GError *error)
{
  KabProblem *problem = kab_api_problem_from_error (error);

  if (call->repeats >= MAX_REPEATS)
    return FALSE;
  if (!g_str_equal (call->request->method, "GET") && call->request->idempotency_key == NULL)
    return FALSE;
  if (g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_UNREACHABLE))
    return TRUE;

  return g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_BUSY) && problem != NULL
         && kab_problem_get_status (problem) == SOUP_STATUS_SERVICE_UNAVAILABLE
         && kab_problem_get_retry_after (problem) <= MAX_OWN_WAIT;
}

static gboolean
pause_ended_cb (gpointer user_data)
{
  GTask *task = user_data;

  if (!g_task_return_error_if_cancelled (task))
    send_once (task);

  return G_SOURCE_REMOVE;
}

/* Waits for the pause or for being cancelled, whichever is first. */
static void
pause_and_repeat (GTask *task, const GError *error)
{
  KabApi *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  KabProblem *problem = kab_api_problem_from_error (error);
  guint wait = kab_api_jitter (kab_api_get_timeouts (self)->retry_ms << call->repeats);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GSource) pause = NULL;

  if (problem != NULL && kab_problem_get_retry_after (problem) > 0)
    wait = kab_problem_get_retry_after (problem) * 1000;

  call->repeats++;
  pause = g_timeout_source_new (wait);
  g_source_set_callback (pause, pause_ended_cb, g_object_ref (task), g_object_unref);
  if (cancellable != NULL)
    {
      GSource *watch = g_cancellable_source_new (cancellable);

      g_source_set_dummy_callback (watch);
      g_source_add_child_source (pause, watch);
      g_source_unref (watch);
    }
  g_source_attach (pause, g_task_get_context (task));
}

static void
exchanged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  KabApi *self = KAB_API (source);
  Call *call = g_task_get_task_data (task);
  gboolean signed_in = call->request->token != NULL || kab_api_get_signed_in (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (KabReply) reply = kab_api_exchange_finish (self, result, &error);

  if (reply != NULL && kab_reply_check (reply, call->request, signed_in, &error))
    {
      g_task_return_pointer (task, g_steal_pointer (&reply), (GDestroyNotify) kab_reply_unref);
      return;
    }

  if (may_repeat (call, error))
    {
      pause_and_repeat (task, error);
      return;
    }
  if (g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_UNAUTHORIZED)
      && call->request->token == NULL)
    kab_api_end_session (self, call->token_serial);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
send_once (GTask *task)
{
  KabApi *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autoptr (SoupMessage) message = kab_api_new_message (self, call->request);

  call->token_serial = kab_api_get_token_serial (self);
  kab_api_exchange_async (self, message, MAX_ANSWER_BYTES, kab_api_get_timeouts (self)->call,
                          g_task_get_cancellable (task), exchanged_cb, g_object_ref (task));
}

void
kab_api_call_async (KabApi *self, KabRequest *request, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Call *call;

  g_return_if_fail (KAB_IS_API (self));
  g_return_if_fail (request != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kab_api_call_async);
  call = g_new0 (Call, 1);
  call->request = kab_request_ref (request);
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (kab_api_is_broken (self))
    {
      g_task_return_error (task, kab_api_error_new (KAB_API_ERROR_UNREACHABLE, NULL,
                                                    "The bank didn't answer lately"));
      return;
    }
  /* Where the line is known to be down one try tells as much as four. */
  if (!kab_api_get_online (self))
    call->repeats = MAX_REPEATS;

  send_once (task);
}

KabReply *
kab_api_call_finish (KabApi *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (KAB_IS_API (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

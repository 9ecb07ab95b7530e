/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-api-error-private.h"
#include "kab-api-private.h"
#include "kab-gentle-cancel.h"
#include "kab-request-private.h"

#define READ_BYTES (64 * 1024)

typedef struct
{
  /* inputs */
  SoupMessage *message; /* (owned) */
  gsize max_bytes;

  /* in progress */
  KabGentleCancel *cancel; /* (owned) by the caller or by the deadline */
  guint deadline_source;
  gboolean too_late;
  GInputStream *stream; /* (owned) (nullable) */
  GByteArray *body;     /* (owned) */
} Exchange;

static void
exchange_free (Exchange *exchange)
{
  g_clear_handle_id (&exchange->deadline_source, g_source_remove);
  g_object_unref (exchange->message);
  g_clear_pointer (&exchange->cancel, kab_gentle_cancel_free);
  g_clear_object (&exchange->stream);
  g_byte_array_unref (exchange->body);
  g_free (exchange);
}

/* Returns: (transfer full) the answer with the body that was read */
static KabReply *
take_reply (Exchange *exchange)
{
  gsize length = exchange->body->len;
  char *data = (char *) g_byte_array_free (g_steal_pointer (&exchange->body), FALSE);

  exchange->body = g_byte_array_new ();

  return kab_reply_new (exchange->message, kab_bytes_new_wiped (data, length));
}

/* All ends go through here. @error: (transfer full) (nullable) */
static void
finish_exchange (GTask *task, GError *error)
{
  Exchange *exchange = g_task_get_task_data (task);
  KabApi *self = g_task_get_source_object (task);
  g_autoptr (KabReply) reply = NULL;

  g_clear_pointer (&exchange->cancel, kab_gentle_cancel_free);
  g_clear_handle_id (&exchange->deadline_source, g_source_remove);

  if (error != NULL && exchange->too_late)
    {
      g_error_free (error);
      error = kab_api_error_new (KAB_API_ERROR_TIMEOUT, NULL, "No whole answer in time");
    }
  if (error == NULL)
    {
      reply = take_reply (exchange);
      kab_reply_check_line (reply, &error);
    }
  if (error != NULL)
    {
      error = kab_api_map_error (self, error);
      kab_api_note_failure (self, error);
      g_task_return_error (task, error);
      return;
    }

  kab_api_note_success (self);
  g_task_return_pointer (task, g_steal_pointer (&reply), (GDestroyNotify) kab_reply_unref);
}

static void
body_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (bytes == NULL)
    {
      finish_exchange (task, g_steal_pointer (&error));
      return;
    }
  if (g_bytes_get_size (bytes) == 0)
    {
      finish_exchange (task, NULL);
      return;
    }
  if (exchange->body->len + g_bytes_get_size (bytes) > exchange->max_bytes)
    {
      finish_exchange (task, kab_api_error_new (KAB_API_ERROR_GARBAGE, NULL,
                                                "The answer is larger than is read"));
      return;
    }

  g_byte_array_append (exchange->body, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_input_stream_read_bytes_async (exchange->stream, READ_BYTES, G_PRIORITY_DEFAULT,
                                   kab_gentle_cancel_get (exchange->cancel), body_read_cb,
                                   g_steal_pointer (&task));
}

static void
message_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (exchange->stream == NULL)
    {
      finish_exchange (task, g_steal_pointer (&error));
      return;
    }

  g_input_stream_read_bytes_async (exchange->stream, READ_BYTES, G_PRIORITY_DEFAULT,
                                   kab_gentle_cancel_get (exchange->cancel), body_read_cb,
                                   g_steal_pointer (&task));
}

static gboolean
deadline_passed_cb (gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->deadline_source = 0;
  exchange->too_late = TRUE;
  kab_gentle_cancel_trigger (exchange->cancel);

  return G_SOURCE_REMOVE;
}

void
kab_api_exchange_async (KabApi *self,
                        SoupMessage *message,
                        gsize max_bytes,
                        guint deadline,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Exchange *exchange = g_new0 (Exchange, 1);

  g_task_set_source_tag (task, kab_api_exchange_async);
  exchange->message = g_object_ref (message);
  exchange->max_bytes = max_bytes;
  exchange->cancel = kab_gentle_cancel_new (cancellable);
  exchange->body = g_byte_array_new ();
  g_task_set_task_data (task, exchange, (GDestroyNotify) exchange_free);

  if (deadline > 0)
    exchange->deadline_source = g_timeout_add_seconds (deadline, deadline_passed_cb, exchange);

  soup_session_send_async (kab_api_get_session (self), message, KAB_API_IO_PRIORITY,
                           kab_gentle_cancel_get (exchange->cancel), message_sent_cb,
                           g_steal_pointer (&task));
}

KabReply *
kab_api_exchange_finish (KabApi *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

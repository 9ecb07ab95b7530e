/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-tus.h"

#include "kab-api-error-private.h"
#include "kab-api-private.h"
#include "kab-request-private.h"
#include "kab-upload-body.h"

#define MAX_ANSWER_BYTES (64 * 1024)
#define MAX_ID_LENGTH    64

/* Returns the result through @task, or FALSE with an error. */
typedef gboolean (*ReadReply) (KabReply *reply, GTask *task, GError **error);

typedef struct
{
  /* inputs */
  KabRequest *request;  /* (owned) */
  SoupMessage *message; /* (owned) */
  KabTusProgress progress;
  gpointer user_data;
  ReadReply read;

  /* in progress */
  guint token_serial;
  goffset sent;
} Exchange;

static void
exchange_free (Exchange *exchange)
{
  kab_request_unref (exchange->request);
  g_clear_object (&exchange->message);
  g_free (exchange);
}

static GTask *
new_task (KabApi *api,
          KabRequest *request,
          ReadReply read,
          gpointer source_tag,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (api, cancellable, callback, user_data);
  Exchange *exchange = g_new0 (Exchange, 1);

  g_task_set_source_tag (task, source_tag);
  exchange->request = request;
  kab_request_expect_bytes (request, NULL);
  exchange->message = kab_api_new_message (api, request);
  soup_message_headers_replace (soup_message_get_request_headers (exchange->message),
                                "Tus-Resumable", "1.0.0");
  exchange->read = read;
  exchange->user_data = user_data;
  exchange->token_serial = kab_api_get_token_serial (api);
  g_task_set_task_data (task, exchange, (GDestroyNotify) exchange_free);

  return task;
}

static void
exchanged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  Exchange *exchange = g_task_get_task_data (task);
  KabApi *api = KAB_API (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (KabReply) reply = kab_api_exchange_finish (api, result, &error);

  exchange->progress = NULL;
  if (reply != NULL &&
      kab_reply_check (reply, exchange->request, kab_api_get_signed_in (api), &error) &&
      exchange->read (reply, task, &error))
    return;

  if (g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_UNAUTHORIZED))
    kab_api_end_session (api, exchange->token_serial);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
start (KabApi *api, GTask *task, guint deadline)
{
  Exchange *exchange = g_task_get_task_data (task);

  kab_api_exchange_async (api, exchange->message, MAX_ANSWER_BYTES, deadline,
                          g_task_get_cancellable (task), exchanged_cb, task);
}

static gboolean
fail (GError **error, const char *header)
{
  g_propagate_error (
      error, kab_api_error_new (KAB_API_ERROR_GARBAGE, NULL, "The upload has no right %s", header));

  return FALSE;
}

/* Only the last segment of the address is looked at: the session's token goes nowhere else. */
static gboolean
read_location (KabReply *reply, GTask *task, GError **error)
{
  const char *location = kab_reply_get_header (reply, "Location");
  const char *id = location ? strstr (location, "/v1/uploads/") : NULL;

  if (id == NULL)
    return fail (error, "Location");
  id += strlen ("/v1/uploads/");
  if (*id == '\0' || strlen (id) > MAX_ID_LENGTH ||
      strspn (id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-") != strlen (id))
    return fail (error, "Location");

  g_task_return_pointer (task, g_strdup (id), g_free);

  return TRUE;
}

static gboolean
read_offset (KabReply *reply, GTask *task, GError **error)
{
  const char *header = kab_reply_get_header (reply, "Upload-Offset");
  guint64 offset;

  if (header == NULL || !g_ascii_string_to_unsigned (header, 10, 0, G_MAXINT64, &offset, NULL))
    return fail (error, "Upload-Offset");

  g_task_return_int (task, offset);

  return TRUE;
}

static gboolean
read_nothing (KabReply *reply, GTask *task, GError **error)
{
  g_task_return_boolean (task, TRUE);

  return TRUE;
}

void
kab_tus_create_async (KabApi *api,
                      const char *name,
                      const char *media_type,
                      gint64 size,
                      const char *key,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  KabRequest *request = kab_request_new ("POST", "/v1/uploads");
  g_autofree char *length = g_strdup_printf ("%" G_GINT64_FORMAT, size);
  g_autofree char *name64 = g_base64_encode ((const guchar *) name, strlen (name));
  g_autofree char *type64 = g_base64_encode ((const guchar *) media_type, strlen (media_type));
  g_autofree char *metadata = g_strdup_printf ("filename %s,filetype %s", name64, type64);
  SoupMessageHeaders *headers;
  Exchange *exchange;
  GTask *task;

  kab_request_set_idempotency_key (request, key);
  task = new_task (api, request, read_location, kab_tus_create_async, cancellable, callback,
                   user_data);
  exchange = g_task_get_task_data (task);
  headers = soup_message_get_request_headers (exchange->message);
  soup_message_headers_replace (headers, "Upload-Length", length);
  soup_message_headers_replace (headers, "Upload-Metadata", metadata);
  soup_message_headers_set_content_length (headers, 0);
  start (api, task, kab_api_get_timeouts (api)->call);
}

char *
kab_tus_create_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, kab_tus_create_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
kab_tus_ask_offset_async (KabApi *api,
                          const char *id,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  start (api,
         new_task (api, kab_request_new ("HEAD", "/v1/uploads/{}", id), read_offset,
                   kab_tus_ask_offset_async, cancellable, callback, user_data),
         kab_api_get_timeouts (api)->call);
}

gint64
kab_tus_ask_offset_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, kab_tus_ask_offset_async), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

static void
body_written_cb (SoupMessage *message, guint chunk_size, gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->sent += chunk_size;
  if (exchange->progress != NULL)
    exchange->progress (exchange->sent, exchange->user_data);
}

void
kab_tus_append_async (KabApi *api,
                      const char *id,
                      KabUploadSource *source,
                      const KabUploadPiece *piece,
                      GCancellable *cancellable,
                      KabTusProgress progress,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = new_task (api, kab_request_new ("PATCH", "/v1/uploads/{}", id), read_offset,
                          kab_tus_append_async, cancellable, callback, user_data);
  Exchange *exchange = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_request_headers (exchange->message);
  g_autofree char *offset = g_strdup_printf ("%" G_GINT64_FORMAT, piece->offset);
  g_autoptr (GInputStream) body = kab_upload_body_new (source, piece);

  exchange->progress = progress;
  soup_message_headers_replace (headers, "Upload-Offset", offset);
  soup_message_headers_replace (headers, "Upload-Checksum", piece->checksum);
  soup_message_set_request_body (exchange->message, "application/offset+octet-stream", body,
                                 piece->size);
  g_signal_connect (exchange->message, "wrote-body-data", G_CALLBACK (body_written_cb), exchange);
  /* No deadline: a slow line may take its time as long as bytes move. */
  start (api, task, 0);
}

gint64
kab_tus_append_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, kab_tus_append_async), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

void
kab_tus_terminate (KabApi *api, const char *id)
{
  start (api,
         new_task (api, kab_request_new ("DELETE", "/v1/uploads/{}", id), read_nothing,
                   kab_tus_terminate, NULL, NULL, NULL),
         kab_api_get_timeouts (api)->call);
}

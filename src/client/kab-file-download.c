/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-document-operations.h"

#include <openssl/evp.h>

#include "kab-api-error-private.h"
#include "kab-api-private.h"
#include "kab-gentle-cancel.h"
#include "kab-request-private.h"

#define READ_BYTES        (64 * 1024)
#define MAX_PROBLEM_BYTES (64 * 1024)

/* How often in a row the line may break without anything more having come. */
#define MAX_BREAKS 5

typedef struct
{
  /* inputs */
  KabFile *file;                  /* (owned) */
  GFile *target;                  /* (owned) */
  GFileProgressCallback progress; /* (nullable) */
  gpointer progress_data;

  /* in progress */
  KabGentleCancel *cancel; /* (owned) of the line */
  KabRequest *request;     /* (owned) */
  SoupMessage *message;    /* (owned) of the latest try */
  guint token_serial;
  GFile *partial;            /* (owned) what is written until all is there */
  GInputStream *input;       /* (owned) (nullable) */
  GFileOutputStream *output; /* (owned) (nullable) */
  GBytes *chunk;             /* (owned) (nullable) */
  EVP_MD_CTX *digest;        /* (owned) */
  gint64 received;
  char *etag;      /* (owned) (nullable) of what was received */
  gint64 furthest; /* that was received when the line broke */
  guint breaks;    /* since more came than that */
} Download;

static void send_request (GTask *task);

/* In the order of execution. */
static void message_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void partial_created_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void chunk_read_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void chunk_written_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void partial_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void partial_moved_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
download_free (Download *download)
{
  g_object_unref (download->file);
  g_object_unref (download->target);
  kab_gentle_cancel_free (download->cancel);
  kab_request_unref (download->request);
  g_clear_object (&download->message);
  g_object_unref (download->partial);
  g_clear_object (&download->input);
  g_clear_object (&download->output);
  g_clear_pointer (&download->chunk, g_bytes_unref);
  EVP_MD_CTX_free (download->digest);
  g_free (download->etag);
  g_free (download);
}

/* All ends go through here. @error: (transfer full) (nullable) */
static void
finish_download (GTask *task, GError *error)
{
  Download *download = g_task_get_task_data (task);

  if (error == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (download->output != NULL || download->furthest > 0)
    g_file_delete_async (download->partial, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_task_return_error (task, error);
}

static gboolean
pause_ended_cb (gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    finish_download (task, g_steal_pointer (&error));
  else
    send_request (task);

  return G_SOURCE_REMOVE;
}

/* Whether the rest is worth another try: something is there that can be told from another file. */
static gboolean
may_go_on (Download *download, const GError *error)
{
  if (download->output == NULL || download->etag == NULL || !kab_api_error_is_connection (error))
    return FALSE;

  download->breaks = download->received > download->furthest ? 1 : download->breaks + 1;
  download->furthest = MAX (download->furthest, download->received);

  return download->breaks <= MAX_BREAKS;
}

/* What went wrong on the line: a part that came is gone on from. @error: (transfer full) */
static void
finish_with_line_error (GTask *task, GError *error)
{
  Download *download = g_task_get_task_data (task);
  KabApi *self = g_task_get_source_object (task);
  guint wait;

  error = kab_api_map_error (self, error);
  kab_api_note_failure (self, error);
  if (!may_go_on (download, error))
    {
      finish_download (task, error);
      return;
    }

  g_error_free (error);
  g_clear_object (&download->input);
  wait = kab_api_jitter (kab_api_get_timeouts (self)->retry_ms << download->breaks);
  g_timeout_add_full (G_PRIORITY_DEFAULT, wait, pause_ended_cb, g_object_ref (task),
                      g_object_unref);
}

static void
read_chunk (GTask *task)
{
  Download *download = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (download->input, READ_BYTES, G_PRIORITY_DEFAULT,
                                   kab_gentle_cancel_get (download->cancel), chunk_read_cb, task);
}

static void
problem_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  Download *download = g_task_get_task_data (task);
  KabApi *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  g_autoptr (KabReply) reply = NULL;

  if (bytes == NULL)
    {
      finish_with_line_error (task, g_steal_pointer (&error));
      return;
    }

  reply = kab_reply_new (download->message, bytes);
  if (!kab_reply_check_line (reply, &error))
    {
      finish_with_line_error (task, g_steal_pointer (&error));
      return;
    }

  kab_api_note_success (self);
  kab_reply_check (reply, download->request, kab_api_get_signed_in (self), &error);
  if (g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_UNAUTHORIZED))
    kab_api_end_session (self, download->token_serial);
  finish_download (task, g_steal_pointer (&error));
}

/* Whether the answer is the rest of what is there. */
static gboolean
is_rest (Download *download)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (download->message);
  goffset start, end, total;

  return soup_message_get_status (download->message) == SOUP_STATUS_PARTIAL_CONTENT &&
         download->output != NULL &&
         soup_message_headers_get_content_range (headers, &start, &end, &total) &&
         start == download->received;
}

/* All of it comes: from the beginning, whatever came before. */
static void
begin (GTask *task)
{
  Download *download = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (download->message);

  g_set_str (&download->etag, soup_message_headers_get_one (headers, "ETag"));
  g_clear_object (&download->output);
  download->received = 0;
  EVP_DigestInit_ex (download->digest, EVP_sha256 (), NULL);
  g_file_replace_async (
      download->partial, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
      G_PRIORITY_DEFAULT, g_task_get_cancellable (task), partial_created_cb, g_object_ref (task));
}

static void
message_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  Download *download = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  download->input = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (download->input == NULL)
    {
      finish_with_line_error (task, g_steal_pointer (&error));
      return;
    }

  if (!is_rest (download) && soup_message_get_status (download->message) != SOUP_STATUS_OK)
    {
      g_input_stream_read_bytes_async (download->input, MAX_PROBLEM_BYTES, G_PRIORITY_DEFAULT,
                                       kab_gentle_cancel_get (download->cancel), problem_read_cb,
                                       g_object_ref (task));
      return;
    }

  kab_api_note_success (g_task_get_source_object (task));
  if (is_rest (download))
    read_chunk (g_steal_pointer (&task));
  else
    begin (task);
}

static void
partial_created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  Download *download = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  download->output = g_file_replace_finish (G_FILE (source), result, &error);
  if (download->output == NULL)
    finish_download (task, g_steal_pointer (&error));
  else
    read_chunk (g_steal_pointer (&task));
}

static gboolean
check_whole (Download *download, GError **error)
{
  const char *expected = kab_file_get_sha256 (download->file);
  guchar digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  g_autoptr (GString) hex = g_string_new (NULL);

  EVP_DigestFinal_ex (download->digest, digest, &length);
  for (unsigned int i = 0; i < length; i++)
    g_string_append_printf (hex, "%02x", digest[i]);

  if (download->received == kab_file_get_size (download->file) &&
      (expected == NULL || g_ascii_strcasecmp (expected, hex->str) == 0))
    return TRUE;

  g_propagate_error (
      error, kab_api_error_new (KAB_API_ERROR_GARBAGE, NULL, "The file isn't what the bank has"));

  return FALSE;
}

static void
chunk_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  Download *download = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gconstpointer data;
  gsize length;

  g_clear_pointer (&download->chunk, g_bytes_unref);
  download->chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  if (download->chunk == NULL)
    {
      finish_with_line_error (task, g_steal_pointer (&error));
      return;
    }

  data = g_bytes_get_data (download->chunk, &length);
  download->received += length;
  EVP_DigestUpdate (download->digest, data, length);
  if (download->received > kab_file_get_size (download->file) ||
      (length == 0 && !check_whole (download, &error)))
    {
      if (error == NULL)
        error = kab_api_error_new (KAB_API_ERROR_GARBAGE, NULL, "The file is larger than it is");
      finish_download (task, g_steal_pointer (&error));
    }
  else if (length == 0)
    {
      g_output_stream_close_async (G_OUTPUT_STREAM (download->output), G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), partial_closed_cb,
                                   g_object_ref (task));
    }
  else
    {
      g_output_stream_write_all_async (G_OUTPUT_STREAM (download->output), data, length,
                                       G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                                       chunk_written_cb, g_object_ref (task));
    }
}

static void
chunk_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  Download *download = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    {
      finish_download (task, g_steal_pointer (&error));
      return;
    }

  if (download->progress != NULL)
    download->progress (download->received, kab_file_get_size (download->file),
                        download->progress_data);
  read_chunk (g_steal_pointer (&task));
}

static void
partial_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  Download *download = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!g_output_stream_close_finish (G_OUTPUT_STREAM (source), result, &error))
    {
      finish_download (task, g_steal_pointer (&error));
      return;
    }

  g_file_move_async (download->partial, download->target, G_FILE_COPY_OVERWRITE, G_PRIORITY_DEFAULT,
                     g_task_get_cancellable (task), NULL, NULL, partial_moved_cb,
                     g_object_ref (task));
}

static void
partial_moved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  GError *error = NULL;

  g_file_move_finish (G_FILE (source), result, &error);
  finish_download (task, error);
}

/* Asks for the file, or for what of it isn't there yet (RFC 9110, 13.1.5). */
static void
send_request (GTask *task)
{
  KabApi *self = g_task_get_source_object (task);
  Download *download = g_task_get_task_data (task);

  g_clear_object (&download->message);
  download->message = kab_api_new_message (self, download->request);
  download->token_serial = kab_api_get_token_serial (self);
  if (download->received > 0)
    {
      SoupMessageHeaders *headers = soup_message_get_request_headers (download->message);

      soup_message_headers_set_range (headers, download->received, -1);
      soup_message_headers_replace (headers, "If-Range", download->etag);
    }
  soup_session_send_async (kab_api_get_session (self), download->message, KAB_API_IO_PRIORITY,
                           kab_gentle_cancel_get (download->cancel), message_sent_cb,
                           g_object_ref (task));
}

/* A hidden neighbour of @target: moving it there later is one step. */
static GFile *
new_partial (GFile *target)
{
  g_autoptr (GFile) folder = g_file_get_parent (target);
  g_autofree char *random = kab_idempotency_key_new ();
  g_autofree char *name = g_strdup_printf (".kabinets-%s.part", random);

  return g_file_get_child (folder, name);
}

void
kab_file_download_async (KabApi *api,
                         KabFile *file,
                         GFile *target,
                         GFileProgressCallback progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Download *download;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_FILE (file));
  g_return_if_fail (G_IS_FILE (target) && g_file_has_parent (target, NULL));

  task = g_task_new (api, cancellable, callback, user_data);
  g_task_set_source_tag (task, kab_file_download_async);
  download = g_new0 (Download, 1);
  download->file = g_object_ref (file);
  download->target = g_object_ref (target);
  download->partial = new_partial (target);
  download->progress = progress;
  download->progress_data = progress_data;
  download->digest = EVP_MD_CTX_new ();
  download->cancel = kab_gentle_cancel_new (cancellable);
  download->request = kab_request_new ("GET", "/v1/files/{}", kab_file_get_id (file));
  kab_request_expect_bytes (download->request, NULL);
  g_task_set_task_data (task, download, (GDestroyNotify) download_free);
  send_request (task);
}

gboolean
kab_file_download_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, api), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, kab_file_download_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

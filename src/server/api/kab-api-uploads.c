/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Uploads by tus 1.0.0: creation, termination, checksum, expiration. The bytes of a PATCH go to the
 * store in pieces of %KAB_FILE_APPEND_BYTES while they arrive. Without a checksum each piece counts
 * at once; with one they only count together, when all have come and are right. Upload-Offset only
 * ever counts what is durable.
 */

#include "kab-api.h"
#include "kab-api-operation.h"
#include "kab-file-digest.h"
#include "kab-file-rules.h"
#include "kab-log.h"
#include "kab-tus-headers.h"
#include "kab-uploads.h"

G_STATIC_ASSERT (KAB_FILE_SHA256_BYTES == KAB_TUS_CHECKSUM_SIZE);

/* A PATCH under way. While one piece is being stored and added to the file's digest, the next is
 * filled and added to the body's. */
typedef struct
{
  const KabApiContext *context;
  const KabCaller *caller;                   /* (unowned): the request's */
  KabFilePart part;                          /* what is stored and doesn't count yet */
  gint64 announced;                          /* bytes of the body; 0 when that isn't known */
  GByteArray *filling;                       /* (owned): what isn't stored yet */
  GByteArray *storing;                       /* (owned): the writer's */
  KabStoreWrite *write;                      /* (owned) (nullable): of @storing */
  gint64 attempt;                            /* the writer's */
  GThread *digester;                         /* (owned) (nullable): of @storing */
  guint8 file_digest[KAB_FILE_DIGEST_BYTES]; /* up to what is or was @storing */
  gboolean has_checksum;
  guint8 checksum[KAB_TUS_CHECKSUM_SIZE];
  guint8 body_digest[KAB_FILE_DIGEST_BYTES]; /* when there is a checksum */
  KabUploadProgress progress;
} Append;

static gpointer
digest_piece_cb (gpointer data)
{
  Append *append = data;

  kab_file_digest_update (append->file_digest, append->storing->data, append->storing->len);
  return NULL;
}

/* Waits for the piece that is being stored and digested. */
static gboolean
finish_piece (Append *append, GError **error)
{
  g_clear_pointer (&append->digester, g_thread_join);
  if (append->write == NULL)
    return TRUE;
  if (!kab_store_write_finish (g_steal_pointer (&append->write), error))
    return FALSE;
  append->part.attempt = append->attempt;
  append->part.staged += append->storing->len;
  g_byte_array_set_size (append->storing, 0);
  return TRUE;
}

static void
append_free (Append *append)
{
  finish_piece (append, NULL);
  g_byte_array_unref (append->filling);
  g_byte_array_unref (append->storing);
  g_free (append);
}

static void
set_progress (KabRequest *request, gint64 offset, gint64 expires_at)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, offset);

  kab_request_set_reply_header (request, "Upload-Offset", text);
  if (expires_at > 0)
    {
      g_autofree char *expiry = kab_tus_format_expiry (expires_at);
      kab_request_set_reply_header (request, "Upload-Expires", expiry);
    }
}

static KabResponse *
describe_server_cb (KabRequest *request, gpointer user_data, GError **error)
{
  KabResponse *response = kab_response_new_empty (204);
  g_autofree char *limit = g_strdup_printf ("%" G_GUINT64_FORMAT, (guint64) KAB_FILE_SIZE_MAX);

  kab_response_set_header (response, "Tus-Resumable", KAB_TUS_VERSION);
  kab_response_set_header (response, "Tus-Version", KAB_TUS_VERSION);
  kab_response_set_header (response, "Tus-Extension", "creation,expiration,checksum,termination");
  kab_response_set_header (response, "Tus-Checksum-Algorithm", KAB_TUS_CHECKSUM_METHOD);
  kab_response_set_header (response, "Tus-Max-Size", limit);
  return response;
}

static KabResponse *
create_upload (KabTransaction *tx,
               const KabCaller *caller,
               KabRequest *request,
               const KabApiContext *context,
               gpointer data,
               GError **error)
{
  const char *metadata = kab_request_get_header (request, "upload-metadata");
  g_autofree char *name =
      kab_tus_read_metadata (metadata != NULL ? metadata : "filename", "filename", error);
  g_autofree char *expiry = NULL;
  g_autofree char *id = NULL;
  KabResponse *response;
  gint64 length;

  if (name == NULL ||
      !kab_request_get_header_integer (request, "upload-length", G_MAXINT64, &length, error))
    return NULL;
  id = kab_uploads_create (tx, caller, name, length, error);
  if (id == NULL)
    return NULL;
  response = kab_response_new_empty (201);
  kab_response_set_location (response, "/v1/uploads/%s", id);
  expiry = kab_tus_format_expiry (kab_tx_get_now (tx) + KAB_UPLOAD_LIFETIME);
  kab_response_set_header (response, "Upload-Expires", expiry);
  return response;
}

static KabResponse *
create_upload_cb (KabRequest *request, gpointer user_data, GError **error)
{
  if (!kab_tus_check_version (request, error))
    return NULL;
  return kab_api_write (user_data, request, create_upload, NULL, error);
}

static KabResponse *
show_upload (KabTransaction *tx,
             const KabCaller *caller,
             KabRequest *request,
             const KabApiContext *context,
             gpointer data,
             GError **error)
{
  g_autoptr (KabFile) file =
      kab_uploads_get (tx, caller, kab_request_get_parameter (request, "id"), error);
  g_autofree char *length = NULL;

  if (file == NULL)
    return NULL;
  length = g_strdup_printf ("%" G_GINT64_FORMAT, file->length);
  kab_request_set_reply_header (request, "Upload-Length", length);
  set_progress (request, file->received, file->expires_at);
  return kab_response_new_empty (200);
}

static KabResponse *
show_upload_cb (KabRequest *request, gpointer user_data, GError **error)
{
  if (!kab_tus_check_version (request, error))
    return NULL;
  return kab_api_read (user_data, request, show_upload, NULL, error);
}

static KabResponse *
delete_upload (KabTransaction *tx,
               const KabCaller *caller,
               KabRequest *request,
               const KabApiContext *context,
               gpointer data,
               GError **error)
{
  if (!kab_uploads_delete (tx, caller, kab_request_get_parameter (request, "id"), error))
    return NULL;
  return kab_response_new_empty (204);
}

static KabResponse *
delete_upload_cb (KabRequest *request, gpointer user_data, GError **error)
{
  if (!kab_tus_check_version (request, error))
    return NULL;
  return kab_api_write (user_data, request, delete_upload, NULL, error);
}

static gboolean
stage_piece (KabTransaction *tx, gpointer data, GError **error)
{
  Append *append = data;

  return kab_uploads_stage (tx, append->caller, &append->part, append->storing->data,
                            append->storing->len, &append->attempt, error);
}

/* Begins to store what was filled, where it doesn't count yet. A processor takes longer to digest
 * it than the disk to store it, so another does that. */
static gboolean
begin_piece (Append *append, GError **error)
{
  GByteArray *filled = append->filling;

  if (!finish_piece (append, error))
    return FALSE;
  append->filling = append->storing;
  append->storing = filled;
  append->write = kab_store_write_ahead (append->context->store, stage_piece, append);
  append->digester = g_thread_try_new ("digest", digest_piece_cb, append, NULL);
  if (append->digester == NULL)
    digest_piece_cb (append);
  return TRUE;
}

static gboolean
append_part (KabTransaction *tx, gpointer data, GError **error)
{
  Append *append = data;

  return kab_uploads_append (tx, append->caller, &append->part, append->filling->data,
                             append->filling->len, append->file_digest, &append->progress, error);
}

/* Makes all that has arrived count. */
static gboolean
flush (Append *append, GError **error)
{
  g_autoptr (GError) problem = NULL;

  kab_file_digest_update (append->file_digest, append->filling->data, append->filling->len);
  if (!kab_store_write (append->context->store, append_part, append, error))
    return FALSE;
  if (append->progress.is_refused)
    {
      kab_problem_set (&problem, KAB_PROBLEM_VALIDATION_FAILED, NULL);
      kab_problem_add_field (problem, "/content", kab_check_code (KAB_CHECK_FILE_CONTENT), NULL);
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  append->part = (KabFilePart) { .id = append->part.id, .offset = append->progress.offset };
  g_byte_array_set_size (append->filling, 0);
  return TRUE;
}

static gboolean
check_part (KabTransaction *tx, gpointer data, GError **error)
{
  Append *append = data;

  return kab_uploads_check (tx, append->caller, &append->part, append->announced,
                            append->file_digest, error);
}

/* Refuses what can be refused before it is sent. */
static gboolean
append_begin_cb (KabRequest *request, gpointer user_data, GError **error)
{
  const char *checksum = kab_request_get_header (request, "upload-checksum");
  Append *append = g_new0 (Append, 1);

  append->context = user_data;
  append->caller = kab_authenticator_get_caller (request);
  append->part.id = kab_request_get_parameter (request, "id");
  append->filling = g_byte_array_new ();
  append->storing = g_byte_array_new ();
  append->has_checksum = checksum != NULL;
  append->announced = MAX (kab_request_get_content_length (request), 0);
  kab_file_digest_start (append->body_digest);
  kab_request_set_data (request, append, (GDestroyNotify) append_free);
  if (!kab_tus_check_version (request, error) ||
      !kab_request_get_header_integer (request, "upload-offset", G_MAXINT64, &append->part.offset,
                                       error) ||
      (checksum != NULL && !kab_tus_read_checksum (checksum, append->checksum, error)))
    return FALSE;
  return kab_store_read (append->context->store, check_part, append, error);
}

static gboolean
append_write_cb (KabRequest *request,
                 const guint8 *data,
                 gsize length,
                 gpointer user_data,
                 GError **error)
{
  Append *append = kab_request_get_data (request);

  while (length > 0)
    {
      gsize size = MIN (length, KAB_FILE_APPEND_BYTES - append->filling->len);

      g_byte_array_append (append->filling, data, (guint) size);
      if (append->has_checksum)
        kab_file_digest_update (append->body_digest, data, size);
      if (append->filling->len == KAB_FILE_APPEND_BYTES &&
          !(append->has_checksum ? begin_piece (append, error) : flush (append, error)))
        return FALSE;
      data += size;
      length -= size;
    }
  return TRUE;
}

/* What came before the line broke is kept, unless nobody can tell whether it is right. */
static void
append_interrupted_cb (KabRequest *request, gpointer user_data)
{
  Append *append = kab_request_get_data (request);
  g_autoptr (GError) error = NULL;

  if (append->has_checksum || append->filling->len == 0 || flush (append, &error))
    return;
  kab_log (KAB_LOG_INFO, "upload-rest-lost",
           KAB_LOG_STR ("requestId", kab_request_get_id (request)),
           KAB_LOG_STR ("domain", g_quark_to_string (error->domain)),
           KAB_LOG_INT ("code", error->code), NULL);
}

static gboolean
check_checksum (const Append *append, GError **error)
{
  guint8 checksum[KAB_FILE_SHA256_BYTES];

  if (!append->has_checksum)
    return TRUE;
  kab_file_digest_finish (append->body_digest, checksum);
  if (memcmp (checksum, append->checksum, sizeof checksum) == 0)
    return TRUE;
  kab_problem_set (error, KAB_PROBLEM_CHECKSUM_MISMATCH, NULL);
  return FALSE;
}

static KabResponse *
append_upload_cb (KabRequest *request, gpointer user_data, GError **error)
{
  Append *append = kab_request_get_data (request);

  if (!check_checksum (append, error) || !finish_piece (append, error))
    return NULL;
  if ((append->part.staged > 0 || append->filling->len > 0 || append->progress.expires_at == 0) &&
      !flush (append, error))
    return NULL;
  set_progress (request, append->part.offset, append->progress.expires_at);
  return kab_response_new_empty (204);
}

static const KabBodySink append_sink = {
  .begin = append_begin_cb,
  .write = append_write_cb,
  .interrupted = append_interrupted_cb,
};

/**
 * kab_api_uploads_add_routes:
 *
 * Adds `/v1/uploads`.
 */
void
kab_api_uploads_add_routes (KabRouter *router, const KabApiContext *context)
{
  static const KabRoute routes[] = {
    { .method = KAB_METHOD_OPTIONS,
      .path = "/v1/uploads",
      .operation = "uploadOptions",
      .handler = describe_server_cb,
      .access = KAB_ACCESS_PUBLIC },
    { .method = KAB_METHOD_POST,
      .path = "/v1/uploads",
      .operation = "createUpload",
      .handler = create_upload_cb,
      .access = KAB_ACCESS_CLIENT | KAB_ACCESS_STAFF,
      .flags = KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY },
    { .method = KAB_METHOD_HEAD,
      .path = "/v1/uploads/{id}",
      .operation = "getUploadOffset",
      .handler = show_upload_cb,
      .access = KAB_ACCESS_CLIENT | KAB_ACCESS_STAFF },
    { .method = KAB_METHOD_PATCH,
      .path = "/v1/uploads/{id}",
      .operation = "appendUpload",
      .handler = append_upload_cb,
      .access = KAB_ACCESS_CLIENT | KAB_ACCESS_STAFF,
      .body = KAB_BODY_STREAM,
      .body_limit = KAB_FILE_SIZE_MAX,
      .content_type = "application/offset+octet-stream",
      .sink = &append_sink },
    { .method = KAB_METHOD_DELETE,
      .path = "/v1/uploads/{id}",
      .operation = "deleteUpload",
      .handler = delete_upload_cb,
      .access = KAB_ACCESS_CLIENT | KAB_ACCESS_STAFF },
  };

  kab_router_add (router, routes, G_N_ELEMENTS (routes), (gpointer) context);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-api-files.h"

#include "kab-api.h"
#include "kab-api-operation.h"
#include "kab-byte-range.h"
#include "kab-stored-files.h"

/* A file on its way to a client, a piece at a time. */
typedef struct
{
  KabStore *store; /* (owned) */
  char *id;        /* (owned) */
  gint64 offset;
  GBytes *piece; /* (owned) (nullable): what was read last */
} Download;

static void
download_free (Download *download)
{
  g_object_unref (download->store);
  g_free (download->id);
  g_clear_pointer (&download->piece, g_bytes_unref);
  g_free (download);
}

static gboolean
read_piece (KabTransaction *tx, gpointer data, GError **error)
{
  Download *download = data;

  g_clear_pointer (&download->piece, g_bytes_unref);
  download->piece = kab_file_read (tx, download->id, download->offset, error);
  return download->piece != NULL;
}

static GBytes *
piece_wanted_cb (gpointer user_data, guint64 offset, GError **error)
{
  Download *download = user_data;

  download->offset = (gint64) offset;
  if (!kab_store_read (download->store, read_piece, download, error))
    return NULL;
  return g_steal_pointer (&download->piece);
}

static KabResponse *
send_file (KabTransaction *tx,
           const KabCaller *caller,
           KabRequest *request,
           const KabApiContext *context,
           gpointer data,
           GError **error)
{
  g_autoptr (KabFile) file =
      kab_stored_files_find (tx, caller, kab_request_get_parameter (request, "id"), error);
  KabResponse *response;
  Download *download;

  if (file == NULL)
    return NULL;
  download = g_new0 (Download, 1);
  download->store = g_object_ref (context->store);
  download->id = g_strdup (file->id);
  response = kab_response_new_stream (file->media_type, (guint64) file->length, piece_wanted_cb,
                                      download, (GDestroyNotify) download_free);
  kab_response_set_etag (response, file->sha256);
  kab_response_set_header (response, "Cache-Control", "private, no-cache");
  /* Never shown in place: a browser would run what an SVG carries. */
  kab_response_set_file_name (response, file->name, FALSE);
  return kab_byte_range_apply (request, response, error);
}

static KabResponse *
send_file_cb (KabRequest *request, gpointer user_data, GError **error)
{
  return kab_api_read (user_data, request, send_file, NULL, error);
}

/**
 * kab_api_file_to_json:
 *
 * Returns: (transfer full): the schema File
 */
JsonObject *
kab_api_file_to_json (const KabFile *file)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", file->id);
  json_object_set_string_member (object, "name", file->name);
  json_object_set_int_member (object, "size", file->length);
  json_object_set_string_member (object, "mediaType", file->media_type);
  if (file->sha256 != NULL)
    json_object_set_string_member (object, "sha256", file->sha256);
  return object;
}

/**
 * kab_api_files_add_routes:
 *
 * Adds `/v1/files`.
 */
void
kab_api_files_add_routes (KabRouter *router, const KabApiContext *context)
{
  static const KabRoute routes[] = {
    { .method = KAB_METHOD_GET,
      .path = "/v1/files/{id}",
      .operation = "getFile",
      .handler = send_file_cb,
      .access = KAB_ACCESS_CLIENT | KAB_ACCESS_STAFF,
      .answer = KAB_ANSWER_FILE },
  };

  kab_router_add (router, routes, G_N_ELEMENTS (routes), (gpointer) context);
}

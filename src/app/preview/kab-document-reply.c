/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview/kab-document-reply.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#define SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

G_DEFINE_QUARK (kab - document - error - quark, kab_preview_error)

typedef struct
{
  gpointer data;
  gsize size;
} Mapping;

static void
unmap (gpointer data)
{
  Mapping *mapping = data;

  munmap (mapping->data, mapping->size);
  g_free (mapping);
}

/* What is sealed can't change under the one who reads it. */
static GBytes *
map_bulk (int descriptor, guint64 size)
{
  const int seals = fcntl (descriptor, F_GET_SEALS); /* -1 unless it can be sealed */
  struct stat info;
  gpointer data;
  Mapping *mapping;

  if (size == 0 || size > KAB_HELPER_MAX_BULK || seals < 0 || (seals & SEALS) != SEALS ||
      fstat (descriptor, &info) != 0 || (guint64) info.st_size != size)
    return NULL;
  data = mmap (NULL, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (data == MAP_FAILED)
    return NULL;
  mapping = g_new (Mapping, 1);
  *mapping = (Mapping) { data, size };
  return g_bytes_new_with_free_func (data, size, unmap, mapping);
}

static const char *
reply_type (KabHelperKind kind)
{
  switch (kind)
    {
    case KAB_HELPER_HELLO:
      return KAB_HELPER_HELLO_TYPE;
    case KAB_HELPER_OPEN:
      return KAB_HELPER_OPEN_REPLY_TYPE;
    case KAB_HELPER_RENDER:
      return KAB_HELPER_RENDER_REPLY_TYPE;
    case KAB_HELPER_DETAILS:
    case KAB_HELPER_TEXT:
    case KAB_HELPER_SEARCH:
    case KAB_HELPER_SET_FIELD:
    case KAB_HELPER_SAVE:
    case KAB_HELPER_SELF_TEST:
    default:
      return NULL;
    }
}

/**
 * kab_preview_error_from_status:
 * @status: KabHelperStatus, other than KAB_HELPER_OK
 *
 * Returns: the #KabPreviewError that it means
 */
int
kab_preview_error_from_status (guint32 status)
{
  switch ((KabHelperStatus) status)
    {
    case KAB_HELPER_NOT_CONFINED:
      return KAB_PREVIEW_ERROR_NOT_CONFINED;
    case KAB_HELPER_DAMAGED:
      return KAB_PREVIEW_ERROR_DAMAGED;
    case KAB_HELPER_PASSWORD:
      return KAB_PREVIEW_ERROR_PASSWORD;
    case KAB_HELPER_TOO_LARGE:
      return KAB_PREVIEW_ERROR_TOO_LARGE;
    case KAB_HELPER_REFUSED:
      return KAB_PREVIEW_ERROR_REFUSED;
    case KAB_HELPER_OK:
    case KAB_HELPER_FAILED:
    default:
      return KAB_PREVIEW_ERROR_FAILED;
    }
}

/**
 * kab_document_reply_new:
 * @frame: the head of a packet that is awaited
 * @rest: what follows it
 * @length: its length
 * @descriptor: what came with it, or -1; remains the caller's
 *
 * Returns: (transfer full) (nullable): the inline part and the bulk, both of
 *   the form that the kind asks for, or %NULL when they aren't
 */
KabDocumentReply *
kab_document_reply_new (const KabHelperFrame *frame, const char *rest, gsize length, int descriptor)
{
  g_autoptr (KabDocumentReply) reply = g_new0 (KabDocumentReply, 1);
  const char *type = reply_type ((KabHelperKind) frame->kind);

  if (type == NULL && length > 0)
    return NULL;
  if (type != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (rest, length);

      reply->arguments =
          g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), bytes, FALSE));
      if (!g_variant_is_normal_form (reply->arguments))
        return NULL;
    }
  if ((descriptor >= 0) != (frame->size > 0))
    return NULL;
  if (descriptor >= 0 && (reply->bulk = map_bulk (descriptor, frame->size)) == NULL)
    return NULL;
  return g_steal_pointer (&reply);
}

/** kab_document_reply_free: frees @reply. */
void
kab_document_reply_free (KabDocumentReply *reply)
{
  g_clear_pointer (&reply->arguments, g_variant_unref);
  g_clear_pointer (&reply->bulk, g_bytes_unref);
  g_free (reply);
}

/**
 * kab_document_reply_read_bulk:
 * @reply: a reply
 * @type: the type that belongs to its kind
 * @error: return location
 *
 * Returns: (transfer full): the bulk as a value of @type, or %NULL with
 *   KAB_PREVIEW_ERROR_FAILED when it isn't one
 */
GVariant *
kab_document_reply_read_bulk (const KabDocumentReply *reply, const char *type, GError **error)
{
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_from_bytes (
      G_VARIANT_TYPE (type), reply->bulk != NULL ? reply->bulk : empty, FALSE));

  if (g_variant_is_normal_form (value))
    return g_steal_pointer (&value);
  g_set_error_literal (error, KAB_PREVIEW_ERROR, KAB_PREVIEW_ERROR_FAILED,
                       "the document helper answered nonsense");
  return NULL;
}

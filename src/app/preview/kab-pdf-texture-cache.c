/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview/kab-pdf-texture-cache.h"

typedef struct
{
  guint page;
  GdkTexture *texture; /* (owned) */
} Entry;

/* The pixels of pages that are out of sight, those seen last first. */
struct _KabPdfTextureCache
{
  GQueue entries; /* (element-type Entry) (owned) */
  gsize bytes;
  gsize max_bytes;
};

static gsize
size_of (GdkTexture *texture)
{
  return (gsize) gdk_texture_get_width (texture) * (gsize) gdk_texture_get_height (texture) * 4;
}

static void
entry_free (Entry *entry)
{
  g_object_unref (entry->texture);
  g_free (entry);
}

/** kab_pdf_texture_cache_new: (transfer full): a cache that holds at most @max_bytes. */
KabPdfTextureCache *
kab_pdf_texture_cache_new (gsize max_bytes)
{
  KabPdfTextureCache *self = g_new0 (KabPdfTextureCache, 1);

  g_queue_init (&self->entries);
  self->max_bytes = max_bytes;
  return self;
}

/** kab_pdf_texture_cache_free: frees @self and what it holds. */
void
kab_pdf_texture_cache_free (KabPdfTextureCache *self)
{
  g_queue_clear_full (&self->entries, (GDestroyNotify) entry_free);
  g_free (self);
}

/**
 * kab_pdf_texture_cache_take:
 * @page: from 0
 *
 * Returns: (transfer full) (nullable): the pixels of @page, which leave the cache
 */
GdkTexture *
kab_pdf_texture_cache_take (KabPdfTextureCache *self, guint page)
{
  for (GList *link = self->entries.head; link != NULL; link = link->next)
    {
      Entry *entry = link->data;
      GdkTexture *texture = entry->texture;

      if (entry->page != page)
        continue;
      self->bytes -= size_of (texture);
      g_queue_delete_link (&self->entries, link);
      g_free (entry);
      return texture;
    }
  return NULL;
}

/** kab_pdf_texture_cache_put: remembers the pixels of @page, and forgets the oldest over the limit.
 */
void
kab_pdf_texture_cache_put (KabPdfTextureCache *self, guint page, GdkTexture *texture)
{
  g_autoptr (GdkTexture) previous = kab_pdf_texture_cache_take (self, page);
  Entry *entry = g_new (Entry, 1);

  *entry = (Entry) { page, g_object_ref (texture) };
  self->bytes += size_of (texture);
  g_queue_push_head (&self->entries, entry);
  while (self->bytes > self->max_bytes)
    {
      Entry *oldest = g_queue_pop_tail (&self->entries);

      self->bytes -= size_of (oldest->texture);
      entry_free (oldest);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

typedef struct _KabPdfTextureCache KabPdfTextureCache;

KabPdfTextureCache *kab_pdf_texture_cache_new (gsize max_bytes);
void kab_pdf_texture_cache_free (KabPdfTextureCache *self);
void kab_pdf_texture_cache_put (KabPdfTextureCache *self, guint page, GdkTexture *texture);
GdkTexture *kab_pdf_texture_cache_take (KabPdfTextureCache *self, guint page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabPdfTextureCache, kab_pdf_texture_cache_free)

G_END_DECLS

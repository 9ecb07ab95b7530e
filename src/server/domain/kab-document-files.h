/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-document.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The revision that the files of the working copy stand under. */
#define KAB_DOCUMENT_WORKING_COPY 0

gboolean kab_document_files_set (KabTransaction *tx,
                                 const char *document,
                                 const char *owner,
                                 const char *const *files,
                                 GError **error);
gboolean
kab_document_files_copy (KabTransaction *tx, const char *document, gint64 revision, GError **error);
gboolean kab_document_files_count (KabTransaction *tx,
                                   const char *document,
                                   gint64 *n_files,
                                   gint64 *n_pdf,
                                   GError **error);
GHashTable *kab_document_files_list (KabTransaction *tx, const char *document, GError **error);

G_END_DECLS

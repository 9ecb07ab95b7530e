/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-record.h"
#include "kab-file.h"

G_BEGIN_DECLS

#define KAB_TYPE_DOCUMENT_VERSION (kab_document_version_get_type ())

/**
 * KabDocumentVersion:
 *
 * A version of a document (DOC-7).
 */
G_DECLARE_FINAL_TYPE (KabDocumentVersion, kab_document_version, KAB, DOCUMENT_VERSION, KabRecord)

/** #KabDocumentVersion:revision: its number. */
gint64 kab_document_version_get_revision (KabDocumentVersion *self);
/** #KabDocumentVersion:at: when it was made. Returns: (transfer none) (nullable) */
GDateTime *kab_document_version_get_at (KabDocumentVersion *self);
/** #KabDocumentVersion:by: `client` or `bank`. Returns: (transfer none) */
const char *kab_document_version_get_by (KabDocumentVersion *self);
/**
 * #KabDocumentVersion:state: state of the document then, a word of core's document workflow.
 * Returns: (transfer none)
 */
const char *kab_document_version_get_state (KabDocumentVersion *self);
/** #KabDocumentVersion:files: its files. Returns: (transfer none) a GListModel of KabFile */
GListModel *kab_document_version_get_files (KabDocumentVersion *self);
/** #KabDocumentVersion:answers: its answers. Returns: (transfer none) (nullable) */
JsonObject *kab_document_version_get_answers (KabDocumentVersion *self);

G_END_DECLS

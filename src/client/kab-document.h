/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-record.h"
#include "kab-comment.h"
#include "kab-document-version.h"
#include "kab-file.h"

G_BEGIN_DECLS

#define KAB_TYPE_DOCUMENT (kab_document_get_type ())

/**
 * KabDocument:
 *
 * A document of an application: a questionnaire or a copy of an identity document. A list gives
 * its summary; kab_document_load_async() adds files, comments, versions and answers.
 */
G_DECLARE_FINAL_TYPE (KabDocument, kab_document, KAB, DOCUMENT, KabRecord)

/** An empty one, to be filled by kab_record_update_from_json(). Returns: (transfer full) */
KabDocument *kab_document_new (void);

/** #KabDocument:id: its id. Returns: (transfer none) */
const char *kab_document_get_id (KabDocument *self);
/** #KabDocument:application: id of the onboarding that it belongs to. Returns: (transfer none) */
const char *kab_document_get_application (KabDocument *self);
/**
 * #KabDocument:form: id of the form definition of an electronic questionnaire. Returns: (transfer
 * none) (nullable)
 */
const char *kab_document_get_form (KabDocument *self);
/** #KabDocument:title: its title. Returns: (transfer none) (nullable) */
KabTranslations *kab_document_get_title (KabDocument *self);
/**
 * #KabDocument:kind: `pdf-questionnaire`, `electronic-questionnaire` or `identity-copy`. Returns:
 * (transfer none)
 */
const char *kab_document_get_kind (KabDocument *self);
/** #KabDocument:state: its state, a word of core's document workflow. Returns: (transfer none) */
const char *kab_document_get_state (KabDocument *self);
/** #KabDocument:version: for If-Match. */
gint64 kab_document_get_version (KabDocument *self);
/** #KabDocument:revision: the version that people see; 0 when nothing was saved. */
gint64 kab_document_get_revision (KabDocument *self);
/** #KabDocument:comment-count: how many comments of the bank are open. */
gint64 kab_document_get_comment_count (KabDocument *self);
/** #KabDocument:changed-at: when it changed. Returns: (transfer none) (nullable) */
GDateTime *kab_document_get_changed_at (KabDocument *self);
/**
 * #KabDocument:actions: what the user can do now: `edit`, `save`, `submit`, `approve`. Returns:
 * (transfer none)
 */
const char *const *kab_document_get_actions (KabDocument *self);
/**
 * #KabDocument:answers: answers of an electronic questionnaire. Returns: (transfer none)
 * (nullable)
 */
JsonObject *kab_document_get_answers (KabDocument *self);
/** #KabDocument:files: its files. Returns: (transfer none) a GListModel of KabFile */
GListModel *kab_document_get_files (KabDocument *self);
/**
 * #KabDocument:comments: comments of the latest request for information. Returns: (transfer none)
 * a GListModel of KabComment
 */
GListModel *kab_document_get_comments (KabDocument *self);
/**
 * #KabDocument:versions: its versions, newest first. Returns: (transfer none) a GListModel of
 * KabDocumentVersion
 */
GListModel *kab_document_get_versions (KabDocument *self);

G_END_DECLS

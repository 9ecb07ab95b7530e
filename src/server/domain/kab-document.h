/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-document-workflow.h"
#include "kab-transaction.h"

G_BEGIN_DECLS

/**
 * KabDocument:
 * @user: whose it is
 * @form: id of the definition
 * @kind: `pdf-questionnaire` or `electronic-questionnaire`
 * @title: JSON, by language
 * @filled: whether anything was saved (A16)
 * @revision: what people call its version: of what was sent last, or of what is being prepared;
 *   0 while nothing was saved
 * @answers: (nullable): JSON, of an electronic questionnaire
 * @open_comments: how many comments of the bank wait for a correction
 * @is_closed: whether its application has ended, so that nothing more is done with it
 * @version: grows with every change; the ETag
 *
 * A row of documents. Times are microseconds since 1970.
 */
typedef struct
{
  char *id;
  char *application;
  char *user;
  char *form;
  char *kind;
  char *title;
  gint64 position;
  KabDocumentState state;
  gboolean filled;
  gint64 revision;
  char *answers;
  gint64 open_comments;
  gboolean is_closed;
  gint64 version;
  gint64 created_at;
  gint64 changed_at;
} KabDocument;

/* A place in a list of documents; all zero for the beginning. */
typedef struct
{
  gint64 created_at;
  gint64 position;
  const char *id;
} KabDocumentPlace;

/**
 * KabDocumentQuery:
 * @application: (nullable): only of this application
 * @state: only in this state; %KAB_DOCUMENT_NONE for any
 * @text: (nullable): only with this in the title, in any language and case
 * @after: only those after this place
 * @limit: how many at most
 */
typedef struct
{
  const char *application;
  KabDocumentState state;
  const char *text;
  KabDocumentPlace after;
  guint limit;
} KabDocumentQuery;

/**
 * KabDocumentFound:
 * @document: valid, with its texts, during the call only
 */
typedef void (*KabDocumentFound) (const KabDocument *document, gpointer data);

KabDocument *
kab_document_load (KabTransaction *tx, const char *id, const char *user, GError **error);
GPtrArray *kab_document_list (KabTransaction *tx, const char *application, GError **error);
gboolean kab_document_search (KabTransaction *tx,
                              const char *user,
                              const KabDocumentQuery *query,
                              KabDocumentFound found,
                              gpointer data,
                              GError **error);
gboolean kab_document_is_electronic (const KabDocument *self);
void kab_document_free (KabDocument *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabDocument, kab_document_free)

G_END_DECLS

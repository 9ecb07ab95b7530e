/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-document.h"

#include <string.h>

#include "kab-domain-json.h"

/* What a list shows; answers may be long. */
#define SUMMARY                                                                                    \
  "id, application_id, user_id, form, kind, title, position, state, filled, revision,"             \
  " open_comments, closed, version, created_at, changed_at"
#define COLUMNS SUMMARY ", answers"

typedef char *(*TakeText) (KabRows *rows, const char *column);

/* Valid until the next row. */
static char *
borrow_text (KabRows *rows, const char *column)
{
  return (char *) kab_rows_text (rows, column);
}

static void
read_summary (KabDocument *self, KabRows *rows, TakeText take_text)
{
  self->id = take_text (rows, "id");
  self->application = take_text (rows, "application_id");
  self->user = take_text (rows, "user_id");
  self->form = take_text (rows, "form");
  self->kind = take_text (rows, "kind");
  self->title = take_text (rows, "title");
  self->position = kab_rows_int (rows, "position");
  kab_document_state_from_name (kab_rows_text (rows, "state"), &self->state);
  self->filled = kab_rows_bool (rows, "filled");
  self->revision = kab_rows_int (rows, "revision");
  self->open_comments = kab_rows_int (rows, "open_comments");
  self->is_closed = kab_rows_bool (rows, "closed");
  self->version = kab_rows_int (rows, "version");
  self->created_at = kab_rows_int (rows, "created_at");
  self->changed_at = kab_rows_int (rows, "changed_at");
}

static KabDocument *
read_row (KabRows *rows)
{
  KabDocument *self = g_new0 (KabDocument, 1);

  read_summary (self, rows, kab_rows_dup_text);
  self->answers = kab_rows_dup_text (rows, "answers");
  return self;
}

/**
 * kab_document_load:
 * @user: (nullable): only when it is this user's
 *
 * Returns: (transfer full): the document, or %NULL with %KAB_STORE_ERROR_NOT_FOUND
 */
KabDocument *
kab_document_load (KabTransaction *tx, const char *id, const char *user, GError **error)
{
  g_autoptr (KabRows) rows =
      kab_tx_query_one (tx, error, "SELECT " COLUMNS " FROM documents WHERE id = ?", KAB_TEXT (id));

  if (rows == NULL)
    return NULL;
  if (user == NULL || g_str_equal (kab_rows_text (rows, "user_id"), user))
    return read_row (rows);
  g_set_error_literal (error, KAB_STORE_ERROR, KAB_STORE_ERROR_NOT_FOUND, "It is somebody else's");
  return NULL;
}

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) kab_document_free);
}

/**
 * kab_document_list:
 *
 * Returns: (transfer full) (element-type KabDocument): those of an application, in their order
 */
GPtrArray *
kab_document_list (KabTransaction *tx, const char *application, GError **error)
{
  g_autoptr (GPtrArray) list = new_list ();
  g_autoptr (KabRows) rows = kab_tx_query (
      tx, error, "SELECT " COLUMNS " FROM documents WHERE application_id = ? ORDER BY position",
      KAB_TEXT (application));

  if (rows == NULL)
    return NULL;
  while (kab_rows_next (rows))
    g_ptr_array_add (list, read_row (rows));
  return g_steal_pointer (&list);
}

static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);

  return g_utf8_casefold (normal != NULL ? normal : "", -1);
}

/* The engines fold no letters beyond ASCII alike, so titles are compared here. */
static gboolean
has_text (const char *title, const char *folded)
{
  g_autoptr (JsonObject) texts = kab_domain_json_read (title);
  g_autoptr (GList) languages = json_object_get_members (texts);

  for (GList *l = languages; l != NULL; l = l->next)
    {
      g_autofree char *text = fold (json_object_get_string_member (texts, l->data));

      if (strstr (text, folded) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
matches (const KabDocument *self, const KabDocumentQuery *query, const char *folded)
{
  return (query->application == NULL || g_str_equal (self->application, query->application)) &&
         (query->state == KAB_DOCUMENT_NONE || self->state == query->state) &&
         (folded == NULL || has_text (self->title, folded));
}

/**
 * kab_document_search:
 * @found: called for each of a user's documents that is asked for, oldest first; it has no answers
 *
 * Returns: whether they could be read; %FALSE with an error of the store
 */
gboolean
kab_document_search (KabTransaction *tx,
                     const char *user,
                     const KabDocumentQuery *query,
                     KabDocumentFound found,
                     gpointer data,
                     GError **error)
{
  g_autofree char *folded = query->text != NULL ? fold (query->text) : NULL;
  const gboolean is_filtered =
      query->application != NULL || query->state != KAB_DOCUMENT_NONE || folded != NULL;
  g_autoptr (KabRows) rows = kab_tx_query (
      tx, error,
      "SELECT " SUMMARY " FROM documents"
      " WHERE user_id = ? AND (created_at, position, id) > (?, ?, ?)"
      " ORDER BY created_at, position, id LIMIT ?",
      KAB_TEXT (user), KAB_INT (query->after.created_at), KAB_INT (query->after.position),
      KAB_TEXT (query->after.id != NULL ? query->after.id : ""),
      KAB_INT (is_filtered ? G_MAXINT32 : query->limit));

  if (rows == NULL)
    return FALSE;
  for (guint n_found = 0; n_found < query->limit && kab_rows_next (rows);)
    {
      KabDocument document = { 0 };

      read_summary (&document, rows, borrow_text);
      if (!matches (&document, query, folded))
        continue;
      found (&document, data);
      n_found++;
    }
  return TRUE;
}

/**
 * kab_document_is_electronic:
 *
 * Returns: whether it is filled in the application, else as a PDF
 */
gboolean
kab_document_is_electronic (const KabDocument *self)
{
  return g_str_equal (self->kind, "electronic-questionnaire");
}

void
kab_document_free (KabDocument *self)
{
  g_free (self->id);
  g_free (self->application);
  g_free (self->user);
  g_free (self->form);
  g_free (self->kind);
  g_free (self->title);
  g_free (self->answers);
  g_free (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files of a document: those of its working copy and those of each version. */

#include "kab-document-files.h"

#include "kab-attachments.h"

static GHashTable *
list_ids (KabTransaction *tx, const char *document, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (KabRows) rows = kab_tx_query (
      tx, error, "SELECT file_id FROM document_files WHERE document_id = ?", KAB_TEXT (document));

  if (rows == NULL)
    return NULL;
  while (kab_rows_next (rows))
    g_hash_table_add (ids, kab_rows_dup_text (rows, "file_id"));
  return g_steal_pointer (&ids);
}

/**
 * kab_document_files_set:
 * @owner: whose uploads they may be
 * @files: ids of finished uploads, or of files that the document has
 *
 * Gives the working copy these files in place of those that it had.
 *
 * Returns: %FALSE with %KAB_PROBLEM_VALIDATION_FAILED, pointing into `/files`
 */
gboolean
kab_document_files_set (KabTransaction *tx,
                        const char *document,
                        const char *owner,
                        const char *const *files,
                        GError **error)
{
  g_autoptr (GHashTable) known = list_ids (tx, document, error);

  if (known == NULL || !kab_attachments_check (tx, owner, files, known, "/files", error) ||
      !kab_tx_exec (tx, error, "DELETE FROM document_files WHERE document_id = ? AND revision = ?",
                    KAB_TEXT (document), KAB_INT (KAB_DOCUMENT_WORKING_COPY)))
    return FALSE;
  for (guint i = 0; files[i] != NULL; i++)
    if (!kab_tx_exec (tx, error,
                      "INSERT INTO document_files (document_id, revision, position, file_id)"
                      " VALUES (?, ?, ?, ?)",
                      KAB_TEXT (document), KAB_INT (KAB_DOCUMENT_WORKING_COPY), KAB_INT (i),
                      KAB_TEXT (files[i])))
      return FALSE;
  return TRUE;
}

/**
 * kab_document_files_copy:
 * @revision: one that has no files yet
 *
 * Gives a version the files of the working copy.
 */
gboolean
kab_document_files_copy (KabTransaction *tx, const char *document, gint64 revision, GError **error)
{
  return kab_tx_exec (tx, error,
                      "INSERT INTO document_files (document_id, revision, position, file_id)"
                      " SELECT document_id, CAST (?1 AS BIGINT), position, file_id"
                      " FROM document_files WHERE document_id = ?2 AND revision = ?3",
                      KAB_INT (revision), KAB_TEXT (document), KAB_INT (KAB_DOCUMENT_WORKING_COPY));
}

/**
 * kab_document_files_count:
 * @n_files: (out): how many files the working copy has
 * @n_pdf: (out): how many of them are PDF
 */
gboolean
kab_document_files_count (KabTransaction *tx,
                          const char *document,
                          gint64 *n_files,
                          gint64 *n_pdf,
                          GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query_one (
      tx, error,
      "SELECT COUNT (*) AS n_files, COUNT (p.id) AS n_pdf FROM document_files d"
      " LEFT JOIN files p ON p.id = d.file_id AND p.media_type = 'application/pdf'"
      " WHERE d.document_id = ? AND d.revision = ?",
      KAB_TEXT (document), KAB_INT (KAB_DOCUMENT_WORKING_COPY));

  if (rows == NULL)
    return FALSE;
  *n_files = kab_rows_int (rows, "n_files");
  *n_pdf = kab_rows_int (rows, "n_pdf");
  return TRUE;
}

static char *
write_hex (const guint8 *data, gsize size)
{
  GString *text = g_string_sized_new (2 * size);

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (text, "%02x", data[i]);
  return g_string_free_and_steal (text);
}

static JsonObject *
describe (KabRows *rows)
{
  JsonObject *file = json_object_new ();
  const char *name = kab_rows_text (rows, "name");
  const char *media_type = kab_rows_text (rows, "media_type");
  gsize size;
  const guint8 *digest = kab_rows_data (rows, "sha256", &size);

  json_object_set_string_member (file, "id", kab_rows_text (rows, "id"));
  json_object_set_string_member (file, "name", name != NULL ? name : "");
  json_object_set_int_member (file, "size", kab_rows_int (rows, "length"));
  json_object_set_string_member (file, "mediaType",
                                 media_type != NULL ? media_type : "application/octet-stream");
  if (digest != NULL)
    {
      g_autofree char *hex = write_hex (digest, size);
      json_object_set_string_member (file, "sha256", hex);
    }
  return file;
}

/**
 * kab_document_files_list:
 *
 * Returns: (transfer full) (element-type guint JsonArray): by revision, the schema File of every
 *   file of the document
 */
GHashTable *
kab_document_files_list (KabTransaction *tx, const char *document, GError **error)
{
  g_autoptr (GHashTable) revisions =
      g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) json_array_unref);
  g_autoptr (KabRows) rows =
      kab_tx_query (tx, error,
                    "SELECT d.revision, f.id, f.name, f.length, f.media_type, f.sha256"
                    " FROM document_files d JOIN files f ON f.id = d.file_id"
                    " WHERE d.document_id = ? ORDER BY d.revision, d.position",
                    KAB_TEXT (document));

  if (rows == NULL)
    return NULL;
  while (kab_rows_next (rows))
    {
      gpointer revision = GUINT_TO_POINTER ((guint) kab_rows_int (rows, "revision"));
      JsonArray *files = g_hash_table_lookup (revisions, revision);

      if (files == NULL)
        {
          files = json_array_new ();
          g_hash_table_insert (revisions, revision, files);
        }
      json_array_add_object_element (files, describe (rows));
    }
  return g_steal_pointer (&revisions);
}

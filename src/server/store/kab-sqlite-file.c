/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sqlite-file.h"

#include <errno.h>
#include <sys/vfs.h>

/* The types that statfs(2) gives to file systems on other machines. Their locks and shared memory
 * don't keep the promises that SQLite's write-ahead log is built on (sqlite.org/wal.html). */
static const guint32 remote_types[] = {
  0x00006969, /* NFS */
  0x0000517b, /* SMB */
  0xfe534d42, /* SMB2 */
  0xff534d42, /* CIFS */
  0x00c36400, /* Ceph */
  0x5346414f, /* AFS of OpenAFS */
  0x6b414653, /* AFS of the kernel */
  0x0000564c, /* NCP */
  0x73757245, /* Coda */
  0x01161970, /* GFS2 */
  0x7461636f, /* OCFS2 */
  0x0bd00bd0, /* Lustre */
  0x01021997, /* 9P */
};

/**
 * kab_file_system_is_remote:
 * @type: `f_type` of statfs(2)
 *
 * Returns: whether files of that type of file system are kept on another machine
 */
gboolean
kab_file_system_is_remote (gint64 type)
{
  for (guint i = 0; i < G_N_ELEMENTS (remote_types); i++)
    if ((guint32) type == remote_types[i])
      return TRUE;
  return FALSE;
}

/**
 * kab_sqlite_folder_check:
 * @path: the database file, which needn't exist
 *
 * Refuses a folder that isn't there or is on a network file system.
 */
gboolean
kab_sqlite_folder_check (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct statfs file_system;

  if (!g_path_is_absolute (path))
    {
      g_set_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_INVALID,
                   "The path of an SQLite database has to start with a slash: %s", path);
      return FALSE;
    }
  if (statfs (folder, &file_system) != 0)
    {
      g_set_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_INVALID, "%s: %s", folder,
                   g_strerror (errno));
      return FALSE;
    }
  if (kab_file_system_is_remote (file_system.f_type))
    {
      g_set_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_INVALID,
                   "%s is on a network file system, where SQLite can lose data. Choose a local "
                   "folder or use PostgreSQL",
                   folder);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_identity (KabTransaction *tx, GError **error)
{
  gint64 id, tables;

  if (!kab_tx_query_int (tx, &id, error, "PRAGMA application_id") ||
      !kab_tx_query_int (tx, &tables, error, "SELECT COUNT (*) FROM sqlite_schema"))
    return FALSE;
  if (id == KAB_SQLITE_APPLICATION_ID || (id == 0 && tables == 0))
    return TRUE;
  g_set_error_literal (error, KAB_STORE_ERROR, KAB_STORE_ERROR_INVALID,
                       "The file is an SQLite database of another program");
  return FALSE;
}

static gboolean
check_content (KabTransaction *tx, GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query_one (tx, error, "PRAGMA quick_check (1)");

  if (rows == NULL)
    return FALSE;
  if (g_strcmp0 (kab_rows_text (rows, "quick_check"), "ok") == 0)
    return TRUE;
  g_set_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_BROKEN,
               "The database is damaged (%s). Restore it from a backup",
               kab_rows_text (rows, "quick_check"));
  return FALSE;
}

/**
 * kab_sqlite_file_check:
 *
 * Refuses the database of another program and one that `quick_check` finds damaged.
 */
gboolean
kab_sqlite_file_check (KabConnection *connection, GError **error)
{
  const KabTransactionContext context = { 0 };
  g_autoptr (KabTransaction) tx = kab_transaction_new (connection, &context, FALSE);

  return check_identity (tx, error) && check_content (tx, error);
}

/**
 * kab_sqlite_file_check_migrated:
 * @version: of the newest migration
 *
 * Refuses a migration that left a reference without its target, and marks the file with our
 * application id and @version, for others who look at it.
 */
gboolean
kab_sqlite_file_check_migrated (KabConnection *connection, gint64 version, GError **error)
{
  const KabTransactionContext context = { 0 };
  g_autoptr (KabTransaction) tx = kab_transaction_new (connection, &context, TRUE);
  g_autoptr (KabRows) rows = kab_tx_query (tx, error, "PRAGMA foreign_key_check");
  g_autofree char *application = NULL;
  g_autofree char *number = NULL;

  if (rows == NULL)
    return FALSE;
  if (kab_rows_next (rows))
    {
      g_set_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_MIGRATION,
                   "The migrations leave rows of %s without what they refer to",
                   kab_rows_text (rows, "table"));
      return FALSE;
    }
  application = g_strdup_printf ("PRAGMA application_id = %d", KAB_SQLITE_APPLICATION_ID);
  number = g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT, version);
  return connection->engine->control (connection, application, error) &&
         connection->engine->control (connection, number, error);
}

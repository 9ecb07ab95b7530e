/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-history.h"

#include "kab-connection.h"

#define HASH_BYTES 32
#define PAGE       500

#define RECORD_COLUMNS                                                                             \
  "sequence, at, actor_kind, actor_id, subject_id, action, object_kind, object_id, version, "      \
  "detail"

static void
feed_integer (GHmac *hmac, gint64 integer)
{
  guint64 bytes = GUINT64_TO_BE ((guint64) integer);

  g_hmac_update (hmac, (const guchar *) &bytes, sizeof bytes);
}

/* With its length, so that no two records come to the same bytes; NULL isn't the empty text. */
static void
feed_text (GHmac *hmac, const char *text)
{
  feed_integer (hmac, text != NULL ? (gint64) strlen (text) : -1);
  if (text != NULL)
    g_hmac_update (hmac, (const guchar *) text, (gssize) strlen (text));
}

/* HMAC-SHA-256 over the hash of the record before and every column of this one. Without a key it
 * finds accidents and careless hands; with one it finds whoever doesn't know it. */
static void
hash_record (KabTransaction *tx,
             const KabHistoryRecord *record,
             const guint8 *previous,
             guint8 *hash)
{
  GBytes *key = kab_transaction_get_history_key (tx);
  gsize key_size = 0;
  gconstpointer key_data = key != NULL ? g_bytes_get_data (key, &key_size) : "";
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key_data, key_size);
  gsize size = HASH_BYTES;

  g_hmac_update (hmac, previous, HASH_BYTES);
  feed_integer (hmac, record->sequence);
  feed_integer (hmac, record->at);
  feed_text (hmac, record->entry.actor_kind);
  feed_text (hmac, record->entry.actor_id);
  feed_text (hmac, record->entry.subject_id);
  feed_text (hmac, record->entry.action);
  feed_text (hmac, record->entry.object_kind);
  feed_text (hmac, record->entry.object_id);
  feed_integer (hmac, record->entry.version);
  feed_text (hmac, record->entry.detail);
  g_hmac_get_digest (hmac, hash, &size);
}

/* Borrows the texts of the row. */
static KabHistoryRecord
borrow_record (KabRows *rows)
{
  return (KabHistoryRecord) {
    .sequence = kab_rows_int (rows, "sequence"),
    .at = kab_rows_int (rows, "at"),
    .entry = {
      .actor_kind = kab_rows_text (rows, "actor_kind"),
      .actor_id = kab_rows_text (rows, "actor_id"),
      .subject_id = kab_rows_text (rows, "subject_id"),
      .action = kab_rows_text (rows, "action"),
      .object_kind = kab_rows_text (rows, "object_kind"),
      .object_id = kab_rows_text (rows, "object_id"),
      .version = kab_rows_int (rows, "version"),
      .detail = kab_rows_text (rows, "detail"),
    },
  };
}

static KabHistoryRecord *
copy_record (const KabHistoryRecord *record)
{
  KabHistoryRecord *copy = g_memdup2 (record, sizeof *record);
  const char **texts[] = { &copy->entry.actor_kind,  &copy->entry.actor_id,
                           &copy->entry.subject_id,  &copy->entry.action,
                           &copy->entry.object_kind, &copy->entry.object_id,
                           &copy->entry.detail };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup (*texts[i]);
  return copy;
}

static gboolean
copy_hash (KabRows *rows, const char *column, guint8 *hash)
{
  gsize size;
  gconstpointer data = kab_rows_data (rows, column, &size);

  if (size != HASH_BYTES)
    return FALSE;
  memcpy (hash, data, HASH_BYTES);
  return TRUE;
}

/* The head as it is stored: 0 and zeros before the first record. */
static gboolean
read_head (KabTransaction *tx, gint64 *sequence, guint8 *hash, GError **error)
{
  g_autoptr (KabRows) rows =
      kab_tx_query (tx, error, "SELECT sequence, hash FROM history_head WHERE id = 1");

  if (rows == NULL)
    return FALSE;
  *sequence = 0;
  memset (hash, 0, HASH_BYTES);
  if (!kab_rows_next (rows))
    return TRUE;
  *sequence = kab_rows_int (rows, "sequence");
  if (copy_hash (rows, "hash", hash))
    return TRUE;
  g_set_error_literal (error, KAB_STORE_ERROR, KAB_STORE_ERROR_TAMPERED,
                       "The head of the history is not a hash");
  return FALSE;
}

static gboolean
insert_record (KabTransaction *tx,
               const KabHistoryRecord *record,
               const guint8 *previous,
               const guint8 *hash,
               GError **error)
{
  const KabHistoryEntry *entry = &record->entry;

  return kab_tx_exec (
      tx, error,
      "INSERT INTO history (" RECORD_COLUMNS ", previous_hash, hash) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      KAB_INT (record->sequence), KAB_INT (record->at), KAB_TEXT (entry->actor_kind),
      KAB_TEXT (entry->actor_id), KAB_TEXT (entry->subject_id), KAB_TEXT (entry->action),
      KAB_TEXT (entry->object_kind), KAB_TEXT (entry->object_id), KAB_INT (entry->version),
      KAB_TEXT (entry->detail), KAB_DATA (previous, HASH_BYTES), KAB_DATA (hash, HASH_BYTES));
}

/**
 * kab_history_append:
 *
 * Records who did what, in the transaction in which it is done.
 */
gboolean
kab_history_append (KabTransaction *tx, const KabHistoryEntry *entry, GError **error)
{
  KabHistoryRecord record = { .at = kab_tx_get_now (tx), .entry = *entry };
  guint8 previous[HASH_BYTES], hash[HASH_BYTES];

  if (!read_head (tx, &record.sequence, previous, error))
    return FALSE;
  record.sequence++;
  hash_record (tx, &record, previous, hash);
  return insert_record (tx, &record, previous, hash, error) &&
         kab_tx_exec (tx, error,
                      "INSERT INTO history_head (id, sequence, hash) VALUES (1, ?, ?) "
                      "ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence, "
                      "hash = excluded.hash",
                      KAB_INT (record.sequence), KAB_DATA (hash, HASH_BYTES));
}

static KabRows *
query_records (KabTransaction *tx, const KabHistoryQuery *query, GError **error)
{
  gint64 before = query->before > 0 ? query->before : G_MAXINT64;

  if (query->object_id != NULL)
    return kab_tx_query (tx, error,
                         "SELECT " RECORD_COLUMNS " FROM history WHERE object_kind = ?1 "
                         "AND object_id = ?2 AND sequence < ?3 "
                         "AND (CAST (?4 AS TEXT) IS NULL OR subject_id = ?4) "
                         "ORDER BY sequence DESC LIMIT ?5",
                         KAB_TEXT (query->object_kind), KAB_TEXT (query->object_id),
                         KAB_INT (before), KAB_TEXT (query->subject_id), KAB_INT (query->limit));
  if (query->subject_id != NULL)
    return kab_tx_query (tx, error,
                         "SELECT " RECORD_COLUMNS " FROM history WHERE subject_id = ? "
                         "AND sequence < ? ORDER BY sequence DESC LIMIT ?",
                         KAB_TEXT (query->subject_id), KAB_INT (before), KAB_INT (query->limit));
  return kab_tx_query (tx, error,
                       "SELECT " RECORD_COLUMNS " FROM history WHERE sequence < ? "
                       "ORDER BY sequence DESC LIMIT ?",
                       KAB_INT (before), KAB_INT (query->limit));
}

/**
 * kab_history_list:
 *
 * Returns: (transfer container) (element-type KabHistoryRecord): the newest first
 */
GPtrArray *
kab_history_list (KabTransaction *tx, const KabHistoryQuery *query, GError **error)
{
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kab_history_record_free);
  g_autoptr (KabRows) rows = query_records (tx, query, error);

  if (rows == NULL)
    return NULL;
  while (kab_rows_next (rows))
    {
      KabHistoryRecord record = borrow_record (rows);
      g_ptr_array_add (records, copy_record (&record));
    }
  return g_steal_pointer (&records);
}

/**
 * kab_history_get_head:
 *
 * Returns: (transfer full): the last record, to be kept where who writes to the database can't
 */
KabHistoryHead *
kab_history_get_head (KabTransaction *tx, GError **error)
{
  guint8 hash[HASH_BYTES];
  gint64 sequence;
  KabHistoryHead *head;

  if (!read_head (tx, &sequence, hash, error))
    return NULL;
  head = g_new0 (KabHistoryHead, 1);
  head->sequence = sequence;
  head->hash = g_bytes_new (hash, sizeof hash);
  return head;
}

static gboolean
report (gint64 sequence, const char *what, gint64 *first_bad, GError **error)
{
  if (first_bad != NULL)
    *first_bad = sequence;
  g_set_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_TAMPERED,
               "Record %" G_GINT64_FORMAT " of the history %s", sequence, what);
  return FALSE;
}

/* Checks the record that @rows is on against the one before, and takes its place. */
static gboolean
check_record (KabTransaction *tx,
              KabRows *rows,
              const KabHistoryHead *known,
              gint64 *sequence,
              guint8 *hash,
              gint64 *first_bad,
              GError **error)
{
  KabHistoryRecord record = borrow_record (rows);
  guint8 previous[HASH_BYTES], stored[HASH_BYTES], computed[HASH_BYTES];

  if (record.sequence != *sequence + 1)
    return report (*sequence + 1, "is missing", first_bad, error);
  if (!copy_hash (rows, "previous_hash", previous) || memcmp (previous, hash, HASH_BYTES) != 0)
    return report (record.sequence, "doesn't follow the one before", first_bad, error);
  hash_record (tx, &record, hash, computed);
  if (!copy_hash (rows, "hash", stored) || memcmp (stored, computed, HASH_BYTES) != 0)
    return report (record.sequence, "was changed", first_bad, error);
  if (known != NULL && known->sequence == record.sequence &&
      memcmp (computed, g_bytes_get_data (known->hash, NULL), HASH_BYTES) != 0)
    return report (record.sequence, "is not the one that was published", first_bad, error);
  *sequence = record.sequence;
  memcpy (hash, computed, HASH_BYTES);
  return TRUE;
}

static gboolean
check_page (KabTransaction *tx,
            const KabHistoryHead *known,
            gint64 *sequence,
            guint8 *hash,
            gint64 *first_bad,
            GError **error)
{
  g_autoptr (KabRows) rows =
      kab_tx_query (tx, error,
                    "SELECT " RECORD_COLUMNS ", previous_hash, hash FROM history "
                    "WHERE sequence > ? ORDER BY sequence LIMIT ?",
                    KAB_INT (*sequence), KAB_INT (PAGE));

  if (rows == NULL)
    return FALSE;
  while (kab_rows_next (rows))
    if (!check_record (tx, rows, known, sequence, hash, first_bad, error))
      return FALSE;
  return TRUE;
}

/**
 * kab_history_verify:
 * @known: (nullable): a head that was kept elsewhere
 * @first_bad: (out) (optional): the sequence of the first record that is missing or was changed;
 *   0 when all are good
 *
 * Follows the chain from the first record to the head.
 *
 * Returns: whether it holds; %FALSE with KAB_STORE_ERROR_TAMPERED
 */
gboolean
kab_history_verify (KabTransaction *tx,
                    const KabHistoryHead *known,
                    gint64 *first_bad,
                    GError **error)
{
  guint8 hash[HASH_BYTES] = { 0 }, head_hash[HASH_BYTES];
  gint64 sequence = 0, head, page_start;

  if (first_bad != NULL)
    *first_bad = 0;
  do
    {
      page_start = sequence;
      if (!check_page (tx, known, &sequence, hash, first_bad, error))
        return FALSE;
    }
  while (sequence == page_start + PAGE);
  if (!read_head (tx, &head, head_hash, error))
    return FALSE;
  if (sequence < head || (known != NULL && sequence < known->sequence))
    return report (sequence + 1, "is missing", first_bad, error);
  if (sequence > head || memcmp (hash, head_hash, HASH_BYTES) != 0)
    return report (sequence, "is not the head", first_bad, error);
  return TRUE;
}

void
kab_history_record_free (KabHistoryRecord *self)
{
  g_free ((char *) self->entry.actor_kind);
  g_free ((char *) self->entry.actor_id);
  g_free ((char *) self->entry.subject_id);
  g_free ((char *) self->entry.action);
  g_free ((char *) self->entry.object_kind);
  g_free ((char *) self->entry.object_id);
  g_free ((char *) self->entry.detail);
  g_free (self);
}

void
kab_history_head_free (KabHistoryHead *self)
{
  g_bytes_unref (self->hash);
  g_free (self);
}

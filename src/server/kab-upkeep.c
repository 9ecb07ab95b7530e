/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What operations do with a bank's data beside running it. */

#include "kab-upkeep.h"

#include <sodium.h>
#include <stdio.h>

#include "kab-history.h"
#include "kab-outbox.h"

static gboolean
check_history (KabTransaction *tx, gpointer data, GError **error)
{
  g_autoptr (KabHistoryHead) head = NULL;
  char hash[2 * crypto_hash_sha256_BYTES + 1];

  if (!kab_history_verify (tx, NULL, NULL, error))
    return FALSE;
  head = kab_history_get_head (tx, error);
  if (!head)
    return FALSE;
  sodium_bin2hex (hash, sizeof hash, g_bytes_get_data (head->hash, NULL),
                  g_bytes_get_size (head->hash));
  printf ("history: %" G_GINT64_FORMAT " records, good; the last is %s\n", head->sequence, hash);
  return TRUE;
}

/**
 * kab_upkeep_check_history:
 *
 * Follows the chain of the history and prints its length and its last hash, which can be kept
 * elsewhere.
 *
 * Returns: whether it holds; %FALSE with %KAB_STORE_ERROR_TAMPERED
 */
gboolean
kab_upkeep_check_history (KabStore *store, GError **error)
{
  return kab_store_read (store, check_history, NULL, error);
}

static gboolean
retry_outbox (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_outbox_requeue (tx, data, error);
}

/**
 * kab_upkeep_retry_outbox:
 *
 * Lets the messages that were given up be tried again by the servers that run, and prints how many.
 */
gboolean
kab_upkeep_retry_outbox (KabStore *store, GError **error)
{
  gint64 n_messages = 0;

  if (!kab_store_write (store, retry_outbox, &n_messages, error))
    return FALSE;
  printf ("outbox: %" G_GINT64_FORMAT " messages are tried again\n", n_messages);
  return TRUE;
}

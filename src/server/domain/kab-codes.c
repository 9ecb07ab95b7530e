/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-codes.h"

#include <sodium.h>

#include "kab-addresses.h"
#include "kab-problem.h"
#include "kab-secrets.h"

typedef struct
{
  gint64 sent;
  gint64 window_start;
  gint64 sent_at;
  gboolean is_same_target;
} Earlier;

/**
 * kab_codes_init:
 * @key: the server's key
 *
 * Sets the rules of A2.
 */
void
kab_codes_init (KabCodes *self, GBytes *key)
{
  *self = (KabCodes) { .key = g_bytes_ref (key),
                       .lifetime = 10 * G_TIME_SPAN_MINUTE,
                       .resend_after = G_TIME_SPAN_MINUTE,
                       .tries = 5,
                       .per_hour = 5 };
}

void
kab_codes_clear (KabCodes *self)
{
  g_clear_pointer (&self->key, g_bytes_unref);
}

void
kab_code_state_clear (KabCodeState *state)
{
  g_clear_pointer (&state->target, g_free);
}

static gboolean
refuse (GError **error, KabProblemCode problem, GTimeSpan wait)
{
  kab_problem_set_retry (error, problem,
                         (guint) ((wait + G_TIME_SPAN_SECOND - 1) / G_TIME_SPAN_SECOND));
  return FALSE;
}

/* What was sent from this slot before. */
static gboolean
read_earlier (KabTransaction *tx,
              const KabCodeSlot *slot,
              const char *target_key,
              Earlier *earlier,
              GError **error)
{
  g_autoptr (KabRows) rows =
      kab_tx_query (tx, error,
                    "SELECT sent, window_start, sent_at, target_key FROM codes"
                    " WHERE purpose = ? AND subject = ? AND channel = ?",
                    KAB_TEXT (slot->purpose), KAB_TEXT (slot->subject), KAB_TEXT (slot->channel));

  *earlier = (Earlier) { 0 };
  if (rows == NULL)
    return FALSE;
  if (!kab_rows_next (rows))
    return TRUE;
  earlier->sent = kab_rows_int (rows, "sent");
  earlier->window_start = kab_rows_int (rows, "window_start");
  earlier->sent_at = kab_rows_int (rows, "sent_at");
  earlier->is_same_target = g_str_equal (kab_rows_text (rows, "target_key"), target_key);
  return TRUE;
}

/* Whoever asks, nobody gets more codes at one address than the rule allows. */
static gboolean
check_address (KabTransaction *tx,
               const KabCodes *self,
               const KabCodeSlot *slot,
               const char *target_key,
               GError **error)
{
  gint64 now = kab_tx_get_now (tx);
  g_autoptr (KabRows) rows = kab_tx_query_one (
      tx, error,
      "SELECT COUNT (*) AS sent, MIN (sent_at) AS since"
      " FROM code_sendings WHERE purpose = ? AND target_key = ? AND sent_at > ?",
      KAB_TEXT (slot->purpose), KAB_TEXT (target_key), KAB_INT (now - G_TIME_SPAN_HOUR));

  if (rows == NULL)
    return FALSE;
  if (kab_rows_int (rows, "sent") < self->per_hour)
    return TRUE;
  return refuse (error, KAB_PROBLEM_TOO_MANY_CODES,
                 kab_rows_int (rows, "since") + G_TIME_SPAN_HOUR - now);
}

static gboolean
check_pace (KabTransaction *tx,
            const KabCodes *self,
            const KabCodeSlot *slot,
            const char *target_key,
            Earlier *earlier,
            GError **error)
{
  gint64 now = kab_tx_get_now (tx);

  if (!read_earlier (tx, slot, target_key, earlier, error))
    return FALSE;
  if (earlier->window_start + G_TIME_SPAN_HOUR <= now)
    earlier->sent = 0;
  if (earlier->sent >= self->per_hour)
    return refuse (error, KAB_PROBLEM_TOO_MANY_CODES,
                   earlier->window_start + G_TIME_SPAN_HOUR - now);
  if (earlier->is_same_target && earlier->sent_at + self->resend_after > now)
    return refuse (error, KAB_PROBLEM_RESEND_TOO_EARLY,
                   earlier->sent_at + self->resend_after - now);
  return check_address (tx, self, slot, target_key, error);
}

/**
 * kab_codes_issue:
 * @target: the address that it goes to
 *
 * Makes a new code in place of the slot's old one (CON-10, A2). Only a hash of it is kept, keyed
 * with the server's key and bound to the slot (ASVS 6.6.2).
 *
 * Returns: (transfer full): the code, or %NULL with %KAB_PROBLEM_RESEND_TOO_EARLY,
 *   %KAB_PROBLEM_TOO_MANY_CODES or an error of %KAB_STORE_ERROR
 */
char *
kab_codes_issue (KabTransaction *tx,
                 const KabCodes *self,
                 const KabCodeSlot *slot,
                 const char *target,
                 GError **error)
{
  gint64 now = kab_tx_get_now (tx);
  g_autofree char *target_key = kab_address_key (slot->channel, target);
  g_autofree char *code = kab_secrets_new_code ();
  g_autoptr (GBytes) hash =
      kab_secrets_hash_code (self->key, slot->purpose, slot->subject, slot->channel, code);
  Earlier earlier;

  if (!check_pace (tx, self, slot, target_key, &earlier, error) ||
      !kab_tx_exec (tx, error,
                    "INSERT INTO codes (purpose, subject, channel, target, target_key, code_hash,"
                    " sent, window_start, sent_at, expires_at)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
                    " ON CONFLICT (purpose, subject, channel) DO UPDATE SET target = ?4,"
                    " target_key = ?5, code_hash = ?6, tries = 0, sent = ?7, window_start = ?8,"
                    " sent_at = ?9, expires_at = ?10, confirmed_at = NULL",
                    KAB_TEXT (slot->purpose), KAB_TEXT (slot->subject), KAB_TEXT (slot->channel),
                    KAB_TEXT (target), KAB_TEXT (target_key), KAB_BLOB (hash),
                    KAB_INT (earlier.sent + 1),
                    KAB_INT (earlier.sent > 0 ? earlier.window_start : now), KAB_INT (now),
                    KAB_INT (now + self->lifetime)) ||
      !kab_tx_exec (tx, error,
                    "INSERT INTO code_sendings (purpose, target_key, sent_at) VALUES (?, ?, ?)",
                    KAB_TEXT (slot->purpose), KAB_TEXT (target_key), KAB_INT (now)))
    return NULL;
  return g_steal_pointer (&code);
}

/**
 * kab_codes_read:
 * @state: (out caller-allocates): clear it with kab_code_state_clear()
 */
gboolean
kab_codes_read (KabTransaction *tx,
                const KabCodes *self,
                const KabCodeSlot *slot,
                KabCodeState *state,
                GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query_one (
      tx, error,
      "SELECT target, tries, sent, window_start, sent_at, expires_at, confirmed_at FROM codes"
      " WHERE purpose = ? AND subject = ? AND channel = ?",
      KAB_TEXT (slot->purpose), KAB_TEXT (slot->subject), KAB_TEXT (slot->channel));

  if (rows == NULL)
    return FALSE;
  state->target = kab_address_mask (slot->channel, kab_rows_text (rows, "target"));
  state->is_confirmed = !kab_rows_is_null (rows, "confirmed_at");
  state->expires_at = kab_rows_int (rows, "expires_at");
  state->resend_at = kab_rows_int (rows, "sent_at") + self->resend_after;
  if (kab_rows_int (rows, "sent") >= self->per_hour)
    state->resend_at =
        MAX (state->resend_at, kab_rows_int (rows, "window_start") + G_TIME_SPAN_HOUR);
  state->tries_left = MAX (self->tries - kab_rows_int (rows, "tries"), 0);
  return TRUE;
}

static gboolean
is_code (GBytes *hash, GBytes *stored)
{
  return g_bytes_get_size (hash) == g_bytes_get_size (stored) &&
         sodium_memcmp (g_bytes_get_data (hash, NULL), g_bytes_get_data (stored, NULL),
                        g_bytes_get_size (hash)) == 0;
}

static KabCodeVerdict
judge (KabTransaction *tx,
       const KabCodes *self,
       const KabCodeSlot *slot,
       KabRows *rows,
       const char *code)
{
  g_autoptr (GBytes) stored = kab_rows_blob (rows, "code_hash");
  g_autoptr (GBytes) hash =
      kab_secrets_hash_code (self->key, slot->purpose, slot->subject, slot->channel, code);

  if (!kab_rows_is_null (rows, "confirmed_at"))
    return KAB_CODE_RIGHT;
  if (kab_rows_int (rows, "expires_at") <= kab_tx_get_now (tx))
    return KAB_CODE_EXPIRED;
  if (kab_rows_int (rows, "tries") >= self->tries)
    return KAB_CODE_USED_UP;
  return is_code (hash, stored) ? KAB_CODE_RIGHT : KAB_CODE_WRONG;
}

/**
 * kab_codes_try:
 * @code: what was typed
 * @verdict: (out): what it is
 * @tries_left: (out): how often it may still be tried
 *
 * Counts the try, so the transaction has to be kept whatever the verdict is. A right code stays
 * right.
 */
gboolean
kab_codes_try (KabTransaction *tx,
               const KabCodes *self,
               const KabCodeSlot *slot,
               const char *code,
               KabCodeVerdict *verdict,
               gint64 *tries_left,
               GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query_one (
      tx, error,
      "SELECT code_hash, tries, expires_at, confirmed_at FROM codes"
      " WHERE purpose = ? AND subject = ? AND channel = ?",
      KAB_TEXT (slot->purpose), KAB_TEXT (slot->subject), KAB_TEXT (slot->channel));
  gint64 tries;

  if (rows == NULL)
    return FALSE;
  *verdict = judge (tx, self, slot, rows, code);
  tries = kab_rows_int (rows, "tries") + (*verdict == KAB_CODE_WRONG ? 1 : 0);
  g_clear_pointer (&rows, kab_rows_free);
  *tries_left = MAX (self->tries - tries, 0);
  return kab_tx_exec (tx, error,
                      "UPDATE codes SET tries = ?, confirmed_at = COALESCE (confirmed_at, ?)"
                      " WHERE purpose = ? AND subject = ? AND channel = ?",
                      KAB_INT (tries),
                      *verdict == KAB_CODE_RIGHT ? KAB_INT (kab_tx_get_now (tx)) : KAB_NULL,
                      KAB_TEXT (slot->purpose), KAB_TEXT (slot->subject), KAB_TEXT (slot->channel));
}

/**
 * kab_codes_forget:
 *
 * Removes the codes of a subject, so that none can be used a second time.
 */
gboolean
kab_codes_forget (KabTransaction *tx, const char *purpose, const char *subject, GError **error)
{
  return kab_tx_exec (tx, error, "DELETE FROM codes WHERE purpose = ? AND subject = ?",
                      KAB_TEXT (purpose), KAB_TEXT (subject));
}

/**
 * kab_codes_prune:
 * @before: codes sent before are removed, microseconds since 1970
 *
 * Removes old codes, and the count of what addresses got more than an hour ago.
 */
gboolean
kab_codes_prune (KabTransaction *tx, gint64 before, GError **error)
{
  return kab_tx_exec (tx, error, "DELETE FROM codes WHERE sent_at <= ?", KAB_INT (before)) &&
         kab_tx_exec (tx, error, "DELETE FROM code_sendings WHERE sent_at <= ?",
                      KAB_INT (kab_tx_get_now (tx) - G_TIME_SPAN_HOUR));
}

/**
 * kab_code_verdict_code:
 *
 * Returns: the stable code of a verdict that isn't %KAB_CODE_RIGHT, for the field of the code
 */
const char *
kab_code_verdict_code (KabCodeVerdict verdict)
{
  switch (verdict)
    {
    case KAB_CODE_EXPIRED:
      return "code-expired";
    case KAB_CODE_USED_UP:
      return "code-used-up";
    case KAB_CODE_RIGHT:
    case KAB_CODE_WRONG:
    default:
      return "code-wrong";
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-transaction.h"

G_BEGIN_DECLS

/**
 * KabCodes:
 * @key: (owned): the server's key
 * @lifetime: microseconds for which a code is good; 10 minutes (A2, ASVS 6.5.5)
 * @resend_after: microseconds before the next one may be sent; 60 seconds (A2)
 * @tries: how often one may be tried; 5 (A2)
 * @per_hour: how many may be sent within an hour, to one channel and to one address; 5 (A2)
 *
 * The rules of confirmation codes.
 */
typedef struct
{
  GBytes *key;
  GTimeSpan lifetime;
  GTimeSpan resend_after;
  gint64 tries;
  gint64 per_hour;
} KabCodes;

/**
 * KabCodeSlot:
 * @purpose: what it is for, such as `registration`
 * @subject: the object that it belongs to
 * @channel: `email` or `phone`
 *
 * The place of one code; a new one replaces the old.
 */
typedef struct
{
  const char *purpose;
  const char *subject;
  const char *channel;
} KabCodeSlot;

/**
 * KabCodeState:
 * @target: masked
 * @resend_at: when the next code may be asked for
 *
 * What the receiver is shown. Times are microseconds since 1970.
 */
typedef struct
{
  char *target;
  gboolean is_confirmed;
  gint64 expires_at;
  gint64 resend_at;
  gint64 tries_left;
} KabCodeState;

/**
 * KabCodeVerdict:
 * @KAB_CODE_RIGHT: now or in an earlier try
 * @KAB_CODE_WRONG: the try is counted
 * @KAB_CODE_EXPIRED: a new one is needed
 * @KAB_CODE_USED_UP: too many tries; a new one is needed
 */
typedef enum
{
  KAB_CODE_RIGHT,
  KAB_CODE_WRONG,
  KAB_CODE_EXPIRED,
  KAB_CODE_USED_UP,
} KabCodeVerdict;

void kab_codes_init (KabCodes *self, GBytes *key);
void kab_codes_clear (KabCodes *self);
char *kab_codes_issue (KabTransaction *tx,
                       const KabCodes *self,
                       const KabCodeSlot *slot,
                       const char *target,
                       GError **error);
gboolean kab_codes_read (KabTransaction *tx,
                         const KabCodes *self,
                         const KabCodeSlot *slot,
                         KabCodeState *state,
                         GError **error);
gboolean kab_codes_try (KabTransaction *tx,
                        const KabCodes *self,
                        const KabCodeSlot *slot,
                        const char *code,
                        KabCodeVerdict *verdict,
                        gint64 *tries_left,
                        GError **error);
gboolean
kab_codes_forget (KabTransaction *tx, const char *purpose, const char *subject, GError **error);
gboolean kab_codes_prune (KabTransaction *tx, gint64 before, GError **error);
const char *kab_code_verdict_code (KabCodeVerdict verdict);
void kab_code_state_clear (KabCodeState *state);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KabCodeState, kab_code_state_clear)

G_END_DECLS

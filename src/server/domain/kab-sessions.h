/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-caller.h"
#include "kab-transaction.h"

G_BEGIN_DECLS

/**
 * KabSessionLimits:
 * @idle: microseconds without a request after which a session ends (Reg. (EU) 2018/389, 4(3)(d))
 * @absolute: microseconds after which it ends in any case
 */
typedef struct
{
  GTimeSpan idle;
  GTimeSpan absolute;
} KabSessionLimits;

/**
 * KabSessionInfo:
 * @expires_at: its end in any case
 *
 * A live session as its user sees it. Times are microseconds since 1970.
 */
typedef struct
{
  char *id;
  char *device;
  gint64 created_at;
  gint64 last_used_at;
  gint64 expires_at;
} KabSessionInfo;

char *kab_sessions_start (KabTransaction *tx,
                          const KabSessionLimits *limits,
                          const char *user,
                          const char *device,
                          gboolean must_change_password,
                          char **id,
                          gint64 *expires_at,
                          GError **error);
KabCaller *kab_sessions_find (KabTransaction *tx,
                              const KabSessionLimits *limits,
                              const char *token,
                              gint64 *last_used_at,
                              GError **error);
gboolean kab_sessions_touch (KabTransaction *tx, const char *session, GError **error);
gboolean kab_sessions_is_live (KabTransaction *tx,
                               const KabSessionLimits *limits,
                               const char *session,
                               gboolean *is_live,
                               GError **error);
GPtrArray *kab_sessions_list (KabTransaction *tx,
                              const KabSessionLimits *limits,
                              const char *user,
                              GError **error);
char *kab_sessions_dup_device (KabTransaction *tx, const char *session, GError **error);
gboolean
kab_sessions_end (KabTransaction *tx, const char *user, const char *session, GError **error);
gboolean
kab_sessions_end_others (KabTransaction *tx, const char *user, const char *kept, GError **error);
void kab_session_info_free (KabSessionInfo *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabSessionInfo, kab_session_info_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-caller.h"
#include "kab-transaction.h"

G_BEGIN_DECLS

/**
 * KabUser:
 * @role: `client` or `staff`
 * @client_type: (nullable): `natural` or `legal`; %NULL for staff
 * @phone: (nullable)
 * @name: empty until an application says it
 * @password_hash: encoded, with its parameters
 * @temporary_hash: (nullable): of a temporary password (RCV-6), keyed
 * @temporary_expires_at: microseconds since 1970
 * @temporary_used: whether somebody has signed in with it
 * @citizenships: JSON array of ISO 3166-1 alpha-2 codes
 * @notices: JSON, see kab_notice_preferences_get()
 *
 * Somebody who may sign in.
 */
typedef struct
{
  char *id;
  char *role;
  char *client_type;
  char *email;
  char *phone;
  char *name;
  char *password_hash;
  GBytes *temporary_hash;
  gint64 temporary_expires_at;
  gboolean temporary_used;
  char *language;
  char *citizenships;
  char *notices;
  gint64 version;
} KabUser;

/**
 * KabUserNew:
 * @phone: (nullable)
 * @client_type: (nullable)
 *
 * What is known of a user who begins.
 */
typedef struct
{
  const char *role;
  const char *client_type;
  const char *email;
  const char *phone;
  const char *name;
  const char *password_hash;
  const char *language;
  const char *citizenships;
} KabUserNew;

/**
 * KabConsent:
 * @accepted_at: microseconds since 1970
 *
 * Which version of which legal document a user has accepted (A27).
 */
typedef struct
{
  char *document;
  char *version;
  gint64 accepted_at;
} KabConsent;

KabUser *kab_users_get (KabTransaction *tx, const char *id, GError **error);
KabUser *
kab_users_find (KabTransaction *tx, const char *channel, const char *address, GError **error);
const char *kab_user_get_address (const KabUser *self, const char *channel);
char *kab_users_add (KabTransaction *tx, const KabUserNew *user, GError **error);
gboolean kab_users_save_profile (KabTransaction *tx,
                                 const KabCaller *caller,
                                 gint64 version,
                                 const char *language,
                                 const char *notices,
                                 GError **error);
gboolean kab_users_set_address (KabTransaction *tx,
                                const KabCaller *caller,
                                const char *channel,
                                const char *address,
                                GError **error);
GPtrArray *kab_users_list_consents (KabTransaction *tx, const char *id, GError **error);
gboolean
kab_users_know_network (KabTransaction *tx, const char *id, GBytes *network_hash, GError **error);
gboolean kab_users_knows_network (KabTransaction *tx,
                                  const char *id,
                                  GBytes *network_hash,
                                  gboolean *is_known,
                                  GError **error);
void kab_user_free (KabUser *self);
void kab_consent_free (KabConsent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabUser, kab_user_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabConsent, kab_consent_free)

G_END_DECLS

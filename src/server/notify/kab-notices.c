/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-notices.h"

#include "kab-notice-payload.h"
#include "kab-outbox.h"
#include "kab-store.h"

static JsonObject *
parse_preferences (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node)
                                                       : json_object_new ();
}

/**
 * kab_notices_add_to:
 * @channel: `email` or `phone`
 * @address: an address of that channel
 * @language: `lv`, `en` or `ru`
 * @secret: (nullable): what the text carries beside its words
 *
 * Tells somebody something at one address, for example one that isn't a user's yet.
 */
gboolean
kab_notices_add_to (KabTransaction *tx,
                    KabNoticeKind kind,
                    const char *channel,
                    const char *address,
                    const char *language,
                    const KabNoticeSecret *secret,
                    GError **error)
{
  g_autofree char *payload = kab_notice_payload_write (kind, address, language, secret);
  g_autofree char *reference = kab_store_make_id ();

  return kab_outbox_add (
      tx,
      &(KabOutboxNew) { .kind = g_str_equal (channel, "email") ? KAB_OUTBOX_MAIL : KAB_OUTBOX_SMS,
                        .payload = payload,
                        .dedupe_key = reference },
      error);
}

/**
 * kab_notices_add:
 * @user: who is told
 *
 * Tells a user something in the ways that the user has chosen and that are always used for it
 * (features §21), in the user's language. Nothing of the case itself is written: the text says
 * what happened and asks to sign in.
 */
gboolean
kab_notices_add (KabTransaction *tx, KabNoticeKind kind, const char *user, GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query_one (
      tx, error, "SELECT email, phone, language, notices FROM users WHERE id = ?", KAB_TEXT (user));
  g_autoptr (JsonObject) preferences = NULL;
  g_autofree char *email = NULL;
  g_autofree char *phone = NULL;
  g_autofree char *language = NULL;
  KabNoticeChannels channels;

  if (rows == NULL)
    return FALSE;
  preferences = parse_preferences (kab_rows_text (rows, "notices"));
  email = kab_rows_dup_text (rows, "email");
  phone = kab_rows_dup_text (rows, "phone");
  language = kab_rows_dup_text (rows, "language");
  g_clear_pointer (&rows, kab_rows_free);
  channels = kab_notice_preferences_get (preferences, kind);
  if ((channels & KAB_NOTICE_BY_EMAIL) && email != NULL &&
      !kab_notices_add_to (tx, kind, "email", email, language, NULL, error))
    return FALSE;
  return !(channels & KAB_NOTICE_BY_SMS) || phone == NULL ||
         kab_notices_add_to (tx, kind, "phone", phone, language, NULL, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-registrations.h"

#include <json-glib/json-glib.h>

#include "kab-addresses.h"
#include "kab-history.h"
#include "kab-notices.h"
#include "kab-problem.h"
#include "kab-secrets.h"
#include "kab-store.h"
#include "kab-users.h"

#define PURPOSE "registration"

/* A half-finished registration is given up after this. */
#define REGISTRATION_LIFETIME G_TIME_SPAN_DAY

/* For so long a repeated confirmation finds its first answer. */
#define FINISHED_LIFETIME G_TIME_SPAN_HOUR

void
kab_registration_free (KabRegistration *self)
{
  g_free (self->id);
  kab_code_state_clear (&self->email);
  kab_code_state_clear (&self->phone);
  g_free (self);
}

void
kab_confirmation_clear (KabConfirmation *self)
{
  g_clear_pointer (&self->user, g_free);
}

/**
 * kab_registrations_find_caller:
 * @token: of a registration
 *
 * Returns: (transfer full): who is registering, or %NULL with %KAB_STORE_ERROR_NOT_FOUND when the
 *   registration is unknown or expired
 */
KabCaller *
kab_registrations_find_caller (KabTransaction *tx, const char *token, GError **error)
{
  g_autoptr (GBytes) hash = kab_secrets_hash_token (token);
  g_autoptr (KabRows) rows = kab_tx_query_one (
      tx, error, "SELECT id, language FROM registrations WHERE token_hash = ? AND expires_at > ?",
      KAB_BLOB (hash), KAB_INT (kab_tx_get_now (tx)));
  KabCaller *caller;

  if (rows == NULL)
    return NULL;
  caller = g_new0 (KabCaller, 1);
  caller->kind = KAB_CALLER_REGISTRATION;
  caller->id = kab_rows_dup_text (rows, "id");
  caller->language = kab_rows_dup_text (rows, "language");
  return caller;
}

/* A known address gets a word to its owner in place of the code, and the code is nobody's: only the
 * owner learns that the address is known (ASVS 6.3.8). */
static gboolean
send_code (KabTransaction *tx,
           const KabCodes *codes,
           const char *id,
           const char *channel,
           const char *address,
           const char *language,
           GError **error)
{
  const KabCodeSlot slot = { PURPOSE, id, channel };
  g_autoptr (GError) local_error = NULL;
  g_autoptr (KabUser) owner = kab_users_find (tx, channel, address, &local_error);
  char *code;
  gboolean is_sent;

  if (owner == NULL && !g_error_matches (local_error, KAB_STORE_ERROR, KAB_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  code = kab_codes_issue (tx, codes, &slot, address, error);
  if (code == NULL)
    return FALSE;
  if (owner != NULL)
    is_sent =
        kab_notices_add_to (tx, KAB_NOTICE_ADDRESS_KNOWN, channel,
                            kab_user_get_address (owner, channel), owner->language, NULL, error);
  else
    is_sent = kab_notices_add_to (
        tx, KAB_NOTICE_REGISTRATION_CODE, channel, address, language,
        &(KabNoticeSecret) { codes->key, code, kab_tx_get_now (tx) + codes->lifetime }, error);
  kab_secrets_free_text (code);
  return is_sent;
}

/**
 * kab_registrations_create:
 * @id: (out) (transfer full): the new registration
 *
 * Begins a registration and sends two codes (CON-7).
 *
 * Returns: (transfer full): the registration's token, stored as a hash only, or %NULL with an error
 */
char *
kab_registrations_create (KabTransaction *tx,
                          const KabCodes *codes,
                          const KabRegistrationNew *details,
                          char **id,
                          GError **error)
{
  g_autofree char *new_id = kab_store_make_id ();
  char *token = kab_secrets_new_token ('r');
  g_autoptr (GBytes) hash = kab_secrets_hash_token (token);
  gint64 now = kab_tx_get_now (tx);

  if (kab_tx_exec (tx, error,
                   "INSERT INTO registrations (id, token_hash, client_type, citizenships, consents,"
                   " email, phone, password_hash, language, created_at, expires_at)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   KAB_TEXT (new_id), KAB_BLOB (hash), KAB_TEXT (details->client_type),
                   KAB_TEXT (details->citizenships), KAB_TEXT (details->consents),
                   KAB_TEXT (details->email), KAB_TEXT (details->phone),
                   KAB_TEXT (details->password_hash), KAB_TEXT (details->language), KAB_INT (now),
                   KAB_INT (now + REGISTRATION_LIFETIME)) &&
      send_code (tx, codes, new_id, KAB_CHANNEL_EMAIL, details->email, details->language, error) &&
      send_code (tx, codes, new_id, KAB_CHANNEL_PHONE, details->phone, details->language, error))
    {
      *id = g_steal_pointer (&new_id);
      return token;
    }
  kab_secrets_free_text (token);
  return NULL;
}

/**
 * kab_registrations_get:
 *
 * Returns: (transfer full): the registration, or %NULL with %KAB_STORE_ERROR_NOT_FOUND when it is
 *   unknown or finished
 */
KabRegistration *
kab_registrations_get (KabTransaction *tx, const KabCodes *codes, const char *id, GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query_one (
      tx, error,
      "SELECT version, expires_at FROM registrations WHERE id = ? AND finished_at IS NULL",
      KAB_TEXT (id));
  g_autoptr (KabRegistration) self = g_new0 (KabRegistration, 1);

  if (rows == NULL)
    return NULL;
  self->id = g_strdup (id);
  self->version = kab_rows_int (rows, "version");
  self->expires_at = kab_rows_int (rows, "expires_at");
  g_clear_pointer (&rows, kab_rows_free);
  if (!kab_codes_read (tx, codes, &(KabCodeSlot) { PURPOSE, id, KAB_CHANNEL_EMAIL }, &self->email,
                       error) ||
      !kab_codes_read (tx, codes, &(KabCodeSlot) { PURPOSE, id, KAB_CHANNEL_PHONE }, &self->phone,
                       error))
    return NULL;
  return g_steal_pointer (&self);
}

/* One address in place of another, with a code to it; the same one again changes nothing. */
static gboolean
replace_address (KabTransaction *tx,
                 const KabCodes *codes,
                 const char *id,
                 const char *channel,
                 const char *old,
                 const char *address,
                 const char *language,
                 GError **error)
{
  if (address == NULL || g_str_equal (address, old))
    return TRUE;
  if (g_str_equal (channel, KAB_CHANNEL_EMAIL)
          ? !kab_tx_change_one (tx, error, "UPDATE registrations SET email = ? WHERE id = ?",
                                KAB_TEXT (address), KAB_TEXT (id))
          : !kab_tx_change_one (tx, error, "UPDATE registrations SET phone = ? WHERE id = ?",
                                KAB_TEXT (address), KAB_TEXT (id)))
    return FALSE;
  return send_code (tx, codes, id, channel, address, language, error);
}

/**
 * kab_registrations_change_address:
 * @version: the one that the caller has seen
 * @email: (nullable): another one, normalised
 * @phone: (nullable): another one, normalised
 *
 * Another address before confirming (CON-10); a code goes to each that is new.
 *
 * Returns: %FALSE with %KAB_PROBLEM_VERSION_CONFLICT, %KAB_PROBLEM_TOO_MANY_CODES or an error of
 *   %KAB_STORE_ERROR
 */
gboolean
kab_registrations_change_address (KabTransaction *tx,
                                  const KabCodes *codes,
                                  const char *id,
                                  gint64 version,
                                  const char *email,
                                  const char *phone,
                                  GError **error)
{
  g_autoptr (KabRows) rows =
      kab_tx_query_one (tx, error,
                        "SELECT email, phone, language, version FROM registrations"
                        " WHERE id = ? AND finished_at IS NULL",
                        KAB_TEXT (id));
  g_autofree char *old_email = NULL;
  g_autofree char *old_phone = NULL;
  g_autofree char *language = NULL;

  if (rows == NULL)
    return FALSE;
  old_email = kab_rows_dup_text (rows, "email");
  old_phone = kab_rows_dup_text (rows, "phone");
  language = kab_rows_dup_text (rows, "language");
  g_clear_pointer (&rows, kab_rows_free);
  if (!kab_tx_exec (tx, error,
                    "UPDATE registrations SET version = version + 1 WHERE id = ? AND version = ?",
                    KAB_TEXT (id), KAB_INT (version)))
    return FALSE;
  if (kab_tx_get_changed (tx) != 1)
    {
      kab_problem_set (error, KAB_PROBLEM_VERSION_CONFLICT, NULL);
      return FALSE;
    }
  return replace_address (tx, codes, id, KAB_CHANNEL_EMAIL, old_email, email, language, error) &&
         replace_address (tx, codes, id, KAB_CHANNEL_PHONE, old_phone, phone, language, error);
}

/**
 * kab_registrations_resend:
 * @channel: `email` or `phone`
 *
 * A new code in place of the last one (CON-10).
 *
 * Returns: %FALSE with %KAB_PROBLEM_RESEND_TOO_EARLY, %KAB_PROBLEM_TOO_MANY_CODES or an error of
 *   %KAB_STORE_ERROR
 */
gboolean
kab_registrations_resend (KabTransaction *tx,
                          const KabCodes *codes,
                          const char *id,
                          const char *channel,
                          GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query_one (
      tx, error,
      "SELECT email, phone, language FROM registrations WHERE id = ? AND finished_at IS NULL",
      KAB_TEXT (id));
  g_autofree char *address = NULL;
  g_autofree char *language = NULL;

  if (rows == NULL)
    return FALSE;
  address = kab_rows_dup_text (rows, g_str_equal (channel, KAB_CHANNEL_EMAIL) ? "email" : "phone");
  language = kab_rows_dup_text (rows, "language");
  g_clear_pointer (&rows, kab_rows_free);
  return send_code (tx, codes, id, channel, address, language, error);
}

static gboolean
keep_consents (KabTransaction *tx,
               const char *user,
               const char *consents,
               gint64 accepted_at,
               GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (consents, NULL);
  JsonArray *array = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *consent = json_array_get_object_element (array, i);

      if (!kab_tx_exec (
              tx, error,
              "INSERT INTO consents (user_id, document, version, accepted_at)"
              " VALUES (?, ?, ?, ?)",
              KAB_TEXT (user), KAB_TEXT (json_object_get_string_member (consent, "document")),
              KAB_TEXT (json_object_get_string_member (consent, "version")), KAB_INT (accepted_at)))
        return FALSE;
    }
  return TRUE;
}

/* The account that a registration with two right codes becomes (CON-9). */
static char *
make_account (KabTransaction *tx, const char *id, GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query_one (
      tx, error,
      "SELECT client_type, citizenships, consents, email, phone, password_hash, language,"
      " created_at FROM registrations WHERE id = ?",
      KAB_TEXT (id));
  g_autofree char *consents = NULL;
  g_autofree char *user = NULL;
  gint64 accepted_at;

  if (rows == NULL)
    return NULL;
  consents = kab_rows_dup_text (rows, "consents");
  accepted_at = kab_rows_int (rows, "created_at");
  user = kab_users_add (tx,
                        &(KabUserNew) { .role = "client",
                                        .client_type = kab_rows_text (rows, "client_type"),
                                        .email = kab_rows_text (rows, "email"),
                                        .phone = kab_rows_text (rows, "phone"),
                                        .name = "",
                                        .password_hash = kab_rows_text (rows, "password_hash"),
                                        .language = kab_rows_text (rows, "language"),
                                        .citizenships = kab_rows_text (rows, "citizenships") },
                        error);
  g_clear_pointer (&rows, kab_rows_free);
  if (user == NULL || !keep_consents (tx, user, consents, accepted_at, error))
    return NULL;
  return g_steal_pointer (&user);
}

static gboolean
finish (KabTransaction *tx, const char *id, const char *user, GError **error)
{
  gint64 now = kab_tx_get_now (tx);

  return kab_tx_change_one (tx, error,
                            "UPDATE registrations SET finished_at = ?, expires_at = ?,"
                            " password_hash = '' WHERE id = ?",
                            KAB_INT (now), KAB_INT (now + FINISHED_LIFETIME), KAB_TEXT (id)) &&
         kab_codes_forget (tx, PURPOSE, id, error) &&
         kab_history_append (tx,
                             &(KabHistoryEntry) { .actor_kind = "client",
                                                  .actor_id = user,
                                                  .subject_id = user,
                                                  .action = "registered",
                                                  .object_kind = "user",
                                                  .object_id = user,
                                                  .version = 1 },
                             error);
}

/**
 * kab_registrations_confirm:
 * @email_code: what was typed; not looked at when the e-mail is confirmed already
 * @phone_code: what was typed; not looked at when the phone is confirmed already
 * @confirmation: (out caller-allocates): what came of it
 *
 * Tries both codes (CON-8) and, when both are right, makes the account. The tries count, so the
 * transaction has to be kept even when a code was wrong.
 *
 * Returns: %FALSE with %KAB_PROBLEM_ADDRESS_TAKEN, when somebody else has registered the address
 *   meanwhile, or an error of %KAB_STORE_ERROR
 */
gboolean
kab_registrations_confirm (KabTransaction *tx,
                           const KabCodes *codes,
                           const char *id,
                           const char *email_code,
                           const char *phone_code,
                           KabConfirmation *confirmation,
                           GError **error)
{
  const KabCodeSlot email = { PURPOSE, id, KAB_CHANNEL_EMAIL };
  const KabCodeSlot phone = { PURPOSE, id, KAB_CHANNEL_PHONE };

  *confirmation = (KabConfirmation) { 0 };
  if (!kab_codes_try (tx, codes, &email, email_code, &confirmation->email,
                      &confirmation->email_tries_left, error) ||
      !kab_codes_try (tx, codes, &phone, phone_code, &confirmation->phone,
                      &confirmation->phone_tries_left, error))
    return FALSE;
  if (confirmation->email != KAB_CODE_RIGHT || confirmation->phone != KAB_CODE_RIGHT)
    return TRUE;
  confirmation->user = make_account (tx, id, error);
  return confirmation->user != NULL && finish (tx, id, confirmation->user, error);
}

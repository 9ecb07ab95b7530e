/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The people of a test bank, and what reaches them. */

#include <string.h>

#include "kab-notice-payload.h"
#include "kab-notice-texts.h"
#include "kab-secrets.h"
#include "kab-test-bank.h"
#include "kab-users.h"

typedef struct
{
  KabTestBank *bank;
  const KabUserNew *details;
  const char *key;
  const char *notice;
  char *result;
  guint count;
} Work;

static void
write_store (KabTestBank *self, KabStoreFunc func, Work *work)
{
  g_autoptr (GError) error = NULL;

  work->bank = self;
  kab_store_write (self->store, func, work, &error);
  g_assert_no_error (error);
}

static gboolean
add_user (KabTransaction *tx, gpointer data, GError **error)
{
  Work *work = data;

  g_free (work->result);
  work->result = kab_users_add (tx, work->details, error);
  return work->result != NULL;
}

static char *
add (KabTestBank *self, KabUserNew details, const char *password)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash
      = kab_password_pool_hash (self->context->passwords, password, &error);
  Work work = { .details = &details };

  g_assert_no_error (error);
  details.password_hash = hash;
  details.language = "en";
  write_store (self, add_user, &work);
  return work.result;
}

/**
 * kab_test_bank_add_client:
 *
 * Returns: (transfer full): the id of a registered client, a natural person, citizen of Latvia
 */
char *
kab_test_bank_add_client (KabTestBank *self, const char *email, const char *phone,
                          const char *password)
{
  return add (self,
              (KabUserNew) { .role = "client",
                             .client_type = "natural",
                             .email = email,
                             .phone = phone,
                             .name = "",
                             .citizenships = "[\"LV\"]" },
              password);
}

/**
 * kab_test_bank_add_staff:
 *
 * Returns: (transfer full): the id of an employee
 */
char *
kab_test_bank_add_staff (KabTestBank *self, const char *email, const char *name,
                         const char *password)
{
  return add (
      self,
      (KabUserNew) { .role = "staff", .email = email, .name = name, .citizenships = "[]" },
      password);
}

static gboolean
start_session (KabTransaction *tx, gpointer data, GError **error)
{
  Work *work = data;
  g_autofree char *session = NULL;
  gint64 expires_at;

  g_free (work->result);
  work->result = kab_sessions_start (tx, &work->bank->context->session_limits, work->key, "test",
                                     FALSE, &session, &expires_at, error);
  return work->result != NULL;
}

/**
 * kab_test_bank_sign_in:
 * @user: an id
 *
 * Returns: (transfer full): the token of a new session, without a password
 */
char *
kab_test_bank_sign_in (KabTestBank *self, const char *user)
{
  Work work = { .key = user };

  write_store (self, start_session, &work);
  return work.result;
}

static gboolean
find_user (KabTransaction *tx, gpointer data, GError **error)
{
  Work *work = data;
  g_autoptr (KabUser) user = kab_users_find (tx, "email", work->key, error);

  g_free (work->result);
  work->result = user != NULL ? g_strdup (user->id) : NULL;
  return user != NULL;
}

/**
 * kab_test_bank_find_user:
 *
 * Returns: (transfer full): whose e-mail address it is; somebody's it has to be
 */
char *
kab_test_bank_find_user (KabTestBank *self, const char *email)
{
  Work work = { .key = email };

  write_store (self, find_user, &work);
  return work.result;
}

static gboolean
is_for (const KabNoticePayload *payload, const Work *work)
{
  return g_str_equal (payload->address, work->key) &&
         g_str_equal (kab_notice_texts_get_name (payload->kind), work->notice);
}

static gboolean
look_through_outbox (KabTransaction *tx, gpointer data, GError **error)
{
  Work *work = data;
  g_autoptr (KabRows) rows = kab_tx_query (
      tx, error, "SELECT payload FROM outbox WHERE kind IN ('mail', 'sms') ORDER BY id");

  if (rows == NULL)
    return FALSE;
  work->count = 0;
  g_clear_pointer (&work->result, g_free);
  while (kab_rows_next (rows))
    {
      g_autoptr (KabNoticePayload) payload = kab_notice_payload_read (
          kab_rows_text (rows, "payload"), work->bank->context->codes.key, error);

      if (payload == NULL)
        return FALSE;
      if (!is_for (payload, work))
        continue;
      work->count++;
      g_free (work->result);
      work->result = g_strdup (payload->secret != NULL ? payload->secret : "");
    }
  return TRUE;
}

/**
 * kab_test_bank_last_notice:
 * @notice: its stable name, such as `registration-code`
 * @address: an e-mail address or phone number
 *
 * Returns: (transfer full) (nullable): the code or password of the last such notice to this
 *   address, an empty text when it has none, %NULL when there was none
 */
char *
kab_test_bank_last_notice (KabTestBank *self, const char *notice, const char *address)
{
  Work work = { .key = address, .notice = notice };

  write_store (self, look_through_outbox, &work);
  return work.result;
}

/**
 * kab_test_bank_n_notices:
 *
 * Returns: how many such notices went to this address
 */
guint
kab_test_bank_n_notices (KabTestBank *self, const char *notice, const char *address)
{
  Work work = { .key = address, .notice = notice };

  write_store (self, look_through_outbox, &work);
  g_free (work.result);
  return work.count;
}

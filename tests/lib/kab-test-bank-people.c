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
  gint64 rows;
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
  g_autofree char *hash = kab_password_pool_hash (self->context->passwords, password, &error);
  Work work = { .details = &details };

  g_assert_no_error (error);
  details.password_hash = hash;
  details.language = "en";
  write_store (self, add_user, &work);
  return work.result;
}

static char *
write_consents (KabTestBank *self)
{
  JsonArray *documents = kab_bank_data_get_legal_documents (self->context->bank);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (documents); i++)
    {
      JsonObject *document = json_array_get_object_element (documents, i);

      g_string_append_printf (text, "%s{\"document\":\"%s\",\"version\":\"%s\"}", i > 0 ? "," : "",
                              json_object_get_string_member (document, "id"),
                              json_object_get_string_member (document, "version"));
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/**
 * kab_test_bank_registration_body:
 *
 * Returns: (transfer full): the body of a registration that nothing is wrong with
 */
char *
kab_test_bank_registration_body (KabTestBank *self, const char *email, const char *phone)
{
  g_autofree char *consents = write_consents (self);

  return g_strdup_printf ("{\"clientType\":\"natural\",\"citizenships\":[\"LV\",\"EE\"],"
                          "\"consents\":[%s],\"email\":\"%s\",\"phone\":\"%s\","
                          "\"password\":\"" KAB_TEST_PASSWORD "\",\"language\":\"lv\"}",
                          consents, email, phone);
}

/**
 * kab_test_bank_confirm:
 * @token: of a registration
 *
 * Returns: (transfer full): the answer to both codes
 */
KabTestAnswer *
kab_test_bank_confirm (KabTestBank *self,
                       const char *token,
                       const char *email_code,
                       const char *phone_code)
{
  g_autofree char *body =
      g_strdup_printf ("{\"emailCode\":\"%s\",\"phoneCode\":\"%s\"}", email_code, phone_code);

  return kab_test_bank_call (self, "POST", "/v1/registrations/current/confirmation", token, NULL,
                             body);
}

/**
 * kab_test_bank_register:
 *
 * Registers a client as the application does.
 *
 * Returns: (transfer full): the token of the first session
 */
char *
kab_test_bank_register (KabTestBank *self, const char *email, const char *phone)
{
  g_autofree char *body = kab_test_bank_registration_body (self, email, phone);
  g_autoptr (KabTestAnswer) created =
      kab_test_bank_call (self, "POST", "/v1/registrations", NULL, NULL, body);
  g_autofree char *email_code = NULL;
  g_autofree char *phone_code = NULL;
  g_autoptr (KabTestAnswer) confirmed = NULL;

  kab_test_answer_expect (created, 201, NULL);
  email_code = kab_test_bank_last_notice (self, "registration-code", email);
  phone_code = kab_test_bank_last_notice (self, "registration-code", phone);
  confirmed =
      kab_test_bank_confirm (self, kab_test_answer_text (created, "token"), email_code, phone_code);
  kab_test_answer_expect (confirmed, 201, NULL);
  return g_strdup (kab_test_answer_text (confirmed, "token"));
}

/**
 * kab_test_bank_add_client:
 *
 * Returns: (transfer full): the id of a registered client, a natural person, citizen of Latvia
 */
char *
kab_test_bank_add_client (KabTestBank *self,
                          const char *email,
                          const char *phone,
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
kab_test_bank_add_staff (KabTestBank *self,
                         const char *email,
                         const char *name,
                         const char *password)
{
  return add (self,
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

static gboolean
count_rows (KabTransaction *tx, gpointer data, GError **error)
{
  Work *work = data;
  g_autofree char *sql = g_strdup_printf ("SELECT COUNT (*) FROM %s", work->key);

  return kab_tx_query_int_values (tx, &work->rows, error, sql, KAB_VALUES ());
}

/**
 * kab_test_bank_count:
 * @table: a table of the store
 *
 * Returns: how many rows it has
 */
gint64
kab_test_bank_count (KabTestBank *self, const char *table)
{
  Work work = { .key = table };

  write_store (self, count_rows, &work);
  return work.rows;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A copy of the database and of the logs opens nothing (ASVS 7.2.3, 16.2.5). */

#include <string.h>

#include "kab-log.h"
#include "kab-secrets.h"
#include "kab-test-bank.h"

#define EMAIL        "anna@example.com"
#define PHONE        "+37120000001"
#define NEW_PASSWORD "Cita-parole-8"

static GString *log_lines;
static GMutex log_mutex;

static void
line_kept_cb (KabLogLevel level, const char *line, gpointer user_data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&log_mutex);

  g_string_append_printf (log_lines, "%s\n", line);
}

/* Every file of the database, its journal included. */
static GByteArray *
read_database (KabTestBank *bank)
{
  static const char *const names[] = { "bank.sqlite3", "bank.sqlite3-wal" };
  GByteArray *bytes = g_byte_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (bank->folder, names[i], NULL);
      g_autofree char *data = NULL;
      gsize length;

      if (g_file_get_contents (path, &data, &length, NULL))
        g_byte_array_append (bytes, (const guint8 *) data, length);
    }
  g_assert_cmpuint (bytes->len, >, 10000);
  return bytes;
}

static gboolean
is_part_of_word (const guint8 *data, gsize length, gsize at)
{
  return at < length && g_ascii_isalnum (data[at]);
}

/* Whether @secret stands there as a word: six digits alone may be a part of anything. */
static gboolean
contains (const guint8 *data, gsize length, const char *secret)
{
  gsize size = strlen (secret);
  const guint8 *place = data;

  while ((place = memmem (place, length - (gsize) (place - data), secret, size)) != NULL)
    {
      gsize at = (gsize) (place - data);

      if ((at == 0 || !is_part_of_word (data, length, at - 1)) &&
          !is_part_of_word (data, length, at + size))
        return TRUE;
      place++;
    }
  return FALSE;
}

static void
add_answer (GPtrArray *secrets, KabTestAnswer *answer, const char *member)
{
  g_ptr_array_add (secrets, g_strdup (kab_test_answer_text (answer, member)));
}

/* Everything that makes, sends and takes a secret. Returns: all of them */
static GPtrArray *
live_a_life (KabTestBank *bank)
{
  GPtrArray *secrets = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *body = kab_test_bank_registration_body (bank, EMAIL, PHONE);
  g_autoptr (KabTestAnswer) created =
      kab_test_bank_call (bank, "POST", "/v1/registrations", NULL, NULL, body);
  g_autoptr (KabTestAnswer) confirmed = NULL;
  g_autoptr (KabTestAnswer) recovery = NULL;
  g_autoptr (KabTestAnswer) recovered = NULL;
  g_autoptr (KabTestAnswer) session = NULL;
  g_autoptr (KabTestAnswer) changed = NULL;
  g_autofree char *path = NULL;
  g_autofree char *code_body = NULL;
  g_autofree char *sign_in_body = NULL;
  g_autofree char *change_body = NULL;
  char *email_code, *phone_code, *recovery_code, *temporary;

  add_answer (secrets, created, "token");
  email_code = kab_test_bank_last_notice (bank, "registration-code", EMAIL);
  phone_code = kab_test_bank_last_notice (bank, "registration-code", PHONE);
  g_ptr_array_add (secrets, email_code);
  g_ptr_array_add (secrets, phone_code);
  confirmed = kab_test_bank_confirm (bank, secrets->pdata[0], email_code, phone_code);
  add_answer (secrets, confirmed, "token");
  recovery =
      kab_test_bank_call (bank, "POST", "/v1/recoveries", NULL, NULL, "{\"login\":\"" EMAIL "\"}");
  recovery_code = kab_test_bank_last_notice (bank, "recovery-code", EMAIL);
  g_ptr_array_add (secrets, recovery_code);
  path = g_strdup_printf ("/v1/recoveries/%s/confirmation", kab_test_answer_text (recovery, "id"));
  code_body = g_strdup_printf ("{\"code\":\"%s\"}", recovery_code);
  recovered = kab_test_bank_call (bank, "POST", path, NULL, NULL, code_body);
  kab_test_answer_expect (recovered, 204, NULL);
  temporary = kab_test_bank_last_notice (bank, "temporary-password", EMAIL);
  g_ptr_array_add (secrets, temporary);
  sign_in_body = g_strdup_printf ("{\"login\":\"" EMAIL "\",\"password\":\"%s\"}", temporary);
  session = kab_test_bank_call (bank, "POST", "/v1/sessions", NULL, NULL, sign_in_body);
  add_answer (secrets, session, "token");
  change_body = g_strdup_printf ("{\"current\":\"%s\",\"new\":\"" NEW_PASSWORD "\"}", temporary);
  changed = kab_test_bank_call (bank, "PUT", "/v1/password",
                                kab_test_answer_text (session, "token"), NULL, change_body);
  kab_test_answer_expect (changed, 200, NULL);
  add_answer (secrets, changed, "token");
  g_ptr_array_add (secrets, g_strdup (KAB_TEST_PASSWORD));
  g_ptr_array_add (secrets, g_strdup (NEW_PASSWORD));
  return secrets;
}

static void
test_nothing_leaks (void)
{
  g_autoptr (KabTestBank) bank = kab_test_bank_new ();
  g_autoptr (GPtrArray) secrets = NULL;
  g_autoptr (GByteArray) database = NULL;

  log_lines = g_string_new (NULL);
  kab_log_set_level (KAB_LOG_DEBUG);
  kab_log_set_sink (line_kept_cb, NULL);
  secrets = live_a_life (bank);
  database = read_database (bank);
  /* A request is logged after it was answered; nothing writes when the server has ended. */
  g_clear_pointer (&bank, kab_test_bank_free);
  kab_log_set_sink (NULL, NULL);
  /* What the search is worth: it finds what is there. */
  g_assert_true (contains (database->data, database->len, EMAIL));
  g_assert_true (contains ((const guint8 *) log_lines->str, log_lines->len, "v1"));
  for (guint i = 0; i < secrets->len; i++)
    {
      if (contains (database->data, database->len, secrets->pdata[i]))
        g_error ("secret no. %u lies open in the database", i);
      if (contains ((const guint8 *) log_lines->str, log_lines->len, secrets->pdata[i]))
        g_error ("secret no. %u lies open in the log", i);
    }
  /* Nor do the logs say who it was. */
  g_assert_false (contains ((const guint8 *) log_lines->str, log_lines->len, EMAIL));
  g_assert_null (strstr (log_lines->str, "20000001"));
  g_string_free (log_lines, TRUE);
}

/* The idempotency key, which opens a kept answer, is not kept itself. */
static void
test_kept_answers_are_sealed (void)
{
  g_autoptr (KabTestBank) bank = kab_test_bank_new ();
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  const char *key = "a-key-that-opens-the-answer";
  g_autoptr (KabTestAnswer) answer =
      kab_test_bank_call_keyed (bank, "POST", "/v1/sessions", NULL, key,
                                "{\"login\":\"" EMAIL "\",\"password\":\"" KAB_TEST_PASSWORD "\"}");
  g_autoptr (GByteArray) database = read_database (bank);

  kab_test_answer_expect (answer, 201, NULL);
  g_assert_false (contains (database->data, database->len, key));
  g_assert_false (contains (database->data, database->len, kab_test_answer_text (answer, "token")));
}

static void
test_sealing (void)
{
  guint8 key[KAB_SECRETS_KEY_SIZE];
  guint8 other[KAB_SECRETS_KEY_SIZE];
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) cut = NULL;

  kab_secrets_derive_key ("secret", 6, "one", key);
  kab_secrets_derive_key ("secret", 6, "two", other);
  g_assert_cmpint (memcmp (key, other, sizeof key), !=, 0);
  sealed = kab_secrets_seal (key, "123456", 6);
  again = kab_secrets_seal (key, "123456", 6);
  g_assert_false (g_bytes_equal (sealed, again));
  plain = kab_secrets_unseal (key, sealed);
  g_assert_cmpmem (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), "123456", 6);
  g_assert_null (kab_secrets_unseal (other, sealed));
  for (gsize i = 0; i < g_bytes_get_size (sealed); i++)
    {
      g_autofree guint8 *copy =
          g_memdup2 (g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
      g_autoptr (GBytes) changed = NULL;

      copy[i] ^= 1;
      changed = g_bytes_new (copy, g_bytes_get_size (sealed));
      g_assert_null (kab_secrets_unseal (key, changed));
    }
  cut = g_bytes_new_from_bytes (sealed, 0, 10);
  g_assert_null (kab_secrets_unseal (key, cut));
}

/* Codes are even, tokens are long, temporary passwords keep CON-6. */
static void
test_making (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint digits[10] = { 0 };

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *code = kab_secrets_new_code ();
      char *token = kab_secrets_new_token ('s');

      g_assert_cmpuint (strlen (code), ==, 6);
      for (guint j = 0; j < 6; j++)
        digits[code[j] - '0']++;
      g_assert_cmpuint (strlen (token), ==, 2 + 43);
      g_assert_true (g_hash_table_add (seen, token));
    }
  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    {
      g_assert_cmpuint (digits[i], >, 1000);
      g_assert_cmpuint (digits[i], <, 1400);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/secrets/nothing-leaks", test_nothing_leaks);
  g_test_add_func ("/secrets/kept-answers-are-sealed", test_kept_answers_are_sealed);
  g_test_add_func ("/secrets/sealing", test_sealing);
  g_test_add_func ("/secrets/making", test_making);
  return g_test_run ();
}

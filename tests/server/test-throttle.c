/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-password-pool.h"
#include "kab-peer.h"
#include "kab-problem.h"
#include "kab-test-argon2.h"
#include "kab-test-server.h"

static gint64 now;

static gint64
read_fake_clock (gpointer user_data)
{
  return now;
}

static guint
take (KabThrottle *throttle, const char *key)
{
  g_autoptr (GError) error = NULL;

  if (kab_throttle_take (throttle, key, &error))
    return 0;
  g_assert_error (error, KAB_PROBLEM, KAB_PROBLEM_TOO_MANY_REQUESTS);
  return kab_problem_get_retry_after (error);
}

static void
test_burst_and_refill (void)
{
  g_autoptr (KabThrottle) throttle = kab_throttle_new (3, 60);

  now = 0;
  kab_throttle_set_clock (throttle, read_fake_clock, NULL);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (take (throttle, "a"), ==, 0);
  g_assert_cmpuint (take (throttle, "a"), ==, 20);
  g_assert_cmpuint (take (throttle, "b"), ==, 0);
  now += 19 * G_TIME_SPAN_SECOND;
  g_assert_cmpuint (take (throttle, "a"), ==, 1);
  now += G_TIME_SPAN_SECOND;
  g_assert_cmpuint (take (throttle, "a"), ==, 0);
  g_assert_cmpuint (take (throttle, "a"), ==, 20);
  now += 1000 * G_TIME_SPAN_SECOND;
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (take (throttle, "a"), ==, 0);
  g_assert_cmpuint (take (throttle, "a"), >, 0);
  kab_throttle_forgive (throttle, "a");
  g_assert_cmpuint (take (throttle, "a"), ==, 0);
  /* A clock that is set back gives nothing away and breaks nothing. */
  now -= 500 * G_TIME_SPAN_SECOND;
  g_assert_cmpuint (take (throttle, "a"), ==, 0);
}

static void
test_pruning (void)
{
  g_autoptr (KabThrottle) throttle = kab_throttle_new (2, 10);

  now = 0;
  kab_throttle_set_clock (throttle, read_fake_clock, NULL);
  for (guint round = 0; round < 10; round++)
    {
      for (guint i = 0; i < 3000; i++)
        {
          g_autofree char *key = g_strdup_printf ("%u-%u", round, i);

          g_assert_cmpuint (take (throttle, key), ==, 0);
        }
      now += 20 * G_TIME_SPAN_SECOND;
    }
  g_assert_cmpuint (kab_throttle_get_n_keys (throttle), <=, 4096);
}

static void
test_networks (void)
{
  static const char *const CASES[][2] = {
    { "192.0.2.77", "192.0.2.0/24" },
    { "2001:db8:1:2345:6::7", "2001:0db8:0001:2300::/56" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (CASES[i][0]);
      g_autofree char *network = kab_peer_network (address);

      g_assert_cmpstr (network, ==, CASES[i][1]);
    }
}

static void
test_mapped_address (void)
{
  static const char *const NETWORKS[] = { "10.0.0.0/8", NULL };
  g_autoptr (GPtrArray) proxies = kab_network_list_new (NETWORKS, NULL);
  g_autoptr (GInetAddress) peer = g_inet_address_new_from_string ("::ffff:10.1.2.3");
  g_autoptr (GInetAddress) client = kab_network_list_get_client (proxies, peer, "192.0.2.7");
  g_autofree char *text = g_inet_address_to_string (client);
  g_autoptr (GError) error = NULL;
  static const char *const WRONG[] = { "10.0.0.0/99", NULL };

  g_assert_cmpstr (text, ==, "192.0.2.7");
  g_assert_null (kab_network_list_new (WRONG, &error));
  g_assert_nonnull (error);
}

/* What production uses is far too slow for many tests under a sanitizer; the code is the same. */
static KabPasswordPool *
new_small_pool (void)
{
  return kab_password_pool_new (1024 * 1024, 1);
}

static void
test_passwords (void)
{
  g_autoptr (KabPasswordPool) pool = new_small_pool ();
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = kab_password_pool_hash (pool, "Pareiza parole 1!", &error);
  g_autofree char *again = kab_password_pool_hash (pool, "Pareiza parole 1!", &error);
  g_autofree char *huge = g_strnfill (2000, 'x');
  gboolean is_right;

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (hash, "$argon2id$v=19$m=1024,t=1,p=1$"));
  g_assert_cmpstr (hash, !=, again);
  g_assert_true (kab_password_pool_verify (pool, hash, "Pareiza parole 1!", &is_right, &error));
  g_assert_true (is_right);
  g_assert_true (kab_password_pool_verify (pool, hash, "Pareiza parole 1", &is_right, &error));
  g_assert_false (is_right);
  g_assert_true (kab_password_pool_verify (pool, NULL, "Pareiza parole 1!", &is_right, &error));
  g_assert_false (is_right);
  g_assert_true (kab_password_pool_verify (pool, "broken", "x", &is_right, &error));
  g_assert_false (is_right);
  g_assert_true (kab_password_pool_verify (pool, hash, huge, &is_right, &error));
  g_assert_false (is_right);
  g_assert_null (kab_password_pool_hash (pool, huge, &error));
  g_assert_error (error, KAB_PROBLEM, KAB_PROBLEM_VALIDATION_FAILED);
}

static void
test_production_parameters (void)
{
  g_autoptr (KabPasswordPool) pool = kab_password_pool_new (64 << 20, 3);
  g_autoptr (KabPasswordPool) old_pool = new_small_pool ();
  g_autofree char *hash = kab_password_pool_hash (pool, "x", NULL);
  g_autofree char *old = kab_password_pool_hash (old_pool, "x", NULL);

  g_assert_true (g_str_has_prefix (hash, "$argon2id$v=19$m=65536,t=3,p=1$"));
  g_assert_false (kab_password_pool_needs_rehash (pool, hash));
  g_assert_true (kab_password_pool_needs_rehash (pool, old));
  g_assert_true (kab_password_pool_needs_rehash (pool, "broken"));
}

static gpointer
hash_thread (gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = kab_password_pool_hash (user_data, "x", &error);

  if (hash)
    return GINT_TO_POINTER (1);
  g_assert_error (error, KAB_PROBLEM, KAB_PROBLEM_BUSY);
  g_assert_cmpuint (kab_problem_get_retry_after (error), >, 0);
  return NULL;
}

/* One at once and two in the queue: who comes fourth is told to come back, and never are two
 * computed at the same time. */
static void
test_password_bounds (void)
{
  g_autoptr (KabPasswordPool) pool = new_small_pool ();
  GThread *threads[3];

  kab_password_pool_set_limits (pool, 1, 2);
  kab_test_argon2_hold ();
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("hash", hash_thread, pool);
  KAB_TEST_WAIT (kab_password_pool_get_n_waiting (pool) == 2);
  g_assert_cmpuint (kab_password_pool_get_n_busy (pool), ==, 1);
  g_assert_null (hash_thread (pool));
  kab_test_argon2_let_go ();
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_nonnull (g_thread_join (threads[i]));
  g_assert_cmpuint (kab_test_argon2_get_most_at_once (), ==, 1);
  g_assert_cmpuint (kab_password_pool_get_n_busy (pool), ==, 0);
  g_assert_cmpuint (kab_password_pool_get_n_waiting (pool), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/throttle/burst-and-refill", test_burst_and_refill);
  g_test_add_func ("/server/throttle/pruning", test_pruning);
  g_test_add_func ("/server/throttle/networks", test_networks);
  g_test_add_func ("/server/throttle/mapped-address", test_mapped_address);
  g_test_add_func ("/server/passwords/hash-and-verify", test_passwords);
  g_test_add_func ("/server/passwords/production-parameters", test_production_parameters);
  g_test_add_func ("/server/passwords/bounds", test_password_bounds);
  return g_test_run ();
}

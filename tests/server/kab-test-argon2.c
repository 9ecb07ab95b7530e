/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-test-argon2.h"

#include <sodium.h>

static GMutex mutex;
static GCond let_go;
static GString *work; /* (nullable) */
static gboolean is_held;
static guint n_now;
static guint most_at_once;

#define DECLARE(prefix)                                                                            \
  int prefix##crypto_pwhash_str_verify (const char *hash, const char *password,                    \
                                        unsigned long long length);                                \
  int prefix##crypto_pwhash_str_alg (char *hash, const char *password, unsigned long long length,  \
                                     unsigned long long passes, size_t memory, int algorithm);

DECLARE (__real_)
DECLARE (__wrap_)

static void
enter (const char *what)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  if (work != NULL)
    g_string_append_printf (work, "%s\n", what);
  n_now++;
  most_at_once = MAX (most_at_once, n_now);
  while (is_held)
    g_cond_wait (&let_go, &mutex);
}

static void
leave (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  n_now--;
}

/* "$argon2id$v=19$m=19456,t=2,p=1$SALT$HASH": all but the last two tell the work. */
int
__wrap_crypto_pwhash_str_verify (const char *hash, const char *password, unsigned long long length)
{
  g_auto (GStrv) parts = g_strsplit (hash, "$", -1);
  g_autofree char *parameters =
      g_strv_length (parts) == 6 ? g_strdup_printf ("%s %s", parts[1], parts[3]) : g_strdup ("?");
  g_autofree char *what = g_strdup_printf ("compare %s %llu", parameters, length);
  int result;

  enter (what);
  result = __real_crypto_pwhash_str_verify (hash, password, length);
  leave ();
  return result;
}

int
__wrap_crypto_pwhash_str_alg (char *hash,
                              const char *password,
                              unsigned long long length,
                              unsigned long long passes,
                              size_t memory,
                              int algorithm)
{
  int result;

  enter ("hash");
  result = __real_crypto_pwhash_str_alg (hash, password, length, passes, memory, algorithm);
  leave ();
  return result;
}

void
kab_test_argon2_watch (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  g_assert_null (work);
  work = g_string_new (NULL);
}

char *
kab_test_argon2_take (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  return g_string_free (g_steal_pointer (&work), FALSE);
}

void
kab_test_argon2_hold (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  is_held = TRUE;
}

void
kab_test_argon2_let_go (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  is_held = FALSE;
  g_cond_broadcast (&let_go);
}

guint
kab_test_argon2_get_most_at_once (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  return most_at_once;
}

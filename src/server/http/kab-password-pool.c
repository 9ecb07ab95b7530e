/* SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * KabPasswordPool:
 *
 * Argon2id with a bound: each computation takes memory_bytes, so only so many run at once (the
 * cores but one) and only so many callers wait; who comes after that is told to come back. The
 * caller's own worker thread computes; the pool only admits it.
 */

#include "kab-password-pool.h"

#include <sodium.h>
#include <string.h>

#include "kab-problem.h"

#define DEFAULT_QUEUE_LIMIT 64
#define BUSY_RETRY_SECONDS  2
/* Longer passwords are refused by the password policy; this bounds what is fed to the hash. */
#define PASSWORD_BYTES_MAX 1024

struct _KabPasswordPool
{
  GObject parent_instance;

  GMutex mutex;
  GCond slot_freed;
  guint n_busy;    /* (mutex mutex) */
  guint n_waiting; /* (mutex mutex) */
  guint at_once;
  guint queue_limit;
  gsize memory_bytes;
  guint passes;
  char *decoy; /* (owned): a hash of nothing known, for accounts that don't exist */
  GOnce decoy_once;
};

G_DEFINE_FINAL_TYPE (KabPasswordPool, kab_password_pool, G_TYPE_OBJECT)

static gboolean
enter (KabPasswordPool *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->n_busy >= self->at_once && self->n_waiting >= self->queue_limit)
    {
      kab_problem_set_retry (error, KAB_PROBLEM_BUSY, BUSY_RETRY_SECONDS);
      return FALSE;
    }
  self->n_waiting++;
  while (self->n_busy >= self->at_once)
    g_cond_wait (&self->slot_freed, &self->mutex);
  self->n_waiting--;
  self->n_busy++;
  return TRUE;
}

static void
leave (KabPasswordPool *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->n_busy--;
  g_cond_signal (&self->slot_freed);
}

static gboolean
compute_hash (KabPasswordPool *self, const char *password, char hash[crypto_pwhash_STRBYTES])
{
  return crypto_pwhash_str_alg (hash, password, strlen (password), self->passes, self->memory_bytes,
                                crypto_pwhash_ALG_ARGON2ID13) == 0;
}

/* Runs inside a slot, so a burst of unknown users doesn't compute it twice outside the bound. */
static gpointer
make_decoy_cb (gpointer user_data)
{
  KabPasswordPool *self = user_data;
  guint8 random[24];
  char password[2 * sizeof random + 1];
  char hash[crypto_pwhash_STRBYTES];

  randombytes_buf (random, sizeof random);
  sodium_bin2hex (password, sizeof password, random, sizeof random);
  if (compute_hash (self, password, hash))
    self->decoy = g_strdup (hash);
  return NULL;
}

static void
kab_password_pool_finalize (GObject *object)
{
  KabPasswordPool *self = KAB_PASSWORD_POOL (object);

  g_clear_pointer (&self->decoy, g_free);
  g_cond_clear (&self->slot_freed);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (kab_password_pool_parent_class)->finalize (object);
}

static void
kab_password_pool_class_init (KabPasswordPoolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_password_pool_finalize;
}

static void
kab_password_pool_init (KabPasswordPool *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->slot_freed);
  self->at_once = MAX (g_get_num_processors (), 2) - 1;
  self->queue_limit = DEFAULT_QUEUE_LIMIT;
  self->decoy_once = (GOnce) G_ONCE_INIT;
}

/**
 * kab_password_pool_new:
 * @memory_bytes: memory of one computation; 64 MiB in production
 * @passes: passes over that memory; 3 in production
 *
 * Returns: (transfer full): a pool (Argon2id, RFC 9106, one lane)
 */
KabPasswordPool *
kab_password_pool_new (gsize memory_bytes, guint passes)
{
  KabPasswordPool *self = g_object_new (KAB_TYPE_PASSWORD_POOL, NULL);

  g_assert (sodium_init () >= 0);
  self->memory_bytes = MAX (memory_bytes, crypto_pwhash_MEMLIMIT_MIN);
  self->passes = MAX (passes, crypto_pwhash_OPSLIMIT_MIN);
  return self;
}

/**
 * kab_password_pool_set_limits:
 * @at_once: how many compute at the same time, at least 1
 * @queue_limit: how many may wait for that
 *
 * Call it before the pool is used.
 */
void
kab_password_pool_set_limits (KabPasswordPool *self, guint at_once, guint queue_limit)
{
  self->at_once = MAX (at_once, 1);
  self->queue_limit = queue_limit;
}

/**
 * kab_password_pool_hash:
 * @password: the password, UTF-8
 *
 * Blocks for the computation; call it from a worker thread.
 *
 * Returns: (transfer full): the encoded hash with its parameters, or %NULL with %KAB_PROBLEM_BUSY
 *   (the queue is full) or %KAB_PROBLEM_VALIDATION_FAILED (longer than 1024 bytes)
 */
char *
kab_password_pool_hash (KabPasswordPool *self, const char *password, GError **error)
{
  char hash[crypto_pwhash_STRBYTES];
  gboolean done;

  if (strlen (password) > PASSWORD_BYTES_MAX)
    {
      kab_problem_set (error, KAB_PROBLEM_VALIDATION_FAILED, "The password is too long");
      return NULL;
    }
  if (!enter (self, error))
    return NULL;
  done = compute_hash (self, password, hash);
  leave (self);
  if (!done)
    kab_problem_set_retry (error, KAB_PROBLEM_BUSY, BUSY_RETRY_SECONDS);
  return done ? g_strdup (hash) : NULL;
}

/**
 * kab_password_pool_verify:
 * @hash: (nullable): the stored hash; %NULL for a user that doesn't exist, which takes as long and
 *   is never right
 * @password: what was typed
 * @is_right: (out): whether it is the password
 *
 * Blocks for the computation; call it from a worker thread.
 *
 * Returns: %TRUE when it could be checked, %FALSE with %KAB_PROBLEM_BUSY when the queue is full
 */
gboolean
kab_password_pool_verify (KabPasswordPool *self,
                          const char *hash,
                          const char *password,
                          gboolean *is_right,
                          GError **error)
{
  const char *compared = hash;

  *is_right = FALSE;
  if (!enter (self, error))
    return FALSE;
  if (!compared)
    {
      g_once (&self->decoy_once, make_decoy_cb, self);
      compared = self->decoy;
    }
  if (compared && strlen (password) <= PASSWORD_BYTES_MAX)
    *is_right = crypto_pwhash_str_verify (compared, password, strlen (password)) == 0 && hash;
  leave (self);
  return TRUE;
}

/**
 * kab_password_pool_needs_rehash:
 * @hash: a stored hash
 *
 * Returns: whether it was made with other parameters than today's; hash the password again at the
 *   next sign-in
 */
gboolean
kab_password_pool_needs_rehash (KabPasswordPool *self, const char *hash)
{
  return crypto_pwhash_str_needs_rehash (hash, self->passes, self->memory_bytes) != 0;
}

/**
 * kab_password_pool_get_n_busy:
 *
 * Returns: how many computations run
 */
guint
kab_password_pool_get_n_busy (KabPasswordPool *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->n_busy;
}

/**
 * kab_password_pool_get_n_waiting:
 *
 * Returns: how many callers wait for one
 */
guint
kab_password_pool_get_n_waiting (KabPasswordPool *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->n_waiting;
}

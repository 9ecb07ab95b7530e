/* SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * KabThrottle:
 *
 * Token buckets by key: a peer's network, an account, a device. A bucket holds @burst tokens and
 * regains one every @refill_seconds / @burst; a full bucket is forgotten, so that memory follows
 * the traffic of one refill time. Usable from any thread.
 */

#include "kab-throttle.h"

#include "kab-problem.h"

/* Above this many keys, a new one first sweeps out what is full again; when nothing is, the
 * oldest way to exhaust memory is closed by refusing new keys. */
#define SWEEP_EVERY 4096
#define KEYS_MAX    (256 * 1024)

typedef struct
{
  double tokens;
  gint64 updated; /* microseconds of the clock */
} Bucket;

struct _KabThrottle
{
  GObject parent_instance;

  GMutex mutex;
  GHashTable *buckets; /* (owned) (mutex mutex): key → Bucket */
  guint burst;
  double tokens_per_microsecond;
  guint sweep_at; /* (mutex mutex): number of keys at which the next sweep is due */
  KabClock clock;
  gpointer clock_data;
};

G_DEFINE_FINAL_TYPE (KabThrottle, kab_throttle, G_TYPE_OBJECT)

static gint64
read_monotonic_clock (gpointer user_data)
{
  return g_get_monotonic_time ();
}

static void
refill (KabThrottle *self, Bucket *bucket, gint64 now)
{
  double gained = (double) MAX (now - bucket->updated, 0) * self->tokens_per_microsecond;

  bucket->tokens = MIN (bucket->tokens + gained, (double) self->burst);
  bucket->updated = now;
}

static void
sweep (KabThrottle *self, gint64 now)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->buckets);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Bucket *bucket = value;

      refill (self, bucket, now);
      if (bucket->tokens >= (double) self->burst)
        g_hash_table_iter_remove (&iter);
    }
  self->sweep_at = MAX (SWEEP_EVERY, 2 * g_hash_table_size (self->buckets));
}

/* Returns: (transfer none) (nullable): NULL when too many keys are busy */
static Bucket *
find_bucket (KabThrottle *self, const char *key, gint64 now)
{
  Bucket *bucket = g_hash_table_lookup (self->buckets, key);

  if (bucket)
    {
      refill (self, bucket, now);
      return bucket;
    }
  if (g_hash_table_size (self->buckets) >= MIN (self->sweep_at, KEYS_MAX))
    sweep (self, now);
  if (g_hash_table_size (self->buckets) >= KEYS_MAX)
    return NULL;
  bucket = g_new (Bucket, 1);
  *bucket = (Bucket) { self->burst, now };
  g_hash_table_insert (self->buckets, g_strdup (key), bucket);
  return bucket;
}

static void
kab_throttle_finalize (GObject *object)
{
  KabThrottle *self = KAB_THROTTLE (object);

  g_clear_pointer (&self->buckets, g_hash_table_unref);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (kab_throttle_parent_class)->finalize (object);
}

static void
kab_throttle_class_init (KabThrottleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_throttle_finalize;
}

static void
kab_throttle_init (KabThrottle *self)
{
  g_mutex_init (&self->mutex);
  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->sweep_at = SWEEP_EVERY;
  self->clock = read_monotonic_clock;
}

/**
 * kab_throttle_new:
 * @burst: how many may come at once, at least 1
 * @refill_seconds: how long an empty bucket takes to be full again, at least 1
 *
 * Returns: (transfer full): a throttle
 */
KabThrottle *
kab_throttle_new (guint burst, guint refill_seconds)
{
  KabThrottle *self = g_object_new (KAB_TYPE_THROTTLE, NULL);

  self->burst = MAX (burst, 1);
  self->tokens_per_microsecond =
      (double) self->burst / ((double) MAX (refill_seconds, 1) * G_TIME_SPAN_SECOND);
  return self;
}

/**
 * kab_throttle_set_clock:
 * @clock: what to read instead of the monotonic clock
 *
 * For tests. Call it before the first kab_throttle_take().
 */
void
kab_throttle_set_clock (KabThrottle *self, KabClock clock, gpointer user_data)
{
  self->clock = clock;
  self->clock_data = user_data;
}

/**
 * kab_throttle_take:
 * @key: whose bucket
 *
 * Takes a token.
 *
 * Returns: %TRUE, or %FALSE with %KAB_PROBLEM_TOO_MANY_REQUESTS and the seconds to wait
 */
gboolean
kab_throttle_take (KabThrottle *self, const char *key, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Bucket *bucket = find_bucket (self, key, self->clock (self->clock_data));
  double missing = bucket ? 1.0 - bucket->tokens : 1.0;

  /* A hair of tolerance: the wait that was announced is enough in spite of rounding. */
  if (bucket && missing <= 1e-9)
    {
      bucket->tokens = MAX (bucket->tokens - 1.0, 0.0);
      return TRUE;
    }
  kab_problem_set_retry (
      error, KAB_PROBLEM_TOO_MANY_REQUESTS,
      (guint) (missing / self->tokens_per_microsecond / G_TIME_SPAN_SECOND + 0.999));
  return FALSE;
}

/**
 * kab_throttle_forgive:
 * @key: whose bucket
 *
 * Fills the bucket, for example after the right password.
 */
void
kab_throttle_forgive (KabThrottle *self, const char *key)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_hash_table_remove (self->buckets, key);
}

/**
 * kab_throttle_get_n_keys:
 *
 * Returns: how many buckets are in memory
 */
guint
kab_throttle_get_n_keys (KabThrottle *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_hash_table_size (self->buckets);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-http-upload.h"

#include "kab-http-server-private.h"
#include "kab-problem.h"

#define BLOCK_BYTES (256 * 1024)

struct _KabHttpUpload
{
  KabExchange *exchange; /* (unowned): what this is a part of */
  KabRequest *request;   /* (unowned): the exchange's */
  const KabBodySink *sink;
  gpointer user_data;
  guint64 limit;

  GMutex mutex;
  GByteArray *filling; /* (owned) (mutex mutex): what came last */
  GByteArray *writing; /* (owned): the worker's */
  guint64 total;       /* (mutex mutex) */
  gboolean is_begun;   /* (mutex mutex) */
  gboolean is_busy;    /* (mutex mutex): a worker is at it */
  gboolean is_awaited; /* (mutex mutex): the exchange sleeps until there is space */
  gboolean is_over;    /* (mutex mutex): nothing more comes */
  gboolean is_whole;   /* (mutex mutex): and nothing is missing */
  GError *error;       /* (owned) (nullable) (mutex mutex) */
};

/* Takes the next block for the worker; wakes the exchange that waited for space. */
static gboolean
swap_blocks (KabHttpUpload *self)
{
  gsize least = self->is_over ? 1 : BLOCK_BYTES;
  GByteArray *block = self->filling;

  if (block->len < least || self->error)
    return FALSE;
  self->filling = self->writing;
  self->writing = block;
  g_byte_array_set_size (self->filling, 0);
  if (self->is_awaited)
    {
      self->is_awaited = FALSE;
      kab_exchange_resume (self->exchange);
    }
  return TRUE;
}

static void
write_block (KabHttpUpload *self)
{
  g_autoptr (GError) error = NULL;

  if (self->sink->write (self->request, self->writing->data, self->writing->len, self->user_data,
                         &error))
    return;
  if (!error)
    kab_problem_set (&error, KAB_PROBLEM_INTERNAL, NULL);
  g_mutex_lock (&self->mutex);
  self->error = g_steal_pointer (&error);
  if (self->is_awaited)
    {
      self->is_awaited = FALSE;
      kab_exchange_resume (self->exchange);
    }
  g_mutex_unlock (&self->mutex);
}

/* Returns: whether the worker is done for good, rather than until the next block */
static gboolean
write_blocks (KabHttpUpload *self)
{
  gboolean is_over;

  g_mutex_lock (&self->mutex);
  while (swap_blocks (self))
    {
      g_mutex_unlock (&self->mutex);
      write_block (self);
      g_mutex_lock (&self->mutex);
    }
  is_over = self->is_over;
  self->is_busy = is_over;
  g_mutex_unlock (&self->mutex);
  return is_over;
}

static void
write_job (gpointer user_data)
{
  g_autoptr (KabExchange) exchange = user_data;
  KabHttpUpload *self = kab_exchange_get_upload (exchange);

  if (!write_blocks (self))
    return;
  if (self->is_whole)
    kab_exchange_upload_written (exchange, self->error);
  else if (!self->error && self->sink->interrupted)
    self->sink->interrupted (self->request, self->user_data);
}

/* With the mutex held. */
static void
start_writing (KabHttpUpload *self)
{
  if (self->is_busy)
    return;
  self->is_busy = TRUE;
  kab_http_server_continue (kab_exchange_get_server (self->exchange), write_job,
                            kab_exchange_ref (self->exchange));
}

KabHttpUpload *
kab_http_upload_new (KabExchange *exchange,
                     KabRequest *request,
                     const KabBodySink *sink,
                     gpointer user_data,
                     guint64 limit)
{
  KabHttpUpload *self = g_new0 (KabHttpUpload, 1);

  g_mutex_init (&self->mutex);
  self->exchange = exchange;
  self->request = request;
  self->sink = sink;
  self->user_data = user_data;
  self->limit = limit;
  self->filling = g_byte_array_new ();
  self->writing = g_byte_array_new ();
  return self;
}

void
kab_http_upload_free (KabHttpUpload *self)
{
  g_byte_array_unref (self->filling);
  g_byte_array_unref (self->writing);
  g_clear_error (&self->error);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* On a worker: asks the sink whether the body may come. */
gboolean
kab_http_upload_begin (KabHttpUpload *self, GError **error)
{
  if (self->sink->begin && !self->sink->begin (self->request, self->user_data, error))
    return FALSE;
  g_mutex_lock (&self->mutex);
  self->is_begun = TRUE;
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

/* Returns: %FALSE when there is no space; the HTTP library wants all of it taken or nothing */
gboolean
kab_http_upload_take (KabHttpUpload *self, const char *data, gsize length)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->filling->len >= BLOCK_BYTES)
    return FALSE;
  self->total += length;
  if (self->total > self->limit && !self->error)
    kab_problem_set (&self->error, KAB_PROBLEM_BODY_TOO_LARGE,
                     "At most %" G_GUINT64_FORMAT " bytes", self->limit);
  if (self->error)
    return TRUE;
  g_byte_array_append (self->filling, (const guint8 *) data, (guint) length);
  if (self->filling->len >= BLOCK_BYTES)
    start_writing (self);
  return TRUE;
}

/* The exchange sleeps: wake it when there is space, perhaps at once. */
void
kab_http_upload_await_space (KabHttpUpload *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->is_awaited = self->filling->len >= BLOCK_BYTES && !self->error;
  if (!self->is_awaited)
    kab_exchange_resume (self->exchange);
}

/* Whether the rest of the body is useless. */
gboolean
kab_http_upload_has_failed (KabHttpUpload *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->error != NULL;
}

/* All has come: write the rest, then the exchange is told. */
void
kab_http_upload_finish (KabHttpUpload *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->is_over = TRUE;
  self->is_whole = TRUE;
  start_writing (self);
}

/* The client went away: write what came, then the sink is told. */
void
kab_http_upload_interrupt (KabHttpUpload *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (!self->is_begun || self->is_over)
    return;
  self->is_over = TRUE;
  start_writing (self);
}

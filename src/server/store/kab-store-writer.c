/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-store-writer.h"

#define FIRST_BACK_OFF_US  20000
#define LONGEST_COLLECT_US 5000

struct _KabStoreWrite
{
  KabStoreFunc func;
  gpointer data;
  gboolean is_ahead;
  GError *error;
  GPtrArray *notices;
  gboolean is_answered;
  GMutex mutex;
  GCond answered;
};

typedef KabStoreWrite Request;

struct _KabStoreWriter
{
  const KabEngine *engine;
  KabConnection *connection;
  gboolean is_relaxed; /* commits on the connection don't wait for the disk */
  char *location;
  const KabTransactionContext *context;
  guint batch_limit;
  KabStoreWriterNotices committed;
  gpointer committed_data;

  GThread *thread;
  GMutex mutex;
  GCond asked;
  GQueue requests;
  guint n_awaited;
  guint last_batch;
  gint64 last_commit_us;
  gboolean is_closing;
  GError *broken;
  KabStoreFigures figures;
};

/* What one attempt at a batch came to. */
typedef enum
{
  BATCH_ANSWERED,
  BATCH_REPEAT,
} BatchResult;

/* Whether the database was only busy or away, so that the same may succeed later. */
gboolean
kab_store_is_worth_repeating (const GError *error)
{
  return g_error_matches (error, KAB_STORE_ERROR, KAB_STORE_ERROR_BUSY) ||
         g_error_matches (error, KAB_STORE_ERROR, KAB_STORE_ERROR_UNAVAILABLE);
}

/* Waits before the next attempt: longer each time, and never as long as others wait. */
void
kab_store_back_off (guint attempt)
{
  gint64 longest = (gint64) FIRST_BACK_OFF_US << (2 * attempt);

  g_usleep (longest / 2 + g_random_int_range (0, (gint32) (longest / 2)));
}

static void
fail_all (GPtrArray *batch, const GError *error)
{
  for (guint i = 0; i < batch->len; i++)
    {
      Request *request = g_ptr_array_index (batch, i);

      g_clear_error (&request->error);
      g_clear_pointer (&request->notices, g_ptr_array_unref);
      request->error = g_error_copy (error);
    }
}

static void
forget_results (GPtrArray *batch)
{
  for (guint i = 0; i < batch->len; i++)
    {
      Request *request = g_ptr_array_index (batch, i);

      g_clear_error (&request->error);
      g_clear_pointer (&request->notices, g_ptr_array_unref);
    }
}

/* After an error of the medium nothing more is written: what is on it isn't known any more, and
 * a second fsync could claim success for pages that were dropped by the first. */
static void
note_broken (KabStoreWriter *self, const GError *error)
{
  if (!g_error_matches (error, KAB_STORE_ERROR, KAB_STORE_ERROR_BROKEN))
    return;
  g_mutex_lock (&self->mutex);
  if (self->broken == NULL)
    {
      self->broken = g_error_copy (error);
      g_message ("The store takes no more writes: %s", error->message);
    }
  g_mutex_unlock (&self->mutex);
}

static void
roll_back (KabStoreWriter *self)
{
  if (self->connection != NULL && self->engine->is_in_transaction (self->connection))
    self->engine->control (self->connection, "ROLLBACK", NULL);
}

static gboolean
connect_again (KabStoreWriter *self, GError **error)
{
  if (self->connection != NULL && self->engine->is_usable (self->connection))
    return TRUE;
  g_clear_pointer (&self->connection, self->engine->close);
  self->is_relaxed = FALSE;
  self->connection = self->engine->open (self->location, KAB_CONNECTION_WRITER, error);
  return self->connection != NULL;
}

/* Runs one request; FALSE with an error when the transaction can't go on for the others. */
static gboolean
run_request (KabStoreWriter *self, Request *request, gboolean is_alone, GError **error)
{
  g_autoptr (KabTransaction) tx = kab_transaction_new (self->connection, self->context, TRUE);
  const GError *failure;
  gboolean succeeded;

  if (!is_alone && !self->engine->control (self->connection, "SAVEPOINT request", error))
    return FALSE;
  succeeded = kab_transaction_run (tx, request->func, request->data, &request->error);
  request->notices = succeeded ? kab_transaction_steal_notices (tx) : NULL;
  failure = kab_transaction_get_failure (tx);
  if (failure != NULL && (kab_store_is_worth_repeating (failure) ||
                          g_error_matches (failure, KAB_STORE_ERROR, KAB_STORE_ERROR_BROKEN) ||
                          !self->engine->is_in_transaction (self->connection)))
    {
      g_propagate_error (error, g_error_copy (failure));
      return FALSE;
    }
  if (is_alone)
    return TRUE;
  if (!succeeded && !self->engine->control (self->connection, "ROLLBACK TO request", error))
    return FALSE;
  return self->engine->control (self->connection, "RELEASE request", error);
}

static gboolean
run_requests (KabStoreWriter *self, GPtrArray *batch, GError **error)
{
  for (guint i = 0; i < batch->len; i++)
    if (!run_request (self, g_ptr_array_index (batch, i), batch->len == 1, error))
      return FALSE;
  return TRUE;
}

static gboolean
has_success (GPtrArray *batch)
{
  for (guint i = 0; i < batch->len; i++)
    if (((Request *) g_ptr_array_index (batch, i))->error == NULL)
      return TRUE;
  return FALSE;
}

/* A commit that was refused is known to have failed; one that wasn't answered may have happened. */
static void
finish_failed_commit (KabStoreWriter *self, GPtrArray *batch, GError *failure)
{
  g_autoptr (GError) uncertain = NULL;

  note_broken (self, failure);
  if (g_error_matches (failure, KAB_STORE_ERROR, KAB_STORE_ERROR_UNAVAILABLE))
    uncertain = g_error_new (KAB_STORE_ERROR, KAB_STORE_ERROR_UNCERTAIN,
                             "The commit was not answered: %s", failure->message);
  roll_back (self);
  fail_all (batch, uncertain != NULL ? uncertain : failure);
}

static gboolean
commit (KabStoreWriter *self, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  gboolean succeeded = self->engine->control (self->connection, "COMMIT", error);

  self->last_commit_us = g_get_monotonic_time () - start;
  return succeeded;
}

/* One that has to be durable makes all before it durable too. */
static gboolean
is_all_ahead (GPtrArray *batch)
{
  for (guint i = 0; i < batch->len; i++)
    if (!((Request *) g_ptr_array_index (batch, i))->is_ahead)
      return FALSE;
  return TRUE;
}

static gboolean
begin (KabStoreWriter *self, GPtrArray *batch, GError **error)
{
  gboolean relaxes = is_all_ahead (batch);

  if (!connect_again (self, error))
    return FALSE;
  if (relaxes != self->is_relaxed)
    {
      if (!self->engine->set_durable (self->connection, !relaxes, error))
        return FALSE;
      self->is_relaxed = relaxes;
    }
  return self->engine->control (self->connection, self->engine->begin_write, error);
}

static BatchResult
try_batch (KabStoreWriter *self, GPtrArray *batch, gboolean is_last)
{
  g_autoptr (GError) failure = NULL;

  if (!begin (self, batch, &failure) || !run_requests (self, batch, &failure))
    {
      roll_back (self);
      note_broken (self, failure);
      if (!is_last && kab_store_is_worth_repeating (failure))
        return BATCH_REPEAT;
      fail_all (batch, failure);
      return BATCH_ANSWERED;
    }
  if (!has_success (batch))
    roll_back (self);
  else if (!commit (self, &failure))
    {
      if (!is_last && g_error_matches (failure, KAB_STORE_ERROR, KAB_STORE_ERROR_BUSY))
        {
          roll_back (self);
          return BATCH_REPEAT;
        }
      finish_failed_commit (self, batch, failure);
    }
  return BATCH_ANSWERED;
}

static gboolean
refuse_when_broken (KabStoreWriter *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->broken == NULL)
    return FALSE;
  g_propagate_error (error, g_error_copy (self->broken));
  return TRUE;
}

static guint
run_batch (KabStoreWriter *self, GPtrArray *batch)
{
  g_autoptr (GError) broken = NULL;
  guint attempt = 0;

  if (refuse_when_broken (self, &broken))
    {
      fail_all (batch, broken);
      return 0;
    }
  while (try_batch (self, batch, attempt + 1 >= self->engine->attempts) == BATCH_REPEAT)
    {
      forget_results (batch);
      kab_store_back_off (attempt++);
    }
  return attempt;
}

/* Those who were answered together ask again within moments of each other. Waiting for as many as
 * there were last time, but for half as long as a commit takes, saves commits where they are slow
 * and costs nothing where they are quick or there is one caller. */
static void
collect (KabStoreWriter *self)
{
  gint64 deadline = g_get_monotonic_time () + MIN (self->last_commit_us / 2, LONGEST_COLLECT_US);

  self->n_awaited = self->last_batch;
  while (g_queue_get_length (&self->requests) < self->n_awaited && !self->is_closing)
    if (!g_cond_wait_until (&self->asked, &self->mutex, deadline))
      break;
}

static GPtrArray *
take_batch (KabStoreWriter *self)
{
  GPtrArray *batch = NULL;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->n_awaited = 1;
  while (g_queue_is_empty (&self->requests) && !self->is_closing)
    g_cond_wait (&self->asked, &self->mutex);
  if (g_queue_is_empty (&self->requests))
    return NULL;
  collect (self);
  batch = g_ptr_array_new ();
  while (batch->len < self->batch_limit && !g_queue_is_empty (&self->requests))
    g_ptr_array_add (batch, g_queue_pop_head (&self->requests));
  self->last_batch = batch->len;
  return batch;
}

/* Its own lock, so that all who wake up at once don't meet at one; the request is gone with it. */
static void
answer_request (Request *request)
{
  g_mutex_lock (&request->mutex);
  request->is_answered = TRUE;
  g_cond_signal (&request->answered);
  g_mutex_unlock (&request->mutex);
}

/* Listeners first, so that who gets an answer finds the news told. */
static void
answer (KabStoreWriter *self, GPtrArray *batch, guint repeats)
{
  for (guint i = 0; i < batch->len; i++)
    {
      Request *request = g_ptr_array_index (batch, i);

      if (request->notices != NULL)
        self->committed (request->notices, self->committed_data);
      g_clear_pointer (&request->notices, g_ptr_array_unref);
    }
  g_mutex_lock (&self->mutex);
  self->figures.writes += batch->len;
  self->figures.commits++;
  self->figures.repeats += repeats;
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < batch->len; i++)
    answer_request (g_ptr_array_index (batch, i));
}

static gpointer
write_requests_cb (gpointer data)
{
  KabStoreWriter *self = data;
  GPtrArray *batch;

  while ((batch = take_batch (self)) != NULL)
    {
      answer (self, batch, run_batch (self, batch));
      g_ptr_array_unref (batch);
    }
  return NULL;
}

/* Takes @connection; @context has to outlive the writer. @batch_limit 0 is the engine's own. */
KabStoreWriter *
kab_store_writer_new (KabConnection *connection,
                      const char *location,
                      const KabTransactionContext *context,
                      guint batch_limit,
                      KabStoreWriterNotices committed,
                      gpointer data)
{
  KabStoreWriter *self = g_new0 (KabStoreWriter, 1);

  self->engine = connection->engine;
  self->connection = connection;
  self->location = g_strdup (location);
  self->context = context;
  self->batch_limit = batch_limit != 0 ? batch_limit : self->engine->batch_limit;
  self->committed = committed;
  self->committed_data = data;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->asked);
  g_queue_init (&self->requests);
  self->thread = g_thread_new ("store-writer", write_requests_cb, self);
  return self;
}

/* Finishes what was asked for before and refuses the rest. */
void
kab_store_writer_close (KabStoreWriter *self)
{
  g_mutex_lock (&self->mutex);
  self->is_closing = TRUE;
  g_cond_signal (&self->asked);
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&self->thread, g_thread_join);
}

void
kab_store_writer_free (KabStoreWriter *self)
{
  kab_store_writer_close (self);
  g_clear_pointer (&self->connection, self->engine->close);
  g_clear_error (&self->broken);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->asked);
  g_free (self->location);
  g_free (self);
}

static gboolean
enqueue (KabStoreWriter *self, Request *request)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->is_closing)
    {
      g_set_error_literal (&request->error, KAB_STORE_ERROR, KAB_STORE_ERROR_CLOSED,
                           "The store is being closed");
      return FALSE;
    }
  g_queue_push_tail (&self->requests, request);
  if (g_queue_get_length (&self->requests) == self->n_awaited)
    g_cond_signal (&self->asked);
  return TRUE;
}

static void
wait_for_answer (Request *request)
{
  g_mutex_lock (&request->mutex);
  while (!request->is_answered)
    g_cond_wait (&request->answered, &request->mutex);
  g_mutex_unlock (&request->mutex);
}

/* Has @func run by the writer; @is_ahead is for what needn't be durable before a later write is. */
KabStoreWrite *
kab_store_writer_start (KabStoreWriter *self, KabStoreFunc func, gpointer data, gboolean is_ahead)
{
  Request *request;

  g_return_val_if_fail (g_thread_self () != self->thread, NULL);

  request = g_new0 (Request, 1);
  request->func = func;
  request->data = data;
  request->is_ahead = is_ahead;
  g_mutex_init (&request->mutex);
  g_cond_init (&request->answered);
  if (!enqueue (self, request))
    request->is_answered = TRUE;
  return request;
}

/* Waits until the write has happened, or was undone, and frees it. */
gboolean
kab_store_writer_finish (KabStoreWrite *request, GError **error)
{
  GError *failure;

  wait_for_answer (request);
  failure = request->error;
  g_mutex_clear (&request->mutex);
  g_cond_clear (&request->answered);
  g_free (request);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/* Has @func run by the writer and waits until that is durable, or undone. */
gboolean
kab_store_writer_run (KabStoreWriter *self, KabStoreFunc func, gpointer data, GError **error)
{
  return kab_store_writer_finish (kab_store_writer_start (self, func, data, FALSE), error);
}

/* FALSE with KAB_STORE_ERROR_BROKEN once the medium has failed: it takes no more writes then. */
gboolean
kab_store_writer_check (KabStoreWriter *self, GError **error)
{
  return !refuse_when_broken (self, error);
}

/* Sets all figures but those of reading. */
void
kab_store_writer_get_figures (KabStoreWriter *self, KabStoreFigures *figures)
{
  g_mutex_lock (&self->mutex);
  figures->writes = self->figures.writes;
  figures->commits = self->figures.commits;
  figures->repeats = self->figures.repeats;
  figures->waiting = g_queue_get_length (&self->requests);
  g_mutex_unlock (&self->mutex);
}

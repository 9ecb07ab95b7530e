/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "kab-events.h"
#include "kab-idempotency.h"

#define CALLERS 64

typedef struct
{
  const char *key;
  const char *fingerprint;
  KabIdempotencyState state;
  char *body;
} Order;

/* What a handler does: one effect and its answer, or the answer that was given before. */
static gboolean
place_order (KabTransaction *tx, gpointer data, GError **error)
{
  Order *order = data;
  g_autoptr (KabIdempotencyAnswer) before = NULL;
  KabIdempotencyAnswer answer = { .status = 201, .headers = (char *) "ETag: 1" };
  gint64 effects;

  g_clear_pointer (&order->body, g_free);
  order->state =
      kab_idempotency_begin (tx, "anna /v1/orders", order->key, order->fingerprint, &before, error);
  if (order->state == KAB_IDEMPOTENCY_FAILED)
    return FALSE;
  if (order->state == KAB_IDEMPOTENCY_MISMATCH)
    return TRUE;
  if (order->state == KAB_IDEMPOTENCY_ANSWERED)
    {
      g_assert_cmpuint (before->status, ==, 201);
      g_assert_cmpstr (before->headers, ==, "ETag: 1");
      order->body =
          g_strndup (g_bytes_get_data (before->body, NULL), g_bytes_get_size (before->body));
      return TRUE;
    }
  if (!kab_events_append (tx, "anna", "order.placed", "order", order->key, NULL, error) ||
      !kab_tx_query_int (tx, &effects, error, "SELECT COUNT (*) FROM events"))
    return FALSE;
  order->body = g_strdup_printf ("order %" G_GINT64_FORMAT, effects);
  answer.body = g_bytes_new (order->body, strlen (order->body));
  effects = kab_idempotency_finish (tx, "anna /v1/orders", order->key, &answer, error);
  g_bytes_unref (answer.body);
  return effects != 0;
}

static gpointer
place_order_cb (gpointer data)
{
  Order *order = g_new0 (Order, 1);

  order->key = "k1";
  order->fingerprint = "f1";
  store_fixture_write (data, place_order, order);
  return order;
}

static gboolean
count_events (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_tx_query_int (tx, data, error, "SELECT COUNT (*) FROM events");
}

static void
test_idempotency_race (StoreFixture *fixture)
{
  GThread *threads[CALLERS];
  guint n_new = 0;
  gint64 effects;

  for (guint i = 0; i < CALLERS; i++)
    threads[i] = g_thread_new ("caller", place_order_cb, fixture);
  for (guint i = 0; i < CALLERS; i++)
    {
      Order *order = g_thread_join (threads[i]);

      n_new += order->state == KAB_IDEMPOTENCY_NEW;
      g_assert_cmpstr (order->body, ==, "order 1");
      g_free (order->body);
      g_free (order);
    }
  g_assert_cmpuint (n_new, ==, 1);
  store_fixture_read (fixture, count_events, &effects);
  g_assert_cmpint (effects, ==, 1);
}

static gboolean
place_order_and_fail (KabTransaction *tx, gpointer data, GError **error)
{
  g_assert_true (place_order (tx, data, error));
  g_set_error_literal (error, KAB_STORE_ERROR, KAB_STORE_ERROR_FAILED, "on purpose");
  return FALSE;
}

static gboolean
prune_keys (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_idempotency_prune (tx, kab_tx_get_now (tx), error);
}

static void
test_idempotency_states (StoreFixture *fixture)
{
  Order order = { .key = "k1", .fingerprint = "f1" };
  Order other = { .key = "k1", .fingerprint = "f2" };

  g_assert_false (kab_store_write (fixture->store, place_order_and_fail, &order, NULL));
  store_fixture_write (fixture, place_order, &order);
  g_assert_cmpint (order.state, ==, KAB_IDEMPOTENCY_NEW);
  store_fixture_reopen (fixture);
  store_fixture_write (fixture, place_order, &order);
  g_assert_cmpint (order.state, ==, KAB_IDEMPOTENCY_ANSWERED);
  store_fixture_write (fixture, place_order, &other);
  g_assert_cmpint (other.state, ==, KAB_IDEMPOTENCY_MISMATCH);
  fixture->now++;
  store_fixture_write (fixture, prune_keys, NULL);
  store_fixture_write (fixture, place_order, &other);
  g_assert_cmpint (other.state, ==, KAB_IDEMPOTENCY_NEW);
  g_free (order.body);
  g_free (other.body);
}

static gboolean
append_events (KabTransaction *tx, gpointer data, GError **error)
{
  static const char *const audiences[] = { "anna", "berta", KAB_AUDIENCE_STAFF };

  for (guint i = 0; i < 9; i++)
    if (!kab_events_append (tx, audiences[i % 3], "document.changed", "document", "d1", "{}",
                            error))
      return FALSE;
  return TRUE;
}

typedef struct
{
  const char *audience;
  const char *also;
  gint64 after;
  guint limit;
  gboolean is_reset;
  GPtrArray *events;
} Stream;

static gboolean
read_stream (KabTransaction *tx, gpointer data, GError **error)
{
  Stream *stream = data;

  stream->events = kab_events_since (tx, stream->audience, stream->also, stream->after,
                                     stream->limit, &stream->is_reset, error);
  return stream->events != NULL;
}

static gboolean
prune_events (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_events_prune (tx, kab_tx_get_now (tx), error);
}

static gboolean
get_last (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_events_get_last (tx, data, error);
}

static void
assert_stream (StoreFixture *fixture, Stream stream, gboolean is_reset, guint n, gint64 first)
{
  g_autoptr (GPtrArray) events = NULL;

  store_fixture_read (fixture, read_stream, &stream);
  events = stream.events;
  g_assert_cmpint (stream.is_reset, ==, is_reset);
  g_assert_cmpuint (events->len, ==, n);
  if (n > 0)
    g_assert_cmpint (((KabEvent *) g_ptr_array_index (events, 0))->sequence, ==, first);
}

static void
test_events (StoreFixture *fixture)
{
  gint64 last;

  assert_stream (fixture, (Stream) { "anna", NULL, 0, 10 }, FALSE, 0, 0);
  store_fixture_write (fixture, append_events, NULL);
  assert_stream (fixture, (Stream) { "anna", NULL, 0, 10 }, FALSE, 3, 1);
  assert_stream (fixture, (Stream) { "anna", NULL, 1, 10 }, FALSE, 2, 4);
  assert_stream (fixture, (Stream) { "anna", NULL, 1, 1 }, FALSE, 1, 4);
  assert_stream (fixture, (Stream) { "berta", KAB_AUDIENCE_STAFF, 2, 10 }, FALSE, 5, 3);
  assert_stream (fixture, (Stream) { "anna", NULL, 10, 10 }, TRUE, 0, 0);
  fixture->now++;
  store_fixture_write (fixture, append_events, NULL);
  store_fixture_write (fixture, prune_events, NULL);
  store_fixture_write (fixture, prune_events, NULL);
  assert_stream (fixture, (Stream) { "anna", NULL, 8, 10 }, TRUE, 0, 0);
  assert_stream (fixture, (Stream) { "anna", NULL, 9, 10 }, FALSE, 3, 10);
  fixture->now++;
  store_fixture_write (fixture, prune_events, NULL);
  store_fixture_read (fixture, get_last, &last);
  g_assert_cmpint (last, ==, 18);
  assert_stream (fixture, (Stream) { "anna", NULL, 18, 10 }, FALSE, 0, 0);
  store_fixture_write (fixture, append_events, NULL);
  assert_stream (fixture, (Stream) { "anna", NULL, 18, 10 }, FALSE, 3, 19);
}

void
add_request_tests (void)
{
  store_test_add ("idempotency/race", test_idempotency_race);
  store_test_add ("idempotency/states", test_idempotency_states);
  store_test_add ("events", test_events);
}

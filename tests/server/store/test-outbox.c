/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "kab-outbox.h"

#include <gio/gio.h>

#define LEASE (30 * G_TIME_SPAN_SECOND)

typedef struct
{
  const char *kind;
  guint limit;
  GPtrArray *messages;
} Claim;

static gboolean
add (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_outbox_add (tx, data, error);
}

static gboolean
add_and_fail (KabTransaction *tx, gpointer data, GError **error)
{
  g_assert_true (kab_outbox_add (tx, data, error));
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "on purpose");
  return FALSE;
}

static gboolean
claim (KabTransaction *tx, gpointer data, GError **error)
{
  Claim *claimed = data;

  claimed->messages = kab_outbox_claim (tx, claimed->kind, claimed->limit, LEASE, error);
  return claimed->messages != NULL;
}

static gboolean
finish (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_outbox_finish (tx, data, error);
}

typedef struct
{
  KabOutboxMessage *message;
  gboolean gave_up;
} Retry;

static gboolean
retry (KabTransaction *tx, gpointer data, GError **error)
{
  Retry *retried = data;

  return kab_outbox_retry (tx, retried->message, "the gateway is down", &retried->gave_up, error);
}

static gboolean
next_due (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_outbox_next_due (tx, NULL, data, error);
}

static gboolean
get_figures (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_outbox_get_figures (tx, data, error);
}

static gboolean
requeue (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_outbox_requeue (tx, data, error);
}

static gboolean
prune (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_outbox_prune (tx, *(gint64 *) data, error) &&
         kab_tx_query_int (tx, data, error, "SELECT COUNT (*) FROM outbox");
}

static void
add_message (StoreFixture *fixture, KabOutboxNew message)
{
  message.payload = "{\"to\":1}";
  store_fixture_write (fixture, add, &message);
}

static GPtrArray *
claim_messages (StoreFixture *fixture, const char *kind, guint limit)
{
  Claim claimed = { kind, limit, NULL };

  store_fixture_write (fixture, claim, &claimed);
  return claimed.messages;
}

static void
assert_none_due (StoreFixture *fixture)
{
  g_autoptr (GPtrArray) messages = claim_messages (fixture, NULL, 10);

  g_assert_cmpuint (messages->len, ==, 0);
}

static void
test_delivery (StoreFixture *fixture)
{
  KabOutboxNew undone = { .kind = "mail", .payload = "{}" };
  g_autoptr (GPtrArray) mails = NULL;
  g_autoptr (GPtrArray) others = NULL;
  gint64 count = fixture->now + 1;
  KabOutboxMessage *mail;

  g_assert_false (kab_store_write (fixture->store, add_and_fail, &undone, NULL));
  assert_none_due (fixture);
  add_message (fixture, (KabOutboxNew) { .kind = "mail", .dedupe_key = "m1" });
  add_message (fixture, (KabOutboxNew) { .kind = "mail", .dedupe_key = "m1" });
  add_message (fixture, (KabOutboxNew) { .kind = "sms" });
  add_message (fixture, (KabOutboxNew) { .kind = "sms", .not_before = fixture->now + 5 });
  mails = claim_messages (fixture, "mail", 10);
  g_assert_cmpuint (mails->len, ==, 1);
  mail = g_ptr_array_index (mails, 0);
  g_assert_cmpstr (mail->dedupe_key, ==, "m1");
  g_assert_cmpstr (mail->payload, ==, "{\"to\":1}");
  g_assert_cmpint (mail->attempts, ==, 1);
  others = claim_messages (fixture, NULL, 10);
  g_assert_cmpuint (others->len, ==, 1);
  store_fixture_write (fixture, finish, mail);
  store_fixture_write (fixture, finish, g_ptr_array_index (others, 0));
  fixture->now += LEASE;
  g_clear_pointer (&others, g_ptr_array_unref);
  others = claim_messages (fixture, NULL, 10);
  g_assert_cmpuint (others->len, ==, 1);
  store_fixture_write (fixture, prune, &count);
  g_assert_cmpint (count, ==, 1);
}

/* A worker that dies loses its lease; if it was only slow, it can't undo what came after. */
static void
test_lease (StoreFixture *fixture)
{
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GError) error = NULL;
  KabOutboxMessage *message;
  gint64 due;

  add_message (fixture, (KabOutboxNew) { .kind = "mail" });
  first = claim_messages (fixture, NULL, 10);
  g_assert_cmpuint (first->len, ==, 1);
  store_fixture_read (fixture, next_due, &due);
  g_assert_cmpint (due, ==, fixture->now + LEASE);
  store_fixture_reopen (fixture);
  fixture->now += LEASE - 1;
  assert_none_due (fixture);
  fixture->now += 1;
  second = claim_messages (fixture, NULL, 10);
  g_assert_cmpuint (second->len, ==, 1);
  message = g_ptr_array_index (second, 0);
  g_assert_cmpint (message->attempts, ==, 2);
  g_assert_false (kab_store_write (fixture->store, finish, g_ptr_array_index (first, 0), &error));
  g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_NOT_FOUND);
  store_fixture_write (fixture, finish, message);
  g_clear_error (&error);
  g_assert_false (kab_store_write (fixture->store, finish, message, &error));
  store_fixture_read (fixture, next_due, &due);
  g_assert_cmpint (due, ==, 0);
}

/* One delivery that fails: returns how long the next one has to wait, 0 when it was given up. */
static gint64
fail_once (StoreFixture *fixture, guint attempt)
{
  g_autoptr (GPtrArray) messages = claim_messages (fixture, NULL, 10);
  Retry retried = { 0 };
  gint64 due;

  g_assert_cmpuint (messages->len, ==, 1);
  retried.message = g_ptr_array_index (messages, 0);
  g_assert_cmpint (retried.message->attempts, ==, attempt);
  store_fixture_write (fixture, retry, &retried);
  if (retried.gave_up)
    return 0;
  assert_none_due (fixture);
  store_fixture_read (fixture, next_due, &due);
  return due - fixture->now;
}

static void
test_back_off (StoreFixture *fixture)
{
  gint64 start = fixture->now, longest = G_TIME_SPAN_SECOND, delay;
  KabOutboxFigures figures;
  gint64 n_messages;
  guint attempt = 1;

  add_message (fixture, (KabOutboxNew) { .kind = "sms" });
  while ((delay = fail_once (fixture, attempt)) != 0)
    {
      g_assert_cmpint (delay, <=, longest);
      g_assert_cmpint (delay, >=, longest / 2);
      longest = MIN (2 * longest, G_TIME_SPAN_HOUR);
      fixture->now += delay;
      attempt++;
    }
  g_assert_cmpint (fixture->now - start, <=, G_TIME_SPAN_DAY);
  g_assert_cmpint (fixture->now - start, >, 22 * G_TIME_SPAN_HOUR);
  g_assert_cmpuint (attempt, <, 60);
  store_fixture_read (fixture, get_figures, &figures);
  g_assert_cmpint (figures.failed, ==, 1);
  g_assert_cmpint (figures.pending, ==, 0);
  fixture->now += G_TIME_SPAN_DAY;
  assert_none_due (fixture);
  store_fixture_write (fixture, requeue, &n_messages);
  g_assert_cmpint (n_messages, ==, 1);
  g_assert_cmpint (fail_once (fixture, 1), >, 0);
}

/* A message that kills whoever takes it is given up too. */
static void
test_deadly (StoreFixture *fixture)
{
  KabOutboxFigures figures;

  add_message (fixture, (KabOutboxNew) { .kind = "sms" });
  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (GPtrArray) messages = claim_messages (fixture, NULL, 10);

      g_assert_cmpuint (messages->len, ==, 1);
      fixture->now += LEASE;
    }
  assert_none_due (fixture);
  store_fixture_read (fixture, get_figures, &figures);
  g_assert_cmpint (figures.failed, ==, 1);
}

static void
test_order (StoreFixture *fixture)
{
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  const char *keys[] = { "anna", "anna", "berta", "anna" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    add_message (fixture, (KabOutboxNew) { .kind = "mail", .order_key = keys[i] });
  first = claim_messages (fixture, NULL, 10);
  g_assert_cmpuint (first->len, ==, 2);
  g_assert_cmpint (((KabOutboxMessage *) g_ptr_array_index (first, 0))->id, ==, 1);
  g_assert_cmpint (((KabOutboxMessage *) g_ptr_array_index (first, 1))->id, ==, 3);
  assert_none_due (fixture);
  store_fixture_write (fixture, finish, g_ptr_array_index (first, 0));
  second = claim_messages (fixture, NULL, 10);
  g_assert_cmpuint (second->len, ==, 1);
  g_assert_cmpint (((KabOutboxMessage *) g_ptr_array_index (second, 0))->id, ==, 2);
}

typedef struct
{
  StoreFixture *fixture;
  KabStore *stores[2];
  int turn;
  int delivered[101];
} Workers;

static gpointer
deliver_cb (gpointer data)
{
  Workers *workers = data;
  KabStore *store = workers->stores[g_atomic_int_add (&workers->turn, 1) % 2];

  for (;;)
    {
      Claim claimed = { NULL, 3, NULL };
      g_autoptr (GPtrArray) messages = NULL;

      g_assert_true (kab_store_write (store, claim, &claimed, NULL));
      messages = claimed.messages;
      if (messages->len == 0)
        return NULL;
      for (guint i = 0; i < messages->len; i++)
        {
          KabOutboxMessage *message = g_ptr_array_index (messages, i);
          g_atomic_int_inc (&workers->delivered[message->id]);
          g_assert_true (kab_store_write (store, finish, message, NULL));
        }
    }
}

static void
test_workers (StoreFixture *fixture)
{
  g_autoptr (KabStore) second = store_fixture_open (fixture, NULL);
  Workers workers = { .fixture = fixture, .stores = { fixture->store, second } };
  GThread *threads[8];

  for (guint i = 0; i < 100; i++)
    add_message (fixture, (KabOutboxNew) { .kind = "mail" });
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("worker", deliver_cb, &workers);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  for (guint i = 1; i <= 100; i++)
    g_assert_cmpint (workers.delivered[i], ==, 1);
}

void
add_outbox_tests (void)
{
  store_test_add ("outbox/delivery", test_delivery);
  store_test_add ("outbox/lease", test_lease);
  store_test_add ("outbox/back-off", test_back_off);
  store_test_add ("outbox/deadly", test_deadly);
  store_test_add ("outbox/order", test_order);
  store_test_add ("outbox/workers", test_workers);
}

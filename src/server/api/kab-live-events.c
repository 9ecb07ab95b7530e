/* SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * KabLiveEvents:
 *
 * The streams of events that are open here. The store's listener, which also hears of other
 * replicas, says whom something concerns; one thread reads what is new for those streams and pushes
 * it. So a stream costs no thread, and its reader sees each event once and in order.
 */

#include "kab-live-events.h"

#include <json-glib/json-glib.h>

#include "kab-events.h"
#include "kab-log.h"

/* What may wait for a slow reader, and how much of it before the next event waits in the store. */
#define STREAM_BYTES (256 * 1024)
#define STREAM_ROOM  (STREAM_BYTES / 2)

/* How many events are read at once. */
#define BATCH 100

/* How often it is asked whether sessions still live, which nobody tells when they run out. */
#define LOOK_INTERVAL (5 * G_TIME_SPAN_SECOND)

/* How soon a reader that is behind is looked at again, and a failed read is repeated. */
#define DRAIN_INTERVAL (20 * G_TIME_SPAN_MILLISECOND)
#define RETRY_INTERVAL G_TIME_SPAN_SECOND

struct _KabLiveEvents
{
  GObject parent_instance;

  KabStore *store; /* (owned) */
  const KabSessionLimits *limits;
  guint listener;
  GThread *thread; /* (owned) (nullable) */
  gint64 look_at;  /* the thread's: monotonic */

  GMutex mutex;
  GCond news;
  GPtrArray *subscriptions; /* (owned) (mutex mutex): the oldest first */
  gboolean is_stopping;     /* (mutex mutex) */
};

/* One open stream. */
typedef struct
{
  gatomicrefcount ref_count;
  KabLiveEvents *hub;     /* (owned) */
  KabEventStream *stream; /* (owned) */
  char *user;
  char *session;
  gboolean is_staff;
  gint64 after;      /* the thread's: the last event that was pushed */
  gint64 serve_at;   /* the thread's: when to go on, monotonic; 0 when there is news */
  gboolean has_news; /* (mutex hub) */
} Subscription;

/* What one read of the store found for a subscription. */
typedef struct
{
  const Subscription *subscription;
  GPtrArray *events; /* (owned) (nullable) */
  gboolean is_reset;
  gboolean is_live;
  gint64 last;
} News;

G_DEFINE_FINAL_TYPE (KabLiveEvents, kab_live_events, G_TYPE_OBJECT)

static Subscription *
subscription_ref (Subscription *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
subscription_unref (gpointer data)
{
  Subscription *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_object_unref (self->hub);
  g_object_unref (self->stream);
  g_free (self->user);
  g_free (self->session);
  g_free (self);
}

static gboolean
concerns (const Subscription *self, const char *audience)
{
  return audience == NULL || g_str_equal (audience, self->user) ||
         (self->is_staff && g_str_equal (audience, KAB_AUDIENCE_STAFF));
}

static void
heard_cb (const char *topic, const char *key, gint64 sequence, gpointer data)
{
  KabLiveEvents *self = data;
  g_autoptr (GMutexLocker) locker = NULL;

  if (topic != NULL && !g_str_equal (topic, KAB_TOPIC_EVENTS))
    return;
  locker = g_mutex_locker_new (&self->mutex);
  for (guint i = 0; i < self->subscriptions->len; i++)
    {
      Subscription *subscription = self->subscriptions->pdata[i];
      subscription->has_news |= concerns (subscription, topic != NULL ? key : NULL);
    }
  g_cond_signal (&self->news);
}

static gboolean
read_news (KabTransaction *tx, gpointer data, GError **error)
{
  News *news = data;
  const Subscription *subscription = news->subscription;

  g_clear_pointer (&news->events, g_ptr_array_unref);
  news->events =
      kab_events_since (tx, subscription->user, subscription->is_staff ? KAB_AUDIENCE_STAFF : NULL,
                        subscription->after, BATCH, &news->is_reset, error);
  return news->events != NULL && kab_events_get_last (tx, &news->last, error) &&
         kab_sessions_is_live (tx, subscription->hub->limits, subscription->session, &news->is_live,
                               error);
}

/* `{"id": …}` and what the event itself says, such as a version. */
static char *
describe (const char *id, const char *payload)
{
  g_autoptr (JsonNode) node = payload != NULL ? json_from_string (payload, NULL) : NULL;
  g_autoptr (JsonNode) described = json_node_new (JSON_NODE_OBJECT);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    json_node_set_object (described, json_node_get_object (node));
  else
    json_node_take_object (described, json_object_new ());
  json_object_set_string_member (json_node_get_object (described), "id", id);
  return json_to_string (described, FALSE);
}

static void
push (Subscription *self, gint64 sequence, const char *type, const char *data)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, sequence);

  kab_event_stream_push (self->stream, id, type, data);
}

static void
end_session (Subscription *self)
{
  g_autofree char *data = describe (self->session, NULL);

  kab_event_stream_push (self->stream, NULL, "session-ended", data);
  kab_event_stream_close (self->stream);
}

/* Pushes what was found, as far as the reader keeps up. That another session of the user ended is
 * nobody's business here. Returns: how many events were taken */
static guint
push_news (Subscription *self, const News *news)
{
  guint n = 0;

  if (news->is_reset)
    {
      push (self, news->last, "reset", "{}");
      self->after = news->last;
    }
  for (; n < news->events->len && kab_event_stream_get_pending (self->stream) <= STREAM_ROOM; n++)
    {
      const KabEvent *event = news->events->pdata[n];
      g_autofree char *data = describe (event->object_id, event->payload);

      if (!g_str_equal (event->type, "session-ended"))
        push (self, event->sequence, event->type, data);
      self->after = event->sequence;
    }
  if (!news->is_live)
    end_session (self);
  return n;
}

/* Pushes the next batch. Returns: whether to go on at once */
static gboolean
serve (Subscription *self)
{
  News news = { .subscription = self };
  g_autoptr (GError) error = NULL;
  guint n_found;
  guint n_pushed;

  self->serve_at = 0;
  if (!kab_store_read (self->hub->store, read_news, &news, &error))
    {
      kab_log (KAB_LOG_WARNING, "events-unread",
               KAB_LOG_STR ("domain", g_quark_to_string (error->domain)),
               KAB_LOG_INT ("code", error->code), NULL);
      g_clear_pointer (&news.events, g_ptr_array_unref);
      self->serve_at = g_get_monotonic_time () + RETRY_INTERVAL;
      return FALSE;
    }
  n_found = news.events->len;
  n_pushed = push_news (self, &news);
  g_ptr_array_unref (news.events);
  if (n_pushed < n_found)
    self->serve_at = g_get_monotonic_time () + DRAIN_INTERVAL;
  return n_pushed == BATCH && !kab_event_stream_is_closed (self->stream);
}

/* With the mutex held. */
static GPtrArray *
take_all (KabLiveEvents *self)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (subscription_unref);

  for (guint i = 0; i < self->subscriptions->len; i++)
    g_ptr_array_add (all, subscription_ref (self->subscriptions->pdata[i]));
  return all;
}

/* With the mutex held: whom to serve now, and when it is somebody's turn at the latest. */
static GPtrArray *
take_waiting (KabLiveEvents *self, gint64 *next)
{
  GPtrArray *waiting = g_ptr_array_new_with_free_func (subscription_unref);
  gint64 now = g_get_monotonic_time ();
  gboolean looks = now >= self->look_at;

  if (looks)
    self->look_at = now + LOOK_INTERVAL;
  *next = self->look_at;
  for (guint i = 0; i < self->subscriptions->len; i++)
    {
      Subscription *subscription = self->subscriptions->pdata[i];
      gboolean is_due = subscription->serve_at != 0 && subscription->serve_at <= now;

      if (subscription->has_news || looks || is_due)
        g_ptr_array_add (waiting, subscription_ref (subscription));
      else if (subscription->serve_at != 0)
        *next = MIN (*next, subscription->serve_at);
      subscription->has_news = FALSE;
    }
  return waiting;
}

/* Returns: (transfer full): whom to serve next; none when the hub stops */
static GPtrArray *
await_news (KabLiveEvents *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gint64 next;
  GPtrArray *waiting = take_waiting (self, &next);

  while (!self->is_stopping && waiting->len == 0)
    {
      g_cond_wait_until (&self->news, &self->mutex, next);
      g_ptr_array_unref (waiting);
      waiting = take_waiting (self, &next);
    }
  return waiting;
}

static gboolean
is_stopping (KabLiveEvents *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->is_stopping;
}

static gpointer
serve_cb (gpointer data)
{
  KabLiveEvents *self = data;

  while (!is_stopping (self))
    {
      g_autoptr (GPtrArray) waiting = await_news (self);

      for (guint i = 0; i < waiting->len; i++)
        while (serve (waiting->pdata[i]))
          ;
    }
  return NULL;
}

static void
stream_closed_cb (KabEventStream *stream, gpointer user_data)
{
  Subscription *subscription = user_data;
  KabLiveEvents *self = subscription->hub;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_ptr_array_remove (self->subscriptions, subscription);
}

static void
kab_live_events_finalize (GObject *object)
{
  KabLiveEvents *self = KAB_LIVE_EVENTS (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->subscriptions, g_ptr_array_unref);
  g_cond_clear (&self->news);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (kab_live_events_parent_class)->finalize (object);
}

static void
kab_live_events_class_init (KabLiveEventsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_live_events_finalize;
}

static void
kab_live_events_init (KabLiveEvents *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->news);
  self->subscriptions = g_ptr_array_new_with_free_func (subscription_unref);
}

/**
 * kab_live_events_new:
 * @limits: when a session ends by itself; has to outlive it
 *
 * Returns: (transfer full): a hub without streams; end it with kab_live_events_stop()
 */
KabLiveEvents *
kab_live_events_new (KabStore *store, const KabSessionLimits *limits)
{
  KabLiveEvents *self = g_object_new (KAB_TYPE_LIVE_EVENTS, NULL);

  self->store = g_object_ref (store);
  self->limits = limits;
  self->thread = g_thread_new ("live-events", serve_cb, self);
  self->listener = kab_store_listen (store, heard_cb, self);
  return self;
}

static gboolean
read_last (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_events_get_last (tx, data, error);
}

/* Returns: (transfer full) (nullable): the stream that has to give way */
static KabEventStream *
add_subscription (KabLiveEvents *self, Subscription *subscription)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Subscription *oldest = NULL;
  guint n = 0;

  for (guint i = self->subscriptions->len; i > 0; i--)
    if (concerns (self->subscriptions->pdata[i - 1], subscription->user))
      {
        oldest = self->subscriptions->pdata[i - 1];
        n++;
      }
  g_ptr_array_add (self->subscriptions, subscription);
  g_cond_signal (&self->news);
  return n >= KAB_LIVE_STREAMS_MAX ? g_object_ref (oldest->stream) : NULL;
}

/**
 * kab_live_events_open:
 * @caller: whose events; an employee also gets those of all employees
 * @after: the last event that the caller has seen, or -1 to begin with what happens from now on
 *
 * Opens a stream of what the caller may know of. Where too much time has passed since @after it
 * begins with `reset`. It ends with `session-ended` when the caller's session does.
 *
 * Returns: (transfer full): the stream, or %NULL with an error of %KAB_STORE_ERROR
 */
KabEventStream *
kab_live_events_open (KabLiveEvents *self, const KabCaller *caller, gint64 after, GError **error)
{
  g_autoptr (KabEventStream) stream = NULL;
  g_autoptr (KabEventStream) displaced = NULL;
  Subscription *subscription;
  gint64 start = after;

  if (after < 0 && !kab_store_read (self->store, read_last, &start, error))
    return NULL;
  stream = kab_event_stream_new (STREAM_BYTES);
  subscription = g_new0 (Subscription, 1);
  g_atomic_ref_count_init (&subscription->ref_count);
  subscription->hub = g_object_ref (self);
  subscription->stream = g_object_ref (stream);
  subscription->user = g_strdup (caller->id);
  subscription->session = g_strdup (caller->session);
  subscription->is_staff = caller->kind == KAB_CALLER_STAFF;
  subscription->after = start;
  subscription->has_news = TRUE;
  /* Whoever is cut off before the first event knows where to go on. */
  push (subscription, start, NULL, "");
  subscription_ref (subscription);
  displaced = add_subscription (self, subscription);
  kab_event_stream_set_closed (stream, stream_closed_cb, subscription, subscription_unref);
  if (displaced != NULL)
    kab_event_stream_close (displaced);
  if (is_stopping (self))
    kab_event_stream_close (stream);
  return g_steal_pointer (&stream);
}

/**
 * kab_live_events_count:
 *
 * Returns: how many streams are open
 */
guint
kab_live_events_count (KabLiveEvents *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->subscriptions->len;
}

/**
 * kab_live_events_stop:
 *
 * Ends all streams; blocks until nothing of it uses the store.
 */
void
kab_live_events_stop (KabLiveEvents *self)
{
  g_autoptr (GPtrArray) rest = NULL;

  if (self->thread == NULL)
    return;
  kab_store_unlisten (self->store, self->listener);
  g_mutex_lock (&self->mutex);
  self->is_stopping = TRUE;
  rest = take_all (self);
  g_cond_signal (&self->news);
  g_mutex_unlock (&self->mutex);
  g_thread_join (g_steal_pointer (&self->thread));
  for (guint i = 0; i < rest->len; i++)
    kab_event_stream_close (((Subscription *) rest->pdata[i])->stream);
}

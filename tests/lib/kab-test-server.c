/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-test-server.h"

typedef struct
{
  KabTestTrick trick;
  guint status;
  char *type;   /* (owned) (nullable) */
  char *body;   /* (owned) (nullable) */
  char *header; /* (owned) (nullable) */
  char *value;  /* (owned) (nullable) */
} Reply;

typedef struct
{
  GQueue replies; /* of Reply (owned) */
  guint count;
  SoupMessageHeaders *headers; /* (owned) (nullable) of the latest request */
  char *query;                 /* (owned) (nullable) */
  char *body;                  /* (owned) (nullable) */
} Route;

struct _KabTestServer
{
  GMutex mutex;
  GCond cond;
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  gboolean ready;

  SoupServer *server;
  char *address;
  guint port;
  GHashTable *routes; /* (mutex mutex) */
  gboolean is_held;   /* (mutex mutex) */
  GQueue held;        /* of Answer (owned), in the server's thread */
};

typedef struct
{
  KabTestServer *self;
  SoupServerMessage *message; /* (owned) */
  Reply *reply;               /* not owned: replies live as long as the server */
} Answer;

static void
reply_free (Reply *reply)
{
  g_free (reply->type);
  g_free (reply->body);
  g_free (reply->header);
  g_free (reply->value);
  g_free (reply);
}

static void
route_free (Route *route)
{
  g_queue_clear_full (&route->replies, (GDestroyNotify) reply_free);
  g_clear_pointer (&route->headers, soup_message_headers_unref);
  g_free (route->query);
  g_free (route->body);
  g_free (route);
}

static Route *
get_route (KabTestServer *self, const char *name)
{
  Route *route = g_hash_table_lookup (self->routes, name);

  if (route == NULL)
    {
      route = g_new0 (Route, 1);
      g_queue_init (&route->replies);
      g_hash_table_insert (self->routes, g_strdup (name), route);
    }

  return route;
}

static void
close_connection (SoupServerMessage *message)
{
  g_socket_shutdown (soup_server_message_get_socket (message), TRUE, TRUE, NULL);
}

static void
send_raw (SoupServerMessage *message, const char *text, gsize length)
{
  GIOStream *stream = soup_server_message_steal_connection (message);

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), text, length, NULL, NULL,
                             NULL);
  g_io_stream_close (stream, NULL, NULL);
  g_object_unref (stream);
}

static void
send_half (SoupServerMessage *message, const Reply *reply)
{
  g_autofree char *text = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                           "Content-Length: %zu\r\n\r\n%s",
                                           2 * strlen (reply->body), reply->body);

  send_raw (message, text, strlen (text));
}

static void
send_normal (SoupServerMessage *message, const Reply *reply)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, reply->status, NULL);
  if (reply->header != NULL)
    soup_message_headers_append (headers, reply->header, reply->value);
  if (reply->body != NULL)
    soup_server_message_set_response (message, reply->type, SOUP_MEMORY_COPY, reply->body,
                                      strlen (reply->body));
}

static gboolean
answer_cb (gpointer user_data)
{
  Answer *answer = user_data;
  SoupServerMessage *message = answer->message;

  switch (answer->reply->trick)
    {
    case KAB_TEST_NO_TRICK:
      send_normal (message, answer->reply);
      soup_server_message_unpause (message);
      break;
    case KAB_TEST_CUT:
      close_connection (message);
      soup_server_message_unpause (message);
      break;
    case KAB_TEST_RAW:
      send_raw (message, answer->reply->body, strlen (answer->reply->body));
      break;
    case KAB_TEST_HALF:
      send_half (message, answer->reply);
      break;
    case KAB_TEST_SILENT:
    default:
      break;
    }

  return G_SOURCE_REMOVE;
}

static void
answer_free (Answer *answer)
{
  g_object_unref (answer->message);
  g_free (answer);
}

static void
send_answer (KabTestServer *self, Answer *answer)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, answer_cb, answer, (GDestroyNotify) answer_free);
  g_source_attach (source, self->context);
}

static void
note_request (Route *route, SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  GUri *uri = soup_server_message_get_uri (message);

  route->count++;
  g_clear_pointer (&route->headers, soup_message_headers_unref);
  route->headers = soup_message_headers_ref (soup_server_message_get_request_headers (message));
  g_set_str (&route->query, g_uri_get_query (uri));
  g_free (route->body);
  route->body = g_strndup (body->data ? body->data : "", body->length);
}

static void
request_received_cb (SoupServer *server,
                     SoupServerMessage *message,
                     const char *path,
                     GHashTable *query,
                     gpointer user_data)
{
  static Reply not_found = {
    .status = 404,
    .type = (char *) "application/problem+json",
    .body = (char *) "{\"type\":\"about:blank\",\"title\":\"\",\"status\":404,"
                     "\"code\":\"not-found\"}",
  };
  KabTestServer *self = user_data;
  g_autofree char *name = g_strdup_printf ("%s %s", soup_server_message_get_method (message), path);
  Answer *answer = g_new0 (Answer, 1);
  gboolean is_held;

  g_mutex_lock (&self->mutex);
  {
    Route *route = get_route (self, name);

    note_request (route, message);
    answer->self = self;
    answer->message = g_object_ref (message);
    answer->reply = g_queue_peek_head (&route->replies);
    if (answer->reply == NULL)
      answer->reply = &not_found;
    else if (route->replies.length > 1)
      /* Used up, but kept: an answer may still be on its way. */
      g_queue_push_tail (&get_route (self, "")->replies, g_queue_pop_head (&route->replies));
    is_held = self->is_held;
  }
  g_mutex_unlock (&self->mutex);

  soup_server_message_pause (message);
  if (is_held)
    g_queue_push_tail (&self->held, answer);
  else
    send_answer (self, answer);
}

static void
listen_now (KabTestServer *self)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, request_received_cb, self, NULL);
  soup_server_listen_local (self->server, self->port, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
go_down (KabTestServer *self, gpointer data)
{
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
}

static gpointer
run_server (gpointer user_data)
{
  KabTestServer *self = user_data;

  g_main_context_push_thread_default (self->context);
  g_mutex_lock (&self->mutex);
  listen_now (self);
  self->address = g_strdup_printf ("http://127.0.0.1:%u", self->port);
  self->ready = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);

  g_main_loop_run (self->loop);

  go_down (self, NULL);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

typedef struct
{
  KabTestServer *self;
  void (*func) (KabTestServer *self, gpointer data);
  gpointer data;
  gboolean done;
} Order;

static gboolean
order_cb (gpointer user_data)
{
  Order *order = user_data;

  order->func (order->self, order->data);
  g_mutex_lock (&order->self->mutex);
  order->done = TRUE;
  g_cond_signal (&order->self->cond);
  g_mutex_unlock (&order->self->mutex);

  return G_SOURCE_REMOVE;
}

/* Lets the server's thread do something and waits for it. */
static void
run_there (KabTestServer *self, void (*func) (KabTestServer *self, gpointer data), gpointer data)
{
  Order order = { self, func, data, FALSE };

  g_main_context_invoke (self->context, order_cb, &order);
  g_mutex_lock (&self->mutex);
  while (!order.done)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

KabTestServer *
kab_test_server_new (void)
{
  KabTestServer *self = g_new0 (KabTestServer, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->routes =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) route_free);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("bank", run_server, self);

  g_mutex_lock (&self->mutex);
  while (!self->ready)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);

  return self;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);

  return G_SOURCE_REMOVE;
}

void
kab_test_server_free (KabTestServer *self)
{
  /* From inside the loop: it may not even run yet. */
  g_main_context_invoke (self->context, quit_cb, self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_hash_table_unref (self->routes);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->address);
  g_free (self);
}

const char *
kab_test_server_get_address (KabTestServer *self)
{
  return self->address;
}

static void
queue_reply (KabTestServer *self, const char *route, Reply *reply)
{
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&get_route (self, route)->replies, reply);
  g_mutex_unlock (&self->mutex);
}

static gboolean marks_texts;

void
kab_test_server_mark_texts (void)
{
  marks_texts = TRUE;
}

static void mark_node (JsonNode *node);

static void
mark_member_cb (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  static const char *const texts[] = { "author", "by",   "comment", "en",   "legalName",
                                       "lv",     "name", "ru",      "text", "title" };

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
        if (g_str_equal (name, texts[i]))
          {
            g_autofree char *marked = g_strconcat (json_node_get_string (node), " <&", NULL);

            json_node_set_string (node, marked);
          }
      return;
    }
  mark_node (node);
}

static void
mark_element_cb (JsonArray *array, guint index, JsonNode *node, gpointer user_data)
{
  mark_node (node);
}

static void
mark_node (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    json_object_foreach_member (json_node_get_object (node), mark_member_cb, NULL);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    json_array_foreach_element (json_node_get_array (node), mark_element_cb, NULL);
}

static void
mark_texts (char **body)
{
  g_autoptr (JsonNode) node = json_from_string (*body, NULL);

  if (node == NULL)
    return;
  mark_node (node);
  g_free (*body);
  *body = json_to_string (node, FALSE);
}

void
kab_test_server_reply_full (KabTestServer *self,
                            const char *route,
                            guint status,
                            const char *type,
                            const char *body,
                            const char *header,
                            const char *value)
{
  Reply *reply = g_new0 (Reply, 1);

  reply->status = status;
  reply->type = g_strdup (type);
  reply->body = g_strdup (body);
  reply->header = g_strdup (header);
  reply->value = g_strdup (value);
  if (body != NULL && type != NULL && g_str_has_suffix (type, "json"))
    {
      g_strdelimit (reply->body, "'", '"');
      if (marks_texts)
        mark_texts (&reply->body);
    }
  queue_reply (self, route, reply);
}

void
kab_test_server_reply (KabTestServer *self, const char *route, guint status, const char *body)
{
  kab_test_server_reply_full (self, route, status,
                              status >= 400 ? "application/problem+json" : "application/json", body,
                              NULL, NULL);
}

void
kab_test_server_trick (KabTestServer *self, const char *route, KabTestTrick trick, const char *body)
{
  Reply *reply = g_new0 (Reply, 1);

  reply->trick = trick;
  reply->body = g_strdup (body);
  queue_reply (self, route, reply);
}

void
kab_test_server_hold (KabTestServer *self)
{
  g_mutex_lock (&self->mutex);
  self->is_held = TRUE;
  g_mutex_unlock (&self->mutex);
}

static void
let_go (KabTestServer *self, gpointer data)
{
  Answer *answer;

  g_mutex_lock (&self->mutex);
  self->is_held = FALSE;
  g_mutex_unlock (&self->mutex);
  while ((answer = g_queue_pop_head (&self->held)) != NULL)
    send_answer (self, answer);
}

void
kab_test_server_let_go (KabTestServer *self)
{
  run_there (self, let_go, NULL);
}

void
kab_test_server_forget (KabTestServer *self, const char *route)
{
  g_mutex_lock (&self->mutex);
  {
    Route *known = get_route (self, route);
    Reply *reply;

    while ((reply = g_queue_pop_head (&known->replies)) != NULL)
      g_queue_push_tail (&get_route (self, "")->replies, reply);
  }
  g_mutex_unlock (&self->mutex);
}

static void
come_back (KabTestServer *self, gpointer data)
{
  listen_now (self);
}

void
kab_test_server_go_down (KabTestServer *self)
{
  run_there (self, go_down, NULL);
}

void
kab_test_server_come_back (KabTestServer *self)
{
  run_there (self, come_back, NULL);
}

guint
kab_test_server_count (KabTestServer *self, const char *route)
{
  guint count;

  g_mutex_lock (&self->mutex);
  count = get_route (self, route)->count;
  g_mutex_unlock (&self->mutex);

  return count;
}

char *
kab_test_server_dup_header (KabTestServer *self, const char *route, const char *header)
{
  Route *known;
  char *value = NULL;

  g_mutex_lock (&self->mutex);
  known = get_route (self, route);
  if (known->headers != NULL)
    value = g_strdup (soup_message_headers_get_one (known->headers, header));
  g_mutex_unlock (&self->mutex);

  return value;
}

char *
kab_test_server_dup_query (KabTestServer *self, const char *route)
{
  char *query;

  g_mutex_lock (&self->mutex);
  query = g_strdup (get_route (self, route)->query);
  g_mutex_unlock (&self->mutex);

  return query;
}

char *
kab_test_server_dup_body (KabTestServer *self, const char *route)
{
  char *body;

  g_mutex_lock (&self->mutex);
  body = g_strdup (get_route (self, route)->body);
  g_mutex_unlock (&self->mutex);

  return body;
}

typedef struct
{
  const char *path;
  SoupServerCallback early;
  SoupServerCallback callback;
  gpointer user_data;
} Handler;

static void
add_handler (KabTestServer *self, gpointer data)
{
  const Handler *handler = data;

  if (handler->early != NULL)
    soup_server_add_early_handler (self->server, handler->path, handler->early, handler->user_data,
                                   NULL);
  soup_server_add_handler (self->server, handler->path, handler->callback, handler->user_data,
                           NULL);
}

void
kab_test_server_handle (KabTestServer *self,
                        const char *path,
                        SoupServerCallback early,
                        SoupServerCallback callback,
                        gpointer user_data)
{
  Handler handler = { path, early, callback, user_data };

  run_there (self, add_handler, &handler);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

gboolean
kab_test_iterate (gint64 deadline)
{
  /* So that a condition of another thread is looked at too. */
  guint source = g_timeout_add (5, wake_cb, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);

  return g_get_monotonic_time () < deadline;
}

void
kab_test_wait_for_result (GAsyncResult **result)
{
  kab_test_wait_until (*result != NULL);
}

void
kab_test_keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **place = data;

  g_assert_null (*place);
  *place = g_object_ref (result);
}

void
kab_test_run_for (guint milliseconds)
{
  gint64 deadline = g_get_monotonic_time () + milliseconds * 1000;

  while (kab_test_iterate (deadline))
    ;
}

JsonObject *
kab_test_json (const char *text)
{
  g_autofree char *copy = g_strdup (text);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  g_strdelimit (copy, "'", '"');
  node = json_from_string (copy, &error);
  g_assert_no_error (error);

  return json_node_dup_object (node);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-clerk.h"

#include "kab-sandbox-errand.h"
#include "kab-sandbox-json.h"

#include <libsoup/soup.h>
#include <string.h>

#define RETRY_MILLISECONDS 1000
#define LOOK_SECONDS       30

/**
 * KabSandboxClerk:
 *
 * The demo bank's employee. It signs in to the bank's own staff interface like anybody, listens
 * for changes, looks at conversations and the queue after each, and does one errand after another,
 * with a pause in between as a person would.
 */
struct _KabSandboxClerk
{
  GObject parent_instance;

  KabSandboxScript *script;  /* (owned) */
  char *directory;           /* (owned) */
  char *bank;                /* (owned) (nullable) */
  char *token;               /* (owned) (nullable) of the session */
  SoupSession *session;      /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GDataInputStream *events;  /* (owned) (nullable) */
  GHashTable *done;          /* (owned) of (owned) char: errands that were tried */
  GQueue conversations;      /* of (owned) JsonObject: still to look at in this round */
  GQueue cases;              /* of (owned) char: ids still to look at in this round */
  JsonObject *current;       /* (owned) (nullable) the conversation in hand */
  KabSandboxErrand *errand;  /* (owned) (nullable) the errand in hand */
  gboolean busy;             /* a round is under way */
  gboolean again;            /* something happened meanwhile */
  gboolean listening;
  guint pause;
  guint retry;
  guint look;
};

typedef void (*Answered) (KabSandboxClerk *self, guint status, JsonObject *reply);

typedef struct
{
  KabSandboxClerk *self; /* (owned) */
  Answered answered;
} Call;

G_DEFINE_FINAL_TYPE (KabSandboxClerk, kab_sandbox_clerk, G_TYPE_OBJECT)

static void look (KabSandboxClerk *self);
static void next_task (KabSandboxClerk *self);
static void listen (KabSandboxClerk *self);

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (KabSandboxClerk) self = call->self;
  g_autoptr (GBytes) bytes =
      soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr (JsonObject) reply = bytes ? kab_sandbox_json_parse (bytes, NULL) : NULL;

  if (!g_cancellable_is_cancelled (self->cancellable))
    call->answered (self, bytes ? soup_message_get_status (message) : 0, reply);
}

static SoupMessage *
new_message (KabSandboxClerk *self, const char *method, const char *path)
{
  g_autofree char *url = g_strconcat (self->bank, path, NULL);
  SoupMessage *message = soup_message_new (method, url);

  if (self->token)
    {
      g_autofree char *value = g_strconcat ("Bearer ", self->token, NULL);
      soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                                   value);
    }
  return message;
}

static void
send_message (KabSandboxClerk *self, SoupMessage *message, JsonObject *body, Answered answered)
{
  Call *call = g_new0 (Call, 1);

  if (body)
    {
      g_autofree char *text = kab_sandbox_json_print (body, FALSE);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autofree char *key = g_uuid_string_random ();

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
      soup_message_headers_append (soup_message_get_request_headers (message), "Idempotency-Key",
                                   key);
    }
  call->self = g_object_ref (self);
  call->answered = answered;
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, self->cancellable,
                                    answered_cb, call);
}

static void
get (KabSandboxClerk *self, const char *path, Answered answered)
{
  g_autoptr (SoupMessage) message = new_message (self, "GET", path);

  send_message (self, message, NULL, answered);
}

static gboolean
retry_cb (gpointer user_data)
{
  KabSandboxClerk *self = user_data;

  self->retry = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
retry_later (KabSandboxClerk *self)
{
  self->busy = FALSE;
  if (!self->retry)
    self->retry = g_timeout_add (RETRY_MILLISECONDS, retry_cb, self);
}

/* The bank is away, or the session is over: begin anew. TRUE when nothing was wrong. */
static gboolean
check_reply (KabSandboxClerk *self, guint status, JsonObject *reply)
{
  if (status == 200 && reply)
    return TRUE;
  if (status == 401)
    g_clear_pointer (&self->token, g_free);
  retry_later (self);
  return FALSE;
}

static void
errand_run (KabSandboxClerk *self, guint status, JsonObject *reply)
{
  if (status == 0 || status == 401 || status >= 500)
    {
      g_hash_table_remove (self->done, self->errand->key);
      if (status == 401)
        g_clear_pointer (&self->token, g_free);
      retry_later (self);
      return;
    }
  if (status == 412) /* somebody was faster: with the new version it is another try */
    g_hash_table_remove (self->done, self->errand->key);
  else if (status >= 400)
    g_message ("The bank refused an errand of the clerk: %u %s", status,
               reply && kab_sandbox_json_text (reply, "code")
                   ? kab_sandbox_json_text (reply, "code")
                   : "");
  self->again = TRUE;
  next_task (self);
}

static void
form_received (KabSandboxClerk *self, guint status, JsonObject *reply)
{
  g_autoptr (SoupMessage) message = new_message (self, "POST", self->errand->path);

  kab_sandbox_errand_complete (self->errand, status == 200 ? reply : NULL);
  soup_message_headers_append (soup_message_get_request_headers (message), "If-Match",
                               self->errand->if_match);
  send_message (self, message, self->errand->body, errand_run);
}

static gboolean
pause_over_cb (gpointer user_data)
{
  KabSandboxClerk *self = user_data;
  g_autoptr (SoupMessage) message = NULL;

  self->pause = 0;
  g_hash_table_add (self->done, g_strdup (self->errand->key));
  if (self->errand->form)
    {
      g_autofree char *path = g_strconcat ("/v1/forms/", self->errand->form, NULL);
      get (self, path, form_received);
      return G_SOURCE_REMOVE;
    }
  message = new_message (self, "POST", self->errand->path);
  if (self->errand->if_match)
    soup_message_headers_append (soup_message_get_request_headers (message), "If-Match",
                                 self->errand->if_match);
  send_message (self, message, self->errand->body, errand_run);
  return G_SOURCE_REMOVE;
}

/* Thinks for a while, then does the errand; goes on to the next task when there is none. */
static void
begin_errand (KabSandboxClerk *self, KabSandboxErrand *errand)
{
  g_clear_pointer (&self->errand, kab_sandbox_errand_free);
  if (!errand)
    {
      next_task (self);
      return;
    }
  self->errand = errand;
  self->pause = g_timeout_add (kab_sandbox_script_get_settings (self->script)->clerk_pause,
                               pause_over_cb, self);
}

static void
messages_received (KabSandboxClerk *self, guint status, JsonObject *reply)
{
  if (check_reply (self, status, reply))
    begin_errand (self, kab_sandbox_errand_for_messages (self->current, reply, self->done));
}

static void
case_received (KabSandboxClerk *self, guint status, JsonObject *reply)
{
  if (status == 404)
    next_task (self);
  else if (check_reply (self, status, reply))
    begin_errand (self, kab_sandbox_errand_for_case (reply, self->done));
}

/* Who writes is answered before anything else. */
static void
next_task (KabSandboxClerk *self)
{
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;

  g_clear_pointer (&self->current, json_object_unref);
  self->current = g_queue_pop_head (&self->conversations);
  if (self->current)
    {
      path = g_strdup_printf ("/v1/staff/conversations/%s/messages?limit=100",
                              kab_sandbox_json_text (self->current, "id"));
      get (self, path, messages_received);
      return;
    }
  id = g_queue_pop_head (&self->cases);
  if (id)
    {
      path = g_strconcat ("/v1/staff/cases/", id, NULL);
      get (self, path, case_received);
      return;
    }
  self->busy = FALSE;
  if (self->again)
    look (self);
}

/* Calls @take with each object of a list that has an id. */
static void
take_items (KabSandboxClerk *self,
            JsonObject *reply,
            void (*take) (KabSandboxClerk *self, JsonObject *item))
{
  JsonNode *node = json_object_get_member (reply, "items");
  JsonArray *items = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; items && i < json_array_get_length (items); i++)
    {
      JsonNode *item = json_array_get_element (items, i);

      if (JSON_NODE_HOLDS_OBJECT (item) &&
          kab_sandbox_json_text (json_node_get_object (item), "id"))
        take (self, json_node_get_object (item));
    }
}

static void
take_case (KabSandboxClerk *self, JsonObject *item)
{
  g_queue_push_tail (&self->cases, g_strdup (kab_sandbox_json_text (item, "id")));
}

static void
take_conversation (KabSandboxClerk *self, JsonObject *item)
{
  g_queue_push_tail (&self->conversations, json_object_ref (item));
}

static void
queue_received (KabSandboxClerk *self, guint status, JsonObject *reply)
{
  if (!check_reply (self, status, reply))
    return;
  take_items (self, reply, take_case);
  next_task (self);
}

static void
conversations_received (KabSandboxClerk *self, guint status, JsonObject *reply)
{
  if (!check_reply (self, status, reply))
    return;
  take_items (self, reply, take_conversation);
  get (self, "/v1/staff/queue?waiting=any&limit=100", queue_received);
}

static void
forget_tasks (KabSandboxClerk *self)
{
  g_queue_clear_full (&self->conversations, (GDestroyNotify) json_object_unref);
  g_queue_clear_full (&self->cases, g_free);
}

static void
look_around (KabSandboxClerk *self)
{
  forget_tasks (self);
  get (self, "/v1/staff/conversations?unread=true&limit=100", conversations_received);
}

static void
signed_in (KabSandboxClerk *self, guint status, JsonObject *reply)
{
  const char *token = reply ? kab_sandbox_json_text (reply, "token") : NULL;

  if (status != 201 || !token)
    {
      retry_later (self);
      return;
    }
  g_set_str (&self->token, token);
  listen (self);
  look_around (self);
}

static JsonObject *
read_credentials (KabSandboxClerk *self)
{
  g_autofree char *path = g_build_filename (self->directory, "clerk.json", NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonObject) file = NULL;
  char *text;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return NULL;
  bytes = g_bytes_new_take (text, length);
  file = kab_sandbox_json_parse (bytes, NULL);
  if (!file || !kab_sandbox_json_text (file, "login") || !kab_sandbox_json_text (file, "password"))
    return NULL;
  return kab_sandbox_json_strings ("login", kab_sandbox_json_text (file, "login"), "password",
                                   kab_sandbox_json_text (file, "password"), "device",
                                   "Demo bank employee", NULL);
}

static void
sign_in (KabSandboxClerk *self)
{
  g_autoptr (JsonObject) body = read_credentials (self);
  g_autoptr (SoupMessage) message = NULL;

  if (!body)
    {
      retry_later (self);
      return;
    }
  message = new_message (self, "POST", "/v1/sessions");
  send_message (self, message, body, signed_in);
}

/* Begins a round, unless one is under way: then another one follows it. */
static void
look (KabSandboxClerk *self)
{
  if (!self->bank)
    return;
  if (self->busy)
    {
      self->again = TRUE;
      return;
    }
  self->busy = TRUE;
  self->again = FALSE;
  if (self->token && !self->listening)
    listen (self);
  if (self->token)
    look_around (self);
  else
    sign_in (self);
}

static gboolean
look_cb (gpointer user_data)
{
  look (user_data);
  return G_SOURCE_CONTINUE;
}

static void read_event (KabSandboxClerk *self);

static void
event_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabSandboxClerk) self = user_data;
  g_autofree char *line =
      g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (!line)
    {
      g_clear_object (&self->events);
      self->listening = FALSE;
      retry_later (self);
      return;
    }
  if (g_str_has_prefix (line, "event:"))
    look (self);
  read_event (self);
}

static void
read_event (KabSandboxClerk *self)
{
  g_data_input_stream_read_line_async (self->events, G_PRIORITY_DEFAULT, self->cancellable,
                                       event_read_cb, g_object_ref (self));
}

static void
listening_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabSandboxClerk) self = user_data;
  g_autoptr (GInputStream) stream = soup_session_send_finish (SOUP_SESSION (source), result, NULL);
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (!stream || soup_message_get_status (message) != 200)
    {
      self->listening = FALSE;
      return;
    }
  g_clear_object (&self->events);
  self->events = g_data_input_stream_new (stream);
  read_event (self);
}

static void
listen (KabSandboxClerk *self)
{
  g_autoptr (SoupMessage) message = NULL;

  if (self->listening)
    return;
  self->listening = TRUE;
  message = new_message (self, "GET", "/v1/events");
  soup_message_headers_append (soup_message_get_request_headers (message), "Accept",
                               "text/event-stream");
  soup_session_send_async (self->session, message, G_PRIORITY_DEFAULT, self->cancellable,
                           listening_cb, g_object_ref (self));
}

static void
kab_sandbox_clerk_dispose (GObject *object)
{
  KabSandboxClerk *self = KAB_SANDBOX_CLERK (object);

  kab_sandbox_clerk_stop (self);
  g_clear_object (&self->script);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kab_sandbox_clerk_parent_class)->dispose (object);
}

static void
kab_sandbox_clerk_finalize (GObject *object)
{
  KabSandboxClerk *self = KAB_SANDBOX_CLERK (object);

  g_hash_table_unref (self->done);
  g_object_unref (self->cancellable);
  g_free (self->directory);
  G_OBJECT_CLASS (kab_sandbox_clerk_parent_class)->finalize (object);
}

static void
kab_sandbox_clerk_class_init (KabSandboxClerkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kab_sandbox_clerk_dispose;
  G_OBJECT_CLASS (klass)->finalize = kab_sandbox_clerk_finalize;
}

static void
kab_sandbox_clerk_init (KabSandboxClerk *self)
{
  /* The event stream, one that is still ending, and a call. */
  self->session = soup_session_new_with_options ("max-conns-per-host", 4, NULL);
  soup_session_set_proxy_resolver (self->session, NULL);
  self->cancellable = g_cancellable_new ();
  self->done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->conversations);
  g_queue_init (&self->cases);
}

/**
 * kab_sandbox_clerk_new:
 * @script: how long the clerk thinks
 * @directory: where the bank leaves clerk.json with login and password
 *
 * Returns: (transfer full): an employee who doesn't know yet where to work
 */
KabSandboxClerk *
kab_sandbox_clerk_new (KabSandboxScript *script, const char *directory)
{
  KabSandboxClerk *self = g_object_new (KAB_TYPE_SANDBOX_CLERK, NULL);

  self->script = g_object_ref (script);
  self->directory = g_strdup (directory);
  return self;
}

/**
 * kab_sandbox_clerk_set_bank:
 * @self: the clerk
 * @url: the bank's server, without a slash at the end
 *
 * Goes to work there, as soon as clerk.json exists.
 */
void
kab_sandbox_clerk_set_bank (KabSandboxClerk *self, const char *url)
{
  g_set_str (&self->bank, url);
  g_clear_pointer (&self->token, g_free);
  if (!self->look)
    self->look = g_timeout_add_seconds (LOOK_SECONDS, look_cb, self);
  look (self);
}

/**
 * kab_sandbox_clerk_stop:
 * @self: the clerk
 *
 * Goes home: nothing is sent any more.
 */
void
kab_sandbox_clerk_stop (KabSandboxClerk *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_handle_id (&self->retry, g_source_remove);
  g_clear_handle_id (&self->look, g_source_remove);
  g_clear_object (&self->events);
  g_clear_pointer (&self->errand, kab_sandbox_errand_free);
  g_clear_pointer (&self->current, json_object_unref);
  forget_tasks (self);
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->bank, g_free);
  if (self->session)
    soup_session_abort (self->session);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-phone.h"

#include "kab-sandbox-json.h"

#include <string.h>

#define MOST_MESSAGES      200
#define KEEP_ALIVE_SECONDS 15

/**
 * KabSandboxPhone:
 *
 * The phone of everybody in the demo bank: the last 200 text messages and mails, as a list and
 * as server-sent events (the WHATWG's "Server-sent events"). Ids grow, also over a restart.
 */
struct _KabSandboxPhone
{
  GObject parent_instance;

  GQueue messages;      /* of (owned) JsonObject, newest last */
  GPtrArray *listeners; /* (owned) of (owned) SoupServerMessage */
  gint64 last_id;
  guint keep_alive;
};

G_DEFINE_FINAL_TYPE (KabSandboxPhone, kab_sandbox_phone, G_TYPE_OBJECT)

static void
write_to (SoupServerMessage *listener, const char *text)
{
  soup_message_body_append (soup_server_message_get_response_body (listener), SOUP_MEMORY_COPY,
                            text, strlen (text));
  soup_server_message_unpause (listener);
}

static char *
format_event (JsonObject *message)
{
  g_autofree char *data = kab_sandbox_json_print (message, FALSE);

  return g_strdup_printf ("id: %" G_GINT64_FORMAT "\nevent: message\ndata: %s\n\n",
                          json_object_get_int_member (message, "id"), data);
}

static gboolean
keep_alive_cb (gpointer data)
{
  KabSandboxPhone *self = data;

  for (guint i = 0; i < self->listeners->len; i++)
    write_to (self->listeners->pdata[i], ": still here\n\n");
  return G_SOURCE_CONTINUE;
}

static void
listener_gone_cb (KabSandboxPhone *self, SoupServerMessage *message)
{
  g_ptr_array_remove (self->listeners, message);
}

static void
start_listening (KabSandboxPhone *self, KabSandboxRequest *request)
{
  SoupServerMessage *message = kab_sandbox_request_get_message (request);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *text = kab_sandbox_request_get_header (request, "Last-Event-ID");
  gint64 last = text ? g_ascii_strtoll (text, NULL, 10) : 0;

  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_replace (headers, "Content-Type", "text/event-stream");
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  g_ptr_array_add (self->listeners, g_object_ref (message));
  g_signal_connect_object (message, "finished", G_CALLBACK (listener_gone_cb), self,
                           G_CONNECT_SWAPPED);
  write_to (message, "retry: 1000\n\n");
  for (GList *l = self->messages.head; l; l = l->next)
    if (json_object_get_int_member (l->data, "id") > last)
      {
        g_autofree char *event = format_event (l->data);
        write_to (message, event);
      }
}

static void
list_messages (KabSandboxPhone *self, KabSandboxRequest *request)
{
  JsonArray *array = json_array_new ();

  for (GList *l = self->messages.head; l; l = l->next)
    json_array_add_object_element (array, json_object_ref (l->data));
  kab_sandbox_request_reply_array (request, array);
}

static void
handle_phone (KabSandboxRequest *request, gpointer data)
{
  g_auto (GStrv) values = NULL;

  if (kab_sandbox_request_match (request, "GET", "/phone/messages", &values))
    list_messages (data, request);
  else if (kab_sandbox_request_match (request, "GET", "/phone/events", &values))
    start_listening (data, request);
  else
    kab_sandbox_request_reply (request, 404, "text/plain", "The phone has messages and events.\n");
}

static void
kab_sandbox_phone_finalize (GObject *object)
{
  KabSandboxPhone *self = KAB_SANDBOX_PHONE (object);

  g_clear_handle_id (&self->keep_alive, g_source_remove);
  g_queue_clear_full (&self->messages, (GDestroyNotify) json_object_unref);
  g_ptr_array_unref (self->listeners);
  G_OBJECT_CLASS (kab_sandbox_phone_parent_class)->finalize (object);
}

static void
kab_sandbox_phone_class_init (KabSandboxPhoneClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_sandbox_phone_finalize;
}

static void
kab_sandbox_phone_init (KabSandboxPhone *self)
{
  g_queue_init (&self->messages);
  self->listeners = g_ptr_array_new_with_free_func (g_object_unref);
  self->last_id = g_get_real_time () / 1000;
  self->keep_alive = g_timeout_add_seconds (KEEP_ALIVE_SECONDS, keep_alive_cb, self);
}

/**
 * kab_sandbox_phone_new:
 * @http: where to answer
 * @prefix: the secret beginning of the path, so that no page in a browser can read the codes
 *
 * Returns: (transfer full): a phone without messages
 */
KabSandboxPhone *
kab_sandbox_phone_new (KabSandboxHttp *http, const char *prefix)
{
  KabSandboxPhone *self = g_object_new (KAB_TYPE_SANDBOX_PHONE, NULL);
  g_autofree char *path = g_strconcat (prefix, "/phone", NULL);

  kab_sandbox_http_serve (http, path, strlen (prefix), NULL, handle_phone, self);
  return self;
}

/**
 * kab_sandbox_phone_add:
 * @self: the phone
 * @kind: "sms" or "mail"
 * @from: who sent it
 * @to: number or address it was sent to
 * @subject: (nullable): a mail's subject
 * @text: the text
 *
 * Shows a message.
 */
void
kab_sandbox_phone_add (KabSandboxPhone *self,
                       const char *kind,
                       const char *from,
                       const char *to,
                       const char *subject,
                       const char *text)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *at = g_date_time_format_iso8601 (now);
  JsonObject *message =
      kab_sandbox_json_strings ("kind", kind, "from", from, "to", to, "subject",
                                subject ? subject : "", "text", text, "at", at, NULL);
  g_autofree char *event = NULL;

  json_object_set_int_member (message, "id", ++self->last_id);
  g_queue_push_tail (&self->messages, message);
  event = format_event (message);
  for (guint i = 0; i < self->listeners->len; i++)
    write_to (self->listeners->pdata[i], event);
  if (self->messages.length > MOST_MESSAGES)
    json_object_unref (g_queue_pop_head (&self->messages));
}

/**
 * kab_sandbox_phone_stop:
 * @self: the phone
 *
 * Ends the event streams.
 */
void
kab_sandbox_phone_stop (KabSandboxPhone *self)
{
  g_autoptr (GPtrArray) listeners = g_steal_pointer (&self->listeners);

  self->listeners = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < listeners->len; i++)
    {
      soup_message_body_complete (soup_server_message_get_response_body (listeners->pdata[i]));
      soup_server_message_unpause (listeners->pdata[i]);
    }
}

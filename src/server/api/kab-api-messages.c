/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-api.h"
#include "kab-api-files.h"
#include "kab-api-json.h"
#include "kab-api-operation.h"
#include "kab-api-page.h"
#include "kab-conversations.h"
#include "kab-file-rules.h"
#include "kab-json.h"
#include "kab-messages.h"

/* A text of the greatest length, with each character escaped as two surrogates. */
#define MESSAGE_BODY_LIMIT (12 * KAB_MESSAGE_LENGTH_MAX + 8 * 1024)

/* One more than a message may have, so that the rule about files answers. */
#define ATTACHMENTS_READ_MAX (KAB_FILE_COUNT_MAX + 1)

/* Whose conversation it is: the caller's own, or for an employee that of the client in the path. */
static const char *
find_user (KabTransaction *tx, const KabCaller *caller, KabRequest *request, GError **error)
{
  const char *client;

  if (caller->kind == KAB_CALLER_CLIENT)
    return caller->id;
  client = kab_request_get_parameter (request, "id");
  return kab_conversations_check (tx, client, error) ? client : NULL;
}

static JsonObject *
message_to_json (const KabStoredMessage *message)
{
  JsonObject *object = json_object_new ();
  JsonArray *attachments = json_array_new ();

  for (guint i = 0; i < message->attachments->len; i++)
    json_array_add_object_element (attachments,
                                   kab_api_file_to_json (message->attachments->pdata[i]));
  json_object_set_string_member (object, "id", message->id);
  json_object_set_string_member (object, "from",
                                 message->from == KAB_SIDE_BANK ? "bank" : "client");
  if (message->author != NULL)
    json_object_set_string_member (object, "author", message->author);
  json_object_set_string_member (object, "text", message->text);
  kab_api_json_set_time (object, "sentAt", message->sent_at);
  json_object_set_boolean_member (object, "read", message->is_read);
  json_object_set_array_member (object, "attachments", attachments);
  return object;
}

static gboolean
read_page (KabRequest *request, gint64 *before, gint64 *limit, GError **error)
{
  return kab_request_get_query_integer (request, "cursor", 1, G_MAXINT64, G_MAXINT64, before,
                                        error) &&
         kab_request_get_query_integer (request, "limit", 1, 100, 50, limit, error);
}

/* @messages has one more than @limit when there is a next page. */
static JsonObject *
page_to_json (GPtrArray *messages, guint limit, gint64 n_unread)
{
  JsonObject *object = json_object_new ();
  JsonArray *items = json_array_new ();
  guint n = MIN (messages->len, limit);

  for (guint i = 0; i < n; i++)
    json_array_add_object_element (items, message_to_json (messages->pdata[i]));
  json_object_set_array_member (object, "items", items);
  json_object_set_int_member (object, "unread", n_unread);
  if (messages->len > n)
    {
      const KabStoredMessage *last = messages->pdata[n - 1];
      g_autofree char *next = g_strdup_printf ("%" G_GINT64_FORMAT, last->sequence);

      json_object_set_string_member (object, "next", next);
    }
  return object;
}

static KabResponse *
list_messages (KabTransaction *tx,
               const KabCaller *caller,
               KabRequest *request,
               const KabApiContext *context,
               gpointer data,
               GError **error)
{
  KabConversationSide side = caller->kind == KAB_CALLER_STAFF ? KAB_SIDE_BANK : KAB_SIDE_CLIENT;
  const char *user = find_user (tx, caller, request, error);
  g_autoptr (GPtrArray) messages = NULL;
  gint64 before, limit, n_unread;

  if (user == NULL || !read_page (request, &before, &limit, error))
    return NULL;
  messages = kab_messages_list (tx, user, before, (guint) limit + 1, error);
  if (messages == NULL || !kab_messages_count_unread (tx, user, side, &n_unread, error))
    return NULL;
  return kab_response_new_json (200, page_to_json (messages, (guint) limit, n_unread));
}

static KabResponse *
list_messages_cb (KabRequest *request, gpointer user_data, GError **error)
{
  return kab_api_read (user_data, request, list_messages, NULL, error);
}

static gboolean
read_attachments (KabRequest *request, char ***attachments, GError **error)
{
  JsonObject *body = kab_request_get_json (request);
  GError *json_error = NULL;

  if (!kab_json_has (body, "attachments"))
    *attachments = g_new0 (char *, 1);
  else
    *attachments =
        kab_json_get_strings (body, "attachments", ATTACHMENTS_READ_MAX, 64, &json_error);
  return *attachments != NULL || kab_api_json_take_error (error, json_error);
}

static KabResponse *
send_message (KabTransaction *tx,
              const KabCaller *caller,
              KabRequest *request,
              const KabApiContext *context,
              gpointer data,
              GError **error)
{
  KabMessageNew message = *(const KabMessageNew *) data;
  const char *user = find_user (tx, caller, request, error);
  g_autoptr (KabStoredMessage) sent = NULL;

  if (user == NULL)
    return NULL;
  message.user = user;
  sent = kab_messages_send (tx, caller, &message, error);
  return sent != NULL ? kab_response_new_json (201, message_to_json (sent)) : NULL;
}

static KabResponse *
send_message_cb (KabRequest *request, gpointer user_data, GError **error)
{
  static const char *const members[] = { "text", "attachments", NULL };
  g_auto (GStrv) attachments = NULL;
  KabMessageNew message = { 0 };

  if (!kab_api_json_check (request, members, error))
    return NULL;
  message.text = kab_api_json_get_text (request, "text", KAB_MESSAGE_LENGTH_MAX, error);
  if (message.text == NULL || !read_attachments (request, &attachments, error))
    return NULL;
  message.attachments = (const char *const *) attachments;
  return kab_api_write (user_data, request, send_message, &message, error);
}

static KabResponse *
mark_read (KabTransaction *tx,
           const KabCaller *caller,
           KabRequest *request,
           const KabApiContext *context,
           gpointer data,
           GError **error)
{
  const char *user = find_user (tx, caller, request, error);

  if (user == NULL || !kab_messages_mark_read (tx, caller, user, data, error))
    return NULL;
  return kab_response_new_empty (204);
}

static KabResponse *
mark_read_cb (KabRequest *request, gpointer user_data, GError **error)
{
  static const char *const members[] = { "upTo", NULL };
  const char *up_to;

  if (!kab_api_json_check (request, members, error))
    return NULL;
  up_to = kab_api_json_get_text (request, "upTo", 64, error);
  if (up_to == NULL)
    return NULL;
  return kab_api_write (user_data, request, mark_read, (gpointer) up_to, error);
}

static KabResponse *
list_conversations (KabTransaction *tx,
                    const KabCaller *caller,
                    KabRequest *request,
                    const KabApiContext *context,
                    gpointer data,
                    GError **error)
{
  gint64 next;
  JsonArray *items = kab_conversations_list (tx, data, &next, error);

  return items != NULL ? kab_api_page_answer_until (items, next) : NULL;
}

static KabResponse *
get_conversations (KabRequest *request, gpointer user_data, GError **error)
{
  const char *unread = kab_request_get_query (request, "unread");
  g_auto (KabApiPage) page = { 0 };
  KabConversationQuery query;

  if (!kab_api_page_read (&page, request, error))
    return NULL;
  if (unread != NULL && !g_str_equal (unread, "true") && !g_str_equal (unread, "false"))
    {
      kab_problem_set (error, KAB_PROBLEM_INVALID_QUERY, "unread is true or false");
      return NULL;
    }
  query = (KabConversationQuery) {
    .before = page.numbers[0] > 0 ? page.numbers[0] : G_MAXINT64,
    .is_unread = g_strcmp0 (unread, "true") == 0,
    .limit = page.limit,
  };
  return kab_api_read (user_data, request, list_conversations, &query, error);
}

#define CLIENT_PATH "/v1/messages"
#define STAFF_PATH  "/v1/staff/conversations/{id}/messages"

/* The same for both sides. */
#define ROUTES(path_, access_, list_, send_, mark_)                                                \
  { .method = KAB_METHOD_GET,                                                                      \
    .path = path_,                                                                                 \
    .operation = list_,                                                                            \
    .handler = list_messages_cb,                                                                   \
    .access = access_,                                                                             \
    .answer = KAB_ANSWER_JSON },                                                                   \
      { .method = KAB_METHOD_POST,                                                                 \
        .path = path_,                                                                             \
        .operation = send_,                                                                        \
        .handler = send_message_cb,                                                                \
        .access = access_,                                                                         \
        .flags = KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY,                                                  \
        .body = KAB_BODY_JSON,                                                                     \
        .body_limit = MESSAGE_BODY_LIMIT,                                                          \
        .answer = KAB_ANSWER_JSON },                                                               \
  {                                                                                                \
    .method = KAB_METHOD_PUT, .path = path_ "/read-mark", .operation = mark_,                      \
    .handler = mark_read_cb, .access = access_, .body = KAB_BODY_JSON                              \
  }

/**
 * kab_api_messages_add_routes:
 *
 * Adds `/v1/messages` and the employees' side of it.
 */
void
kab_api_messages_add_routes (KabRouter *router, const KabApiContext *context)
{
  static const KabRoute routes[] = {
    ROUTES (CLIENT_PATH, KAB_ACCESS_CLIENT, "listMessages", "sendMessage", "markMessagesRead"),
    ROUTES (STAFF_PATH, KAB_ACCESS_STAFF, "staffMessages", "replyToClient", "markConversationRead"),
    { KAB_METHOD_GET, "/v1/staff/conversations", "staffConversations", get_conversations,
      KAB_ACCESS_STAFF, .answer = KAB_ANSWER_JSON },
  };

  kab_router_add (router, routes, G_N_ELEMENTS (routes), (gpointer) context);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The conversation of a client with the bank, and its files. */

#include <string.h>

#include "kab-expiry.h"
#include "kab-messages.h"
#include "kab-test-desk.h"
#include "kab-uploads.h"

#define MESSAGES      "/v1/messages"
#define CONVERSATIONS "/v1/staff/conversations"

/* A client who hasn't applied for anything, an employee and a stranger, all signed in. */
typedef struct
{
  char *client;
  char *stranger;
  char *clerk;
  char *client_id;
  char *conversation;
} People;

static void
people_init (People *people, KabTestDesk *desk)
{
  g_autofree char *stranger = kab_test_desk_add_user (desk, "client");
  g_autofree char *clerk = kab_test_desk_add_user (desk, "staff");

  people->client_id = kab_test_desk_add_user (desk, "client");
  people->client = kab_test_bank_sign_in (desk->bank, people->client_id);
  people->stranger = kab_test_bank_sign_in (desk->bank, stranger);
  people->clerk = kab_test_bank_sign_in (desk->bank, clerk);
  people->conversation = g_strdup_printf (CONVERSATIONS "/%s/messages", people->client_id);
}

static void
people_clear (People *people)
{
  g_free (people->client);
  g_free (people->stranger);
  g_free (people->clerk);
  g_free (people->client_id);
  g_free (people->conversation);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (People, people_clear)

static KabTestReply *
post (KabTestDesk *desk, const char *token, const char *path, const char *json)
{
  g_autofree char *key = kab_store_make_id ();

  return kab_test_desk_post (desk, token, path, key, json);
}

/* Returns: (transfer full): the new message's id */
static char *
say (KabTestDesk *desk, const char *token, const char *path, const char *text)
{
  g_autofree char *json = g_strdup_printf ("{\"text\":\"%s\"}", text);
  g_autoptr (KabTestReply) reply = post (desk, token, path, json);
  g_autoptr (JsonObject) message = NULL;

  g_assert_cmpuint (reply->status, ==, 201);
  message = kab_test_reply_json (reply);
  g_assert_cmpstr (json_object_get_string_member (message, "text"), ==, text);
  return g_strdup (json_object_get_string_member (message, "id"));
}

static KabTestReply *
mark (KabTestDesk *desk, const char *token, const char *path, const char *id)
{
  g_autofree char *whole = g_strconcat (path, "/read-mark", NULL);
  g_autofree char *json = g_strdup_printf ("{\"upTo\":\"%s\"}", id);

  return kab_test_desk_call (
      desk, &(KabTestCall) { token, "PUT", whole, "Content-Type: application/json\r\n", json, -1 });
}

static JsonObject *
list (KabTestDesk *desk, const char *token, const char *path)
{
  g_autoptr (KabTestReply) reply = kab_test_desk_get (desk, token, path);

  if (reply->status != 200)
    g_error ("%s%s", reply->head, reply->body);
  return kab_test_reply_json (reply);
}

static JsonObject *
item (JsonObject *page, guint i)
{
  return json_array_get_object_element (json_object_get_array_member (page, "items"), i);
}

static guint
n_items (JsonObject *page)
{
  return json_array_get_length (json_object_get_array_member (page, "items"));
}

/* Both write, both read; each sees what the other hasn't read. */
static void
test_conversation (KabTestDesk *desk)
{
  g_auto (People) people = { 0 };
  g_autofree char *question = NULL;
  g_autofree char *answer = NULL;
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) seen = NULL;
  g_autoptr (JsonObject) after = NULL;
  g_autoptr (KabTestReply) marked = NULL;
  g_autoptr (KabTestReply) again = NULL;
  gint64 n_events;

  people_init (&people, desk);
  question = say (desk, people.client, MESSAGES, "Labdien! 😀");
  answer = say (desk, people.clerk, people.conversation, "Sveiki");
  before = list (desk, people.client, MESSAGES);
  g_assert_cmpuint (n_items (before), ==, 2);
  g_assert_cmpint (json_object_get_int_member (before, "unread"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (item (before, 0), "id"), ==, answer);
  g_assert_cmpstr (json_object_get_string_member (item (before, 0), "from"), ==, "bank");
  g_assert_cmpstr (json_object_get_string_member (item (before, 0), "author"), ==, "Ilze Bērziņa");
  g_assert_false (json_object_has_member (item (before, 1), "author"));
  g_assert_false (json_object_get_boolean_member (item (before, 0), "read"));
  g_assert_cmpstr (json_object_get_string_member (item (before, 1), "text"), ==, "Labdien! 😀");
  marked = mark (desk, people.client, MESSAGES, answer);
  g_assert_cmpuint (marked->status, ==, 204);
  after = list (desk, people.client, MESSAGES);
  g_assert_cmpint (json_object_get_int_member (after, "unread"), ==, 0);
  g_assert_true (json_object_get_boolean_member (item (after, 0), "read"));
  g_assert_false (json_object_get_boolean_member (item (after, 1), "read"));
  seen = list (desk, people.clerk, people.conversation);
  g_assert_cmpint (json_object_get_int_member (seen, "unread"), ==, 1);
  /* An older mark changes nothing and tells nobody. */
  n_events = kab_test_desk_count (desk, "events");
  again = mark (desk, people.client, MESSAGES, question);
  g_assert_cmpuint (again->status, ==, 204);
  g_assert_cmpint (kab_test_desk_count (desk, "events"), ==, n_events);
}

/* The employee's mark makes the client's messages read. */
static void
test_bank_reads (KabTestDesk *desk)
{
  g_auto (People) people = { 0 };
  g_autofree char *question = NULL;
  g_autoptr (KabTestReply) marked = NULL;
  g_autoptr (JsonObject) client = NULL;
  g_autoptr (JsonObject) clerk = NULL;

  people_init (&people, desk);
  question = say (desk, people.client, MESSAGES, "?");
  marked = mark (desk, people.clerk, people.conversation, question);
  g_assert_cmpuint (marked->status, ==, 204);
  client = list (desk, people.client, MESSAGES);
  clerk = list (desk, people.clerk, people.conversation);
  g_assert_true (json_object_get_boolean_member (item (client, 0), "read"));
  g_assert_cmpint (json_object_get_int_member (client, "unread"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (clerk, "unread"), ==, 0);
}

/* Each message once, the newest first, whatever the size of a page and what comes meanwhile. */
static void
test_pages (KabTestDesk *desk)
{
  g_auto (People) people = { 0 };
  g_autofree char *path = g_strdup (MESSAGES "?limit=3");
  guint expected = 10;

  people_init (&people, desk);
  for (guint i = 1; i <= 10; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);
      g_free (say (desk, people.client, MESSAGES, text));
    }
  while (path != NULL)
    {
      g_autoptr (JsonObject) page = list (desk, people.client, path);

      for (guint i = 0; i < n_items (page); i++)
        {
          g_autofree char *text = g_strdup_printf ("%u", expected--);
          g_assert_cmpstr (json_object_get_string_member (item (page, i), "text"), ==, text);
        }
      g_free (say (desk, people.client, MESSAGES, "new"));
      g_clear_pointer (&path, g_free);
      if (json_object_has_member (page, "next"))
        path = g_strdup_printf (MESSAGES "?limit=3&cursor=%s",
                                json_object_get_string_member (page, "next"));
    }
  g_assert_cmpuint (expected, ==, 0);
}

/* What a message is refused for leaves nothing behind. */
static void
test_refused (KabTestDesk *desk)
{
  g_auto (People) people = { 0 };
  g_autofree char *most = g_strnfill (KAB_MESSAGE_LENGTH_MAX, 'a');
  g_autofree char *long_text = g_strdup_printf ("{\"text\":\"%sa\"}", most);
  g_autofree char *fitting = g_strdup_printf ("{\"text\":\"%s\"}", most);
  const struct
  {
    const char *json;
    const char *pointer;
    const char *code;
  } cases[] = {
    { "{}", "/text", "member-missing" },
    { "{\"text\":\"\"}", "/text", "text-empty" },
    { "{\"text\":\" \\n\\t\"}", "/text", "text-empty" },
    { "{\"text\":null}", "/text", "member-missing" },
    { "{\"text\":5}", "/text", "member-type" },
    { long_text, "/text", "member-too-long" },
    { "{\"text\":\"a\",\"to\":\"b\"}", "/to", "member-unexpected" },
    { "{\"text\":\"a\",\"attachments\":\"b\"}", "/attachments", "member-type" },
    { "{\"text\":\"a\",\"attachments\":[5]}", "/attachments/0", "member-type" },
    { "{\"text\":\"a\",\"attachments\":[\"nothing\"]}", "/attachments/0", "file-unknown" },
  };

  people_init (&people, desk);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KabTestReply) reply = post (desk, people.client, MESSAGES, cases[i].json);

      kab_test_assert_field (reply, cases[i].pointer, cases[i].code);
    }
  g_assert_cmpint (kab_test_desk_count (desk, "messages"), ==, 0);
  g_assert_cmpint (kab_test_desk_count (desk, "idempotency"), ==, 0);
  {
    g_autoptr (KabTestReply) reply = post (desk, people.client, MESSAGES, fitting);

    g_assert_cmpuint (reply->status, ==, 201);
  }
}

static KabTestReply *
attach (KabTestDesk *desk,
        const char *token,
        const char *path,
        const char *first,
        const char *second)
{
  g_autofree char *json =
      g_strdup_printf ("{\"text\":\"a\",\"attachments\":[\"%s\",\"%s\"]}", first, second);

  return post (desk, token, path, json);
}

static void
keep_house (KabTestDesk *desk)
{
  g_autoptr (GError) error = NULL;

  kab_expiry_run (desk->bank->context, &error);
  g_assert_no_error (error);
}

static guint
get_file (KabTestDesk *desk, const char *token, const char *id)
{
  g_autofree char *path = g_strconcat ("/v1/files/", id, NULL);
  g_autoptr (KabTestReply) reply = kab_test_desk_get (desk, token, path);

  return reply->status;
}

/* Files go with a message, in order, to both sides and to nobody else; they stay, the rest goes. */
static void
test_attachments (KabTestDesk *desk)
{
  g_auto (People) people = { 0 };
  g_autoptr (GBytes) text = g_bytes_new_static ("hello\n", 6);
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *loose = NULL;
  g_autofree char *banks = NULL;
  g_autoptr (KabTestReply) sent = NULL;
  g_autoptr (KabTestReply) answered = NULL;
  g_autoptr (JsonObject) page = NULL;
  JsonArray *attachments;

  people_init (&people, desk);
  one = kab_test_desk_upload (desk, people.client, "b.txt", text);
  two = kab_test_desk_upload (desk, people.client, "a.txt", text);
  loose = kab_test_desk_upload (desk, people.client, "c.txt", text);
  banks = kab_test_desk_upload (desk, people.clerk, "d.txt", text);
  g_assert_cmpuint (get_file (desk, people.clerk, one), ==, 404);
  g_assert_cmpuint (get_file (desk, people.client, banks), ==, 404);
  sent = attach (desk, people.client, MESSAGES, one, two);
  g_assert_cmpuint (sent->status, ==, 201);
  {
    g_autofree char *json = g_strdup_printf ("{\"text\":\"a\",\"attachments\":[\"%s\"]}", banks);
    answered = post (desk, people.clerk, people.conversation, json);
  }
  g_assert_cmpuint (answered->status, ==, 201);
  page = list (desk, people.clerk, people.conversation);
  attachments = json_object_get_array_member (item (page, 1), "attachments");
  g_assert_cmpuint (json_array_get_length (attachments), ==, 2);
  g_assert_cmpstr (
      json_object_get_string_member (json_array_get_object_element (attachments, 0), "name"), ==,
      "b.txt");
  g_assert_cmpint (
      json_object_get_int_member (json_array_get_object_element (attachments, 1), "size"), ==, 6);
  g_assert_cmpuint (get_file (desk, people.clerk, one), ==, 200);
  g_assert_cmpuint (get_file (desk, people.client, banks), ==, 200);
  g_assert_cmpuint (get_file (desk, people.stranger, one), ==, 404);
  g_assert_cmpuint (get_file (desk, people.stranger, banks), ==, 404);
  g_assert_cmpuint (get_file (desk, people.clerk, loose), ==, 404);
  kab_test_bank_pass_time (desk->bank, KAB_UPLOAD_LIFETIME + G_TIME_SPAN_MINUTE);
  keep_house (desk);
  g_assert_cmpint (kab_test_desk_count (desk, "files"), ==, 3);
}

/* Each reason that a file can't be attached for; an attached one can't be deleted. */
static void
test_attachments_refused (KabTestDesk *desk)
{
  g_auto (People) people = { 0 };
  g_autoptr (GBytes) text = g_bytes_new_static ("hello\n", 6);
  g_autoptr (GString) many = g_string_new ("{\"text\":\"a\",\"attachments\":[");
  g_autofree char *good = NULL;
  g_autofree char *unfinished = NULL;
  g_autofree char *strangers = NULL;
  g_autofree char *path = NULL;
  g_autoptr (KabTestReply) twice = NULL;
  g_autoptr (KabTestReply) half = NULL;
  g_autoptr (KabTestReply) foreign = NULL;
  g_autoptr (KabTestReply) eleven = NULL;
  g_autoptr (KabTestReply) both = NULL;
  g_autoptr (KabTestReply) deleted = NULL;
  g_autofree char *other = NULL;

  people_init (&people, desk);
  good = kab_test_desk_upload (desk, people.client, "a.txt", text);
  other = kab_test_desk_upload (desk, people.client, "b.txt", text);
  unfinished = kab_test_desk_begin (desk, people.client, "a.txt", 6);
  strangers = kab_test_desk_upload (desk, people.stranger, "a.txt", text);
  twice = attach (desk, people.client, MESSAGES, good, good);
  kab_test_assert_field (twice, "/attachments/1", "duplicate");
  half = attach (desk, people.client, MESSAGES, good, unfinished);
  kab_test_assert_field (half, "/attachments/1", "file-unfinished");
  foreign = attach (desk, people.client, MESSAGES, strangers, good);
  kab_test_assert_field (foreign, "/attachments/0", "file-unknown");
  for (guint i = 0; i < 11; i++)
    {
      g_autofree char *id = kab_test_desk_upload (desk, people.client, "a.txt", text);
      g_string_append_printf (many, "%s\"%s\"", i > 0 ? "," : "", id);
    }
  g_string_append (many, "]}");
  eleven = post (desk, people.client, MESSAGES, many->str);
  kab_test_assert_field (eleven, "/attachments/10", "file-too-many");
  both = attach (desk, people.client, MESSAGES, good, other);
  g_assert_cmpuint (both->status, ==, 201);
  path = g_strconcat ("/v1/uploads/", good, NULL);
  deleted = kab_test_desk_call (
      desk, &(KabTestCall) { people.client, "DELETE", path, "Tus-Resumable: 1.0.0\r\n", NULL, 0 });
  kab_test_assert_problem (deleted, 409, "conflict");
}

/* A repeat is answered as the first time and has no effect. */
static void
test_repeated (KabTestDesk *desk)
{
  g_auto (People) people = { 0 };
  const char *key = "0123456789abcdef";
  g_autoptr (KabTestReply) first = NULL;
  g_autoptr (KabTestReply) second = NULL;
  g_autoptr (KabTestReply) other = NULL;
  g_autoptr (KabTestReply) stranger = NULL;

  people_init (&people, desk);
  first = kab_test_desk_post (desk, people.client, MESSAGES, key, "{\"text\":\"a\"}");
  second = kab_test_desk_post (desk, people.client, MESSAGES, key, "{\"text\":\"a\"}");
  other = kab_test_desk_post (desk, people.client, MESSAGES, key, "{\"text\":\"b\"}");
  stranger = kab_test_desk_post (desk, people.stranger, MESSAGES, key, "{\"text\":\"a\"}");
  g_assert_cmpuint (first->status, ==, 201);
  g_assert_cmpuint (second->status, ==, 201);
  g_assert_cmpstr (first->body, ==, second->body);
  kab_test_assert_problem (other, 422, "idempotency-key-reused");
  g_assert_cmpuint (stranger->status, ==, 201);
  g_assert_cmpstr (first->body, !=, stranger->body);
  g_assert_cmpint (kab_test_desk_count (desk, "messages"), ==, 2);
}

/* A client that isn't there, a message of somebody else's. */
static void
test_strangers (KabTestDesk *desk)
{
  g_auto (People) people = { 0 };
  g_autofree char *id = NULL;
  g_autoptr (KabTestReply) no_client = NULL;
  g_autoptr (KabTestReply) no_reply = NULL;
  g_autoptr (KabTestReply) foreign = NULL;
  g_autoptr (KabTestReply) cursor = NULL;

  people_init (&people, desk);
  id = say (desk, people.client, MESSAGES, "a");
  no_client = kab_test_desk_get (desk, people.clerk, "/v1/staff/conversations/nothing/messages");
  kab_test_assert_problem (no_client, 404, "not-found");
  no_reply =
      post (desk, people.clerk, "/v1/staff/conversations/nothing/messages", "{\"text\":\"a\"}");
  kab_test_assert_problem (no_reply, 404, "not-found");
  foreign = mark (desk, people.stranger, MESSAGES, id);
  kab_test_assert_field (foreign, "/upTo", "message-unknown");
  cursor = kab_test_desk_get (desk, people.client, MESSAGES "?cursor=x");
  kab_test_assert_problem (cursor, 400, "invalid-query");
}

/* What a message causes: history for both, a notice only to the client. */
static void
test_effects (KabTestDesk *desk)
{
  g_auto (People) people = { 0 };
  gint64 history, outbox;

  people_init (&people, desk);
  history = kab_test_desk_count (desk, "history");
  outbox = kab_test_desk_count (desk, "outbox");
  g_free (say (desk, people.client, MESSAGES, "a"));
  g_assert_cmpint (kab_test_desk_count (desk, "history"), ==, history + 1);
  g_assert_cmpint (kab_test_desk_count (desk, "outbox"), ==, outbox);
  g_free (say (desk, people.clerk, people.conversation, "b"));
  g_assert_cmpint (kab_test_desk_count (desk, "history"), ==, history + 2);
  g_assert_cmpint (kab_test_desk_count (desk, "outbox"), ==, outbox + 1);
}

/* Employees see who has written, the newest first, whether there is a case or not. */
static void
test_bank_looks (KabTestDesk *desk)
{
  g_auto (People) people = { 0 };
  g_autofree char *case_id = NULL;
  g_autofree char *question = NULL;
  g_autofree char *next = NULL;
  g_autoptr (JsonObject) nobody = NULL;
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) second = NULL;
  g_autoptr (JsonObject) unread = NULL;
  g_autoptr (KabTestReply) read = NULL;
  g_autoptr (KabTestReply) wrong = NULL;

  people_init (&people, desk);
  nobody = list (desk, people.clerk, CONVERSATIONS);
  g_assert_cmpuint (n_items (nobody), ==, 0);
  question = say (desk, people.client, MESSAGES, "?");
  g_free (say (desk, people.stranger, MESSAGES, "!"));
  g_free (say (desk, people.clerk, people.conversation, "."));
  case_id = kab_test_desk_add_case (desk, people.client_id);
  first = list (desk, people.clerk, CONVERSATIONS "?limit=1");
  g_assert_cmpuint (n_items (first), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (item (first, 0), "id"), ==, people.client_id);
  g_assert_cmpstr (json_object_get_string_member (item (first, 0), "case"), ==, case_id);
  g_assert_cmpstr (json_object_get_string_member (item (first, 0), "lastFrom"), ==, "bank");
  g_assert_cmpint (json_object_get_int_member (item (first, 0), "unreadMessages"), ==, 1);
  next = g_strdup_printf (CONVERSATIONS "?limit=1&cursor=%s",
                          json_object_get_string_member (first, "next"));
  second = list (desk, people.clerk, next);
  g_assert_cmpuint (n_items (second), ==, 1);
  g_assert_false (json_object_has_member (item (second, 0), "case"));
  g_assert_false (json_object_has_member (second, "next"));
  read = mark (desk, people.clerk, people.conversation, question);
  g_assert_cmpuint (read->status, ==, 204);
  unread = list (desk, people.clerk, CONVERSATIONS "?unread=true");
  g_assert_cmpuint (n_items (unread), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (item (unread, 0), "lastFrom"), ==, "client");
  wrong = kab_test_desk_get (desk, people.clerk, CONVERSATIONS "?unread=maybe");
  kab_test_assert_problem (wrong, 400, "invalid-query");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  kab_test_desk_add ("/messages/conversation", test_conversation);
  kab_test_desk_add ("/messages/bank-reads", test_bank_reads);
  kab_test_desk_add ("/messages/bank-looks", test_bank_looks);
  kab_test_desk_add ("/messages/pages", test_pages);
  kab_test_desk_add ("/messages/refused", test_refused);
  kab_test_desk_add ("/messages/attachments", test_attachments);
  kab_test_desk_add ("/messages/attachments-refused", test_attachments_refused);
  kab_test_desk_add ("/messages/repeated", test_repeated);
  kab_test_desk_add ("/messages/strangers", test_strangers);
  kab_test_desk_add ("/messages/effects", test_effects);
  return g_test_run ();
}

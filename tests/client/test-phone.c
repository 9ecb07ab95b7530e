/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "kab-phone-feed.h"
#include "kab-test-server.h"

static KabPhoneMessage *
read_message (const char *kind, const char *text)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_int_member (object, "id", 7);
  json_object_set_string_member (object, "kind", kind);
  json_object_set_string_member (object, "from", "Bank");
  json_object_set_string_member (object, "to", "+37120000000");
  json_object_set_string_member (object, "subject", "");
  json_object_set_string_member (object, "text", text);
  json_object_set_string_member (object, "at", "2026-03-01T10:00:00Z");

  return kab_phone_message_new_from_json (object);
}

/* Six digits and no more are a code. */
static void
test_code (void)
{
  static const struct
  {
    const char *text;
    const char *code;
  } cases[] = {
    { "Your code: 004711.", "004711" },
    { "004711", "004711" },
    { "On 2026-03-01 you asked for 123456", "123456" },
    { "Call +37120000000", NULL },
    { "12345 and 1234567", NULL },
    { "Nothing", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KabPhoneMessage) message = read_message ("sms", cases[i].text);

      g_assert_nonnull (message);
      g_assert_cmpstr (kab_phone_message_get_code (message), ==, cases[i].code);
    }
}

static void
test_message (void)
{
  g_autoptr (KabPhoneMessage) message = read_message ("mail", "Hello");
  g_autoptr (JsonObject) nothing = json_object_new ();

  g_assert_true (kab_phone_message_is_mail (message));
  g_assert_cmpint (kab_phone_message_get_id (message), ==, 7);
  g_assert_cmpint (kab_phone_message_get_time (message), ==,
                   G_GINT64_CONSTANT (1772359200) * G_USEC_PER_SEC);
  g_assert_null (kab_phone_message_new_from_json (nothing));
}

#define EVENT(id, text)                                                                            \
  "id: " id "\nevent: message\ndata: {\"id\":" id ",\"kind\":\"sms\",\"from\":\"Bank\","           \
  "\"to\":\"+37120000000\",\"subject\":\"\",\"text\":\"" text                                      \
  "\",\"at\":\"2026-03-01T10:00:00Z\"}\n\n"

static KabPhoneMessage *
get_newest (KabPhoneFeed *feed)
{
  KabPhoneMessage *message = g_list_model_get_item (G_LIST_MODEL (feed), 0);

  g_object_unref (message);

  return message;
}

/* The newest is the first; what is said again is known; the stream is taken up where it ended. */
static void
test_feed (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  g_autoptr (KabPhoneFeed) feed = kab_phone_feed_new ();
  g_autofree char *last = NULL;

  kab_test_server_reply_full (server, "GET /phone/events", 200, "text/event-stream",
                              EVENT ("1", "one") EVENT ("2", "two") "data: no json\n\n", NULL,
                              NULL);
  kab_test_server_reply_full (server, "GET /phone/events", 200, "text/event-stream",
                              EVENT ("2", "two") EVENT ("3", "three"), NULL, NULL);
  kab_phone_feed_connect (feed, kab_test_server_get_address (server));
  kab_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (feed)) == 3);
  g_assert_cmpstr (kab_phone_message_get_text (get_newest (feed)), ==, "three");
  last = kab_test_server_dup_header (server, "GET /phone/events", "Last-Event-ID");
  g_assert_cmpstr (last, !=, "0");
  kab_phone_feed_connect (feed, NULL);
}

/* Nobody there: it asks again until somebody is. */
static void
test_comes_back (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  g_autoptr (KabPhoneFeed) feed = kab_phone_feed_new ();

  kab_test_server_reply_full (server, "GET /phone/events", 200, "text/event-stream",
                              EVENT ("1", "one"), NULL, NULL);
  kab_test_server_go_down (server);
  kab_phone_feed_connect (feed, kab_test_server_get_address (server));
  kab_test_run_for (50);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (feed)), ==, 0);
  kab_test_server_come_back (server);
  kab_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (feed)) == 1);
  kab_phone_feed_connect (feed, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/phone/code", test_code);
  g_test_add_func ("/phone/message", test_message);
  g_test_add_func ("/phone/feed", test_feed);
  g_test_add_func ("/phone/comes-back", test_comes_back);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Server-sent events: order, resumption, reset, the end of a session, other replicas. */

#include <string.h>
#include <unistd.h>

#include "kab-events.h"
#include "kab-expiry.h"
#include "kab-test-desk.h"
#include "kab-test-postgres.h"

#define PATIENCE_MS (60 * 1000)
#define LAST_CHUNK  "\r\n0\r\n\r\n"

/* An open stream and what came of it. */
typedef struct
{
  int fd;
  GString *text;
} Stream;

static void
stream_close (Stream *stream)
{
  if (stream->fd >= 0)
    close (stream->fd);
  stream->fd = -1;
  if (stream->text != NULL)
    g_string_free (g_steal_pointer (&stream->text), TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stream, stream_close)

/* Reads until @text has come or the server hangs up. */
static gboolean
await (Stream *stream, const char *text)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_MS * G_TIME_SPAN_MILLISECOND;

  while (strstr (stream->text->str, text) == NULL)
    {
      char block[64 * 1024];
      gssize length;

      if (g_get_monotonic_time () > end ||
          g_poll (&(GPollFD) { .fd = stream->fd, .events = G_IO_IN }, 1, PATIENCE_MS) <= 0)
        return FALSE;
      length = read (stream->fd, block, sizeof block);
      if (length <= 0)
        return FALSE;
      g_string_append_len (stream->text, block, length);
    }
  return TRUE;
}

static void
assert_comes (Stream *stream, const char *text)
{
  if (!await (stream, text))
    g_error ("“%s” doesn't come: %s", text, stream->text->str);
}

static void
stream_open (Stream *stream, KabTestDesk *desk, const char *token, const char *last)
{
  g_autofree char *headers = last != NULL ? g_strdup_printf ("Last-Event-ID: %s\r\n", last) : NULL;
  g_autofree char *head =
      kab_test_desk_compose (&(KabTestCall) { token, "GET", "/v1/events", headers, NULL, 0 });

  stream->text = g_string_new (NULL);
  stream->fd = kab_test_connect (desk->port);
  kab_test_send (stream->fd, head, -1);
  assert_comes (stream, ": open\n\nid: ");
}

/* Something happened to a thing. */
typedef struct
{
  const char *audience;
  const char *object;
  const char *payload;
  guint n;
} Happening;

static gboolean
happen (KabTransaction *tx, gpointer data, GError **error)
{
  const Happening *happening = data;

  for (guint i = 0; i < happening->n; i++)
    if (!kab_events_append (tx, happening->audience, "document-changed", "document",
                            happening->object, happening->payload, error))
      return FALSE;
  return TRUE;
}

static void
let_happen (KabTestDesk *desk, const char *audience, const char *object, guint n)
{
  Happening happening = { audience, object, "{\"version\":7}", n };

  kab_test_desk_write (desk, happen, &happening);
}

static char *
last_id (const char *text)
{
  const char *id = g_strrstr (text, "id: ");

  g_assert_nonnull (id);
  return g_strndup (id + 4, strcspn (id + 4, "\n"));
}

/* One's own come, whole and in order; others' don't. */
static void
test_own (KabTestDesk *desk)
{
  g_autofree char *user = kab_test_desk_add_user (desk, "client");
  g_autofree char *other = kab_test_desk_add_user (desk, "client");
  g_autofree char *token = kab_test_bank_sign_in (desk->bank, user);
  g_auto (Stream) stream = { .fd = -1 };

  stream_open (&stream, desk, token, NULL);
  g_assert_nonnull (strstr (stream.text->str, "text/event-stream"));
  let_happen (desk, other, "others", 1);
  let_happen (desk, KAB_AUDIENCE_STAFF, "staff's", 1);
  let_happen (desk, user, "mine", 1);
  assert_comes (&stream, "event: document-changed\ndata: {\"version\":7,\"id\":\"mine\"}\n\n");
  g_assert_null (strstr (stream.text->str, "others"));
  g_assert_null (strstr (stream.text->str, "staff's"));
}

static void
test_staff (KabTestDesk *desk)
{
  g_autofree char *user = kab_test_desk_add_user (desk, "staff");
  g_autofree char *token = kab_test_bank_sign_in (desk->bank, user);
  g_auto (Stream) stream = { .fd = -1 };

  stream_open (&stream, desk, token, NULL);
  let_happen (desk, KAB_AUDIENCE_STAFF, "all", 1);
  let_happen (desk, user, "own", 1);
  assert_comes (&stream, "\"all\"");
  assert_comes (&stream, "\"own\"");
}

/* Thousands, with the line cut in between: none is lost, none comes twice. */
static void
test_resumed (KabTestDesk *desk)
{
  g_autofree char *user = kab_test_desk_add_user (desk, "client");
  g_autofree char *token = kab_test_bank_sign_in (desk->bank, user);
  g_autofree char *id = NULL;
  guint seen = 0;

  {
    g_auto (Stream) stream = { .fd = -1 };

    stream_open (&stream, desk, token, NULL);
    assert_comes (&stream, "\n\nid: 0\n\n");
    id = last_id (stream.text->str);
  }
  for (guint round = 0; round < 10; round++)
    {
      g_auto (Stream) stream = { .fd = -1 };
      g_autofree char *mark = g_strdup_printf ("\"round%u\"", round);
      g_autofree char *object = g_strdup_printf ("round%u", round);
      const char *place;
      guint64 before = g_ascii_strtoull (id, NULL, 10);

      let_happen (desk, user, "many", 250);
      let_happen (desk, user, object, 1);
      stream_open (&stream, desk, token, id);
      assert_comes (&stream, mark);
      g_free (id);
      id = last_id (stream.text->str);
      place = strstr (stream.text->str, "event: ");
      for (; place != NULL; place = strstr (place + 1, "event: "))
        seen++;
      g_assert_cmpuint (g_ascii_strtoull (id, NULL, 10), ==, before + 251);
    }
  g_assert_cmpuint (seen, ==, 10 * 251);
}

/* Much more than a stream and the sockets buffer, and a reader that takes its time: all of it
 * comes, nobody is cut. */
static void
test_backlog (KabTestDesk *desk)
{
  g_autofree char *user = kab_test_desk_add_user (desk, "client");
  g_autofree char *token = kab_test_bank_sign_in (desk->bank, user);
  g_auto (Stream) stream = { .fd = -1 };
  g_autofree char *words = g_strnfill (2000, 'x');
  g_autofree char *payload = g_strdup_printf ("{\"words\":\"%s\"}", words);
  Happening many = { user, "many", payload, 5000 };
  guint seen = 0;

  kab_test_desk_write (desk, happen, &many);
  let_happen (desk, user, "last", 1);
  stream_open (&stream, desk, token, "0");
  g_usleep (G_USEC_PER_SEC / 2);
  assert_comes (&stream, "\"last\"");
  for (const char *place = strstr (stream.text->str, "event: "); place != NULL;
       place = strstr (place + 1, "event: "))
    seen++;
  g_assert_cmpuint (seen, ==, 5001);
}

/* Who comes back after the window, or from nowhere, is told to load everything. */
static void
test_reset (KabTestDesk *desk)
{
  static const char *const ids[] = { "1", "99999999", "nonsense", "-5" };
  g_autofree char *user = kab_test_desk_add_user (desk, "client");
  g_autofree char *token = NULL;

  let_happen (desk, user, "old", 5);
  kab_test_bank_pass_time (desk->bank, G_TIME_SPAN_DAY + G_TIME_SPAN_MINUTE);
  g_assert_true (kab_expiry_run (desk->bank->context, NULL));
  token = kab_test_bank_sign_in (desk->bank, user);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_auto (Stream) stream = { .fd = -1 };

      stream_open (&stream, desk, token, ids[i]);
      assert_comes (&stream, "event: reset\ndata: {}\n\n");
      let_happen (desk, user, "new", 1);
      assert_comes (&stream, "\"new\"");
      g_assert_null (strstr (stream.text->str, "\"old\""));
    }
}

static gboolean
end_others (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_sessions_end_others (tx, data, NULL, error);
}

/* The stream of a session that is ended ends, and says why; another user's goes on. */
static void
test_session_ended (KabTestDesk *desk)
{
  g_autofree char *user = kab_test_desk_add_user (desk, "client");
  g_autofree char *other = kab_test_desk_add_user (desk, "client");
  g_autofree char *token = kab_test_bank_sign_in (desk->bank, user);
  g_autofree char *others = kab_test_bank_sign_in (desk->bank, other);
  g_auto (Stream) stream = { .fd = -1 };
  g_auto (Stream) going_on = { .fd = -1 };

  stream_open (&stream, desk, token, NULL);
  stream_open (&going_on, desk, others, NULL);
  kab_test_desk_write (desk, end_others, user);
  assert_comes (&stream, "event: session-ended\n");
  assert_comes (&stream, LAST_CHUNK);
  let_happen (desk, other, "still", 1);
  assert_comes (&going_on, "\"still\"");
  g_assert_null (strstr (going_on.text->str, "session-ended"));
}

/* A session that runs out ends its stream, though nothing happens. */
static void
test_session_idle (KabTestDesk *desk)
{
  g_autofree char *user = kab_test_desk_add_user (desk, "client");
  g_autofree char *token = kab_test_bank_sign_in (desk->bank, user);
  g_auto (Stream) stream = { .fd = -1 };

  stream_open (&stream, desk, token, NULL);
  kab_test_bank_pass_time (desk->bank,
                           desk->bank->context->session_limits.idle + G_TIME_SPAN_SECOND);
  assert_comes (&stream, "event: session-ended\n");
  assert_comes (&stream, LAST_CHUNK);
}

/* The oldest stream of a user gives way; those of others don't count. */
static void
test_limit (KabTestDesk *desk)
{
  g_autofree char *user = kab_test_desk_add_user (desk, "client");
  g_autofree char *other = kab_test_desk_add_user (desk, "client");
  g_autofree char *token = kab_test_bank_sign_in (desk->bank, user);
  g_autofree char *others = kab_test_bank_sign_in (desk->bank, other);
  Stream streams[KAB_LIVE_STREAMS_MAX + 1];
  g_auto (Stream) foreign = { .fd = -1 };

  stream_open (&foreign, desk, others, NULL);
  for (guint i = 0; i <= KAB_LIVE_STREAMS_MAX; i++)
    stream_open (&streams[i], desk, token, NULL);
  assert_comes (&streams[0], LAST_CHUNK);
  let_happen (desk, user, "x", 1);
  for (guint i = 1; i <= KAB_LIVE_STREAMS_MAX; i++)
    assert_comes (&streams[i], "\"x\"");
  for (guint i = 0; i <= KAB_LIVE_STREAMS_MAX; i++)
    stream_close (&streams[i]);
  KAB_TEST_WAIT (kab_live_events_count (desk->bank->context->events) <= 1 ||
                 (let_happen (desk, user, "y", 1), FALSE));
}

/* A message reaches the client's other device, and at the bank the conversation and the case. */
static void
test_message (KabTestDesk *desk)
{
  g_autofree char *user = kab_test_desk_add_user (desk, "client");
  g_autofree char *clerk = kab_test_desk_add_user (desk, "staff");
  g_autofree char *token = kab_test_bank_sign_in (desk->bank, user);
  g_autofree char *clerks = kab_test_bank_sign_in (desk->bank, clerk);
  g_autofree char *case_id = kab_test_desk_add_case (desk, user);
  g_autofree char *conversation =
      g_strdup_printf ("event: conversation-changed\ndata: {\"id\":\"%s\"}", user);
  g_autofree char *expected =
      g_strdup_printf ("event: case-changed\ndata: {\"id\":\"%s\"}", case_id);
  g_auto (Stream) device = { .fd = -1 };
  g_auto (Stream) desk_of_clerk = { .fd = -1 };
  g_autoptr (KabTestReply) sent = NULL;

  stream_open (&device, desk, token, NULL);
  stream_open (&desk_of_clerk, desk, clerks, NULL);
  sent = kab_test_desk_post (desk, token, "/v1/messages", "0123456789abcdef", "{\"text\":\"a\"}");
  g_assert_cmpuint (sent->status, ==, 201);
  assert_comes (&device, "event: message-created\n");
  assert_comes (&desk_of_clerk, conversation);
  assert_comes (&desk_of_clerk, expected);
}

/* What another replica writes is heard here. */
static void
test_replica (void)
{
  g_autofree char *url = kab_test_postgres_new_database ();
  KabTestDesk here = { .bank = kab_test_bank_new_on (url) };
  KabTestDesk there = { .bank = kab_test_bank_new_on (url) };
  g_autofree char *user = kab_test_desk_add_user (&here, "client");
  g_autofree char *token = kab_test_bank_sign_in (here.bank, user);

  here.port = kab_http_server_get_port (here.bank->server);
  {
    g_auto (Stream) stream = { .fd = -1 };

    stream_open (&stream, &here, token, NULL);
    let_happen (&there, user, "afar", 1);
    assert_comes (&stream, "\"afar\"");
  }
  kab_test_bank_free (there.bank);
  kab_test_bank_free (here.bank);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  kab_test_desk_add ("/events/own", test_own);
  kab_test_desk_add ("/events/staff", test_staff);
  kab_test_desk_add ("/events/resumed", test_resumed);
  kab_test_desk_add ("/events/backlog", test_backlog);
  kab_test_desk_add ("/events/reset", test_reset);
  kab_test_desk_add ("/events/session-ended", test_session_ended);
  kab_test_desk_add ("/events/session-idle", test_session_idle);
  kab_test_desk_add ("/events/limit", test_limit);
  kab_test_desk_add ("/events/message", test_message);
  g_test_add_func ("/postgresql/events/replica", test_replica);
  return g_test_run ();
}

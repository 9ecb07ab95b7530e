/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-api-private.h"
#include "kab-autosave.h"
#include "kab-test-client.h"

#define BANK "https://bank.example"
#define PUT  "PUT /v1/applications/a1"
#define GET  "GET /v1/applications/a1"
#define ONBOARDING(version, answers)                                                               \
  "{'id':'a1','version':" version ",'state':'draft','form':'f','formVersion':'1',"                 \
  "'services':[],'answers':" answers ",'savedAt':'2026-01-01T00:00:00Z','stages':[],"              \
  "'identifications':[],'decisions':[]}"
#define CONFLICT "{'type':'t','title':'','status':412,'code':'version-conflict'}"

typedef struct
{
  KabTestServer *server;
  KabApi *api;
  KabDraftJournal *journal;
  KabOnboarding *onboarding;
  KabAutosave *autosave;
  guint replaced;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonObject) json = kab_test_json (ONBOARDING ("1", "{'x':1}"));

  fixture->server = kab_test_server_new ();
  fixture->api = kab_test_api_new (fixture->server);
  kab_test_server_reply (fixture->server, "GET /healthz", 200, "{}");
  kab_draft_journal_open_async (BANK, NULL, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  fixture->journal = kab_draft_journal_open_finish (result, NULL);
  fixture->onboarding = kab_onboarding_new ();
  kab_record_update_from_json (KAB_RECORD (fixture->onboarding), json, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->autosave != NULL)
    kab_test_let_go (fixture->autosave);
  kab_test_let_go (fixture->onboarding);
  kab_test_let_go (fixture->journal);
  kab_test_let_go (fixture->api);
  kab_test_server_free (fixture->server);
}

static void
replaced_cb (KabAutosave *autosave, Fixture *fixture)
{
  fixture->replaced++;
}

static void
make_autosave (Fixture *fixture)
{
  fixture->autosave =
      kab_autosave_new_for_onboarding (fixture->api, fixture->journal, fixture->onboarding);
  g_signal_connect (fixture->autosave, "replaced", G_CALLBACK (replaced_cb), fixture);
}

static void
type (Fixture *fixture, const char *answers)
{
  g_autoptr (JsonObject) json = kab_test_json (answers);

  kab_autosave_change (fixture->autosave, json);
}

#define wait_for_state(fixture, expected)                                                          \
  kab_test_wait_until (kab_autosave_get_state ((fixture)->autosave) == (expected))

static void
assert_draft (Fixture *fixture, const char *expected)
{
  JsonObject *draft = kab_draft_journal_get (fixture->journal, "application/a1");
  g_autoptr (JsonObject) json = expected ? kab_test_json (expected) : NULL;

  if (expected == NULL)
    g_assert_null (draft);
  else
    g_assert_true (json_object_equal (json_object_get_object_member (draft, "answers"), json));
}

static void
assert_answers (JsonObject *answers, const char *expected)
{
  g_autoptr (JsonObject) json = kab_test_json (expected);

  g_assert_nonnull (answers);
  g_assert_true (json_object_equal (answers, json));
}

static gboolean
second_is_over_cb (gpointer data)
{
  gboolean *is_over = data;

  *is_over = TRUE;
  return G_SOURCE_REMOVE;
}

static void
test_saves (Fixture *fixture, gconstpointer data)
{
  g_autofree char *body = NULL;
  g_autofree char *match = NULL;
  gboolean is_over = FALSE;
  guint second;

  make_autosave (fixture);
  g_assert_false (kab_autosave_get_state (fixture->autosave) != KAB_AUTOSAVE_SAVED);
  kab_test_server_reply (fixture->server, PUT, 200, ONBOARDING ("2", "{'x':3}"));
  type (fixture, "{'x':2}");
  g_assert_cmpint (kab_autosave_get_state (fixture->autosave), ==, KAB_AUTOSAVE_CHANGED);
  type (fixture, "{'x':3}");
  /* sent before a second that begins here is over, by the clock of the same loop */
  second = g_timeout_add (1000, second_is_over_cb, &is_over);
  wait_for_state (fixture, KAB_AUTOSAVE_SAVING);
  g_assert_false (is_over);
  g_source_remove (second);
  wait_for_state (fixture, KAB_AUTOSAVE_SAVED);
  g_assert_cmpuint (kab_test_server_count (fixture->server, PUT), ==, 1);
  body = kab_test_server_dup_body (fixture->server, PUT);
  g_assert_cmpstr (body, ==, "{\"answers\":{\"x\":3}}");
  match = kab_test_server_dup_header (fixture->server, PUT, "If-Match");
  g_assert_cmpstr (match, ==, "\"1\"");
  g_assert_nonnull (kab_autosave_get_saved_at (fixture->autosave));
  assert_draft (fixture, NULL);

  /* the same answers again are no change */
  type (fixture, "{'x':3}");
  g_assert_cmpint (kab_autosave_get_state (fixture->autosave), ==, KAB_AUTOSAVE_SAVED);
}

/* Typing while a save is on its way: the rest follows with the new version. */
static void
test_typing_on (Fixture *fixture, gconstpointer data)
{
  g_autofree char *match = NULL;

  make_autosave (fixture);
  kab_test_server_reply (fixture->server, PUT, 200, ONBOARDING ("2", "{'x':2}"));
  kab_test_server_reply (fixture->server, PUT, 200, ONBOARDING ("3", "{'x':4}"));
  kab_test_server_hold (fixture->server);
  type (fixture, "{'x':2}");
  wait_for_state (fixture, KAB_AUTOSAVE_SAVING);
  type (fixture, "{'x':4}");
  kab_test_server_let_go (fixture->server);
  wait_for_state (fixture, KAB_AUTOSAVE_SAVED);
  g_assert_cmpuint (kab_test_server_count (fixture->server, PUT), ==, 2);
  match = kab_test_server_dup_header (fixture->server, PUT, "If-Match");
  g_assert_cmpstr (match, ==, "\"2\"");
  g_assert_cmpuint (fixture->replaced, ==, 0);
  assert_answers (kab_autosave_get_answers (fixture->autosave), "{'x':4}");
}

static void
test_offline (Fixture *fixture, gconstpointer data)
{
  make_autosave (fixture);
  kab_test_server_reply (fixture->server, PUT, 200, ONBOARDING ("2", "{'x':5}"));
  kab_test_server_go_down (fixture->server);
  type (fixture, "{'x':5}");
  wait_for_state (fixture, KAB_AUTOSAVE_OFFLINE);
  assert_draft (fixture, "{'x':5}");

  kab_test_server_come_back (fixture->server);
  wait_for_state (fixture, KAB_AUTOSAVE_SAVED);
  assert_draft (fixture, NULL);
}

/* The bank behind a gateway is being restarted. */
static void
test_gateway (Fixture *fixture, gconstpointer data)
{
  make_autosave (fixture);
  kab_test_server_reply_full (fixture->server, PUT, 502, "text/html", "<html>", NULL, NULL);
  kab_test_server_reply (fixture->server, PUT, 200, ONBOARDING ("2", "{'x':5}"));
  type (fixture, "{'x':5}");
  wait_for_state (fixture, KAB_AUTOSAVE_OFFLINE);
  wait_for_state (fixture, KAB_AUTOSAVE_SAVED);
}

static void
come_back_cb (KabApi *api)
{
  if (!kab_api_get_online (api))
    kab_api_note_success (api);
}

/* Another answer comes between a lost line and who lost it: nobody will say that it is back. */
static void
test_back_already (Fixture *fixture, gconstpointer data)
{
  make_autosave (fixture);
  g_signal_connect (fixture->api, "notify::online", G_CALLBACK (come_back_cb), NULL);
  kab_test_server_trick (fixture->server, PUT, KAB_TEST_CUT, NULL);
  kab_test_server_reply (fixture->server, PUT, 200, ONBOARDING ("2", "{'x':5}"));
  type (fixture, "{'x':5}");
  wait_for_state (fixture, KAB_AUTOSAVE_OFFLINE);
  g_assert_true (kab_api_get_online (fixture->api));
  wait_for_state (fixture, KAB_AUTOSAVE_SAVED);
}

/* What failed for a moment, or wasn't the bank at all, is tried again by itself. */
static void
test_failing_for_a_moment (Fixture *fixture, gconstpointer data)
{
  make_autosave (fixture);
  kab_test_server_reply (fixture->server, PUT, 500, "{'code':'internal','status':500}");
  kab_test_server_reply (fixture->server, PUT, 200, ONBOARDING ("2", "{'x':5}"));
  type (fixture, "{'x':5}");
  wait_for_state (fixture, KAB_AUTOSAVE_FAILED);
  assert_draft (fixture, "{'x':5}");
  wait_for_state (fixture, KAB_AUTOSAVE_SAVED);
  assert_draft (fixture, NULL);
}

static void
test_crash (Fixture *fixture, gconstpointer data)
{
  g_autofree char *match = NULL;
  gboolean has_draft;

  make_autosave (fixture);
  kab_test_server_go_down (fixture->server);
  type (fixture, "{'x':6}");
  /* gone before the half second is over */
  kab_test_let_go (fixture->autosave);
  assert_draft (fixture, "{'x':6}");

  kab_test_server_come_back (fixture->server);
  kab_test_server_reply (fixture->server, PUT, 200, ONBOARDING ("2", "{'x':6}"));
  make_autosave (fixture);
  g_object_get (fixture->autosave, "has-draft", &has_draft, NULL);
  g_assert_true (has_draft);
  assert_answers (kab_autosave_get_answers (fixture->autosave), "{'x':6}");
  wait_for_state (fixture, KAB_AUTOSAVE_SAVED);
  match = kab_test_server_dup_header (fixture->server, PUT, "If-Match");
  g_assert_cmpstr (match, ==, "\"1\"");
}

/* The journal has what was typed and undone without a line; the bank comes to have @answers. */
static void
undo_and_begin_anew (Fixture *fixture, const char *answers)
{
  g_autoptr (JsonObject) json = kab_test_json (answers);

  make_autosave (fixture);
  kab_test_server_go_down (fixture->server);
  type (fixture, "{'x':6}");
  wait_for_state (fixture, KAB_AUTOSAVE_OFFLINE);
  type (fixture, "{'x':1}");
  wait_for_state (fixture, KAB_AUTOSAVE_OFFLINE);
  kab_test_let_go (fixture->autosave);
  assert_draft (fixture, "{'x':1}");
  kab_record_update_from_json (KAB_RECORD (fixture->onboarding), json, NULL);
  make_autosave (fixture);
}

/* Where nothing is left to send the journal doesn't hide what the bank has. */
static void
test_undone (Fixture *fixture, gconstpointer data)
{
  gboolean has_draft;

  undo_and_begin_anew (fixture, ONBOARDING ("5", "{'x':20}"));
  g_object_get (fixture->autosave, "has-draft", &has_draft, NULL);
  g_assert_false (has_draft);
  g_assert_cmpint (kab_autosave_get_state (fixture->autosave), ==, KAB_AUTOSAVE_SAVED);
  assert_answers (kab_autosave_get_answers (fixture->autosave), "{'x':20}");
  assert_draft (fixture, NULL);
}

/* Nor is there anything to choose when another device saved over what was begun from. */
static void
test_undone_elsewhere (Fixture *fixture, gconstpointer data)
{
  make_autosave (fixture);
  kab_test_server_go_down (fixture->server);
  type (fixture, "{'x':6}");
  wait_for_state (fixture, KAB_AUTOSAVE_OFFLINE);
  type (fixture, "{'x':1}");
  wait_for_state (fixture, KAB_AUTOSAVE_OFFLINE);
  kab_test_server_reply (fixture->server, PUT, 412, CONFLICT);
  kab_test_server_reply (fixture->server, GET, 200, ONBOARDING ("5", "{'x':20}"));
  kab_test_server_come_back (fixture->server);
  kab_test_wait_until (kab_autosave_get_state (fixture->autosave) == KAB_AUTOSAVE_SAVED ||
                       kab_autosave_get_state (fixture->autosave) == KAB_AUTOSAVE_CONFLICT);
  g_assert_cmpint (kab_autosave_get_state (fixture->autosave), ==, KAB_AUTOSAVE_SAVED);
  g_assert_cmpuint (fixture->replaced, ==, 1);
  g_assert_cmpuint (kab_test_server_count (fixture->server, PUT), ==, 1);
  assert_answers (kab_autosave_get_answers (fixture->autosave), "{'x':20}");
  assert_draft (fixture, NULL);
}

/* What was undone had arrived after all: the undoing has to. */
static void
test_undone_too_late (Fixture *fixture, gconstpointer data)
{
  undo_and_begin_anew (fixture, ONBOARDING ("2", "{'x':6}"));
  assert_answers (kab_autosave_get_answers (fixture->autosave), "{'x':1}");
  kab_test_server_reply (fixture->server, PUT, 412, CONFLICT);
  kab_test_server_reply (fixture->server, PUT, 200, ONBOARDING ("3", "{'x':1}"));
  kab_test_server_reply (fixture->server, GET, 200, ONBOARDING ("2", "{'x':6}"));
  kab_test_server_come_back (fixture->server);
  wait_for_state (fixture, KAB_AUTOSAVE_SAVED);
  g_assert_cmpuint (kab_test_server_count (fixture->server, PUT), ==, 2);
  assert_draft (fixture, NULL);
}

static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) merged = kab_test_json ("{'x':7,'y':8}");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *match = NULL;
  g_autofree char *body = NULL;

  make_autosave (fixture);
  kab_test_server_reply (fixture->server, PUT, 412, CONFLICT);
  kab_test_server_reply (fixture->server, GET, 200, ONBOARDING ("5", "{'x':1,'y':8}"));
  type (fixture, "{'x':7}");
  wait_for_state (fixture, KAB_AUTOSAVE_CONFLICT);
  assert_answers (kab_autosave_get_mine (fixture->autosave), "{'x':7}");
  assert_answers (kab_autosave_get_theirs (fixture->autosave), "{'x':1,'y':8}");

  /* nothing is sent until it is resolved, and nothing is lost */
  type (fixture, "{'x':71}");
  kab_test_run_for (600);
  g_assert_cmpuint (kab_test_server_count (fixture->server, PUT), ==, 1);
  g_assert_cmpint (kab_autosave_get_state (fixture->autosave), ==, KAB_AUTOSAVE_CONFLICT);
  assert_draft (fixture, "{'x':71}");
  kab_autosave_flush_async (fixture->autosave, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  g_assert_false (kab_autosave_flush_finish (fixture->autosave, result, &error));
  g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_CONFLICT);
  g_clear_object (&result);

  kab_test_server_forget (fixture->server, PUT);
  kab_test_server_reply (fixture->server, PUT, 200, ONBOARDING ("6", "{'x':7,'y':8}"));
  kab_autosave_resolve (fixture->autosave, merged);
  wait_for_state (fixture, KAB_AUTOSAVE_SAVED);
  match = kab_test_server_dup_header (fixture->server, PUT, "If-Match");
  g_assert_cmpstr (match, ==, "\"5\"");
  body = kab_test_server_dup_body (fixture->server, PUT);
  g_assert_cmpstr (body, ==, "{\"answers\":{\"x\":7,\"y\":8}}");
  g_assert_null (kab_autosave_get_mine (fixture->autosave));
  assert_draft (fixture, NULL);
}

static void
test_take_theirs (Fixture *fixture, gconstpointer data)
{
  make_autosave (fixture);
  kab_test_server_reply (fixture->server, PUT, 412, CONFLICT);
  kab_test_server_reply (fixture->server, GET, 200, ONBOARDING ("5", "{'x':9}"));
  type (fixture, "{'x':7}");
  wait_for_state (fixture, KAB_AUTOSAVE_CONFLICT);
  kab_autosave_resolve (fixture->autosave, kab_autosave_get_theirs (fixture->autosave));
  g_assert_cmpint (kab_autosave_get_state (fixture->autosave), ==, KAB_AUTOSAVE_SAVED);
  g_assert_cmpuint (kab_test_server_count (fixture->server, PUT), ==, 1);
  assert_answers (kab_autosave_get_answers (fixture->autosave), "{'x':9}");
  assert_draft (fixture, NULL);
}

/* A 412 that is no conflict: the answer to a save was lost, or something else about it changed. */
static void
test_no_conflict (Fixture *fixture, gconstpointer data)
{
  g_autofree char *match = NULL;

  make_autosave (fixture);
  kab_test_server_trick (fixture->server, PUT, KAB_TEST_CUT, NULL);
  kab_test_server_reply (fixture->server, PUT, 412, CONFLICT);
  kab_test_server_reply (fixture->server, GET, 200, ONBOARDING ("2", "{'x':2}"));
  type (fixture, "{'x':2}");
  wait_for_state (fixture, KAB_AUTOSAVE_SAVED);
  g_assert_cmpuint (kab_test_server_count (fixture->server, PUT), ==, 2);

  kab_test_server_forget (fixture->server, GET);
  kab_test_server_reply (fixture->server, GET, 200, ONBOARDING ("8", "{'x':2}"));
  kab_test_server_reply (fixture->server, PUT, 412, CONFLICT);
  kab_test_server_reply (fixture->server, PUT, 200, ONBOARDING ("9", "{'x':3}"));
  type (fixture, "{'x':3}");
  wait_for_state (fixture, KAB_AUTOSAVE_CHANGED);
  wait_for_state (fixture, KAB_AUTOSAVE_SAVED);
  match = kab_test_server_dup_header (fixture->server, PUT, "If-Match");
  g_assert_cmpstr (match, ==, "\"8\"");
}

/* The bank was set back to a backup: what it has is older than what is known here. */
static void
test_set_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) fifth = kab_test_json (ONBOARDING ("5", "{'x':1}"));
  g_autofree char *match = NULL;

  kab_record_update_from_json (KAB_RECORD (fixture->onboarding), fifth, NULL);
  make_autosave (fixture);
  kab_test_server_reply (fixture->server, PUT, 412, CONFLICT);
  kab_test_server_reply (fixture->server, PUT, 200, ONBOARDING ("4", "{'x':2}"));
  kab_test_server_reply (fixture->server, GET, 200, ONBOARDING ("3", "{'x':1}"));
  type (fixture, "{'x':2}");
  wait_for_state (fixture, KAB_AUTOSAVE_SAVED);
  g_assert_cmpuint (kab_test_server_count (fixture->server, PUT), ==, 2);
  match = kab_test_server_dup_header (fixture->server, PUT, "If-Match");
  g_assert_cmpstr (match, ==, "\"3\"");
  g_assert_cmpint (kab_onboarding_get_version (fixture->onboarding), ==, 4);
}

/* A bank that refuses the version that it has isn't asked without a pause. */
static void
test_refuses_own_version (Fixture *fixture, gconstpointer data)
{
  make_autosave (fixture);
  kab_test_server_reply (fixture->server, PUT, 412, CONFLICT);
  kab_test_server_reply (fixture->server, PUT, 200, ONBOARDING ("2", "{'x':2}"));
  kab_test_server_reply (fixture->server, GET, 200, ONBOARDING ("1", "{'x':1}"));
  type (fixture, "{'x':2}");
  kab_test_wait_until (kab_test_server_count (fixture->server, GET) > 0);
  wait_for_state (fixture, KAB_AUTOSAVE_FAILED);
  wait_for_state (fixture, KAB_AUTOSAVE_SAVED);
}

/* Sends x = 2, whose answer is lost, while x = 3 is typed. */
static void
lose_answer (Fixture *fixture)
{
  kab_test_server_trick (fixture->server, PUT, KAB_TEST_CUT, NULL);
  kab_test_server_hold (fixture->server);
  type (fixture, "{'x':2}");
  kab_test_wait_until (kab_test_server_count (fixture->server, PUT) == 1);
  kab_test_server_forget (fixture->server, PUT);
  type (fixture, "{'x':3}");
}

#define assert_no_conflict(fixture)                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *match_ = NULL;                                                                \
    kab_test_wait_until (kab_autosave_get_state ((fixture)->autosave) == KAB_AUTOSAVE_SAVED ||     \
                         kab_autosave_get_state ((fixture)->autosave) == KAB_AUTOSAVE_CONFLICT);   \
    g_assert_cmpint (kab_autosave_get_state ((fixture)->autosave), ==, KAB_AUTOSAVE_SAVED);        \
    match_ = kab_test_server_dup_header ((fixture)->server, PUT, "If-Match");                      \
    g_assert_cmpstr (match_, ==, "\"2\"");                                                         \
    assert_draft (fixture, NULL);                                                                  \
  }                                                                                                \
  G_STMT_END

/* The bank took x = 2, another save got lost with the line, and x = 4 comes on top. */
static void
test_own_change (Fixture *fixture, gconstpointer data)
{
  make_autosave (fixture);
  lose_answer (fixture);
  kab_test_server_trick (fixture->server, PUT, KAB_TEST_CUT, NULL);
  kab_test_server_reply (fixture->server, PUT, 412, CONFLICT);
  kab_test_server_reply (fixture->server, PUT, 200, ONBOARDING ("3", "{'x':4}"));
  kab_test_server_reply (fixture->server, GET, 200, ONBOARDING ("2", "{'x':2}"));
  kab_test_server_let_go (fixture->server);
  kab_test_wait_until (kab_test_server_count (fixture->server, PUT) == 2);
  type (fixture, "{'x':4}");
  assert_no_conflict (fixture);
  g_assert_cmpuint (kab_test_server_count (fixture->server, PUT), ==, 4);
  g_assert_cmpuint (fixture->replaced, ==, 0);
  assert_answers (kab_autosave_get_answers (fixture->autosave), "{'x':4}");
}

/* What went out is known after a crash, too. */
static void
test_own_change_after_crash (Fixture *fixture, gconstpointer data)
{
  KabTimeouts timeouts = kab_test_timeouts;

  timeouts.probe_min_ms = timeouts.probe_max_ms = 60000;
  kab_api_set_timeouts (fixture->api, &timeouts);
  make_autosave (fixture);
  lose_answer (fixture);
  kab_test_server_let_go (fixture->server);
  wait_for_state (fixture, KAB_AUTOSAVE_OFFLINE);
  kab_test_let_go (fixture->autosave);
  assert_draft (fixture, "{'x':3}");

  kab_test_server_reply (fixture->server, PUT, 412, CONFLICT);
  kab_test_server_reply (fixture->server, PUT, 200, ONBOARDING ("3", "{'x':3}"));
  kab_test_server_reply (fixture->server, GET, 200, ONBOARDING ("2", "{'x':2}"));
  make_autosave (fixture);
  assert_no_conflict (fixture);
}

/* Another device saves: what is shown follows, what is typed here isn't touched. */
static void
test_live_change (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) second = kab_test_json (ONBOARDING ("2", "{'x':20}"));
  g_autoptr (JsonObject) third = kab_test_json (ONBOARDING ("3", "{'x':30}"));
  g_autofree char *match = NULL;

  make_autosave (fixture);
  kab_record_update_from_json (KAB_RECORD (fixture->onboarding), second, NULL);
  g_assert_cmpuint (fixture->replaced, ==, 1);
  assert_answers (kab_autosave_get_answers (fixture->autosave), "{'x':20}");

  type (fixture, "{'x':21}");
  kab_record_update_from_json (KAB_RECORD (fixture->onboarding), third, NULL);
  g_assert_cmpuint (fixture->replaced, ==, 1);
  assert_answers (kab_autosave_get_answers (fixture->autosave), "{'x':21}");

  /* it is saved against what it was begun from, so that the bank can refuse */
  kab_test_server_reply (fixture->server, PUT, 412, CONFLICT);
  kab_test_server_reply (fixture->server, GET, 200, ONBOARDING ("3", "{'x':30}"));
  wait_for_state (fixture, KAB_AUTOSAVE_CONFLICT);
  match = kab_test_server_dup_header (fixture->server, PUT, "If-Match");
  g_assert_cmpstr (match, ==, "\"2\"");
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  make_autosave (fixture);
  kab_test_server_reply (fixture->server, PUT, 409,
                         "{'type':'t','title':'','status':409,'code':'application-locked'}");
  type (fixture, "{'x':2}");
  wait_for_state (fixture, KAB_AUTOSAVE_FAILED);
  g_assert_error (kab_autosave_get_error (fixture->autosave), KAB_API_ERROR, KAB_API_ERROR_REFUSED);
  assert_draft (fixture, "{'x':2}");
}

static void
test_flush (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  make_autosave (fixture);
  kab_autosave_flush_async (fixture->autosave, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  g_assert_true (kab_autosave_flush_finish (fixture->autosave, result, NULL));
  g_assert_cmpuint (kab_test_server_count (fixture->server, PUT), ==, 0);
  g_clear_object (&result);

  kab_test_server_reply (fixture->server, PUT, 200, ONBOARDING ("2", "{'x':2}"));
  type (fixture, "{'x':2}");
  kab_autosave_flush_async (fixture->autosave, NULL, kab_test_keep_result, &result);
  /* at once: no pause in typing is waited for */
  g_assert_cmpint (kab_autosave_get_state (fixture->autosave), ==, KAB_AUTOSAVE_SAVING);
  kab_test_wait_for_result (&result);
  g_assert_true (kab_autosave_flush_finish (fixture->autosave, result, NULL));
  g_clear_object (&result);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/autosave/saves", test_saves);
  add ("/autosave/typing-on", test_typing_on);
  add ("/autosave/offline", test_offline);
  add ("/autosave/gateway", test_gateway);
  add ("/autosave/back-already", test_back_already);
  add ("/autosave/failing-for-a-moment", test_failing_for_a_moment);
  add ("/autosave/crash", test_crash);
  add ("/autosave/undone", test_undone);
  add ("/autosave/undone-elsewhere", test_undone_elsewhere);
  add ("/autosave/undone-too-late", test_undone_too_late);
  add ("/autosave/conflict", test_conflict);
  add ("/autosave/take-theirs", test_take_theirs);
  add ("/autosave/no-conflict", test_no_conflict);
  add ("/autosave/set-back", test_set_back);
  add ("/autosave/refuses-own-version", test_refuses_own_version);
  add ("/autosave/own-change", test_own_change);
  add ("/autosave/own-change-after-crash", test_own_change_after_crash);
  add ("/autosave/live-change", test_live_change);
  add ("/autosave/refused", test_refused);
  add ("/autosave/flush", test_flush);

  return g_test_run ();
}

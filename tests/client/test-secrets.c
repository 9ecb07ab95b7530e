/* SPDX-License-Identifier: GPL-3.0-or-later */

/* With libsecret's file back end in a folder of the test's own. */

#include <glib/gstdio.h>

#include "kab-draft-journal.h"
#include "kab-secret-memory.h"
#include "kab-secret-store.h"
#include "kab-session-operations.h"
#include "kab-test-server.h"

#define BANK "https://bank.example"
#define SESSION                                                                                    \
  "{'token':'kept-token','session':'s1','user':{'id':'u1','role':'client','language':'lv'},"       \
  "'mustChangePassword':false,'idleSeconds':300,'expiresAt':'2026-01-01T00:00:00Z'}"
#define INFO                                                                                       \
  "{'id':'s1','current':true,'device':'D','createdAt':'2026-01-01T00:00:00Z',"                     \
  "'lastUsedAt':'2026-01-01T00:00:00Z','user':{'id':'u1','role':'client','language':'lv'}}"

static gboolean
store (KabSecretKind kind, const char *bank, const char *secret)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean stored;

  kab_secret_store_async (kind, bank, secret, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  stored = kab_secret_store_finish (result, &error);
  g_assert_no_error (error);

  return stored;
}

/* Returns: (transfer full) (nullable) */
static char *
lookup (KabSecretKind kind, const char *bank)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *secret;

  kab_secret_lookup_async (kind, bank, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  secret = kab_secret_lookup_finish (result, &error);
  g_assert_no_error (error);

  return secret;
}

static void
assert_kept (KabSecretKind kind, const char *bank, const char *expected)
{
  char *secret = lookup (kind, bank);

  g_assert_cmpstr (secret, ==, expected);
  kab_secret_free (secret);
}

static void
test_store (void)
{
  assert_kept (KAB_SECRET_SESSION, BANK, NULL);
  g_assert_true (store (KAB_SECRET_SESSION, BANK, "one"));
  g_assert_true (store (KAB_SECRET_JOURNAL, BANK, "key"));
  g_assert_true (store (KAB_SECRET_SESSION, "https://other.example", "theirs"));
  assert_kept (KAB_SECRET_SESSION, BANK, "one");
  g_assert_true (store (KAB_SECRET_SESSION, BANK, "two"));
  assert_kept (KAB_SECRET_SESSION, BANK, "two");
  assert_kept (KAB_SECRET_JOURNAL, BANK, "key");

  g_assert_true (store (KAB_SECRET_SESSION, BANK, NULL));
  g_assert_true (store (KAB_SECRET_SESSION, BANK, NULL));
  assert_kept (KAB_SECRET_SESSION, BANK, NULL);
  assert_kept (KAB_SECRET_SESSION, "https://other.example", "theirs");
}

/* Many at once, as at sign-in: each ends well, in the order they were asked for. */
static void
test_side_by_side (void)
{
  GAsyncResult *results[30] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autofree char *bank = g_strdup_printf ("https://%u.example", i % 3);
      g_autofree char *secret = g_strdup_printf ("secret %u", i);

      kab_secret_store_async (i % 2, bank, secret, NULL, kab_test_keep_result, &results[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GError) error = NULL;

      kab_test_wait_for_result (&results[i]);
      g_assert_true (kab_secret_store_finish (results[i], &error));
      g_assert_no_error (error);
      g_object_unref (results[i]);
    }
  assert_kept (KAB_SECRET_SESSION, "https://0.example", "secret 24");
  assert_kept (KAB_SECRET_JOURNAL, "https://2.example", "secret 29");
}

static gboolean
is_kept (const char *bank)
{
  char *secret = lookup (KAB_SECRET_SESSION, bank);
  gboolean kept = secret != NULL;

  kab_secret_free (secret);

  return kept;
}

static void
test_stay_signed_in (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  const char *address = kab_test_server_get_address (server);
  g_autoptr (GError) error = NULL;

  /* nothing is kept unless it is wished */
  kab_test_server_reply (server, "POST /v1/sessions", 201, SESSION);
  for (guint stay = 0; stay < 2; stay++)
    {
      KabApi *api = kab_api_new (address, NULL);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (KabSession) session = NULL;

      kab_session_sign_in_async (api, "a", "b", "D", stay, "0123456789abcdef", NULL,
                                 kab_test_keep_result, &result);
      kab_test_wait_for_result (&result);
      session = kab_session_sign_in_finish (api, result, &error);
      g_assert_no_error (error);
      if (stay)
        kab_test_wait_until (is_kept (address));
      else
        kab_test_run_for (50);
      g_assert_cmpint (is_kept (address), ==, stay);
      g_clear_object (&result);
      kab_test_let_go (api);
    }

  /* the next start of the app */
  {
    KabApi *api = kab_api_new (address, NULL);
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (KabSession) session = NULL;
    g_autofree char *token = NULL;

    kab_test_server_reply (server, "GET /v1/sessions/current", 200, INFO);
    kab_session_restore_async (api, NULL, kab_test_keep_result, &result);
    kab_test_wait_for_result (&result);
    session = kab_session_restore_finish (api, result, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (kab_session_get_id (session), ==, "s1");
    g_assert_true (kab_api_get_signed_in (api));
    token = kab_test_server_dup_header (server, "GET /v1/sessions/current", "Authorization");
    g_assert_cmpstr (token, ==, "Bearer kept-token");
    g_clear_object (&result);
    kab_test_let_go (api);
  }

  /* the bank has ended it: forgotten, and no error */
  {
    KabApi *api = kab_api_new (address, NULL);
    g_autoptr (GAsyncResult) result = NULL;
    KabSession *session;

    kab_test_server_forget (server, "GET /v1/sessions/current");
    kab_test_server_reply (server, "GET /v1/sessions/current", 401,
                           "{'type':'t','title':'','status':401,'code':'session-ended'}");
    kab_session_restore_async (api, NULL, kab_test_keep_result, &result);
    kab_test_wait_for_result (&result);
    session = kab_session_restore_finish (api, result, &error);
    g_assert_no_error (error);
    g_assert_null (session);
    g_assert_false (kab_api_get_signed_in (api));
    kab_test_wait_until (!is_kept (address));
    g_clear_object (&result);
    kab_test_let_go (api);
  }
}

static KabDraftJournal *
open_journal (GFile *folder)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  KabDraftJournal *journal;

  kab_draft_journal_open_async (BANK, folder, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  journal = kab_draft_journal_open_finish (result, &error);
  g_assert_no_error (error);

  return journal;
}

static void
put (KabDraftJournal *journal, const char *key, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonObject) draft = kab_test_json (text);
  g_autoptr (GError) error = NULL;

  kab_draft_journal_put_async (journal, key, draft, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  g_assert_true (kab_draft_journal_put_finish (journal, result, &error));
  g_assert_no_error (error);
}

/* Calls @func with the path of every file of the journal. Returns: how many there are */
static guint
for_each_file (const char *path, const char *ending, void (*func) (const char *path))
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint count = 0;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        {
          count += for_each_file (child, ending, func);
          continue;
        }
      if (!g_str_has_suffix (name, ending))
        continue;
      count++;
      if (func != NULL)
        func (child);
    }

  return count;
}

static void
assert_sealed (const char *path)
{
  static const char *const secrets[] = { "Bērziņa",     "010180-11111", "answers",
                                         "application", "registration", "a1" };
  g_autofree char *contents = NULL;
  g_autofree char *name = g_path_get_basename (path);
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      if (strlen (secrets[i]) > 3)
        g_assert_null (memmem (contents, length, secrets[i], strlen (secrets[i])));
      g_assert_null (strstr (name, "application"));
    }
}

static void
flip_a_bit (const char *path)
{
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  contents[g_test_rand_int_range (0, length)] ^= 1 << g_test_rand_int_range (0, 8);
  g_assert_true (g_file_set_contents (path, contents, length, NULL));
}

static void
cut_short (const char *path)
{
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_true (g_file_set_contents (path, contents, g_test_rand_int_range (0, length), NULL));
}

static void
test_journal (void)
{
  g_autofree char *path = g_dir_make_tmp ("kab-journal-XXXXXX", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  KabDraftJournal *journal = open_journal (folder);
  g_auto (GStrv) keys = NULL;
  g_autoptr (GDateTime) time = NULL;
  JsonObject *draft;

  g_assert_true (kab_draft_journal_get_persistent (journal));
  put (journal, "application/a1", "{'name':'Anna','code':'old'}");
  put (journal, "application/a1", "{'name':'Anna Bērziņa','code':'010180-11111'}");
  put (journal, "registration", "{'email':'a@b.lv'}");
  put (journal, "message", "{'text':'x'}");
  kab_draft_journal_remove (journal, "message");
  g_assert_null (kab_draft_journal_get (journal, "message"));
  kab_test_wait_until (for_each_file (path, ".draft", NULL) == 2);
  for_each_file (path, "", assert_sealed);
  kab_test_let_go (journal);

  /* after a crash */
  journal = open_journal (folder);
  draft = kab_draft_journal_get (journal, "application/a1");
  g_assert_cmpstr (json_object_get_string_member (draft, "name"), ==, "Anna Bērziņa");
  time = kab_draft_journal_dup_time (journal, "application/a1");
  g_assert_nonnull (time);
  keys = kab_draft_journal_dup_keys (journal);
  g_assert_cmpuint (g_strv_length (keys), ==, 2);
  g_assert_cmpuint (kab_draft_journal_get_damaged (journal), ==, 0);
  kab_test_let_go (journal);
}

static void
persistent_changed_cb (KabDraftJournal *journal, GParamSpec *pspec, gpointer user_data)
{
  gboolean *persistent = user_data;

  *persistent = kab_draft_journal_get_persistent (journal);
}

/* A disk that takes nothing is told by the put and by the property, and nothing is forgotten. */
static void
test_journal_full_disk (void)
{
  g_autofree char *path = g_dir_make_tmp ("kab-journal-XXXXXX", NULL);
  g_autofree char *moved = g_strconcat (path, "-moved", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  KabDraftJournal *journal = open_journal (folder);
  g_autoptr (JsonObject) draft = kab_test_json ("{'text':'new'}");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean persistent = TRUE;

  g_signal_connect (journal, "notify::persistent", G_CALLBACK (persistent_changed_cb), &persistent);
  put (journal, "message", "{'text':'old'}");
  g_assert_cmpint (g_rename (path, moved), ==, 0);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  kab_draft_journal_put_async (journal, "message", draft, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  g_assert_false (kab_draft_journal_put_finish (journal, result, &error));
  g_clear_object (&result);
  g_assert_cmpint (error->domain, ==, G_IO_ERROR);
  g_assert_false (persistent);
  g_assert_cmpstr (
      json_object_get_string_member (kab_draft_journal_get (journal, "message"), "text"), ==,
      "new");

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rename (moved, path), ==, 0);
  put (journal, "message", "{'text':'newer'}");
  g_assert_true (persistent);
  kab_test_let_go (journal);
}

static void
test_journal_damage (void)
{
  void (*const damages[]) (const char *path) = { flip_a_bit, cut_short };

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *path = g_dir_make_tmp ("kab-journal-XXXXXX", NULL);
      g_autoptr (GFile) folder = g_file_new_for_path (path);
      KabDraftJournal *journal = open_journal (folder);

      put (journal, "application/a1", "{'name':'Anna'}");
      kab_test_let_go (journal);
      for_each_file (path, ".draft", damages[i % G_N_ELEMENTS (damages)]);

      journal = open_journal (folder);
      g_assert_cmpuint (kab_draft_journal_get_damaged (journal), ==, 1);
      g_assert_null (kab_draft_journal_get (journal, "application/a1"));
      g_assert_cmpuint (for_each_file (path, ".damaged", NULL), ==, 1);
      put (journal, "application/a1", "{'name':'again'}");
      kab_test_let_go (journal);

      journal = open_journal (folder);
      g_assert_nonnull (kab_draft_journal_get (journal, "application/a1"));
      g_assert_cmpuint (for_each_file (path, ".damaged", NULL), ==, 1);
      kab_test_let_go (journal);
    }
}

static char *moved_from;

static void
remember_path (const char *path)
{
  g_set_str (&moved_from, path);
}

/* A sealed draft doesn't open under the name of another. */
static void
test_journal_swap (void)
{
  g_autofree char *path = g_dir_make_tmp ("kab-journal-XXXXXX", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  KabDraftJournal *journal = open_journal (folder);
  g_autofree char *dir = NULL;
  g_autofree char *target = NULL;

  put (journal, "application/a1", "{'name':'Anna'}");
  kab_test_let_go (journal);
  for_each_file (path, ".draft", remember_path);
  dir = g_path_get_dirname (moved_from);
  target = g_build_filename (dir, "00000000000000000000000000000000.draft", NULL);
  g_assert_cmpint (g_rename (moved_from, target), ==, 0);
  g_clear_pointer (&moved_from, g_free);

  journal = open_journal (folder);
  g_assert_cmpuint (kab_draft_journal_get_damaged (journal), ==, 1);
  kab_test_let_go (journal);
}

/* Many puts of one draft: the last one is what remains, each put ends. */
static void
test_journal_race (void)
{
  g_autofree char *path = g_dir_make_tmp ("kab-journal-XXXXXX", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  KabDraftJournal *journal = open_journal (folder);
  GAsyncResult *results[20] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'n':%u}", i);
      g_autoptr (JsonObject) draft = kab_test_json (text);

      kab_draft_journal_put_async (journal, "message", draft, NULL, kab_test_keep_result,
                                   &results[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      kab_test_wait_for_result (&results[i]);
      g_assert_true (kab_draft_journal_put_finish (journal, results[i], NULL));
      g_object_unref (results[i]);
    }
  kab_test_let_go (journal);

  journal = open_journal (folder);
  g_assert_cmpint (json_object_get_int_member (kab_draft_journal_get (journal, "message"), "n"), ==,
                   19);
  kab_test_let_go (journal);
}

/* What is put and removed just before the end is there after it: many drafts at once, and one of
 * them again while it is written. */
static void
test_journal_flush (void)
{
  g_autofree char *path = g_dir_make_tmp ("kab-journal-XXXXXX", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  KabDraftJournal *journal = open_journal (folder);
  g_autoptr (JsonObject) early = kab_test_json ("{'n':1}");
  g_autoptr (JsonObject) late = kab_test_json ("{'n':2}");
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autofree char *reopened_path = g_strconcat (path, "-then", NULL);
  g_autoptr (GFile) then = g_file_new_for_path (reopened_path);
  g_auto (GStrv) keys = NULL;

  put (journal, "gone", "{'n':1}");
  kab_draft_journal_put_async (journal, "message", early, NULL, NULL, NULL);
  kab_draft_journal_flush_async (journal, NULL, kab_test_keep_result, &first);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *key = g_strdup_printf ("document/d%u", i);

      kab_draft_journal_put_async (journal, key, late, NULL, NULL, NULL);
    }
  kab_draft_journal_put_async (journal, "message", late, NULL, NULL, NULL);
  kab_draft_journal_remove (journal, "gone");
  kab_test_wait_for_result (&first);
  g_assert_true (kab_draft_journal_flush_finish (journal, first, NULL));

  /* The disk as it is at this moment. */
  g_assert_cmpint (g_rename (path, reopened_path), ==, 0);
  kab_draft_journal_flush_async (journal, NULL, kab_test_keep_result, &second); /* nothing to do */
  kab_test_wait_for_result (&second);
  g_clear_object (&first);
  g_clear_object (&second);
  kab_test_let_go (journal);
  journal = open_journal (then);
  keys = kab_draft_journal_dup_keys (journal);
  g_assert_cmpuint (g_strv_length (keys), ==, 11);
  g_assert_cmpint (json_object_get_int_member (kab_draft_journal_get (journal, "message"), "n"), ==,
                   2);
  kab_test_let_go (journal);
}

static void
test_journal_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  KabDraftJournal *journal;

  kab_draft_journal_open_async (BANK, NULL, cancellable, kab_test_keep_result, &result);
  g_cancellable_cancel (cancellable);
  kab_test_wait_for_result (&result);
  journal = kab_draft_journal_open_finish (result, &error);
  g_assert_null (journal);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_autofree char *path = g_dir_make_tmp ("kab-secrets-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (path, "keyring", NULL);

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", file, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/secrets/store", test_store);
  g_test_add_func ("/secrets/side-by-side", test_side_by_side);
  g_test_add_func ("/secrets/stay-signed-in", test_stay_signed_in);
  g_test_add_func ("/journal/drafts", test_journal);
  g_test_add_func ("/journal/full-disk", test_journal_full_disk);
  g_test_add_func ("/journal/damage", test_journal_damage);
  g_test_add_func ("/journal/swap", test_journal_swap);
  g_test_add_func ("/journal/race", test_journal_race);
  g_test_add_func ("/journal/flush", test_journal_flush);
  g_test_add_func ("/journal/cancel", test_journal_cancel);

  return g_test_run ();
}

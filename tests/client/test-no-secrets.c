/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where there is no secret service the app works all the same and writes no secret anywhere. */

#include "kab-draft-journal.h"
#include "kab-secret-store.h"
#include "kab-session-operations.h"
#include "kab-test-server.h"

#define SESSION                                                                                    \
  "{'token':'kept-token','session':'s1','user':{'id':'u1','role':'client','language':'lv'},"       \
  "'mustChangePassword':false,'idleSeconds':300,'expiresAt':'2026-01-01T00:00:00Z'}"

static void
test_session (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = kab_api_new (kab_test_server_get_address (server), NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KabSession) session = NULL;
  g_autoptr (GError) error = NULL;

  kab_test_server_reply (server, "POST /v1/sessions", 201, SESSION);
  kab_session_sign_in_async (api, "a", "b", "D", TRUE, "0123456789abcdef", NULL,
                             kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  session = kab_session_sign_in_finish (api, result, &error);
  g_assert_no_error (error);
  g_assert_true (kab_api_get_signed_in (api));
  kab_test_run_for (100);
  g_clear_object (&session);
  g_clear_object (&result);
  kab_test_let_go (api);

  /* the next start asks to sign in */
  api = kab_api_new (kab_test_server_get_address (server), NULL);
  kab_session_restore_async (api, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  session = kab_session_restore_finish (api, result, &error);
  g_assert_no_error (error);
  g_assert_null (session);
  g_clear_object (&result);
  kab_test_let_go (api);
}

static void
test_store (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  kab_secret_store_async (KAB_SECRET_SESSION, "https://bank.example", "x", NULL,
                          kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  g_assert_false (kab_secret_store_finish (result, &error));
  g_assert_nonnull (error);
}

static guint
count_files (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint count = 0;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      count += g_file_test (child, G_FILE_TEST_IS_DIR) ? count_files (child) : 1;
    }

  return count;
}

static void
test_journal (void)
{
  g_autofree char *path = g_dir_make_tmp ("kab-journal-XXXXXX", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonObject) draft = kab_test_json ("{'name':'Anna'}");
  KabDraftJournal *journal;

  kab_draft_journal_open_async ("https://bank.example", folder, NULL, kab_test_keep_result,
                                &result);
  kab_test_wait_for_result (&result);
  journal = kab_draft_journal_open_finish (result, NULL);
  g_assert_nonnull (journal);
  g_assert_false (kab_draft_journal_get_persistent (journal));
  g_clear_object (&result);

  kab_draft_journal_put_async (journal, "message", draft, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  g_assert_true (kab_draft_journal_put_finish (journal, result, NULL));
  g_assert_nonnull (kab_draft_journal_get (journal, "message"));
  g_assert_cmpuint (count_files (path), ==, 0);
  kab_draft_journal_remove (journal, "message");
  g_assert_null (kab_draft_journal_get (journal, "message"));
  g_clear_object (&result);
  kab_test_let_go (journal);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/no-secrets/store", test_store);
  g_test_add_func ("/no-secrets/session", test_session);
  g_test_add_func ("/no-secrets/journal", test_journal);

  return g_test_run ();
}

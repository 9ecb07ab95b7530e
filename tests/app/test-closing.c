/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The last that is done before the application ends, with libsecret's file back end in a folder of
 * the test's own. */

#include "kab-test-server.h"
#include "sign-in/kab-closing.h"

static KabDraftJournal *
open_journal (const char *path)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  kab_draft_journal_open_async ("https://bank.example", folder, NULL, kab_test_keep_result,
                                &result);
  kab_test_wait_for_result (&result);

  return kab_draft_journal_open_finish (result, NULL);
}

static void
dawdle (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_usleep (G_USEC_PER_SEC / 3);
  g_task_return_boolean (task, TRUE);
}

/* All threads that write files are busy for a while. */
static void
slow_the_disk (void)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

      g_task_run_in_thread (task, dawdle);
    }
}

/* What a page puts into the journal when it is taken down is on the disk when closing is done. */
static void
test_drafts (void)
{
  g_autofree char *path = g_dir_make_tmp ("kab-closing-XXXXXX", NULL);
  g_autoptr (KabDraftJournal) journal = open_journal (path);
  g_autoptr (JsonObject) draft = kab_test_json ("{'text': 'x'}");
  g_autoptr (GAsyncResult) put = NULL;
  g_autoptr (GAsyncResult) closed = NULL;

  g_assert_true (kab_draft_journal_get_persistent (journal));
  slow_the_disk ();
  kab_closing_begin_async (NULL, journal, kab_test_keep_result, &closed);
  kab_draft_journal_put_async (journal, "message", draft, NULL, kab_test_keep_result, &put);
  kab_test_wait_for_result (&closed);
  kab_closing_finish (closed);
  g_assert_nonnull (put);
  g_assert_true (kab_draft_journal_put_finish (journal, put, NULL));
}

/* A bank that takes the connection and says nothing holds nobody up. */
static void
test_silent_bank (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autoptr (GError) error = NULL;
  g_autoptr (KabApi) api = kab_api_new (address, &error);
  g_autoptr (GAsyncResult) result = NULL;
  gint64 begun = g_get_monotonic_time ();

  g_assert_no_error (error);
  kab_api_set_token (api, "t");
  kab_closing_begin_async (api, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  kab_closing_finish (result);
  g_assert_cmpint (g_get_monotonic_time () - begun, >, G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_autofree char *path = g_dir_make_tmp ("kab-secrets-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (path, "keyring", NULL);

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", file, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/closing/drafts", test_drafts);
  g_test_add_func ("/closing/silent-bank", test_silent_bank);

  return g_test_run ();
}

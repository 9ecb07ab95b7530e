/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "common/kab-file-saver.h"
#include "common/kab-private-file.h"
#include "common/kab-upload-list.h"
#include "common/kab-upload-row.h"
#include "kab-app-walk.h"
#include "kab-documents-fixture.h"
#include "kab-test-tus.h"

#define MEGABYTE (1024 * 1024)

typedef struct
{
  KabTestServer *server;
  KabTestTus *tus;
  KabApi *api;
  KabAttachments *attachments;
  guint n_changed;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changed++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const KabTimeouts impatient = { 30, 30, 30, 20, 20, 60, 10 };

  fixture->server = kab_test_server_new ();
  fixture->tus = kab_test_tus_new (fixture->server);
  fixture->api = kab_api_new (kab_test_server_get_address (fixture->server), NULL);
  kab_api_set_timeouts (fixture->api, &impatient);
  kab_api_set_token (fixture->api, "t");
  fixture->attachments = kab_attachments_new (fixture->api, 10);
  g_signal_connect_swapped (fixture->attachments, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (fixture->tus->wrong, ==, NULL);
  kab_test_let_go (fixture->attachments);
  kab_test_let_go (fixture->api);
  kab_test_server_free (fixture->server);
  kab_test_tus_free (fixture->tus);
}

static KabAttachment *
add (Fixture *fixture, const char *name, gsize size)
{
  g_autoptr (GFile) file = kab_documents_fixture_file (name, size);

  return kab_attachments_add (fixture->attachments, file);
}

static void
test_send (Fixture *fixture, gconstpointer data)
{
  KabAttachment *attachment = add (fixture, "izziņa.txt", 300000);
  g_auto (GStrv) none = kab_attachments_dup_ids (fixture->attachments);
  g_auto (GStrv) ids = NULL;

  g_assert_true (kab_attachments_get_busy (fixture->attachments));
  g_assert_true (kab_attachments_get_modified (fixture->attachments));
  g_assert_null (none[0]);
  kab_app_wait_until (kab_attachment_get_state (attachment) == KAB_UPLOAD_DONE);
  ids = kab_attachments_dup_ids (fixture->attachments);
  g_assert_cmpstr (ids[0], ==, "u1");
  g_assert_false (kab_attachments_get_busy (fixture->attachments));
  g_assert_cmpuint (fixture->n_changed, ==, 1);
  g_assert_cmpint (fixture->tus->received, ==, 300000);
}

static void
assert_problem (KabAttachment *attachment, const char *part)
{
  g_autofree char *problem = NULL;

  kab_app_wait_until (kab_attachment_get_state (attachment) == KAB_UPLOAD_FAILED);
  problem = kab_attachment_dup_problem (attachment);
  if (strstr (problem, part) == NULL)
    g_error ("“%s” doesn't say “%s”", problem, part);
}

static GFile *
create_sparse (const char *name, gint64 size)
{
  GFile *file = kab_documents_fixture_file (name, 10);

  g_assert_cmpint (truncate (g_file_peek_path (file), size), ==, 0);

  return file;
}

static void
test_rules (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) large = create_sparse ("liels.txt", 150 * (gint64) MEGABYTE + 1);
  g_autoptr (GFile) gone = g_file_new_for_path ("/nonexistent/fails.txt");

  assert_problem (add (fixture, "programma.exe", 10), "jpg, jpeg, bmp");
  assert_problem (add (fixture, "attels.pdf", 10), "is not what its name says");
  assert_problem (add (fixture, "tukss.txt", 0), "empty");
  assert_problem (kab_attachments_add (fixture->attachments, large), "it has 151 MB, and 150 MB");
  assert_problem (kab_attachments_add (fixture->attachments, gone), "can’t be read");
  g_assert_true (kab_attachments_get_failed (fixture->attachments));
  g_assert_cmpuint (fixture->tus->creations, ==, 0);
}

static void
test_excess (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 10; i++)
    g_assert_nonnull (add (fixture, "a.exe", 10));
  g_assert_null (add (fixture, "b.txt", 10));
  g_assert_null (add (fixture, "c.txt", 10));
  g_assert_cmpuint (kab_attachments_get_excess (fixture->attachments), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->attachments)), ==, 10);
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  KabApplication *application = kab_app_fixture_start ();
  KabWindow *window = kab_application_get_window (application);
  GtkWidget *list = kab_upload_list_new (fixture->attachments);
  KabAttachment *attachment = add (fixture, "izziņa.txt", 2000);

  kab_app_wait_until (kab_attachment_get_state (attachment) == KAB_UPLOAD_DONE);
  kab_app_fixture_show (window, list);
  gtk_window_present (GTK_WINDOW (window));
  kab_app_fixture_wait_frame (list);
  g_assert_cmpuint (kab_app_count (list, KAB_TYPE_UPLOAD_ROW), ==, 1);

  kab_app_press (list, "Remove");
  kab_app_fixture_wait_frame (list);
  g_assert_cmpuint (kab_app_count (list, KAB_TYPE_UPLOAD_ROW), ==, 0);
  g_assert_true (ADW_IS_BUTTON_ROW (gtk_window_get_focus (GTK_WINDOW (window))));
  kab_app_press (GTK_WIDGET (window), "Undo");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->attachments)), ==, 1);
  g_assert_cmpuint (fixture->tus->terminations, ==, 0);

  kab_app_fixture_wait_frame (list);
  kab_app_press (list, "Remove");
  kab_app_fixture_stop (application);
  kab_app_wait_until (fixture->tus->terminations == 1);
}

static GtkWidget *
get_row (gpointer list, guint index)
{
  GtkWidget *box = kab_app_find (list, GTK_TYPE_LIST_BOX, NULL);

  return GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (box), (int) index));
}

/* Without a row to add files the last one that goes leaves nothing behind that takes the focus. */
static void
test_last (Fixture *fixture, gconstpointer data)
{
  KabApplication *application = kab_app_fixture_start ();
  KabWindow *window = kab_application_get_window (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *list =
      g_object_new (KAB_TYPE_UPLOAD_LIST, "attachments", fixture->attachments, "adds", FALSE, NULL);
  GtkWidget *button = gtk_button_new_with_label ("Send");

  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), button);
  add (fixture, "a.exe", 10);
  add (fixture, "b.exe", 10);
  kab_app_fixture_show (window, box);
  gtk_window_present (GTK_WINDOW (window));
  kab_app_fixture_wait_frame (list);
  kab_app_press (get_row (list, 1), "Cancel");
  kab_app_fixture_wait_frame (list);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == get_row (list, 0));
  gtk_widget_grab_focus (kab_app_find (list, GTK_TYPE_BUTTON, "Cancel"));
  kab_app_press (list, "Cancel");
  kab_app_fixture_wait_frame (list);
  g_assert_cmpuint (kab_app_count (list, KAB_TYPE_UPLOAD_ROW), ==, 0);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == button);
  kab_app_fixture_stop (application);
}

static void
test_row (Fixture *fixture, gconstpointer data)
{
  KabApplication *application = kab_app_fixture_start ();
  KabWindow *window = kab_application_get_window (application);
  GtkWidget *list = kab_upload_list_new (fixture->attachments);
  KabAttachment *attachment;
  GtkWidget *row, *button;

  fixture->tus->delay = 300;
  kab_app_fixture_show (window, list);
  gtk_window_present (GTK_WINDOW (window));
  attachment = add (fixture, "izziņa.txt", 3 * MEGABYTE);
  kab_app_wait_until (kab_attachment_get_state (attachment) == KAB_UPLOAD_SENDING);
  kab_app_fixture_wait_frame (list);
  row = get_row (list, 0);
  g_assert_nonnull (kab_app_find (row, GTK_TYPE_PROGRESS_BAR, NULL));

  button = kab_app_find (row, GTK_TYPE_BUTTON, "Pause");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Pause: izziņa.txt");
  gtk_widget_grab_focus (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpint (kab_attachment_get_state (attachment), ==, KAB_UPLOAD_PAUSED);
  g_assert_true (kab_attachments_get_busy (fixture->attachments));
  button = kab_app_find (row, GTK_TYPE_BUTTON, "Go on sending");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == button);

  fixture->tus->delay = 0;
  g_signal_emit_by_name (button, "clicked");
  kab_app_wait_until (kab_attachment_get_state (attachment) == KAB_UPLOAD_DONE);
  g_assert_null (kab_app_find (row, GTK_TYPE_PROGRESS_BAR, NULL));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "izziņa.txt, sent to the bank");
  kab_app_fixture_stop (application);
}

static void
test_wrong_row (Fixture *fixture, gconstpointer data)
{
  KabApplication *application = kab_app_fixture_start ();
  KabWindow *window = kab_application_get_window (application);
  GtkWidget *list = kab_upload_list_new (fixture->attachments);
  KabAttachment *attachment = add (fixture, "programma.exe", 20);

  kab_app_wait_until (kab_attachment_get_state (attachment) == KAB_UPLOAD_FAILED);
  kab_app_fixture_show (window, list);
  gtk_window_present (GTK_WINDOW (window));
  kab_app_fixture_wait_frame (list);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (get_row (list, 0)),
                                    GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_nonnull (kab_app_find (list, GTK_TYPE_BUTTON, "Try again"));

  kab_upload_list_set_error (KAB_UPLOAD_LIST (list), "Add a file");
  kab_app_fixture_wait_frame (list);
  g_assert_nonnull (kab_app_find (list, GTK_TYPE_LABEL, "Add a file"));
  kab_upload_list_set_editable (KAB_UPLOAD_LIST (list), FALSE);
  kab_app_fixture_wait_frame (list);
  g_assert_null (kab_app_find (list, GTK_TYPE_BUTTON, "Try again"));
  g_assert_null (kab_app_find (list, ADW_TYPE_BUTTON_ROW, NULL));
  kab_app_fixture_stop (application);
}

/* The line is lost in the middle and comes back: nothing is to be done about it. */
static void
test_interrupted (Fixture *fixture, gconstpointer data)
{
  KabAttachment *attachment;
  g_autofree char *status = NULL;

  fixture->tus->delay = 100;
  attachment = add (fixture, "izziņa.txt", 4 * MEGABYTE);
  kab_app_wait_until (fixture->tus->patches > 0);
  kab_test_server_go_down (fixture->server);
  kab_app_wait_until (kab_attachment_get_state (attachment) == KAB_UPLOAD_INTERRUPTED);
  status = kab_attachment_dup_status (attachment);
  g_assert_nonnull (strstr (status, "It goes on by itself"));

  fixture->tus->delay = 0;
  kab_test_server_come_back (fixture->server);
  kab_test_tus_attach (fixture->tus, fixture->server);
  kab_app_wait_until (kab_attachment_get_state (attachment) == KAB_UPLOAD_DONE);
}

static GListModel *
create_files (const char *first, const char *second)
{
  GListStore *files = g_list_store_new (KAB_TYPE_FILE);
  const char *names[] = { first, second };

  for (gsize i = 0; i < G_N_ELEMENTS (names) && names[i] != NULL; i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{'id': '%s', 'name': '%s.pdf', 'size': 5, 'mediaType': 'application/pdf'}", names[i],
          names[i]);
      g_autoptr (JsonObject) object = kab_test_json (text);
      g_autoptr (KabFile) file = kab_file_new ();

      g_assert_true (kab_record_update_from_json (KAB_RECORD (file), object, NULL));
      g_list_store_append (files, file);
    }

  return G_LIST_MODEL (files);
}

static void
assert_names (KabAttachments *attachments, const char *expected)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (attachments)); i++)
    {
      g_autoptr (KabAttachment) attachment = g_list_model_get_item (G_LIST_MODEL (attachments), i);

      g_string_append_printf (names, "%s ", kab_attachment_get_name (attachment));
    }
  g_assert_cmpstr (names->str, ==, expected);
}

/* The bank's list comes again while files were added and removed here. */
static void
test_merge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) both = create_files ("f1", "f2");
  g_autoptr (GListModel) sent = create_files ("f1", "u1");
  g_autoptr (GListModel) other = create_files ("f2", "f3");
  g_autoptr (KabAttachment) first = NULL;
  KabAttachment *added;

  kab_attachments_show_files (fixture->attachments, both);
  assert_names (fixture->attachments, "f1.pdf f2.pdf ");
  g_assert_false (kab_attachments_get_modified (fixture->attachments));

  first = g_list_model_get_item (G_LIST_MODEL (fixture->attachments), 1);
  kab_attachments_remove (fixture->attachments, first);
  added = add (fixture, "jauns.txt", 100);
  kab_app_wait_until (kab_attachment_get_state (added) == KAB_UPLOAD_DONE);
  kab_attachments_show_files (fixture->attachments, both);
  assert_names (fixture->attachments, "f1.pdf jauns.txt ");
  g_assert_true (kab_attachments_get_modified (fixture->attachments));

  kab_attachments_set_saved (fixture->attachments);
  kab_attachments_show_files (fixture->attachments, sent);
  assert_names (fixture->attachments, "f1.pdf jauns.txt ");
  g_assert_false (kab_attachments_get_modified (fixture->attachments));
  kab_attachments_show_files (fixture->attachments, other);
  assert_names (fixture->attachments, "f2.pdf f3.pdf ");
}

static KabFile *
serve_file (Fixture *fixture, const char *content)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, content, -1);
  g_autofree char *text = g_strdup_printf (
      "{'id': 'f1', 'name': 'a.txt', 'size': %zu, 'mediaType': 'text/plain', 'sha256':"
      " '%s'}",
      strlen (content), digest);
  g_autoptr (JsonObject) object = kab_test_json (text);
  KabFile *file = kab_file_new ();

  g_assert_true (kab_record_update_from_json (KAB_RECORD (file), object, NULL));
  kab_test_server_reply_full (fixture->server, "GET /v1/files/f1", 200, "text/plain", content, NULL,
                              NULL);

  return file;
}

static void
test_download (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KabFile) file = serve_file (fixture, "Sveiki!");
  g_autoptr (KabDownload) download = kab_download_new (fixture->api, file);
  g_autoptr (GFile) target = kab_private_file_new ("a.txt", NULL);
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *content = NULL;

  kab_download_save_async (download, target, kab_test_keep_result, &saved);
  g_assert_true (kab_download_get_active (download));
  kab_test_wait_for_result (&saved);
  g_assert_true (kab_download_save_finish (download, saved, NULL));
  g_assert_false (kab_download_get_active (download));
  g_assert_true (g_file_get_contents (g_file_peek_path (target), &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "Sveiki!");
  kab_private_file_delete (target);
  g_assert_false (g_file_query_exists (target, NULL));

  kab_download_read_async (download, kab_test_keep_result, &read);
  kab_test_wait_for_result (&read);
  bytes = kab_download_read_finish (download, read, NULL);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "Sveiki!", 7);
}

static void
test_broken_download (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KabFile) file = serve_file (fixture, "Sveiki!");
  g_autoptr (KabDownload) download = kab_download_new (fixture->api, file);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;

  kab_test_server_forget (fixture->server, "GET /v1/files/f1");
  kab_test_server_reply_full (fixture->server, "GET /v1/files/f1", 200, "text/plain", "Sveika!",
                              NULL, NULL);
  kab_download_read_async (download, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  g_assert_null (kab_download_read_finish (download, result, &error));
  problem = kab_download_dup_problem (error);
  g_assert_nonnull (strstr (problem, "damaged"));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/upload-list/send", test_send },
    { "/upload-list/rules", test_rules },
    { "/upload-list/excess", test_excess },
    { "/upload-list/undo", test_undo },
    { "/upload-list/last", test_last },
    { "/upload-list/row", test_row },
    { "/upload-list/wrong-row", test_wrong_row },
    { "/upload-list/interrupted", test_interrupted },
    { "/upload-list/merge", test_merge },
    { "/upload-list/download", test_download },
    { "/upload-list/broken-download", test_broken_download },
  };

  gtk_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}

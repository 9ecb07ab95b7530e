/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-app-demo.h"
#include "kab-documents-fixture.h"
#include "messages/kab-file-chip.h"
#include "messages/kab-message-row.h"
#include "messages/kab-messages-page.h"

/* Messages and files with the real server of the demo bank. */

static void
write_and_send (KabMessagesModel *model, const char *text)
{
  gtk_text_buffer_set_text (kab_messages_model_get_text (model), text, -1);
  g_assert_true (kab_messages_model_send (model));
  kab_app_wait_until (kab_messages_model_get_sending (model) == KAB_SENDING_NOT);
  g_assert_null (kab_messages_model_get_obstacle (model));
}

static GBytes *
fetch (KabApi *api, KabFile *file)
{
  g_autoptr (KabDownload) download = kab_download_new (api, file);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  kab_download_read_async (download, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  bytes = kab_download_read_finish (download, result, &error);
  g_assert_no_error (error);

  return bytes;
}

static void
test_message (void)
{
  KabAppDemo *demo = kab_app_demo_start ();
  GtkWidget *root = kab_app_demo_root (demo);
  g_autoptr (GFile) file = kab_documents_fixture_file ("izziņa.txt", 3000000);
  g_autoptr (KabMessage) message = NULL;
  g_autoptr (KabFile) attachment = NULL;
  g_autoptr (GBytes) content = NULL;
  KabMessagesModel *model;

  kab_app_demo_register (demo, "writes@example.com", "21000044");
  kab_app_wait_until (kab_window_get_client (demo->window) != NULL);
  kab_window_show (demo->window, "messages");
  kab_app_wait_page (demo->window, KAB_TYPE_MESSAGES_PAGE);
  model = KAB_MESSAGES_MODEL (kab_page_get_model (kab_app_get_page (demo->window)));
  kab_app_wait_for (root, GTK_TYPE_LABEL, "No messages yet");

  kab_attachments_add (kab_messages_model_get_attachments (model), file);
  write_and_send (model, "Sveiki! Pielikumā izziņa.");
  kab_app_wait_for (root, KAB_TYPE_FILE_CHIP, NULL);
  write_and_send (model, "Un vēl viens jautājums.");
  kab_app_fixture_wait_frame (root);
  g_assert_cmpuint (kab_app_count (root, KAB_TYPE_MESSAGE_ROW), ==, 2);

  message = g_list_model_get_item (kab_messages_model_get_list (model), 0);
  attachment = g_list_model_get_item (kab_message_get_attachments (message), 0);
  g_assert_cmpstr (kab_file_get_name (attachment), ==, "izziņa.txt");
  content = fetch (kab_client_data_get_api (kab_messages_model_get_data (model)), attachment);
  g_assert_cmpuint (g_bytes_get_size (content), ==, 3000000);
  kab_app_demo_stop (demo);
}

int
main (int argc, char **argv)
{
  kab_app_demo_init (&argc, &argv);
  g_test_add_func ("/correspondence/message", test_message);

  return kab_app_demo_run ();
}

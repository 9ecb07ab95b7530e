/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-upload-row.h"
#include "documents/kab-document-page.h"
#include "kab-documents-window.h"
#include "messages/kab-messages-section.h"

/* No control without a name: documents, files and messages. */

static void
test_list (KabDocumentsWindow *fixture, gconstpointer data)
{
  gtk_widget_activate_action (kab_documents_window_get_page (fixture), "documents.find", NULL);
  kab_documents_window_settle (fixture);
  g_assert_cmpuint (kab_app_check_names (kab_documents_window_get_page (fixture)), >=, 3);
}

static void
test_document (KabDocumentsWindow *fixture, gconstpointer data)
{
  static const char *const ids[] = { "d1", "d2", "d3", "d4", "d5" };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      kab_documents_window_open (fixture, ids[i]);
      g_assert_cmpuint (kab_app_check_names (kab_documents_window_get_page (fixture)), >=, 2);
      kab_window_show (fixture->window, "documents");
      kab_documents_window_settle (fixture);
    }
}

/* What is wrong with a file is told to everybody. */
static void
test_files (KabDocumentsWindow *fixture, gconstpointer data)
{
  KabDocumentModel *model = kab_documents_window_open (fixture, "d1");
  KabAttachments *files = kab_document_model_get_attachments (model);
  g_autoptr (GFile) wrong = kab_documents_fixture_file ("programma.exe", 10);
  g_autoptr (GFile) right = kab_documents_fixture_file ("izziņa.txt", 10);
  GtkWidget *page = kab_documents_window_get_page (fixture);
  GtkWidget *row;

  kab_test_server_trick (fixture->bank->server, "POST /v1/uploads", KAB_TEST_SILENT, NULL);
  kab_attachments_add (files, wrong);
  kab_attachments_add (files, right);
  kab_app_wait_until (kab_attachments_get_failed (files));
  kab_documents_window_settle (fixture);
  g_assert_cmpuint (kab_app_count (page, KAB_TYPE_UPLOAD_ROW), ==, 3);
  kab_app_check_names (page);
  row = gtk_widget_get_ancestor (kab_app_find (page, GTK_TYPE_LABEL, "programma.exe"),
                                 KAB_TYPE_UPLOAD_ROW);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
      "programma.exe, Files of this type are not accepted. Accepted are: jpg, jpeg, bmp, gif, png, "
      "svg, txt, doc, docx, xls, xlsx, pdf, odt, ods, edoc, asice.");
}

static void
test_messages (KabDocumentsWindow *fixture, gconstpointer data)
{
  KabClientModel *client = kab_window_get_client (fixture->window);
  g_autoptr (JsonObject) object = kab_test_json (
      "{'id': 'm1', 'from': 'bank', 'text': 'Sveiki!', 'sentAt': '2026-11-19T09:31:00Z',"
      " 'attachments': [" KAB_DOCUMENT_FILE ("f9", "paraugs.pdf", "48230") "]}");

  kab_paged_list_put (kab_client_data_get_messages (fixture->bank->data), object, NULL);
  kab_client_model_add_section (client, kab_messages_section_new (fixture->bank->data, NULL));
  kab_window_show (fixture->window, "messages");
  kab_documents_window_settle (fixture);
  g_assert_cmpuint (kab_app_check_names (kab_documents_window_get_page (fixture)), >=, 5);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (KabDocumentsWindow *fixture, gconstpointer data);
  } tests[] = {
    { "/a11y/documents/list", test_list },
    { "/a11y/documents/document", test_document },
    { "/a11y/documents/files", test_files },
    { "/a11y/documents/messages", test_messages },
  };

  gtk_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, KabDocumentsWindow, NULL, kab_documents_window_set_up, tests[i].test,
                kab_documents_window_tear_down);

  return g_test_run ();
}

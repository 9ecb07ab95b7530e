/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the bank publishes, and what is wrong with a bank's data. */

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "kab-addresses.h"
#include "kab-form-catalog.h"
#include "kab-opening-hours.h"
#include "kab-test-bank.h"

static void
test_bank (KabTestBank *bank)
{
  g_autoptr (KabTestAnswer) answer = kab_test_bank_call (bank, "GET", "/v1/bank", NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KabFormCatalog) catalog = NULL;
  JsonNode *node;

  kab_test_answer_expect (answer, 200, NULL);
  g_assert_cmpstr (kab_test_answer_text (answer, "name"), ==, "Demo Banka");
  g_assert_cmpstr (kab_test_answer_text (answer, "openingHours.en"), ==, "Mon–Fri 09:00–17:00");
  g_assert_cmpstr (kab_test_answer_text (answer, "legalDocuments.1.id"), ==, "general-terms");
  g_assert_cmpstr (kab_test_answer_text (answer, "legalDocuments.1.version"), ==, "4.0");
  g_assert_cmpint (kab_test_answer_int (answer, "legalDocuments.0.binding"), ==, FALSE);
  g_assert_cmpstr (kab_test_answer_text (answer, "applicationForms.natural"), ==,
                   "application-natural");
  g_assert_cmpstr (kab_test_answer_text (answer, "documents.N1.0.form"), ==,
                   "customer-questionnaire");
  g_assert_cmpstr (kab_test_answer_text (answer, "documents.N1.0.kind"), ==, "pdf-questionnaire");
  g_assert_cmpint (kab_test_answer_int (answer, "files.maxBytes"), ==, 157286400);
  g_assert_cmpint (kab_test_answer_int (answer, "passwordPolicy.minLength"), ==, 8);
  /* Forms can take their lists from it, and it tells nobody where files lie. */
  node = json_object_get_member (answer->json, "catalog");
  catalog = kab_form_catalog_new_from_node (node, "catalog", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kab_form_catalog_get_options (catalog, KAB_FORM_LIST_MANAGERS)->len, ==, 3);
  g_assert_null (strstr (answer->body, ".pdf\""));
  g_assert_null (strstr (answer->body, ".json\""));
}

static void
test_legal_documents (KabTestBank *bank)
{
  g_autoptr (KabTestAnswer) latvian = kab_test_bank_call (
      bank, "GET", "/v1/legal-documents/general-terms?language=lv", NULL, NULL, NULL);
  g_autoptr (KabTestAnswer) english =
      kab_test_bank_call (bank, "GET", "/v1/legal-documents/general-terms", NULL, NULL, NULL);
  g_autoptr (KabTestAnswer) nothing =
      kab_test_bank_call (bank, "GET", "/v1/legal-documents/nothing", NULL, NULL, NULL);
  g_autoptr (KabTestAnswer) above =
      kab_test_bank_call (bank, "GET", "/v1/legal-documents/..", NULL, NULL, NULL);

  kab_test_answer_expect (latvian, 200, NULL);
  g_assert_true (g_str_has_prefix (latvian->body, "%PDF-"));
  g_assert_cmpstr (soup_message_headers_get_one (latvian->headers, "Content-Type"), ==,
                   "application/pdf");
  kab_test_answer_expect (english, 200, NULL);
  g_assert_cmpstr (soup_message_headers_get_one (latvian->headers, "ETag"), !=,
                   soup_message_headers_get_one (english->headers, "ETag"));
  kab_test_answer_expect (nothing, 404, "not-found");
  g_assert_cmpuint (above->status / 100, ==, 4);
}

#define READERS 8
#define READS   100

/* Asks for everything that is published, again and again, over one connection. */
static gpointer
read_all (gpointer user_data)
{
  KabTestBank *bank = user_data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) requests = g_string_new (NULL);
  g_autoptr (GOutputStream) answers = g_memory_output_stream_new_resizable ();

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (
      client, "127.0.0.1", kab_http_server_get_port (bank->server), NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < READS; i++)
    g_string_append_printf (requests, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n",
                            i % 2 == 0 ? "/v1/bank" : "/v1/forms/application-natural",
                            i == READS - 1 ? "Connection: close\r\n" : "");
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             requests->str, requests->len, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_splice (answers, g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                          G_OUTPUT_STREAM_SPLICE_NONE, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (answers, "", 1, NULL, NULL, NULL);
  g_output_stream_close (answers, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (answers));
}

/* json-glib counts references without atomic operations: what workers share must not be passed on.
 */
static void
test_read_together (KabTestBank *bank)
{
  GThread *readers[READERS];

  for (guint i = 0; i < READERS; i++)
    readers[i] = g_thread_new ("reader", read_all, bank);
  for (guint i = 0; i < READERS; i++)
    {
      g_autofree char *answers = g_thread_join (readers[i]);
      g_auto (GStrv) parts = g_strsplit (answers, "HTTP/1.1 200 OK\r\n", -1);

      g_assert_cmpuint (g_strv_length (parts), ==, READS + 1);
    }
}

static void
test_lists_and_forms (KabTestBank *bank)
{
  g_autoptr (KabTestAnswer) managers =
      kab_test_bank_call (bank, "GET", "/v1/lists/managers", NULL, NULL, NULL);
  g_autoptr (KabTestAnswer) form =
      kab_test_bank_call (bank, "GET", "/v1/forms/application-natural", NULL, NULL, NULL);
  g_autoptr (KabTestAnswer) no_list =
      kab_test_bank_call (bank, "GET", "/v1/lists/nothing", NULL, NULL, NULL);
  g_autoptr (KabTestAnswer) no_form =
      kab_test_bank_call (bank, "GET", "/v1/forms/nothing", NULL, NULL, NULL);

  kab_test_answer_expect (managers, 200, NULL);
  g_assert_cmpstr (kab_test_answer_text (managers, "items.0.value"), ==, "ilze-berzina");
  g_assert_cmpstr (kab_test_answer_text (managers, "items.0.label.ru"), ==, "Илзе Берзиня");
  kab_test_answer_expect (form, 200, NULL);
  g_assert_cmpstr (kab_test_answer_text (form, "form"), ==, "application-natural");
  g_assert_cmpstr (soup_message_headers_get_one (form->headers, "ETag"), ==, "\"1\"");
  kab_test_answer_expect (no_list, 404, "not-found");
  kab_test_answer_expect (no_form, 404, "not-found");
}

static void
copy_folder (const char *from, const char *to)
{
  g_autoptr (GDir) folder = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_nonnull (folder);
  g_mkdir (to, 0700);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        copy_folder (source, target);
      else
        g_assert_cmpint (symlink (source, target), ==, 0);
    }
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

typedef struct
{
  const char *name;
  const char *find;
  const char *put;
  const char *place; /* what the message says beside the file */
} BadData;

static const BadData BAD_DATA[] = {
  { "no-name", "\"name\": \"Demo Banka\",", "", "name" },
  { "no-json", "\"bank\": \"demo\"", "\"bank\": demo", "bank.json:2" },
  { "no-fee", "\"fee\":", "\"free\":", "fee" },
  { "wrong-fee", "\"amount\": \"0.00\"", "\"amount\": \"a lot\"", "/fee" },
  { "wrong-switch", "\"bank\": \"demo\"", "\"bank\": \"demo\", \"signing_offered\": \"yes\"",
    "/signing_offered" },
  { "wrong-day", "\"days\": [1, 2, 3, 4, 5]", "\"days\": [1, 8]", "/opening_hours/0/days/1" },
  { "no-file", "legal/price-list.en.pdf", "legal/prices.pdf", "/legal_documents/2/files/en" },
  { "no-form", "forms/tax-residency.json", "forms/taxes.json", "/forms/3/file" },
  { "no-such-document", "\"documents\": [\"customer-questionnaire\", \"tax-residency\"]",
    "\"documents\": [\"customer-questionnaire\", \"shoe-size\"]", "/services/0/documents/1" },
  { "wrong-use", "\"use\": \"registration\"", "\"use\": \"decoration\"", "/forms/0/use" },
  { "no-version", "\"version\": \"2.1\",", "", "/legal_documents/0" },
};

/* Refused at start, with file, line or place, and reason. */
static void
test_bad_data (gconstpointer data)
{
  const BadData *bad = data;
  g_autofree char *folder = g_dir_make_tmp ("kab-data-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bank.json", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *changed = NULL;
  g_autoptr (GError) error = NULL;

  copy_folder (g_getenv ("KAB_TEST_BANK"), folder);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  parts = g_strsplit (text, bad->find, 2);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  changed = g_strjoinv (bad->put, parts);
  g_unlink (path);
  g_assert_true (g_file_set_contents (path, changed, -1, NULL));
  g_assert_null (kab_bank_data_load (folder, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, folder));
  g_assert_nonnull (strstr (error->message, "bank.json:"));
  if (strstr (error->message, bad->place) == NULL)
    g_error ("unclear: %s", error->message);
  remove_tree (folder);
}

static void
test_opening_hours (void)
{
  g_autoptr (JsonNode) hours =
      json_from_string ("[{\"days\":[1,2,4],\"from\":\"09:00\",\"to\":\"17:00\"},"
                        "{\"days\":[6],\"from\":\"10:00\",\"to\":\"14:00\"}]",
                        NULL);
  g_autoptr (JsonObject) texts = kab_opening_hours_to_text (json_node_get_array (hours));

  g_assert_cmpstr (json_object_get_string_member (texts, "en"), ==,
                   "Mon–Tue, Thu 09:00–17:00; Sat 10:00–14:00");
  g_assert_cmpstr (json_object_get_string_member (texts, "lv"), ==,
                   "P–O, C 09:00–17:00; S 10:00–14:00");
}

static void
test_masks (void)
{
  static const char *const masks[][3] = {
    { "email", "anna@example.com", "a•••@example.com" },
    { "email", "ā@example.com", "ā•••@example.com" },
    { "phone", "+37120000001", "+371 ••• 001" },
    { "phone", "+371234", "•••" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (masks); i++)
    {
      g_autofree char *mask = kab_address_mask (masks[i][0], masks[i][1]);

      g_assert_cmpstr (mask, ==, masks[i][2]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  kab_test_bank_add_test ("/bank/information", test_bank);
  kab_test_bank_add_test ("/bank/legal-documents", test_legal_documents);
  kab_test_bank_add_test ("/bank/lists-and-forms", test_lists_and_forms);
  kab_test_bank_add_test ("/bank/read-together", test_read_together);
  for (gsize i = 0; i < G_N_ELEMENTS (BAD_DATA); i++)
    {
      g_autofree char *path = g_strconcat ("/bank/bad-data/", BAD_DATA[i].name, NULL);

      g_test_add_data_func (path, &BAD_DATA[i], test_bad_data);
    }
  g_test_add_func ("/bank/opening-hours", test_opening_hours);
  g_test_add_func ("/bank/masks", test_masks);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-history-words.h"
#include "documents/kab-document-row.h"
#include "documents/kab-document-words.h"
#include "documents/kab-documents-page.h"
#include "documents/kab-documents-section.h"
#include "kab-announcements.h"
#include "kab-documents-window.h"

static guint
count_rows (KabDocumentsWindow *fixture)
{
  return kab_app_count (kab_documents_window_get_page (fixture), KAB_TYPE_DOCUMENT_ROW);
}

static void
test_list (KabDocumentsWindow *fixture, gconstpointer data)
{
  KabSection *section =
      kab_client_model_find_section (kab_window_get_client (fixture->window), "documents");
  GtkWidget *row =
      kab_app_find (kab_documents_window_get_page (fixture), KAB_TYPE_DOCUMENT_ROW, NULL);
  g_autofree char *spoken = NULL;
  g_autofree char *expected =
      kab_document_dup_spoken (kab_documents_window_get_document (fixture, "d1"));

  g_assert_cmpuint (kab_section_get_count (section), ==, 3);
  g_assert_cmpuint (count_rows (fixture), ==, 5);
  g_object_get (row, "spoken", &spoken, NULL);
  g_assert_cmpstr (spoken, ==, expected);
  g_assert_true (
      g_str_has_prefix (spoken, "Customer questionnaire. Information needed, Version 2, changed "));
  g_assert_true (g_str_has_suffix (spoken, ". Correct"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, spoken);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (
          kab_app_find (kab_documents_window_get_page (fixture), GTK_TYPE_LIST_VIEW, NULL)),
      GTK_ACCESSIBLE_PROPERTY_LABEL, "5 documents");
}

static void
test_next_words (KabDocumentsWindow *fixture, gconstpointer data)
{
  static const struct
  {
    const char *id;
    const char *word;
  } cases[] = {
    { "d1", "Correct" }, { "d2", "Fill in" }, { "d3", "Open" },
    { "d4", "Approve" }, { "d5", "Open" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (
        kab_document_get_next_word (kab_documents_window_get_document (fixture, cases[i].id)), ==,
        cases[i].word);
}

static void
test_search (KabDocumentsWindow *fixture, gconstpointer data)
{
  gtk_widget_activate_action (kab_documents_window_get_page (fixture), "documents.find", NULL);
  kab_documents_window_settle (fixture);
  gtk_editable_set_text (GTK_EDITABLE (kab_app_find (kab_documents_window_get_page (fixture),
                                                     GTK_TYPE_SEARCH_ENTRY, NULL)),
                         " tAX ");
  kab_documents_window_settle (fixture);
  g_assert_cmpuint (count_rows (fixture), ==, 1);

  gtk_editable_set_text (GTK_EDITABLE (kab_app_find (kab_documents_window_get_page (fixture),
                                                     GTK_TYPE_SEARCH_ENTRY, NULL)),
                         "nothing");
  kab_documents_window_settle (fixture);
  g_assert_nonnull (
      kab_app_find (kab_documents_window_get_page (fixture), GTK_TYPE_LABEL, "No such document"));
  kab_app_press (kab_documents_window_get_page (fixture), "Show all documents");
  kab_documents_window_settle (fixture);
  g_assert_cmpuint (count_rows (fixture), ==, 5);
}

static void
test_states (KabDocumentsWindow *fixture, gconstpointer data)
{
  GtkWidget *states =
      kab_app_find (kab_documents_window_get_page (fixture), GTK_TYPE_DROP_DOWN, NULL);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (states), KAB_DOCUMENT_PROCESSING);
  kab_documents_window_settle (fixture);
  g_assert_cmpuint (count_rows (fixture), ==, 1);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (states), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "State: Processing");

  /* A document that changes comes and goes. */
  kab_documents_fixture_change (fixture->bank, KAB_DOCUMENT_HEAD ("d2", "electronic-questionnaire",
                                                                  "N", "Tax residency", "N",
                                                                  "processing", "2", "1", "") "}");
  kab_documents_window_settle (fixture);
  g_assert_cmpuint (count_rows (fixture), ==, 2);
}

static void
test_empty (KabDocumentsWindow *fixture, gconstpointer data)
{
  g_assert_nonnull (
      kab_app_find (kab_documents_window_get_page (fixture), GTK_TYPE_LABEL, "No documents yet"));
}

/* A live change leaves the focus where it is. */
static void
test_live (KabDocumentsWindow *fixture, gconstpointer data)
{
  GtkWidget *row =
      kab_app_find (kab_documents_window_get_page (fixture), KAB_TYPE_DOCUMENT_ROW, NULL);
  GtkWidget *item = gtk_widget_get_parent (row);

  g_assert_true (gtk_widget_grab_focus (item));
  kab_documents_fixture_change (fixture->bank, KAB_DOCUMENT_HEAD ("d1", "pdf-questionnaire", "K",
                                                                  "Customer questionnaire", "K",
                                                                  "processing", "8", "3", "") "}");
  kab_documents_window_settle (fixture);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == item);
  g_assert_nonnull (kab_app_find (row, GTK_TYPE_LABEL, "Processing"));
  g_assert_nonnull (kab_app_find (row, GTK_TYPE_LABEL, "Version 3"));
}

static void
serve_page (KabDocumentsWindow *fixture, const char *items, const char *next)
{
  g_autofree char *page = g_strdup_printf ("{'items': [%s]%s}", items, next);
  g_autofree char *json = kab_documents_fixture_json (page);

  kab_test_server_forget (fixture->bank->server, "GET /v1/documents");
  kab_test_server_reply (fixture->bank->server, "GET /v1/documents", 200, json);
}

/* The first documents are there and the rest isn't: that is told, and can be tried again. */
static void
test_rest_missing (KabDocumentsWindow *fixture, gconstpointer data)
{
  g_autoptr (KabClientData) begun =
      kab_client_data_new (fixture->bank->api, fixture->bank->session);
  g_autoptr (KabClientModel) client =
      kab_client_model_new (kab_window_get_bank (fixture->window), "Anna Bērziņa");
  g_autoptr (GAsyncResult) result = NULL;

  serve_page (fixture, KAB_DOCUMENT_CORRECT, ", 'next': 'more'");
  kab_test_server_reply (fixture->bank->server, "GET /v1/documents", 500,
                         "{\"code\": \"internal\"}");
  kab_client_data_start_async (begun, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  g_assert_false (kab_client_data_start_finish (begun, result, NULL));
  kab_client_model_add_section (client,
                                kab_documents_section_new (begun, fixture->bank->bank, NULL));
  kab_announcements_forget ();
  kab_window_set_client (fixture->window, client);
  kab_app_wait_for (fixture->window, GTK_TYPE_BUTTON, "Try again");
  g_assert_cmpstr (kab_announcements_latest (), ==, "Not all documents could be loaded.");
  g_assert_cmpuint (count_rows (fixture), ==, 1);

  serve_page (fixture, KAB_DOCUMENT_TAX, "");
  kab_app_press (fixture->window, "Try again");
  kab_app_wait_until (count_rows (fixture) == 2);
  kab_app_wait_until (kab_app_find (fixture->window, GTK_TYPE_BUTTON, "Try again") == NULL);
  kab_client_data_stop (begun);
}

static char *
dup_sentence (const char *entry)
{
  g_autoptr (JsonObject) object = kab_test_json (entry);
  g_autoptr (KabHistoryEntry) history = kab_history_entry_new ();

  g_assert_true (kab_record_update_from_json (KAB_RECORD (history), object, NULL));
  return kab_history_dup_sentence (history);
}

static void
assert_sentence (const char *entry, const char *expected)
{
  g_autofree char *sentence = dup_sentence (entry);

  g_assert_cmpstr (sentence, ==, expected);
}

static void
test_history (void)
{
  kab_app_fixture_start ();
  assert_sentence (
      "{'at': '2026-01-01T00:00:00Z', 'actor': 'client', 'action': 'document-submitted',"
      " 'revision': 4}",
      "You submitted it to the bank, version 4");
  assert_sentence ("{'at': '2026-01-01T00:00:00Z', 'actor': 'bank', 'action':"
                   " 'document-information-requested'}",
                   "The bank asked for more information");
  assert_sentence ("{'at': '2026-01-01T00:00:00Z', 'actor': 'system', 'action': 'later-invention'}",
                   "The bank changed it");
  assert_sentence ("{'at': '2026-01-01T00:00:00Z', 'actor': 'client', 'action': 'later-invention'}",
                   "You changed it");
}

/* Each action that docs/history-actions.md names is told in words of its own, whoever did it. */
static void
test_history_actions (void)
{
  static const char *const actors[] = { "client", "bank", "system" };
  g_autoptr (GRegex) row =
      g_regex_new ("^\\| `([a-z-]+)` \\|.*\\|([^|]*)\\|$", G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *text = NULL;
  guint n_told = 0;

  kab_app_fixture_start ();
  g_assert_true (g_file_get_contents (g_getenv ("KAB_TEST_HISTORY_ACTIONS"), &text, NULL, NULL));
  for (g_regex_match (row, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *action = g_match_info_fetch (match, 1);
      g_autofree char *by = g_match_info_fetch (match, 2);

      for (gsize i = 0; i < G_N_ELEMENTS (actors); i++)
        {
          g_autofree char *entry = g_strdup_printf (
              "{'at': '2026-01-01T00:00:00Z', 'actor': '%s', 'action': '%s'}", actors[i], action);
          g_autofree char *sentence = dup_sentence (entry);

          if (strstr (by, actors[i]) == NULL)
            continue;
          if (g_str_equal (sentence, "You changed it") ||
              g_str_equal (sentence, "The bank changed it"))
            g_error ("%s by %s has no sentence", action, actors[i]);
          n_told++;
        }
    }
  g_assert_cmpuint (n_told, >=, 20);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (KabDocumentsWindow *fixture, gconstpointer data);
  } tests[] = {
    { "/documents/list", test_list },     { "/documents/next-words", test_next_words },
    { "/documents/search", test_search }, { "/documents/states", test_states },
    { "/documents/live", test_live },     { "/documents/rest-missing", test_rest_missing },
  };

  gtk_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, KabDocumentsWindow, NULL, kab_documents_window_set_up, tests[i].test,
                kab_documents_window_tear_down);
  g_test_add ("/documents/empty", KabDocumentsWindow, NULL, kab_documents_window_set_up_empty,
              test_empty, kab_documents_window_tear_down);
  g_test_add_func ("/documents/history", test_history);
  g_test_add_func ("/documents/history-actions", test_history_actions);

  return g_test_run ();
}

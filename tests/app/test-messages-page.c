/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-announcements.h"
#include "kab-app-walk.h"
#include "kab-documents-fixture.h"
#include "kab-test-tus.h"
#include "messages/kab-composer.h"
#include "messages/kab-file-chip.h"
#include "messages/kab-message-notifier.h"
#include "messages/kab-message-row.h"
#include "messages/kab-messages-page.h"
#include "messages/kab-messages-section.h"

typedef struct
{
  KabApplication *application;
  KabWindow *window;
  KabOnboardingFixture *bank;
  KabDraftJournal *journal;
  KabMessagesModel *messages; /* (unowned) */
} Fixture;

static gpointer
get_page (Fixture *fixture)
{
  return adw_navigation_view_get_visible_page (kab_window_get_view (fixture->window));
}

static void
settle (Fixture *fixture)
{
  kab_app_fixture_wait_frame (GTK_WIDGET (fixture->window));
}

/* Without a secret service a journal keeps its drafts in memory. */
static KabDraftJournal *
open_journal (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *path = g_dir_make_tmp ("kabinets-test-XXXXXX", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  kab_draft_journal_open_async ("test", folder, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);

  return kab_draft_journal_open_finish (result, NULL);
}

static void
show_messages (Fixture *fixture)
{
  g_autoptr (KabClientModel) client =
      kab_client_model_new (kab_window_get_bank (fixture->window), "Anna Bērziņa");
  KabSection *section = kab_messages_section_new (fixture->bank->data, fixture->journal);

  fixture->messages = KAB_MESSAGES_MODEL (kab_section_get_model (section));
  kab_client_model_add_section (client, section);
  kab_window_set_client (fixture->window, client);
  kab_window_show (fixture->window, "messages");
  gtk_window_present (GTK_WINDOW (fixture->window));
  settle (fixture);
}

static void
enter (Fixture *fixture, const char *messages, guint unread)
{
  static const KabTimeouts impatient = { 30, 30, 30, 20, 20, 60, 10 };

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  fixture->application = kab_app_fixture_start ();
  fixture->window = kab_application_get_window (fixture->application);
  fixture->bank = kab_documents_fixture_new ("", messages, unread);
  kab_api_set_timeouts (fixture->bank->api, &impatient);
  fixture->journal = open_journal ();
  kab_app_fixture_fill_bank (kab_window_get_bank (fixture->window));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 900);
  show_messages (fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  enter (fixture, KAB_MESSAGES_ALL, 1);
}

static void
set_up_empty (Fixture *fixture, gconstpointer data)
{
  enter (fixture, "", 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  kab_app_fixture_stop (fixture->application);
  g_clear_object (&fixture->journal);
  kab_onboarding_fixture_free (fixture->bank);
}

static void
write_text (Fixture *fixture, const char *text)
{
  gtk_text_buffer_set_text (kab_messages_model_get_text (fixture->messages), text, -1);
}

static char *
dup_text (Fixture *fixture)
{
  char *text = NULL;

  g_object_get (kab_messages_model_get_text (fixture->messages), "text", &text, NULL);

  return text;
}

/* (nullable): what is kept of the message that is being written. */
static JsonObject *
get_draft (Fixture *fixture)
{
  KabSession *session = kab_client_data_get_session (fixture->bank->data);
  g_autofree char *key = g_strdup_printf ("message/%s", kab_session_get_user_id (session));

  g_assert_nonnull (kab_session_get_user_id (session));

  return kab_draft_journal_get (fixture->journal, key);
}

static void
reply (Fixture *fixture, const char *route, guint status, const char *text)
{
  g_autofree char *json = kab_documents_fixture_json (text);

  kab_test_server_reply (fixture->bank->server, route, status, json);
}

static KabMessage *
get_message (Fixture *fixture, guint position)
{
  g_autoptr (KabMessage) message =
      g_list_model_get_item (kab_messages_model_get_list (fixture->messages), position);

  return message;
}

static void
test_conversation (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = get_page (fixture);
  GtkWidget *row = kab_app_find (page, KAB_TYPE_MESSAGE_ROW, NULL);
  g_autofree char *spoken = NULL;

  g_assert_cmpstr (kab_message_get_id (get_message (fixture, 0)), ==, "m1");
  g_assert_cmpstr (kab_message_get_id (get_message (fixture, 3)), ==, "m4");
  g_assert_cmpuint (kab_app_count (page, KAB_TYPE_MESSAGE_ROW), ==, 4);
  g_assert_cmpuint (kab_app_count (page, KAB_TYPE_FILE_CHIP), ==, 2);
  g_assert_nonnull (kab_app_find (page, GTK_TYPE_LABEL, "Ilze Kalniņa, bank"));
  g_object_get (row, "spoken", &spoken, NULL);
  g_assert_true (g_str_has_prefix (spoken, "You, "));
  g_assert_true (g_str_has_suffix (spoken, ", read: Labdien! Vai varu pieteikties bez pases?"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, spoken);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (kab_app_find (page, GTK_TYPE_TEXT_VIEW, NULL)), GTK_ACCESSIBLE_PROPERTY_LABEL,
      "Message to the bank");
}

/* Days are counted where the user is. */
static void
test_days (Fixture *fixture, gconstpointer data)
{
  GtkSectionModel *list = GTK_SECTION_MODEL (kab_messages_model_get_list (fixture->messages));
  guint start, end;

  gtk_section_model_get_section (list, 0, &start, &end);
  g_assert_cmpuint (start, ==, 0);
  g_assert_cmpuint (end, ==, 2);
  gtk_section_model_get_section (list, 3, &start, &end);
  g_assert_cmpuint (start, ==, 2);
  g_assert_cmpuint (end, ==, 4);
}

static void
test_read (Fixture *fixture, gconstpointer data)
{
  KabSection *section =
      kab_client_model_find_section (kab_window_get_client (fixture->window), "messages");
  g_autofree char *body = NULL;

  g_assert_true (kab_messages_model_is_fresh (fixture->messages, get_message (fixture, 3)));
  g_assert_false (kab_messages_model_is_fresh (fixture->messages, get_message (fixture, 1)));
  g_assert_nonnull (kab_app_find (get_page (fixture), GTK_TYPE_LABEL, "New"));

  /* The page has done it if its window has the focus, which an X server alone needn't give. */
  kab_messages_model_mark_read (fixture->messages);
  g_assert_cmpuint (kab_section_get_count (section), ==, 0);
  kab_app_wait_until (kab_test_server_count (fixture->bank->server, "PUT /v1/messages/read-mark") ==
                      1);
  body = kab_test_server_dup_body (fixture->bank->server, "PUT /v1/messages/read-mark");
  g_assert_cmpstr (body, ==, "{\"upTo\":\"m4\"}");
  g_assert_true (kab_messages_model_is_fresh (fixture->messages, get_message (fixture, 3)));
}

#define SENT                                                                                       \
  "{'id': 'm9', 'from': 'client', 'text': 'Sveiki!', 'sentAt': '2026-11-20T10:00:00Z', "           \
  "'attachments': []}"

static void
test_send (Fixture *fixture, gconstpointer data)
{
  g_autofree char *body = NULL;
  g_autofree char *text = NULL;

  reply (fixture, "POST /v1/messages", 201, SENT);
  write_text (fixture, "  Sveiki!\n");
  kab_app_press (get_page (fixture), "Send (Ctrl+Return)");
  kab_app_wait_until (kab_messages_model_get_sending (fixture->messages) == KAB_SENDING_NOT);
  body = kab_test_server_dup_body (fixture->bank->server, "POST /v1/messages");
  g_assert_cmpstr (body, ==, "{\"text\":\"Sveiki!\",\"attachments\":[]}");
  text = dup_text (fixture);
  g_assert_cmpstr (text, ==, "");
  g_assert_cmpstr (kab_message_get_id (get_message (fixture, 4)), ==, "m9");
  g_assert_null (get_draft (fixture));
}

/* The key is kept before anything is sent under it. */
static void
test_key (Fixture *fixture, gconstpointer data)
{
  g_autofree char *key = NULL;

  reply (fixture, "POST /v1/messages", 201, SENT);
  kab_test_server_hold (fixture->bank->server);
  write_text (fixture, "Sveiki!");
  kab_messages_model_send (fixture->messages);
  kab_app_wait_until (kab_test_server_count (fixture->bank->server, "POST /v1/messages") == 1);
  key = kab_test_server_dup_header (fixture->bank->server, "POST /v1/messages", "Idempotency-Key");
  g_assert_nonnull (get_draft (fixture));
  g_assert_cmpstr (json_object_get_string_member (get_draft (fixture), "key"), ==, key);
  kab_test_server_let_go (fixture->bank->server);
  kab_app_wait_until (kab_messages_model_get_sending (fixture->messages) == KAB_SENDING_NOT);
  g_assert_null (get_draft (fixture));
}

static void
test_obstacles (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (KAB_MESSAGE_LENGTH_MAX + 1, 'x');
  GtkWidget *text = kab_app_find (get_page (fixture), GTK_TYPE_TEXT_VIEW, NULL);

  kab_app_press (get_page (fixture), "Send (Ctrl+Return)");
  settle (fixture);
  g_assert_nonnull (kab_app_find (get_page (fixture), GTK_TYPE_LABEL, "Write a few words first."));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Write a few words first.");

  write_text (fixture, "x");
  settle (fixture);
  g_assert_null (kab_app_find (get_page (fixture), GTK_TYPE_LABEL, "Write a few words first."));
  write_text (fixture, long_text);
  g_assert_false (kab_messages_model_send (fixture->messages));
  g_assert_cmpstr (kab_messages_model_get_obstacle (fixture->messages), ==, "message-too-long");
  g_assert_cmpuint (kab_test_server_count (fixture->bank->server, "POST /v1/messages"), ==, 0);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  reply (fixture, "POST /v1/messages", 429,
         "{'type': 't', 'title': '', 'status': 429, 'code': 'too-many-requests'}");
  write_text (fixture, "Sveiki!");
  kab_messages_model_send (fixture->messages);
  kab_app_wait_until (kab_messages_model_get_obstacle (fixture->messages) != NULL);
  settle (fixture);
  g_assert_nonnull (kab_app_find (get_page (fixture), GTK_TYPE_LABEL,
                                  "That was too often. Wait a minute, then try again."));
  text = dup_text (fixture);
  g_assert_cmpstr (text, ==, "Sveiki!");
}

/* No line: it waits, and goes when the line is back, once. */
static void
test_offline (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  reply (fixture, "GET /healthz", 200, "{}");
  reply (fixture, "POST /v1/messages", 201, SENT);
  write_text (fixture, "Sveiki!");
  kab_test_server_go_down (fixture->bank->server);
  kab_messages_model_send (fixture->messages);
  kab_app_wait_until (kab_messages_model_get_sending (fixture->messages) == KAB_SENDING_WAITS);
  settle (fixture);
  g_assert_nonnull (kab_app_find (get_page (fixture), GTK_TYPE_BUTTON, "Don’t send"));

  kab_test_server_come_back (fixture->bank->server);
  kab_app_wait_until (kab_messages_model_get_sending (fixture->messages) == KAB_SENDING_NOT);
  g_assert_cmpuint (kab_test_server_count (fixture->bank->server, "POST /v1/messages"), ==, 1);
  text = dup_text (fixture);
  g_assert_cmpstr (text, ==, "");
}

static void
test_take_back (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  kab_test_server_go_down (fixture->bank->server);
  write_text (fixture, "Sveiki!");
  kab_messages_model_send (fixture->messages);
  kab_app_wait_until (kab_messages_model_get_sending (fixture->messages) == KAB_SENDING_WAITS);
  settle (fixture);
  kab_app_press (get_page (fixture), "Don’t send");
  g_assert_cmpint (kab_messages_model_get_sending (fixture->messages), ==, KAB_SENDING_NOT);
  text = dup_text (fixture);
  g_assert_cmpstr (text, ==, "Sveiki!");
  kab_test_server_come_back (fixture->bank->server);
}

/* With a file that is still on its way. */
static void
test_attachment (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KabTestTus) tus = kab_test_tus_new (fixture->bank->server);
  g_autoptr (GFile) file = kab_documents_fixture_file ("izziņa.txt", 2000);
  g_autofree char *body = NULL;

  kab_api_set_token (fixture->bank->api, "t");
  reply (fixture, "POST /v1/messages", 201, SENT);
  tus->delay = 4000; /* the message is written meanwhile */
  kab_attachments_add (kab_messages_model_get_attachments (fixture->messages), file);
  settle (fixture);
  g_assert_nonnull (kab_app_find (get_page (fixture), GTK_TYPE_LABEL, "izziņa.txt"));
  write_text (fixture, "Sveiki!");
  g_assert_true (kab_messages_model_send (fixture->messages));
  g_assert_cmpint (kab_messages_model_get_sending (fixture->messages), ==, KAB_SENDING_FILES);
  kab_app_wait_until (kab_messages_model_get_sending (fixture->messages) == KAB_SENDING_NOT);
  body = kab_test_server_dup_body (fixture->bank->server, "POST /v1/messages");
  g_assert_cmpstr (body, ==, "{\"text\":\"Sveiki!\",\"attachments\":[\"u1\"]}");
  g_assert_cmpuint (g_list_model_get_n_items (
                        G_LIST_MODEL (kab_messages_model_get_attachments (fixture->messages))),
                    ==, 0);
}

/* The bank has thrown a file away meanwhile: it is named, and nothing that was written is lost. */
static void
test_refused_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KabTestTus) tus = kab_test_tus_new (fixture->bank->server);
  KabAttachments *files = kab_messages_model_get_attachments (fixture->messages);
  g_autoptr (GFile) file = kab_documents_fixture_file ("izziņa.txt", 2000);
  g_autofree char *text = NULL;

  kab_api_set_token (fixture->bank->api, "t");
  reply (fixture, "POST /v1/messages", 422,
         "{'type': 't', 'title': '', 'status': 422, 'code': 'validation-failed', 'errors':"
         " [{'pointer': '/attachments/0', 'code': 'file-unknown', 'params': {}}]}");
  kab_attachments_add (files, file);
  kab_app_wait_until (!kab_attachments_get_busy (files));
  write_text (fixture, "Sveiki!");
  kab_messages_model_send (fixture->messages);
  kab_app_wait_until (kab_messages_model_get_obstacle (fixture->messages) != NULL);
  settle (fixture);
  g_assert_nonnull (
      kab_app_find (get_page (fixture), GTK_TYPE_LABEL,
                    "“izziņa.txt”: The bank does not have this file any more. Add it again."));
  text = dup_text (fixture);
  g_assert_cmpstr (text, ==, "Sveiki!");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (files)), ==, 1);
}

/* What was being written is there again, with the file that was sent already. */
static void
test_draft (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KabTestTus) tus = kab_test_tus_new (fixture->bank->server);
  g_autoptr (GFile) file = kab_documents_fixture_file ("izziņa.txt", 2000);
  g_autofree char *text = NULL;
  g_auto (GStrv) ids = NULL;

  kab_api_set_token (fixture->bank->api, "t");
  kab_attachments_add (kab_messages_model_get_attachments (fixture->messages), file);
  kab_app_wait_until (
      !kab_attachments_get_busy (kab_messages_model_get_attachments (fixture->messages)));
  write_text (fixture, "Labdien, es");
  kab_app_wait_until (get_draft (fixture) != NULL);
  kab_window_set_client (fixture->window, NULL);
  settle (fixture);

  show_messages (fixture);
  text = dup_text (fixture);
  ids = kab_attachments_dup_ids (kab_messages_model_get_attachments (fixture->messages));
  g_assert_cmpstr (text, ==, "Labdien, es");
  g_assert_cmpstr (ids[0], ==, "u1");
}

static void
test_language (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  write_text (fixture, "Labdien");
  kab_language_set_current (kab_window_get_language (fixture->window), "lv");
  settle (fixture);
  g_assert_true (KAB_IS_MESSAGES_PAGE (get_page (fixture)));
  text = dup_text (fixture);
  g_assert_cmpstr (text, ==, "Labdien");
  kab_language_set_current (kab_window_get_language (fixture->window), "en");
}

static void
serve_messages (Fixture *fixture, const char *items, const char *next)
{
  g_autofree char *page = g_strdup_printf ("{'items': [%s], 'unread': 0%s}", items, next);

  kab_test_server_forget (fixture->bank->server, "GET /v1/messages");
  reply (fixture, "GET /v1/messages", 200, page);
}

/* Anew, as after signing in. */
static void
read_messages (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  kab_window_set_client (fixture->window, NULL);
  kab_client_data_stop (fixture->bank->data);
  g_object_unref (fixture->bank->data);
  fixture->bank->data = kab_client_data_new (fixture->bank->api, fixture->bank->session);
  kab_client_data_start_async (fixture->bank->data, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  g_assert_true (kab_client_data_start_finish (fixture->bank->data, result, NULL));
}

#define TROUBLE "The bank’s server has a problem. Nothing is lost; try again in a few minutes."

/* That earlier messages can't be had is told beside those that are there. */
static void
test_earlier (Fixture *fixture, gconstpointer data)
{
  serve_messages (fixture, KAB_MESSAGES_ALL, ", 'next': 'more'");
  reply (fixture, "GET /v1/messages", 500, "{'code': 'internal'}");
  read_messages (fixture);
  show_messages (fixture);
  kab_announcements_forget ();
  kab_app_press (get_page (fixture), "Show earlier messages");
  kab_app_wait_until (kab_announcements_count () == 1);
  settle (fixture);
  g_assert_true (g_str_has_suffix (kab_announcements_latest (), TROUBLE));
  g_assert_nonnull (kab_app_find (fixture->window, GTK_TYPE_LABEL, TROUBLE));

  serve_messages (fixture, SENT, "");
  kab_app_press (get_page (fixture), "Show earlier messages");
  kab_app_wait_until (kab_app_find (get_page (fixture), GTK_TYPE_BUTTON, "Show earlier messages") ==
                      NULL);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_assert_nonnull (kab_app_find (get_page (fixture), GTK_TYPE_LABEL, "No messages yet"));
  g_assert_nonnull (kab_app_find (get_page (fixture), GTK_TYPE_TEXT_VIEW, NULL));
}

static void
test_arrival (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KabMessageNotifier) notifier =
      kab_message_notifier_new (GTK_APPLICATION (fixture->application), fixture->bank->data);
  KabPagedList *messages = kab_client_data_get_messages (fixture->bank->data);
  g_autoptr (JsonObject) object =
      kab_test_json ("{'id': 'm8', 'from': 'bank', 'text': 'Vai saņēmāt?', 'sentAt':"
                     " '2026-11-20T11:00:00Z', 'attachments': []}");
  KabMessage *message = kab_paged_list_put (messages, object, NULL);

  g_signal_emit_by_name (fixture->bank->data, "message-arrived", message);
  settle (fixture);
  g_assert_true (get_message (fixture, 4) == message);
  g_assert_true (kab_messages_model_is_fresh (fixture->messages, message));
  g_assert_nonnull (kab_app_find (get_page (fixture), GTK_TYPE_LABEL, "Vai saņēmāt?"));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/messages/conversation", test_conversation },
    { "/messages/days", test_days },
    { "/messages/read", test_read },
    { "/messages/send", test_send },
    { "/messages/key", test_key },
    { "/messages/obstacles", test_obstacles },
    { "/messages/refused", test_refused },
    { "/messages/offline", test_offline },
    { "/messages/take-back", test_take_back },
    { "/messages/attachment", test_attachment },
    { "/messages/refused-file", test_refused_file },
    { "/messages/draft", test_draft },
    { "/messages/earlier", test_earlier },
    { "/messages/language", test_language },
    { "/messages/arrival", test_arrival },
  };

  g_setenv ("TZ", "Europe/Riga", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  g_test_add ("/messages/empty", Fixture, NULL, set_up_empty, test_empty, tear_down);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "home/kab-home-page.h"
#include "home/kab-home.h"
#include "home/kab-next-step.h"
#include "identification/kab-identification-page.h"
#include "kab-announcements.h"
#include "kab-app-walk.h"
#include "kab-onboarding-window.h"

#define STAGE(stage, state) "{'stage': '" stage "', 'state': '" state "'}"
#define PHOTO(state)                                                                               \
  "{'id': 'i1', 'kind': 'photo', 'state': '" state "', 'mine': true, 'version': 1}"
#define DONE "{'stage': 'initial-information', 'state': 'done', 'doneAt': '2026-11-12T12:30:00Z'}"

typedef struct
{
  const char *state;
  const char *stages;
  const char *photos;
  const char *title;
  const char *target; /* of the button; NULL: there is none */
} StepCase;

static const StepCase cases[] = {
  { "draft", "", "", "Finish your application", "application" },
  { "submitted", DONE "," STAGE ("photo-identification", "needs-you"), PHOTO ("not-started"),
    "Identify yourself with a photo", "identification" },
  { "in-progress", DONE "," STAGE ("photo-identification", "current"), PHOTO ("in-progress"),
    "Your photos are being checked", "identification" },
  { "waiting-for-client", DONE "," STAGE ("photo-identification", "needs-you"),
    PHOTO ("repeat-requested"), "Please identify yourself once more", "identification" },
  { "in-progress", DONE "," STAGE ("photo-identification", "failed"), PHOTO ("failed"),
    "The identification did not succeed", "identification" },
  { "waiting-for-client", DONE "," STAGE ("documents", "needs-you"), PHOTO ("passed"),
    "2 documents wait for you", "documents" },
  { "in-progress", DONE "," STAGE ("documents", "waiting-for-bank"), PHOTO ("passed"),
    "The bank is at work", NULL },
  { "waiting-for-client", DONE "," STAGE ("signing", "needs-you"), PHOTO ("passed"),
    "Sign the documents", "documents" },
  { "waiting-for-client", DONE "," STAGE ("fee", "needs-you"), PHOTO ("passed"), "Pay the fee",
    "messages" },
  { "waiting-for-client", DONE "," STAGE ("identification", "needs-you"), PHOTO ("passed"),
    "Talk to the bank by video, or visit it", "messages" },
  { "in-progress", DONE "," STAGE ("decision", "waiting-for-bank"), PHOTO ("passed"),
    "The bank decides now", NULL },
  { "decided", DONE "," STAGE ("decision", "done"), PHOTO ("passed"), "The bank has decided",
    NULL },
  { "expired", "", "", "This application has ended", "application" },
  { "withdrawn", "", "", "You withdrew the application", "application" },
  { "something-new", "", "", "The bank is at work", NULL },
};

static void
test_next_step (void)
{
  g_autoptr (KabNextStep) first = kab_next_step_new (NULL, 0);

  g_assert_cmpstr (first->target, ==, "application");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = kab_onboarding_fixture_application (
          5, cases[i].state, cases[i].stages, cases[i].photos, "");
      g_autoptr (JsonNode) node = json_from_string (text, NULL);
      g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
      g_autoptr (KabNextStep) step = NULL;

      g_assert_true (
          kab_record_update_from_json (KAB_RECORD (onboarding), json_node_get_object (node), NULL));
      step = kab_next_step_new (onboarding, 2);
      g_assert_cmpstr (step->title, ==, cases[i].title);
      g_assert_cmpstr (step->target, ==, cases[i].target);
      g_assert_true ((step->button == NULL) == (cases[i].target == NULL));
    }
}

static void
test_tracker (void)
{
  g_autofree char *text = kab_onboarding_fixture_application (
      5, "in-progress",
      DONE "," STAGE ("photo-identification", "needs-you") "," STAGE ("documents", "upcoming"),
      PHOTO ("not-started"), "");
  KabOnboardingWindow *self = kab_onboarding_window_new (text, NULL);
  GtkWidget *root = GTK_WIDGET (self->window);
  GtkWidget *row = kab_app_find (root, ADW_TYPE_ACTION_ROW, "Photo-identification");

  g_assert_nonnull (row);
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Photo-identification: Waits for you");
  g_assert_nonnull (kab_app_find (root, ADW_TYPE_ACTION_ROW, "Documents"));
  g_assert_nonnull (kab_app_find (root, ADW_TYPE_ACTION_ROW, "Details"));
  kab_app_press (root, "Start identification");
  kab_app_wait_until (KAB_IS_IDENTIFICATION_PAGE (kab_onboarding_window_get_page (self)));
  kab_onboarding_window_free (self);
}

/* What changes while one looks is said, and the focus stays. */
static void
test_live (void)
{
  g_autofree char *before = kab_onboarding_fixture_application (
      5, "in-progress",
      DONE "," STAGE ("photo-identification", "needs-you") "," STAGE ("documents", "upcoming"),
      PHOTO ("not-started"), "");
  g_autofree char *after = kab_onboarding_fixture_application (
      6, "in-progress",
      DONE "," STAGE ("photo-identification", "done") "," STAGE ("documents", "needs-you"),
      PHOTO ("passed"), "");
  KabOnboardingWindow *self = kab_onboarding_window_new (before, NULL);
  GtkWidget *focus;

  kab_app_fixture_wait_frame (GTK_WIDGET (self->window));
  focus = gtk_window_get_focus (GTK_WINDOW (self->window));
  g_assert_nonnull (focus);
  kab_announcements_forget ();
  kab_onboarding_fixture_change (self->bank, after);
  g_assert_cmpuint (kab_announcements_count (), ==, 1);
  g_assert_cmpstr (kab_announcements_latest (), ==, "Fill in the bank’s documents");
  kab_app_fixture_wait_frame (GTK_WIDGET (self->window));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window)) == focus);
  g_assert_nonnull (kab_app_find (GTK_WIDGET (self->window), GTK_TYPE_BUTTON, "Open documents"));
  kab_onboarding_window_free (self);
}

static void
test_decisions (void)
{
  g_autofree char *text = kab_onboarding_fixture_application (
      5, "decided", DONE, PHOTO ("passed"),
      "{'service': 'N1', 'outcome': 'positive', 'decidedAt': '2026-11-20T09:00:00Z'},"
      "{'service': 'N3', 'outcome': 'negative', 'decidedAt': '2026-11-20T09:00:00Z'}");
  KabOnboardingWindow *self = kab_onboarding_window_new (text, NULL);
  GtkWidget *root = GTK_WIDGET (self->window);
  GtkWidget *row;

  g_assert_nonnull (kab_app_find (root, ADW_TYPE_ACTION_ROW, "Your account is being opened"));
  row = kab_app_find (root, ADW_TYPE_ACTION_ROW, "The internet bank user will not be activated");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "+371 67 772 999"));
  kab_onboarding_window_free (self);
}

/* What was sent can be taken back after a question, as long as the bank hasn't decided. */
static void
test_withdraw (void)
{
  g_autofree char *sent = kab_onboarding_fixture_application (
      5, "in-progress", DONE "," STAGE ("documents", "waiting-for-bank"), PHOTO ("passed"), "");
  g_autofree char *withdrawn =
      kab_onboarding_fixture_application (6, "withdrawn", "", PHOTO ("passed"), "");
  KabOnboardingWindow *self = kab_onboarding_window_new (sent, NULL);
  GtkWidget *root = GTK_WIDGET (self->window);
  GtkWidget *button = kab_app_find (root, GTK_TYPE_BUTTON, "Withdraw the application…");
  g_autofree char *path =
      g_strdup_printf ("POST /v1/applications/%s/withdrawal",
                       kab_onboarding_get_id (kab_client_data_get_onboarding (self->bank->data)));

  kab_test_server_reply (self->bank->server, path, 200, withdrawn);
  kab_app_press (root, "Withdraw the application…");
  kab_app_wait_until (kab_app_get_dialog (self->window) != NULL);
  kab_app_fixture_wait_frame (GTK_WIDGET (kab_app_get_dialog (self->window)));
  kab_app_press (GTK_WIDGET (kab_app_get_dialog (self->window)), "Withdraw");
  kab_app_wait_until (!gtk_widget_get_visible (button));
  g_assert_nonnull (kab_app_find (root, GTK_TYPE_BUTTON, "Start a new application"));
  g_assert_null (kab_app_find (root, GTK_TYPE_LABEL, "Your way there"));
  kab_onboarding_window_free (self);
}

static void
test_not_withdrawn (void)
{
  static const char *const states[] = { "draft", "decided", "withdrawn", "expired" };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *text =
          kab_onboarding_fixture_application (5, states[i], DONE, PHOTO ("passed"), "");
      KabOnboardingWindow *self = kab_onboarding_window_new (text, NULL);

      g_assert_null (
          kab_app_find (GTK_WIDGET (self->window), GTK_TYPE_BUTTON, "Withdraw the application…"));
      kab_onboarding_window_free (self);
    }
}

/* Somebody comes in, and nothing was read yet. (transfer full): the data */
static KabClientData *
come_in (KabOnboardingWindow *self)
{
  KabClientData *data = kab_client_data_new (self->bank->api, self->bank->session);
  g_autoptr (KabClientModel) client =
      kab_client_model_new (kab_window_get_bank (self->window), "Anna Bērziņa");

  kab_client_model_add_section (client, kab_home_section_new (data, self->bank->bank, NULL));
  kab_window_set_client (self->window, client);

  return data;
}

static void
leave (KabOnboardingWindow *self, KabClientData *data)
{
  kab_window_set_client (self->window, NULL);
  kab_client_data_stop (data);
  kab_test_let_go (data);
  kab_onboarding_window_free (self);
}

/* What can't be read at first is told, and can be tried again. */
static void
test_failure (void)
{
  KabOnboardingWindow *self = kab_onboarding_window_new (NULL, NULL);
  GtkWidget *root = GTK_WIDGET (self->window);
  KabClientData *data;

  kab_test_server_forget (self->bank->server, "GET /v1/applications");
  kab_test_server_reply (self->bank->server, "GET /v1/applications", 500,
                         "{\"code\": \"internal\"}");
  data = come_in (self);
  kab_app_wait_for (root, GTK_TYPE_BUTTON, "Try again");
  g_assert_false (kab_client_data_get_loaded (data));

  kab_test_server_forget (self->bank->server, "GET /v1/applications");
  kab_test_server_reply (self->bank->server, "GET /v1/applications", 200, "{\"items\": []}");
  kab_app_press (root, "Try again");
  kab_app_wait_until (kab_client_data_get_loaded (data));
  g_assert_null (kab_app_find (root, GTK_TYPE_BUTTON, "Try again"));
  leave (self, data);
}

/* When the line is back it goes on by itself. */
static void
test_line_back (void)
{
  KabOnboardingWindow *self = kab_onboarding_window_new (NULL, NULL);
  KabClientData *data;

  kab_test_server_reply (self->bank->server, "GET /healthz", 200, "{}");
  kab_test_server_go_down (self->bank->server);
  data = come_in (self);
  kab_app_wait_for (self->window, GTK_TYPE_BUTTON, "Try again");
  kab_test_server_come_back (self->bank->server);
  kab_app_wait_until (kab_client_data_get_loaded (data));
  leave (self, data);
}

/* With nothing to do there is no button, and the focus is elsewhere. */
static void
test_focus_without_button (void)
{
  g_autofree char *text = kab_onboarding_fixture_application (
      5, "decided", DONE, PHOTO ("passed"),
      "{'service': 'N1', 'outcome': 'positive', 'decidedAt': '2026-11-20T09:00:00Z'}");
  KabOnboardingWindow *self = kab_onboarding_window_new (text, NULL);
  GtkWidget *focus;

  kab_window_show (self->window, "home");
  kab_app_fixture_wait_frame (GTK_WIDGET (self->window));
  focus = gtk_window_get_focus (GTK_WINDOW (self->window));
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_get_mapped (focus));
  kab_onboarding_window_free (self);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  g_test_add_func ("/app/home/next-step", test_next_step);
  g_test_add_func ("/app/home/tracker", test_tracker);
  g_test_add_func ("/app/home/live", test_live);
  g_test_add_func ("/app/home/decisions", test_decisions);
  g_test_add_func ("/app/home/withdraw", test_withdraw);
  g_test_add_func ("/app/home/not-withdrawn", test_not_withdrawn);
  g_test_add_func ("/app/home/failure", test_failure);
  g_test_add_func ("/app/home/line-back", test_line_back);
  g_test_add_func ("/app/home/focus-without-button", test_focus_without_button);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identification/kab-identification-page.h"
#include "identification/kab-identification-text.h"
#include "identification/kab-phone-dialog.h"
#include "identification/kab-qr-code.h"
#include "kab-announcements.h"
#include "kab-onboarding-window.h"

#define LINK "POST /v1/identifications/i1/link"
#define DONE "{'stage': 'initial-information', 'state': 'done'}"

static char *
dup_application (guint version, const char *state, const char *labels)
{
  g_autofree char *photo = g_strdup_printf (
      "{'id': 'i1', 'kind': 'photo', 'state': '%s', 'mine': true, 'version': %u, 'labels': [%s]}",
      state, version, labels);

  return kab_onboarding_fixture_application (version, "in-progress", DONE, photo, "");
}

static KabOnboardingWindow *
open_page (const char *state, const char *labels)
{
  g_autofree char *text = dup_application (5, state, labels);
  KabOnboardingWindow *self = kab_onboarding_window_new (text, NULL);

  kab_window_show (self->window, "identification");
  kab_app_fixture_wait_frame (GTK_WIDGET (self->window));

  return self;
}

static void
reply_link (KabOnboardingWindow *self, const char *url, int seconds)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) end = g_date_time_add_seconds (now, seconds);
  g_autofree char *ends = g_date_time_format_iso8601 (end);
  g_autofree char *body = g_strdup_printf ("{\"url\": \"%s\", \"expiresAt\": \"%s\"}", url, ends);

  kab_test_server_reply (self->bank->server, LINK, 201, body);
}

static gboolean
shows (KabOnboardingWindow *self, const char *text)
{
  return kab_app_find (kab_onboarding_window_get_page (self), GTK_TYPE_LABEL, text) != NULL;
}

static gboolean
has_focus (KabOnboardingWindow *self, const char *button)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));
  GtkWidget *child = GTK_IS_BUTTON (focus) ? gtk_button_get_child (GTK_BUTTON (focus)) : NULL;

  return GTK_IS_LABEL (child) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (child)), button) == 0;
}

static void
test_states (void)
{
  static const struct
  {
    const char *state;
    const char *title;
    const char *button; /* (nullable) */
  } cases[] = {
    { "not-started", "Identify yourself with a photo", "Start identification" },
    { "in-progress", "Your photos are being checked", "Go on with identification" },
    { "passed", "You are identified", "Open documents" },
    { "failed", "The identification did not succeed", NULL },
    { "repeat-requested", "Please do it once more", "Start again" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KabOnboardingWindow *self = open_page (cases[i].state, "");
      GtkWidget *page = kab_onboarding_window_get_page (self);

      g_assert_true (shows (self, cases[i].title));
      if (cases[i].button != NULL)
        g_assert_nonnull (kab_app_find (page, GTK_TYPE_BUTTON, cases[i].button));
      else
        g_assert_null (kab_app_find (page, GTK_TYPE_BUTTON, "Continue on a phone"));
      kab_onboarding_window_free (self);
    }
}

/* Each sentence once; an unknown label is told in general. */
static void
test_reasons (void)
{
  g_autoptr (KabIdentification) identification = kab_identification_new ();
  g_autoptr (JsonObject) object = kab_test_json (
      "{'id': 'i1', 'kind': 'photo', 'state': 'repeat-requested', 'mine': true, 'version': 1,"
      " 'comment': 'Bring the new passport.', 'labels': ['SCREENSHOTS', 'BLACK_AND_WHITE',"
      " 'BAD_SELFIE', 'HOLOGRAM', 'FORGERY']}");
  g_auto (GStrv) reasons = NULL;

  g_assert_true (kab_record_update_from_json (KAB_RECORD (identification), object, NULL));
  reasons = kab_identification_dup_reasons (identification);
  g_assert_cmpuint (g_strv_length (reasons), ==, 4);
  g_assert_cmpstr (reasons[0], ==, "Bring the new passport.");
  g_assert_nonnull (strstr (reasons[1], "photos of a screen"));
  g_assert_nonnull (strstr (reasons[2], "Your face"));
  g_assert_nonnull (strstr (reasons[3], "could not confirm who you are"));
}

static void
test_live (void)
{
  KabOnboardingWindow *self = open_page ("in-progress", "");
  g_autofree char *repeat = dup_application (6, "repeat-requested", "'BAD_SELFIE'");
  g_autofree char *passed = dup_application (7, "passed", "");
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  kab_announcements_forget ();
  kab_onboarding_fixture_change (self->bank, repeat);
  g_assert_true (shows (self, "Please do it once more"));
  g_assert_cmpstr (kab_announcements_latest (), ==, "Please do it once more");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window)) == focus);
  kab_onboarding_fixture_change (self->bank, passed);
  g_assert_true (shows (self, "You are identified"));
  g_assert_cmpstr (kab_announcements_latest (), ==, "You are identified");
  g_assert_true (has_focus (self, "Open documents"));
  kab_onboarding_window_free (self);
}

/* Where there is no browser the person is told how to go on. */
static void
test_no_browser (void)
{
  KabOnboardingWindow *self = open_page ("not-started", "");

  reply_link (self, "https://identification.example/go/1", 600);
  kab_app_press (kab_onboarding_window_get_page (self), "Start identification");
  kab_onboarding_window_wait_for (
      self, GTK_TYPE_LABEL,
      "No browser could be opened here. Continue on a phone, or copy the link from there.");
  g_assert_cmpuint (kab_test_server_count (self->bank->server, LINK), ==, 1);
  kab_onboarding_window_free (self);
}

static void
test_refused (void)
{
  KabOnboardingWindow *self = open_page ("not-started", "");

  kab_test_server_reply (self->bank->server, LINK, 502, "{\"code\": \"provider-unavailable\"}");
  kab_app_press (kab_onboarding_window_get_page (self), "Start identification");
  kab_app_wait_until (kab_announcements_latest () != NULL &&
                      strstr (kab_announcements_latest (), "identification service") != NULL);
  g_assert_true (gtk_widget_is_sensitive (kab_app_find (kab_onboarding_window_get_page (self),
                                                        GTK_TYPE_BUTTON, "Start identification")));
  kab_onboarding_window_free (self);
}

static KabPhoneDialog *
open_phone (KabOnboardingWindow *self)
{
  AdwDialog *dialog;

  kab_app_press (kab_onboarding_window_get_page (self), "Continue on a phone");
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
  g_assert_true (KAB_IS_PHONE_DIALOG (dialog));

  return KAB_PHONE_DIALOG (dialog);
}

static void
wait_for_link (KabPhoneDialog *dialog, const char *link)
{
  kab_app_wait_until (kab_app_find (GTK_WIDGET (dialog), GTK_TYPE_LABEL, link) != NULL);
}

/* A link that is about to end is replaced while it is shown. */
static void
test_phone (void)
{
  KabOnboardingWindow *self = open_page ("not-started", "");
  g_autofree char *begun = dup_application (6, "in-progress", "");
  g_autofree char *passed = dup_application (7, "passed", "");
  KabPhoneDialog *dialog;
  GtkWidget *code;

  reply_link (self, "https://identification.example/go/1", 31);
  reply_link (self, "https://identification.example/go/2", 600);
  dialog = open_phone (self);
  wait_for_link (dialog, "https://identification.example/go/1");
  code = kab_app_find (GTK_WIDGET (dialog), KAB_TYPE_QR_CODE, NULL);
  g_assert_nonnull (code);
  gtk_test_accessible_assert_role (code, GTK_ACCESSIBLE_ROLE_IMG);
  wait_for_link (dialog, "https://identification.example/go/2");
  kab_onboarding_fixture_change (self->bank, begun);
  g_assert_true (shows (self, "Your photos are being checked"));
  wait_for_link (dialog, "https://identification.example/go/2");
  g_assert_cmpuint (kab_test_server_count (self->bank->server, LINK), ==, 2);
  kab_onboarding_fixture_change (self->bank, passed);
  kab_app_wait_until (
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window)) == NULL);
  kab_app_wait_until (has_focus (self, "Open documents"));
  kab_onboarding_window_free (self);
}

static void
test_phone_retry (void)
{
  KabOnboardingWindow *self = open_page ("not-started", "");
  KabPhoneDialog *dialog;

  kab_test_server_reply (self->bank->server, LINK, 502, "{\"code\": \"provider-unavailable\"}");
  dialog = open_phone (self);
  kab_app_wait_until (kab_app_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "Try again") != NULL);
  kab_test_server_forget (self->bank->server, LINK);
  reply_link (self, "https://identification.example/go/3", 600);
  kab_app_press (GTK_WIDGET (dialog), "Try again");
  wait_for_link (dialog, "https://identification.example/go/3");
  kab_onboarding_window_free (self);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  g_test_add_func ("/app/identification/states", test_states);
  g_test_add_func ("/app/identification/reasons", test_reasons);
  g_test_add_func ("/app/identification/live", test_live);
  g_test_add_func ("/app/identification/no-browser", test_no_browser);
  g_test_add_func ("/app/identification/refused", test_refused);
  g_test_add_func ("/app/identification/phone", test_phone);
  g_test_add_func ("/app/identification/phone-retry", test_phone_retry);

  return g_test_run ();
}

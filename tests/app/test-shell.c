/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "kab-app-fixture.h"
#include "shell/kab-section-row.h"
#include "welcome/kab-awaits-model.h"

static gboolean
has_text (GtkWidget *widget, const char *text)
{
  if (text == NULL)
    return TRUE;
  if (GTK_IS_BUTTON (widget))
    return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), text) == 0;
  if (GTK_IS_LABEL (widget))
    return g_strcmp0 (gtk_label_get_label (GTK_LABEL (widget)), text) == 0;

  return ADW_IS_PREFERENCES_ROW (widget) &&
         g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), text) == 0;
}

static GtkWidget *
find (GtkWidget *widget, GType type, const char *text)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && gtk_widget_get_mapped (widget) &&
      has_text (widget, text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static KabWindow *
present (KabApplication *application)
{
  KabWindow *window = kab_application_get_window (application);

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  gtk_window_present (GTK_WINDOW (window));
  kab_app_fixture_wait_frame (GTK_WIDGET (window));

  return window;
}

static void
settle (KabWindow *window)
{
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
}

static void
test_welcome_states (void)
{
  KabApplication *application = kab_app_fixture_start ();
  KabWindow *window = present (application);
  KabBankModel *bank = kab_window_get_bank (window);
  GtkWidget *root = GTK_WIDGET (window);

  g_assert_nonnull (find (root, GTK_TYPE_BUTTON, "Try the demo bank"));
  kab_bank_model_connect (bank, "https://bank.example");
  settle (window);
  g_assert_nonnull (find (root, GTK_TYPE_LABEL, "https://bank.example"));
  for (KabOutage outage = KAB_OUTAGE_NO_NETWORK; outage <= KAB_OUTAGE_UNTRUSTED; outage++)
    {
      kab_bank_model_set_failed (bank, outage);
      settle (window);
      g_assert_nonnull (find (root, GTK_TYPE_LABEL, kab_outage_get_title (outage)));
      g_assert_nonnull (find (root, GTK_TYPE_LABEL, kab_outage_get_remedy (outage)));
      g_assert_nonnull (find (root, GTK_TYPE_BUTTON, "Try again"));
    }
  kab_app_fixture_fill_bank (bank);
  settle (window);
  gtk_test_accessible_assert_role (
      find (root, GTK_TYPE_LABEL, "Become a client of Baltijas Nams & Co"),
      GTK_ACCESSIBLE_ROLE_HEADING);
  g_assert_nonnull (find (root, GTK_TYPE_BUTTON, "Register"));
  g_assert_nonnull (find (root, GTK_TYPE_BUTTON, "Sign in"));
  kab_app_fixture_stop (application);
}

static void
connect_cb (char **asked, const char *address)
{
  g_set_str (asked, address);
}

static void
test_retry (void)
{
  KabApplication *application = kab_app_fixture_start ();
  KabWindow *window = present (application);
  KabBankModel *bank = kab_window_get_bank (window);
  g_autofree char *asked = NULL;

  kab_bank_model_connect (bank, "https://bank.example");
  kab_bank_model_set_failed (bank, KAB_OUTAGE_SLOW);
  g_signal_connect_swapped (bank, "connect", G_CALLBACK (connect_cb), &asked);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.retry", NULL);
  g_assert_cmpstr (asked, ==, "https://bank.example");
  g_assert_cmpuint (kab_bank_model_get_state (bank), ==, KAB_BANK_CONNECTING);
  g_assert_cmpuint (kab_bank_model_get_outage (bank), ==, KAB_OUTAGE_NONE);
  g_signal_handlers_disconnect_by_data (bank, &asked);
  kab_app_fixture_stop (application);
}

static void
test_awaits (void)
{
  KabApplication *application = kab_app_fixture_start ();
  KabWindow *window = present (application);
  KabAwaitsModel *model;
  GtkWidget *row;

  kab_app_fixture_fill_bank (kab_window_get_bank (window));
  g_assert_true (kab_window_show (window, "awaits"));
  settle (window);
  row = find (GTK_WIDGET (window), ADW_TYPE_ACTION_ROW, "Fee");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "5. Fee, 50.00\u00a0EUR. By the invoice that the bank sends "
                                       "you.");
  model = KAB_AWAITS_MODEL (kab_page_get_model (
      KAB_PAGE (adw_navigation_view_get_visible_page (kab_window_get_view (window)))));
  g_assert_null (find (GTK_WIDGET (window), ADW_TYPE_ACTION_ROW, "A person"));
  kab_awaits_model_set_wanted (model, KAB_SERVICE_CARD_USER, TRUE);
  kab_awaits_model_set_wanted (model, KAB_SERVICE_NEW_CLIENT, FALSE);
  settle (window);
  g_assert_null (find (GTK_WIDGET (window), ADW_TYPE_ACTION_ROW, "Fee"));
  kab_awaits_model_set_wanted (model, KAB_SERVICE_CARD_USER, FALSE);
  settle (window);
  g_assert_null (kab_awaits_model_get_journey (model));
  g_assert_null (find (GTK_WIDGET (window), GTK_TYPE_BUTTON, "Register"));
  kab_app_fixture_stop (application);
}

static KabClientModel *
sign_in (KabWindow *window)
{
  KabClientModel *client;

  kab_app_fixture_fill_bank (kab_window_get_bank (window));
  client = kab_client_model_new (kab_window_get_bank (window), "Anna Bērziņa");
  kab_client_model_add_section (client, kab_app_fixture_section ("home", N_("Details"), "x"));
  kab_client_model_add_section (client,
                                kab_app_fixture_section ("documents", N_("Documents"), "x"));
  kab_window_set_client (window, client);

  return client;
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
assert_is_current (GtkWidget *row, gboolean current)
{
  gboolean selected = (gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED) != 0;

  g_assert_cmpint (selected, ==, current);
  g_assert_cmpint (
      gtk_test_accessible_has_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED), ==,
      current);
}

static void
test_client (void)
{
  KabApplication *application = kab_app_fixture_start ();
  KabWindow *window = present (application);
  g_autoptr (KabClientModel) client = sign_in (window);
  KabSection *documents = kab_client_model_find_section (client, "documents");
  AdwNavigationView *view = kab_window_get_view (window);
  GtkWidget *row;
  guint signed_out = 0;

  settle (window);
  g_assert_cmpstr (adw_navigation_view_get_visible_page_tag (view), ==, "home");
  g_assert_true (kab_window_show (window, "documents"));
  g_assert_cmpstr (adw_navigation_view_get_visible_page_tag (view), ==, "documents");
  g_assert_true (kab_client_model_get_selected (client) == documents);
  g_assert_false (kab_window_show (window, "nowhere"));

  kab_section_set_count (documents, 2);
  row = find (GTK_WIDGET (window), KAB_TYPE_SECTION_ROW, NULL);
  row = gtk_widget_get_next_sibling (row);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Documents, 2 waiting for you");

  /* What the arrow keys pass is not where one is. */
  gtk_widget_grab_focus (gtk_widget_get_prev_sibling (row));
  assert_is_current (row, TRUE);
  assert_is_current (gtk_widget_get_prev_sibling (row), FALSE);
  g_assert_true (kab_client_model_get_selected (client) == documents);

  g_signal_connect_swapped (window, "sign-out", G_CALLBACK (count_cb), &signed_out);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.sign-out", NULL);
  g_assert_cmpuint (signed_out, ==, 1);
  kab_window_set_client (window, NULL);
  settle (window);
  g_assert_nonnull (find (GTK_WIDGET (window), GTK_TYPE_BUTTON, "Register"));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.sign-out", NULL);
  g_assert_cmpuint (signed_out, ==, 1);
  g_assert_finalize_object (g_steal_pointer (&client));
  kab_app_fixture_stop (application);
}

static void
test_offline (void)
{
  KabApplication *application = kab_app_fixture_start ();
  KabWindow *window = present (application);
  AdwBanner *banner;

  kab_window_set_offline (window, TRUE);
  settle (window);
  banner = ADW_BANNER (find (GTK_WIDGET (window), ADW_TYPE_BANNER, NULL));
  g_assert_true (adw_banner_get_revealed (banner));
  kab_window_set_offline (window, FALSE);
  g_assert_false (adw_banner_get_revealed (banner));
  kab_app_fixture_stop (application);
}

/* What a dialog shows of somebody goes with them, whether or not it lets itself be closed; so do
 * their pages, and hear of it. */
static void
test_leaving (void)
{
  KabApplication *application = kab_app_fixture_start ();
  KabWindow *window = present (application);
  g_autoptr (KabClientModel) client = sign_in (window);
  AdwDialog *dialogs[] = { adw_dialog_new (), adw_alert_dialog_new ("Submit?", NULL) };
  guint hidden = 0;

  settle (window);
  for (gsize i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      adw_dialog_present (dialogs[i], GTK_WIDGET (window));
      g_object_add_weak_pointer (G_OBJECT (dialogs[i]), (gpointer *) &dialogs[i]);
    }
  adw_dialog_set_can_close (dialogs[0], FALSE);
  g_signal_connect_swapped (adw_navigation_view_get_visible_page (kab_window_get_view (window)),
                            "hidden", G_CALLBACK (count_cb), &hidden);
  settle (window);

  kab_window_set_client (window, NULL);
  g_assert_null (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  g_assert_cmpuint (hidden, ==, 1);
  kab_app_wait_until (dialogs[0] == NULL && dialogs[1] == NULL);
  g_assert_finalize_object (g_steal_pointer (&client));
  kab_app_fixture_stop (application);
}

/* A short message lies in the page that is seen, so that it covers none of its bars; a page that is
 * gone, or behind the sidebar of a narrow window, is no place for it. */
static void
test_toast (void)
{
  KabApplication *application = kab_app_fixture_start ();
  KabWindow *window = present (application);
  GtkWidget *toast;

  kab_window_tell (window, "Kept");
  settle (window);
  toast = find (GTK_WIDGET (window), GTK_TYPE_LABEL, "Kept");
  g_assert_nonnull (gtk_widget_get_ancestor (toast, KAB_TYPE_PAGE));

  gtk_widget_set_visible (GTK_WIDGET (kab_window_get_view (window)), FALSE);
  kab_window_tell (window, "Sent");
  settle (window);
  toast = find (GTK_WIDGET (window), GTK_TYPE_LABEL, "Sent");
  g_assert_null (gtk_widget_get_ancestor (toast, KAB_TYPE_PAGE));
  kab_app_fixture_stop (application);
}

/* Going back and on again finds the same model; signing in forgets it. */
static void
test_route_models (void)
{
  KabApplication *application = kab_app_fixture_start ();
  KabWindow *window = present (application);
  AdwNavigationView *view = kab_window_get_view (window);
  g_autoptr (KabClientModel) client = NULL;
  GObject *model;

  kab_app_fixture_fill_bank (kab_window_get_bank (window));
  kab_window_show (window, "awaits");
  model = kab_page_get_model (KAB_PAGE (adw_navigation_view_get_visible_page (view)));
  g_object_add_weak_pointer (model, (gpointer *) &model);
  adw_navigation_view_pop (view);
  settle (window);
  kab_window_show (window, "awaits");
  g_assert_true (kab_page_get_model (KAB_PAGE (adw_navigation_view_get_visible_page (view))) ==
                 model);
  client = sign_in (window);
  settle (window);
  kab_app_wait_until (model == NULL);
  kab_app_fixture_stop (application);
}

static void
test_narrow (void)
{
  KabApplication *application = kab_app_fixture_start ();
  KabWindow *window = kab_application_get_window (application);
  g_autoptr (KabClientModel) client = sign_in (window);
  GtkWidget *split;

  gtk_window_set_default_size (GTK_WINDOW (window), 360, 640);
  present (application);
  settle (window);
  split = find (GTK_WIDGET (window), ADW_TYPE_NAVIGATION_SPLIT_VIEW, NULL);
  g_assert_true (adw_navigation_split_view_get_collapsed (ADW_NAVIGATION_SPLIT_VIEW (split)));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), <=, 360);
  kab_app_fixture_stop (application);
}

static void
test_dialogs (void)
{
  KabApplication *application = kab_app_fixture_start ();
  KabWindow *window = present (application);
  const char *actions[] = { "app.help", "app.shortcuts", "app.about", "app.bank-address" };

  kab_app_fixture_fill_bank (kab_window_get_bank (window));
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      AdwDialog *dialog;

      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), actions[i], NULL));
      dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
      g_assert_nonnull (dialog);
      kab_app_fixture_wait_frame (GTK_WIDGET (dialog));
      g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
      adw_dialog_force_close (dialog);
      kab_app_wait_until (dialog == NULL);
    }
  kab_app_fixture_stop (application);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  g_test_add_func ("/app/shell/welcome-states", test_welcome_states);
  g_test_add_func ("/app/shell/retry", test_retry);
  g_test_add_func ("/app/shell/awaits", test_awaits);
  g_test_add_func ("/app/shell/client", test_client);
  g_test_add_func ("/app/shell/leaving", test_leaving);
  g_test_add_func ("/app/shell/offline", test_offline);
  g_test_add_func ("/app/shell/toast", test_toast);
  g_test_add_func ("/app/shell/route-models", test_route_models);
  g_test_add_func ("/app/shell/narrow", test_narrow);
  g_test_add_func ("/app/shell/dialogs", test_dialogs);

  return g_test_run ();
}

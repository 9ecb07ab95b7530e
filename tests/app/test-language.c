/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "common/kab-countries.h"
#include "kab-app-fixture.h"

static void
test_texts (void)
{
  KabApplication *application = kab_app_fixture_start ();
  KabLanguage *language = kab_application_get_language (application);
  const char *const *codes = kab_language_get_codes ();

  g_assert_cmpuint (g_strv_length ((char **) codes), ==, 3);
  g_assert_cmpstr (kab_language_get_own_name ("lv"), ==, "Latviešu");
  g_assert_cmpstr (_("Documents"), ==, "Documents");
  kab_language_set_current (language, "lv");
  g_assert_cmpstr (kab_language_get_current (language), ==, "lv");
  g_assert_cmpstr (_("Documents"), ==, "Dokumenti");
  kab_language_set_current (language, "ru");
  g_assert_cmpstr (_("Documents"), ==, "Документы");
  kab_language_set_current (language, "xx");
  g_assert_cmpstr (kab_language_get_current (language), ==, "ru");
  kab_language_set_current (language, "en");
  g_assert_cmpstr (_("Documents"), ==, "Documents");
}

static void
test_action (void)
{
  KabApplication *application = kab_app_fixture_start ();
  g_autoptr (GVariant) state = NULL;

  g_action_group_activate_action (G_ACTION_GROUP (application), "language",
                                  g_variant_new_string ("lv"));
  state = g_action_group_get_action_state (G_ACTION_GROUP (application), "language");
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, "lv");
  g_assert_cmpstr (_("Messages"), ==, "Ziņojumi");
  kab_language_set_current (kab_application_get_language (application), "en");
}

static void
test_countries (void)
{
  KabApplication *application = kab_app_fixture_start ();
  KabLanguage *language = kab_application_get_language (application);
  g_autoptr (KabCountries) countries = NULL;
  g_autofree char *name = NULL;
  g_autofree char *spoken = NULL;
  KabCountry *germany;

  kab_language_set_current (language, "lv");
  countries = kab_countries_new ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (countries)), ==, 249);
  germany = kab_countries_find (countries, "de");
  g_assert_cmpstr (kab_country_get_name (germany), ==, "Vācija");
  g_assert_true (kab_country_matches (germany, "vac"));
  g_assert_true (kab_country_matches (germany, "Germ"));
  g_assert_true (kab_country_matches (germany, "De"));
  g_assert_false (kab_country_matches (germany, "latv"));
  g_assert_null (kab_countries_find (countries, "QQ"));
  name = kab_countries_dup_name ("LV");
  g_assert_cmpstr (name, ==, "Latvija");
  spoken = kab_countries_dup_language ("en");
  g_assert_cmpstr (spoken, ==, "Angļu");

  for (guint i = 1; i < 249; i++)
    {
      g_autoptr (KabCountry) a = g_list_model_get_item (G_LIST_MODEL (countries), i - 1);
      g_autoptr (KabCountry) b = g_list_model_get_item (G_LIST_MODEL (countries), i);

      g_assert_cmpint (g_utf8_collate (kab_country_get_name (a), kab_country_get_name (b)), <=, 0);
    }
  kab_language_set_current (language, "en");
}

static GtkWidget *
find_entry (GtkWidget *widget)
{
  if (GTK_IS_ENTRY (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_entry (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* What was typed, where the pages are and where the focus is survive. */
static void
test_nothing_is_lost (void)
{
  KabApplication *application = kab_app_fixture_start ();
  KabWindow *window = kab_application_get_window (application);
  g_autoptr (KabClientModel) client = NULL;
  GtkWidget *entry;
  AdwNavigationPage *page;

  kab_app_fixture_fill_bank (kab_window_get_bank (window));
  client = kab_client_model_new (kab_window_get_bank (window), "Anna");
  kab_client_model_add_section (client, kab_app_fixture_section ("home", N_("Documents"), "x"));
  kab_window_set_client (window, client);
  gtk_window_present (GTK_WINDOW (window));
  kab_app_fixture_wait_frame (GTK_WIDGET (window));

  page = adw_navigation_view_get_visible_page (kab_window_get_view (window));
  g_assert_cmpstr (adw_navigation_page_get_title (page), ==, "Documents");
  entry = find_entry (GTK_WIDGET (page));
  gtk_editable_set_text (GTK_EDITABLE (entry), "half a sen");
  gtk_widget_grab_focus (entry);

  kab_language_set_current (kab_application_get_language (application), "lv");
  page = adw_navigation_view_get_visible_page (kab_window_get_view (window));
  g_assert_cmpstr (adw_navigation_page_get_title (page), ==, "Dokumenti");
  g_assert_cmpstr (adw_navigation_page_get_tag (page), ==, "home");
  entry = find_entry (GTK_WIDGET (page));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "half a sen");
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), entry));
  kab_app_fixture_stop (application);
}

static void
test_stack_is_kept (void)
{
  KabApplication *application = kab_app_fixture_start ();
  KabWindow *window = kab_application_get_window (application);
  g_autoptr (GListModel) stack = NULL;
  g_autoptr (AdwNavigationPage) top = NULL;
  GObject *model;

  kab_app_fixture_fill_bank (kab_window_get_bank (window));
  g_assert_true (kab_window_show (window, "awaits"));
  model = kab_page_get_model (
      KAB_PAGE (adw_navigation_view_get_visible_page (kab_window_get_view (window))));
  kab_language_set_current (kab_application_get_language (application), "lv");
  stack = adw_navigation_view_get_navigation_stack (kab_window_get_view (window));
  g_assert_cmpuint (g_list_model_get_n_items (stack), ==, 2);
  top = g_list_model_get_item (stack, 1);
  g_assert_cmpstr (adw_navigation_page_get_title (top), ==, "Kas mani sagaida");
  g_assert_true (kab_page_get_model (KAB_PAGE (top)) == model);
  g_clear_object (&top);
  g_clear_object (&stack);
  kab_app_fixture_stop (application);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  g_test_add_func ("/app/language/texts", test_texts);
  g_test_add_func ("/app/language/action", test_action);
  g_test_add_func ("/app/language/countries", test_countries);
  g_test_add_func ("/app/language/nothing-is-lost", test_nothing_is_lost);
  g_test_add_func ("/app/language/stack-is-kept", test_stack_is_kept);

  return g_test_run ();
}

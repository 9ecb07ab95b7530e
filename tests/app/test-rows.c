/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>

#include "common/kab-choice-row.h"
#include "common/kab-code-row.h"
#include "common/kab-country-dialog.h"
#include "common/kab-country-row.h"
#include "common/kab-date-row.h"
#include "common/kab-field-row.h"
#include "common/kab-local-text.h"
#include "common/kab-radio-row.h"
#include "common/kab-saved-label.h"
#include "common/kab-status-label.h"
#include "common/kab-time-label.h"
#include "kab-app-fixture.h"
#include "kab-gallery.h"
#include "kab-time.h"

#define assert_label(widget, text)                                                                 \
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text)

static void
test_field_error (void)
{
  g_autoptr (GtkWidget) list = g_object_ref_sink (gtk_list_box_new ());
  GtkWidget *row = adw_entry_row_new ();
  GtkAccessible *delegate = GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row)));
  GtkWidget *note;

  gtk_list_box_append (GTK_LIST_BOX (list), row);
  kab_field_row_set_hint (row, "Eleven digits");
  note = gtk_widget_get_next_sibling (row);
  g_assert_true (gtk_widget_get_visible (note));
  gtk_test_accessible_assert_property (delegate, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Eleven digits");
  g_assert_false (kab_field_row_has_error (row));

  kab_field_row_set_error (row, "One digit is wrong");
  g_assert_true (kab_field_row_has_error (row));
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  gtk_test_accessible_assert_state (delegate, GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  gtk_test_accessible_assert_property (delegate, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "One digit is wrong");

  kab_field_row_set_error (row, NULL);
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  gtk_test_accessible_assert_state (delegate, GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_FALSE);
  gtk_test_accessible_assert_property (delegate, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Eleven digits");

  gtk_list_box_remove (GTK_LIST_BOX (list), row);
  kab_app_wait_until (gtk_widget_get_first_child (list) == NULL);
}

static gboolean
has_focus (GtkWidget *row)
{
  return gtk_widget_get_focus_child (gtk_widget_get_parent (row)) == row;
}

/* A hint or an error below a field doesn't keep anybody from the next field, nor from the last. */
static void
test_field_tab (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *rows[3];

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      rows[i] = adw_entry_row_new ();
      gtk_list_box_append (GTK_LIST_BOX (list), rows[i]);
      kab_field_row_set_hint (rows[i], "Eleven digits");
    }
  gtk_widget_set_visible (rows[1], FALSE);
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));

  g_assert_true (gtk_widget_grab_focus (rows[0]));
  g_assert_true (gtk_widget_child_focus (list, GTK_DIR_TAB_FORWARD));
  g_assert_true (has_focus (rows[2]));
  g_assert_false (gtk_widget_child_focus (list, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_child_focus (list, GTK_DIR_TAB_BACKWARD));
  g_assert_true (has_focus (rows[0]));

  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
has_title_above (GtkWidget *row)
{
  return gtk_widget_has_css_class (row, "title-above") &&
         gtk_widget_get_margin_top (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row))) > 0;
}

/* A title that is wider than its row is read above it, and spoken as before. */
static void
test_field_title (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), "Place and country of birth");
  kab_field_row_set_required (row, TRUE);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_set_default_size (GTK_WINDOW (window), 600, 200);
  gtk_window_present (GTK_WINDOW (window));
  kab_app_fixture_wait_frame (list);
  g_assert_false (has_title_above (row));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 "The name, the registration number, the address and the country "
                                 "of every company that you own");
  kab_app_wait_until (has_title_above (row));
  g_assert_true (gtk_test_accessible_has_relation (
      GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row))),
      GTK_ACCESSIBLE_RELATION_LABELLED_BY));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), "Companies");
  kab_app_wait_until (!has_title_above (row));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_field_required (void)
{
  g_autoptr (GtkWidget) row = g_object_ref_sink (adw_password_entry_row_new ());
  GtkAccessible *delegate = GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row)));

  kab_field_row_set_required (row, TRUE);
  gtk_test_accessible_assert_property (delegate, GTK_ACCESSIBLE_PROPERTY_REQUIRED, TRUE);
}

static void
test_first_error (void)
{
  KabApplication *application = kab_app_fixture_start ();
  KabWindow *window = kab_application_get_window (application);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *rows[3];

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      rows[i] = adw_entry_row_new ();
      gtk_list_box_append (GTK_LIST_BOX (list), rows[i]);
    }
  kab_app_fixture_show (window, list);
  gtk_window_present (GTK_WINDOW (window));
  kab_app_fixture_wait_frame (list);
  g_assert_false (kab_field_row_focus_first_error (list));
  kab_field_row_mark_error (rows[1], "Fill this in.");
  kab_field_row_mark_error (rows[2], "Fill this in.");
  g_assert_true (kab_field_row_focus_first_error (list));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), rows[1]));
  kab_app_fixture_stop (application);
}

/* Whoever corrects a field isn't told its hint at the first letter, but when they come again. */
static void
test_field_corrected (void)
{
  KabApplication *application = kab_app_fixture_start ();
  KabWindow *window = kab_application_get_window (application);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_entry_row_new ();
  GtkWidget *next = adw_entry_row_new ();
  GtkAccessible *delegate = GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row)));

  kab_field_row_set_hint (row, "Eleven digits");
  kab_field_row_set_required (row, TRUE);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_list_box_append (GTK_LIST_BOX (list), next);
  kab_app_fixture_show (window, list);
  gtk_window_present (GTK_WINDOW (window));
  kab_app_fixture_wait_frame (list);
  kab_field_row_mark_error (row, "One digit is wrong");
  gtk_widget_grab_focus (row);

  kab_field_row_mark_error (row, NULL);
  g_assert_false (gtk_test_accessible_has_property (delegate, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
  gtk_widget_grab_focus (next);
  gtk_test_accessible_assert_property (delegate, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Required. Eleven digits");
  kab_app_fixture_stop (application);
}

static void
test_choice (void)
{
  g_autoptr (GtkWidget) row = g_object_ref_sink (kab_choice_row_new ());
  g_autoptr (GtkStringList) model =
      gtk_string_list_new ((const char *[]) { "Latvian", "English", NULL });

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), "Language");
  assert_label (row, "Language");
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  assert_label (row, "Language: Latvian");
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 1);
  assert_label (row, "Language: English");
  g_assert_false (
      gtk_test_accessible_has_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY));
}

static void
count_cb (guint *count)
{
  (*count)++;
}

/* Each is one stop, spoken as a radio button, and taken by its key. */
static void
test_radio (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *first = kab_radio_row_new (NULL);
  GtkWidget *second = kab_radio_row_new (KAB_RADIO_ROW (first));

  kab_radio_row_set_active (KAB_RADIO_ROW (first), TRUE);
  gtk_list_box_append (GTK_LIST_BOX (list), first);
  gtk_list_box_append (GTK_LIST_BOX (list), second);
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (second), GTK_ACCESSIBLE_ROLE_RADIO);

  g_assert_true (gtk_widget_grab_focus (second));
  g_assert_false (gtk_widget_child_focus (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (second)),
                                          GTK_DIR_TAB_FORWARD));
  g_assert_true (has_focus (second));
  gtk_widget_activate (second);
  g_assert_true (kab_radio_row_get_active (KAB_RADIO_ROW (second)));
  g_assert_false (kab_radio_row_get_active (KAB_RADIO_ROW (first)));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (second), GTK_ACCESSIBLE_STATE_CHECKED,
                                    GTK_ACCESSIBLE_TRISTATE_TRUE);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (first), GTK_ACCESSIBLE_STATE_CHECKED,
                                    GTK_ACCESSIBLE_TRISTATE_FALSE);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_country (void)
{
  g_autoptr (GtkWidget) row = g_object_ref_sink (kab_country_row_new ());
  guint notified = 0;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), "Citizenship");
  assert_label (row, "Citizenship: Not chosen yet");
  gtk_test_accessible_assert_role (row, GTK_ACCESSIBLE_ROLE_BUTTON);
  g_signal_connect_swapped (row, "notify::country", G_CALLBACK (count_cb), &notified);
  kab_country_row_set_country (KAB_COUNTRY_ROW (row), "LV");
  kab_country_row_set_country (KAB_COUNTRY_ROW (row), "LV");
  g_assert_cmpuint (notified, ==, 1);
  assert_label (row, "Citizenship: Latvia");
  g_assert_cmpstr (kab_country_row_get_country (KAB_COUNTRY_ROW (row)), ==, "LV");
}

static void
chosen_cb (char **chosen, const char *code)
{
  g_set_str (chosen, code);
}

static GtkWidget *
find_type (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
test_country_search (void)
{
  KabApplication *application = kab_app_fixture_start ();
  KabWindow *window = kab_application_get_window (application);
  AdwDialog *dialog = kab_country_dialog_new ("Citizenship", "LV");
  g_autofree char *chosen = NULL;
  GtkWidget *entry;
  GtkWidget *list;

  gtk_window_present (GTK_WINDOW (window));
  adw_dialog_present (dialog, GTK_WIDGET (window));
  g_signal_connect_swapped (dialog, "chosen", G_CALLBACK (chosen_cb), &chosen);
  kab_app_fixture_wait_frame (GTK_WIDGET (dialog));
  entry = find_type (GTK_WIDGET (dialog), GTK_TYPE_SEARCH_ENTRY);
  list = find_type (GTK_WIDGET (dialog), GTK_TYPE_LIST_VIEW);
  assert_label (entry, "Search for a country");
  assert_label (list, "249 countries");
  gtk_editable_set_text (GTK_EDITABLE (entry), "estonia");
  g_signal_emit_by_name (entry, "activate");
  assert_label (list, "1 country");
  g_assert_cmpstr (chosen, ==, "EE");
  kab_app_fixture_stop (application);
}

static void
paste (GtkWidget *row, const char *text)
{
  GtkEditable *delegate = gtk_editable_get_delegate (GTK_EDITABLE (row));
  int position = gtk_editable_get_position (delegate);

  gtk_editable_insert_text (delegate, text, -1, &position);
}

static void
test_code (void)
{
  g_autoptr (GtkWidget) row = g_object_ref_sink (kab_code_row_new ());
  KabCodeRow *code = KAB_CODE_ROW (row);

  paste (row, "12");
  paste (row, "a-");
  g_assert_cmpstr (kab_code_row_get_code (code), ==, "12");
  g_assert_false (kab_code_row_is_complete (code));
  paste (row, " 987 654\n");
  g_assert_cmpstr (kab_code_row_get_code (code), ==, "987654");
  g_assert_true (kab_code_row_is_complete (code));
  paste (row, "1");
  g_assert_cmpstr (kab_code_row_get_code (code), ==, "987654");
}

static void
assert_date (const char *text, const char *expected)
{
  GDate date;
  g_autofree char *iso = NULL;

  g_date_clear (&date, 1);
  if (kab_local_date_parse (text, &date))
    iso = g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date), g_date_get_month (&date),
                           g_date_get_day (&date));
  g_assert_cmpstr (iso, ==, expected);
}

static void
test_date_text (void)
{
  g_assert_nonnull (setlocale (LC_TIME, "lv_LV.UTF-8"));
  assert_date ("24.03.1990.", "1990-03-24");
  assert_date (" 24 3 1990 ", "1990-03-24");
  assert_date ("24031990", "1990-03-24");
  assert_date ("1990-03-24", "1990-03-24");
  assert_date ("29.02.1991", NULL);
  assert_date ("24.03.90", NULL);
  assert_date ("24.03.", NULL);
  assert_date ("24.03.1990.7", NULL);
  assert_date ("24. marts 1990", NULL);
  assert_date ("", NULL);
  g_assert_nonnull (setlocale (LC_TIME, "en_US.UTF-8"));
  assert_date ("03/24/1990", "1990-03-24");
  assert_date ("24/03/1990", NULL);
  setlocale (LC_TIME, "C.UTF-8");
}

static void
test_date_row (void)
{
  g_autoptr (GtkWidget) row = NULL;
  KabDateRow *date;

  g_assert_nonnull (setlocale (LC_TIME, "lv_LV.UTF-8"));
  row = g_object_ref_sink (kab_date_row_new ());
  date = KAB_DATE_ROW (row);
  kab_date_row_set_date (date, "1990-03-24");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "24.03.1990.");
  gtk_editable_set_text (GTK_EDITABLE (row), "1.2.199");
  g_assert_null (kab_date_row_get_date (date));
  gtk_editable_set_text (GTK_EDITABLE (row), "1.2.1991");
  g_assert_cmpstr (kab_date_row_get_date (date), ==, "1991-02-01");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "1.2.1991");
  kab_date_row_set_date (date, NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "");
  setlocale (LC_TIME, "C.UTF-8");
}

static void
test_relative_time (void)
{
  const gint64 now = G_GINT64_CONSTANT (1763640000) * KAB_TIME_SECOND; /* 2025-11-20 12:00 UTC */
  const struct
  {
    gint64 age;
    const char *text;
  } cases[] = {
    { 20 * KAB_TIME_SECOND, "just now" },       { KAB_TIME_MINUTE, "1 minute ago" },
    { 59 * KAB_TIME_MINUTE, "59 minutes ago" }, { 23 * KAB_TIME_HOUR, "23 hours ago" },
    { 3 * KAB_TIME_DAY, "17 November" },        { 400 * KAB_TIME_DAY, "16 October 2024" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = kab_local_time_relative (now - cases[i].age, now);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_money (void)
{
  const struct
  {
    KabMoney money;
    const char *locale;
    const char *text;
  } cases[] = {
    { { 5000, "EUR" }, "C.UTF-8", "50.00\u00a0EUR" },
    { { -123456789, "EUR" }, "en_US.UTF-8", "\u22121,234,567.89\u00a0EUR" },
    { { 700, "JPY" }, "en_US.UTF-8", "700\u00a0JPY" },
    { { 99999, "EUR" }, "lv_LV.UTF-8", "999,99\u00a0EUR" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL;

      g_assert_nonnull (setlocale (LC_NUMERIC, cases[i].locale));
      text = kab_local_money_format (&cases[i].money);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
  setlocale (LC_NUMERIC, "C.UTF-8");
}

static void
test_states (void)
{
  g_autoptr (GHashTable) words = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) icons = g_hash_table_new (g_str_hash, g_str_equal);
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  gtk_icon_theme_add_resource_path (theme, "/org/kabinets/Kabinets/icons");
  for (KabDocumentState state = KAB_DOCUMENT_NEW; state <= KAB_DOCUMENT_SIGNED; state++)
    {
      const char *icon = kab_document_state_get_icon_name (state);

      g_assert_true (g_hash_table_add (words, (char *) kab_document_state_get_word (state)));
      g_assert_true (g_hash_table_add (icons, (char *) icon));
      g_assert_true (gtk_icon_theme_has_icon (theme, icon));
    }
}

/* Every piece in every state is made, shown and gone. */
static void
test_gallery (void)
{
  KabApplication *application = kab_app_fixture_start ();
  KabWindow *window = kab_application_get_window (application);
  GtkWidget *pages[] = { kab_gallery_fields_new (), kab_gallery_labels_new () };

  gtk_window_present (GTK_WINDOW (window));
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      kab_app_fixture_show (window, pages[i]);
      kab_app_fixture_wait_frame (pages[i]);
    }
  kab_app_fixture_stop (application);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/app/rows/field-error", test_field_error);
  g_test_add_func ("/app/rows/field-tab", test_field_tab);
  g_test_add_func ("/app/rows/field-title", test_field_title);
  g_test_add_func ("/app/rows/field-required", test_field_required);
  g_test_add_func ("/app/rows/field-corrected", test_field_corrected);
  g_test_add_func ("/app/rows/first-error", test_first_error);
  g_test_add_func ("/app/rows/choice", test_choice);
  g_test_add_func ("/app/rows/radio", test_radio);
  g_test_add_func ("/app/rows/country", test_country);
  g_test_add_func ("/app/rows/country-search", test_country_search);
  g_test_add_func ("/app/rows/code", test_code);
  g_test_add_func ("/app/rows/date-text", test_date_text);
  g_test_add_func ("/app/rows/date", test_date_row);
  g_test_add_func ("/app/rows/relative-time", test_relative_time);
  g_test_add_func ("/app/rows/money", test_money);
  g_test_add_func ("/app/rows/states", test_states);
  g_test_add_func ("/app/rows/gallery", test_gallery);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "common/kab-country-row.h"
#include "common/kab-field-row.h"
#include "forms/kab-conflict-dialog.h"
#include "forms/kab-form-view.h"
#include "forms/kab-missing-button.h"
#include "kab-announcements.h"
#include "kab-app-walk.h"
#include "kab-onboarding-fixture.h"

typedef struct
{
  KabFormModel *form;
  GtkWidget *window;
  GtkWidget *view;
} Shown;

static Shown
show (const char *id, const char *answers, gboolean read_only)
{
  g_autoptr (KabFormDefinition) definition = kab_onboarding_fixture_load_form (id);
  g_autoptr (JsonObject) object = kab_test_json (answers);
  Shown shown = { 0 };
  GtkWidget *overlay = adw_toast_overlay_new ();
  GDate today;

  g_date_set_dmy (&today, 21, G_DATE_NOVEMBER, 2026);
  shown.form = kab_form_model_new (definition, object, kab_form_context_new (&today));
  kab_form_model_set_read_only (shown.form, read_only);
  shown.view = kab_form_view_new ();
  kab_form_view_set_model (KAB_FORM_VIEW (shown.view), shown.form);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), shown.view);
  shown.window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (shown.window), 1000, 700);
  adw_window_set_content (ADW_WINDOW (shown.window), overlay);
  gtk_window_present (GTK_WINDOW (shown.window));
  kab_app_fixture_wait_frame (shown.view);

  return shown;
}

static void
hide (Shown *shown)
{
  gpointer form = shown->form;

  kab_app_fixture_close (shown->window);
  g_object_add_weak_pointer (form, &form);
  g_object_unref (shown->form);
  kab_app_wait_until (form == NULL);
}

static GtkWidget *
find_row (Shown *shown, const char *title)
{
  GtkWidget *row = kab_app_find (shown->window, ADW_TYPE_PREFERENCES_ROW, title);

  if (row == NULL)
    g_error ("No row is called %s", title);

  return row;
}

static GtkWidget *
get_focus (Shown *shown)
{
  return gtk_window_get_focus (GTK_WINDOW (shown->window));
}

static gboolean
has_focus (Shown *shown, const char *title)
{
  GtkWidget *row = kab_app_find (shown->window, ADW_TYPE_PREFERENCES_ROW, title);
  GtkWidget *focus = get_focus (shown);

  return row != NULL && focus != NULL && (focus == row || gtk_widget_is_ancestor (focus, row));
}

static void
test_every_form (void)
{
  const char *ids[] = { "registration-natural", "application-natural", "customer-questionnaire",
                        "tax-residency" };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      for (gboolean read_only = FALSE; read_only <= TRUE; read_only++)
        {
          Shown shown = show (ids[i], "{}", read_only);

          g_assert_nonnull (kab_app_find (shown.view, ADW_TYPE_PREFERENCES_ROW, NULL));
          hide (&shown);
        }
    }
}

/* Fields come and go with the answers, and the focus stays where it is. */
static void
test_condition (void)
{
  Shown shown = show ("application-natural", "{}", FALSE);
  GtkWidget *row = find_row (&shown, "Additional payment card user");
  GtkWidget *check = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row));

  g_assert_null (kab_app_find (shown.view, ADW_TYPE_ENTRY_ROW, "Related client of the bank"));
  gtk_widget_grab_focus (check);
  gtk_widget_activate (check);
  kab_app_fixture_wait_frame (shown.view);
  g_assert_nonnull (kab_app_find (shown.view, ADW_TYPE_ENTRY_ROW, "Related client of the bank"));
  g_assert_true (get_focus (&shown) == check);
  gtk_widget_activate (check);
  kab_app_fixture_wait_frame (shown.view);
  g_assert_null (kab_app_find (shown.view, ADW_TYPE_ENTRY_ROW, "Related client of the bank"));
  hide (&shown);
}

static void
test_error_on_leaving (void)
{
  Shown shown = show ("application-natural", "{'birth_date': '1990-03-24'}", FALSE);
  GtkWidget *row = find_row (&shown, "Personal code");

  gtk_widget_grab_focus (row);
  gtk_editable_set_text (GTK_EDITABLE (row), "240390-1");
  g_assert_false (kab_field_row_has_error (row));
  kab_announcements_forget ();
  gtk_widget_grab_focus (find_row (&shown, "Name and surname"));
  g_assert_true (kab_field_row_has_error (row));
  g_assert_cmpstr (kab_announcements_latest (), ==,
                   "A personal code has 11 digits, such as 010190-12345.");
  gtk_widget_grab_focus (row);
  gtk_editable_set_text (GTK_EDITABLE (row), "240390-11");
  g_assert_false (kab_field_row_has_error (row));
  hide (&shown);
}

/* Another choice takes the place of the one before; nothing was missing meanwhile. */
static void
test_other_choice (void)
{
  Shown shown = show ("customer-questionnaire", "{'pep': true}", FALSE);
  const char *choices[] = { "Politically exposed person", "Family member" };

  kab_announcements_forget ();
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    g_object_set (find_row (&shown, choices[i]), "active", TRUE, NULL);
  g_assert_cmpuint (kab_announcements_count (), ==, 0);
  g_assert_cmpstr (json_node_get_string (kab_form_model_get_answer (shown.form, "/pep_relation")),
                   ==, "family");
  hide (&shown);
}

/* What is right is written as the bank keeps it. */
static void
test_tidy (void)
{
  Shown shown = show ("application-natural", "{}", FALSE);
  GtkWidget *row = find_row (&shown, "Name and surname");

  gtk_widget_grab_focus (row);
  gtk_editable_set_text (GTK_EDITABLE (row), "  Anna Bērziņa ");
  gtk_widget_grab_focus (find_row (&shown, "Personal code"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "Anna Bērziņa");
  hide (&shown);
}

static void
test_first_error (void)
{
  Shown shown =
      show ("application-natural",
            "{'services': ['N1'], 'full_name': 'Anna', 'latvian_resident': false}", FALSE);

  kab_announcements_forget ();
  g_assert_true (kab_form_view_focus_first_error (KAB_FORM_VIEW (shown.view)));
  g_assert_cmpuint (kab_announcements_count (), ==, 1);
  g_assert_cmpstr (kab_announcements_latest (), ==,
                   "2 answers missing. Date of birth: Fill this in.");
  g_assert_true (has_focus (&shown, "Date of birth"));
  g_assert_true (kab_field_row_has_error (find_row (&shown, "Date of birth")));
  g_assert_false (kab_field_row_has_error (find_row (&shown, "Name and surname")));
  g_assert_true (kab_form_view_focus (KAB_FORM_VIEW (shown.view), "/full_name"));
  g_assert_true (has_focus (&shown, "Name and surname"));
  g_assert_false (kab_form_view_focus (KAB_FORM_VIEW (shown.view), "/nothing"));
  hide (&shown);
}

static GtkAdjustment *
get_scrolling (Shown *shown, GtkWidget *row)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (row, GTK_TYPE_SCROLLED_WINDOW);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
}

static gboolean
is_in_sight (GtkWidget *widget)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  return gtk_widget_get_mapped (widget) && gtk_widget_compute_bounds (widget, scroller, &bounds) &&
         bounds.size.height > 0 && bounds.origin.y >= -0.5 &&
         bounds.origin.y + bounds.size.height <= (float) gtk_widget_get_height (scroller) + 0.5;
}

/* The field that is wrong and the sentence under it, wherever the form was scrolled to. */
static void
assert_seen_together (const char *answers, const char *title, const char *last, int height)
{
  Shown shown = show ("application-natural", answers, FALSE);
  GtkWidget *row = find_row (&shown, title);
  GtkAdjustment *scrolling = get_scrolling (&shown, row);

  gtk_window_set_default_size (GTK_WINDOW (shown.window), 1000, height);
  for (guint i = 0; i < 2; i++)
    {
      kab_app_fixture_wait_frame (shown.view);
      gtk_adjustment_set_value (scrolling, i * gtk_adjustment_get_upper (scrolling));
      g_assert_true (kab_form_view_focus_first_error (KAB_FORM_VIEW (shown.view)));
      kab_app_wait_until (kab_field_row_get_end (find_row (&shown, last)) != row);
      kab_app_wait_until (is_in_sight (row));
      kab_app_wait_until (is_in_sight (kab_field_row_get_end (find_row (&shown, last))));
      g_assert_true (is_in_sight (row));
      g_assert_true (has_focus (&shown, title));
    }
  hide (&shown);
}

static void
test_error_in_sight (void)
{
  for (int height = 260; height <= 700; height += 40)
    assert_seen_together ("{'services': ['N1'], 'full_name': 'Anna', 'latvian_resident': false}",
                          "Date of birth", "Date of birth", height);
  assert_seen_together ("{'services': ['N1'], 'full_name': 'Anna', 'birth_date': '1990-03-24'}",
                        "Resident of Latvia", "Resident of Latvia", 300);
  assert_seen_together ("{'services': ['N1'], 'full_name': 'Anna', 'birth_date': '1990-03-24', "
                        "'latvian_resident': false}",
                        "Latvian", "Russian", 300);
}

static void
test_question (void)
{
  Shown shown = show ("application-natural", "{}", FALSE);
  GtkWidget *row = find_row (&shown, "Resident of Latvia");
  GtkWidget *toggles = kab_app_find (row, ADW_TYPE_TOGGLE_GROUP, NULL);

  g_assert_cmpuint (adw_toggle_group_get_active (ADW_TOGGLE_GROUP (toggles)), ==,
                    GTK_INVALID_LIST_POSITION);
  adw_toggle_group_set_active (ADW_TOGGLE_GROUP (toggles), 1);
  g_assert_false (
      json_node_get_boolean (kab_form_model_get_answer (shown.form, "/latvian_resident")));
  g_assert_nonnull (kab_form_model_get_answer (shown.form, "/latvian_resident"));
  hide (&shown);
}

static void
test_replaced (void)
{
  Shown shown = show ("application-natural", "{'full_name': 'Anna'}", FALSE);
  GtkWidget *row = find_row (&shown, "Name and surname");
  g_autoptr (JsonObject) other =
      kab_test_json ("{'full_name': 'Ilze', 'birth_date': '1990-03-24', 'services': ['N1']}");

  gtk_widget_grab_focus (row);
  kab_form_model_set_answers (shown.form, other);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "Ilze");
  g_assert_true (has_focus (&shown, "Name and surname"));
  hide (&shown);
}

#define ENTRY "{'country': 'LV', 'has_tin': true, 'tin': '240390-11111'}"

static void
test_entries (void)
{
  Shown shown = show ("tax-residency", "{'residences': [" ENTRY "]}", FALSE);
  GtkWidget *row = find_row (&shown, "Latvia, TIN: 240390-11111");
  AdwDialog *dialog;

  adw_action_row_activate (ADW_ACTION_ROW (row));
  dialog = adw_window_get_visible_dialog (ADW_WINDOW (shown.window));
  g_assert_nonnull (dialog);
  kab_app_fixture_wait_frame (GTK_WIDGET (dialog));
  row = kab_app_find (GTK_WIDGET (dialog), KAB_TYPE_COUNTRY_ROW, NULL);
  kab_country_row_set_country (KAB_COUNTRY_ROW (row), NULL);
  kab_app_press (GTK_WIDGET (dialog), "Done");
  g_assert_true (kab_field_row_has_error (row));
  g_assert_true (adw_window_get_visible_dialog (ADW_WINDOW (shown.window)) == dialog);
  kab_country_row_set_country (KAB_COUNTRY_ROW (row), "EE");
  kab_app_press (GTK_WIDGET (dialog), "Done");
  kab_app_wait_until (adw_window_get_visible_dialog (ADW_WINDOW (shown.window)) == NULL);
  find_row (&shown, "Estonia, TIN: 240390-11111");
  hide (&shown);
}

static guint
count_residences (Shown *shown)
{
  JsonNode *node = kab_form_model_get_answer (shown->form, "/residences");

  return node != NULL ? json_array_get_length (json_node_get_array (node)) : 0;
}

/* An entry that was only opened isn't kept. */
static void
test_empty_entry (void)
{
  Shown shown = show ("tax-residency", "{}", FALSE);
  GtkWidget *add = find_row (&shown, "Add a country");
  AdwDialog *dialog;

  g_signal_emit_by_name (add, "activated");
  dialog = adw_window_get_visible_dialog (ADW_WINDOW (shown.window));
  g_assert_cmpuint (count_residences (&shown), ==, 1);
  kab_app_fixture_wait_frame (GTK_WIDGET (dialog));
  adw_dialog_close (dialog);
  kab_app_wait_until (adw_window_get_visible_dialog (ADW_WINDOW (shown.window)) == NULL);
  g_assert_cmpuint (count_residences (&shown), ==, 0);
  hide (&shown);
}

static void
test_removal (void)
{
  Shown shown = show ("tax-residency", "{'residences': [" ENTRY ", {'country': 'EE'}]}", FALSE);
  GtkWidget *row = find_row (&shown, "Latvia, TIN: 240390-11111");
  GtkWidget *button = kab_app_find (row, GTK_TYPE_BUTTON, NULL);

  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (count_residences (&shown), ==, 1);
  g_assert_true (has_focus (&shown, "Add a country"));
  kab_app_wait_until (kab_app_find (shown.window, GTK_TYPE_BUTTON, "Undo") != NULL);
  kab_app_press (shown.window, "Undo");
  g_assert_cmpuint (count_residences (&shown), ==, 2);
  find_row (&shown, "Latvia, TIN: 240390-11111");
  hide (&shown);
}

static void
test_sections (void)
{
  Shown shown = show ("customer-questionnaire", "{}", FALSE);
  GtkWidget *list = kab_app_find (shown.view, GTK_TYPE_LIST_BOX, "Declaration");
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 2);
  GtkWidget *first = gtk_window_get_focus (GTK_WINDOW (shown.window));

  g_assert_nonnull (row);
  g_signal_emit_by_name (list, "row-activated", row);
  kab_app_fixture_wait_frame (shown.view);
  g_assert_true (gtk_list_box_get_selected_row (GTK_LIST_BOX (list)) == row);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (shown.window)) != first);
  hide (&shown);
}

static void
test_comment (void)
{
  Shown shown = show ("tax-residency", "{}", FALSE);
  GtkWidget *row;

  g_assert_null (kab_app_find (shown.view, GTK_TYPE_LIST_BOX_ROW, "Add the postcode."));
  kab_form_model_set_comment (shown.form, "/address", "Add the postcode.");
  kab_app_fixture_wait_frame (shown.view);
  row = kab_app_find (shown.view, GTK_TYPE_LIST_BOX_ROW, "Add the postcode.");
  g_assert_nonnull (row);
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "The bank asks about “Home address”: Add the postcode.");
  hide (&shown);
}

static void
test_read_only (void)
{
  Shown shown = show ("tax-residency",
                      "{'full_name': 'Anna', 'us_person': false, 'residences': [" ENTRY "]}", TRUE);
  GtkWidget *row = find_row (&shown, "Countries of tax residence");

  g_assert_null (kab_app_find (shown.view, GTK_TYPE_EDITABLE, NULL));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==,
                   "Latvia, TIN: 240390-11111");
  row = find_row (&shown, "Name and surname");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "Anna");
  hide (&shown);
}

static void
test_missing_button (void)
{
  Shown shown = show ("application-natural", "{}", FALSE);
  GtkWidget *button = g_object_ref_sink (kab_missing_button_new ());
  g_autoptr (JsonObject) complete = kab_test_json (
      "{'services': ['N1'], 'full_name': 'Anna', 'latvian_resident': false, 'birth_date':"
      " '1990-03-24', 'communication_language': 'lv'}");

  kab_missing_button_set_model (KAB_MISSING_BUTTON (button), shown.form);
  g_assert_true (ADW_IS_SPLIT_BUTTON (adw_bin_get_child (ADW_BIN (button))));
  kab_form_model_set_answers (shown.form, complete);
  g_assert_false (ADW_IS_SPLIT_BUTTON (adw_bin_get_child (ADW_BIN (button))));
  g_object_unref (button);
  hide (&shown);
}

static void
keep_answers (JsonObject **kept, JsonObject *answers)
{
  *kept = json_object_ref (answers);
}

static void
test_conflict (void)
{
  Shown shown = show ("application-natural", "{}", FALSE);
  g_autoptr (JsonObject) mine = kab_test_json ("{'full_name': 'Anna', 'birth_date': '1990-03-24'}");
  g_autoptr (JsonObject) theirs = kab_test_json ("{'full_name': 'Ilze', 'person_code': 'x'}");
  g_autoptr (JsonObject) kept = NULL;
  AdwDialog *dialog =
      kab_conflict_dialog_new (kab_form_model_get_definition (shown.form), mine, theirs);
  GtkWidget *row;

  g_signal_connect_swapped (dialog, "chosen", G_CALLBACK (keep_answers), &kept);
  adw_dialog_present (dialog, shown.window);
  kab_app_fixture_wait_frame (GTK_WIDGET (dialog));
  row = kab_app_find (GTK_WIDGET (dialog), ADW_TYPE_ACTION_ROW, "Ilze");
  gtk_widget_activate (row);
  kab_app_press (GTK_WIDGET (dialog), "Keep this");
  g_assert_cmpstr (json_object_get_string_member (kept, "full_name"), ==, "Ilze");
  g_assert_cmpstr (json_object_get_string_member (kept, "birth_date"), ==, "1990-03-24");
  g_assert_false (json_object_has_member (kept, "person_code"));
  kab_app_wait_until (adw_window_get_visible_dialog (ADW_WINDOW (shown.window)) == NULL);
  hide (&shown);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/app/form-view/every-form", test_every_form);
  g_test_add_func ("/app/form-view/condition", test_condition);
  g_test_add_func ("/app/form-view/error-on-leaving", test_error_on_leaving);
  g_test_add_func ("/app/form-view/other-choice", test_other_choice);
  g_test_add_func ("/app/form-view/tidy", test_tidy);
  g_test_add_func ("/app/form-view/first-error", test_first_error);
  g_test_add_func ("/app/form-view/error-in-sight", test_error_in_sight);
  g_test_add_func ("/app/form-view/question", test_question);
  g_test_add_func ("/app/form-view/replaced", test_replaced);
  g_test_add_func ("/app/form-view/entries", test_entries);
  g_test_add_func ("/app/form-view/empty-entry", test_empty_entry);
  g_test_add_func ("/app/form-view/removal", test_removal);
  g_test_add_func ("/app/form-view/sections", test_sections);
  g_test_add_func ("/app/form-view/comment", test_comment);
  g_test_add_func ("/app/form-view/read-only", test_read_only);
  g_test_add_func ("/app/form-view/missing-button", test_missing_button);
  g_test_add_func ("/app/form-view/conflict", test_conflict);

  return g_test_run ();
}

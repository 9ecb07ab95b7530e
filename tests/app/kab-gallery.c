/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-gallery.h"

#include "common/kab-choice-row.h"
#include "common/kab-code-row.h"
#include "common/kab-country-row.h"
#include "common/kab-date-row.h"
#include "common/kab-error-text.h"
#include "common/kab-field-row.h"
#include "common/kab-money-label.h"
#include "common/kab-saved-label.h"
#include "common/kab-status-label.h"
#include "common/kab-time-label.h"
#include "kab-time.h"

/* Every reusable piece in each of its states, for looking at. */

static GtkWidget *
add (gpointer group, GtkWidget *row, const char *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, row);

  return row;
}

static AdwPreferencesGroup *
add_group (GtkWidget *page, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));

  return ADW_PREFERENCES_GROUP (group);
}

static void
add_wrong_fields (AdwPreferencesGroup *group)
{
  GtkWidget *row = add (group, adw_entry_row_new (), "Personal code");
  g_autofree char *code_text = kab_error_text ("person-code-check-digit", NULL);
  g_autofree char *required = kab_error_text ("required", NULL);

  gtk_editable_set_text (GTK_EDITABLE (row), "010190-12345");
  kab_field_row_set_error (row, code_text);
  row = add (group, adw_password_entry_row_new (), "Password");
  kab_field_row_set_hint (row, "At least 8 characters");
  row = add (group, kab_country_row_new (), "Second citizenship");
  kab_field_row_set_error (row, required);
}

/* A page of fields: right, wrong and with hints. */
GtkWidget *
kab_gallery_fields_new (void)
{
  GtkWidget *page = adw_preferences_page_new ();
  AdwPreferencesGroup *group = add_group (page, "Fields");
  g_autoptr (GtkStringList) languages =
      gtk_string_list_new ((const char *[]) { "Latviešu", "English", "Русский", NULL });
  GtkWidget *row = add (group, kab_choice_row_new (), "Language");

  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (languages));
  row = add (group, kab_country_row_new (), "Citizenship");
  kab_country_row_set_country (KAB_COUNTRY_ROW (row), "LV");
  row = add (group, kab_date_row_new (), "Birth date");
  kab_date_row_set_date (KAB_DATE_ROW (row), "1990-03-24");
  row = add (group, kab_code_row_new (), "Code from the e-mail");
  gtk_editable_set_text (GTK_EDITABLE (row), "123 456");
  add (group, adw_switch_row_new (), "I live in Latvia");
  add_wrong_fields (add_group (page, "Errors"));

  return page;
}

static GtkWidget *
add_label (AdwPreferencesGroup *group, const char *title, GtkWidget *label)
{
  GtkWidget *row = add (group, adw_action_row_new (), title);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);

  return label;
}

/* A page of labels: states, times, amounts. */
GtkWidget *
kab_gallery_labels_new (void)
{
  GtkWidget *page = adw_preferences_page_new ();
  AdwPreferencesGroup *group = add_group (page, "States");
  const gint64 ages[] = { 0, 5 * KAB_TIME_MINUTE, 3 * KAB_TIME_HOUR, 40 * KAB_TIME_DAY,
                          500 * KAB_TIME_DAY };
  const KabMoney amounts[] = { { 5000, "EUR" }, { -123456789, "EUR" }, { 700, "JPY" } };

  for (KabDocumentState state = KAB_DOCUMENT_NEW; state <= KAB_DOCUMENT_SIGNED; state++)
    kab_status_label_set_state (
        KAB_STATUS_LABEL (add_label (group, "Questionnaire", kab_status_label_new ())), state);
  group = add_group (page, "Times");
  for (gsize i = 0; i < G_N_ELEMENTS (ages); i++)
    kab_time_label_set_time (KAB_TIME_LABEL (add_label (group, "Changed", kab_time_label_new ())),
                             kab_clock_now () - ages[i]);
  for (KabSavedState state = KAB_SAVED_SAVING; state <= KAB_SAVED_FAILED; state++)
    kab_saved_label_set (KAB_SAVED_LABEL (add_label (group, "Form", kab_saved_label_new ())), state,
                         kab_clock_now ());
  group = add_group (page, "Amounts");
  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    kab_money_label_set (add_label (group, "Fee", kab_money_label_new ()), &amounts[i]);

  return page;
}

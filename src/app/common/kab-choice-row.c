/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-choice-row.h"

/**
 * KabChoiceRow:
 *
 * An #AdwComboRow that a screen reader speaks with its value, "Language: Latvian". Of libadwaita
 * 1.7's own row only the title is spoken. Its items are strings, or objects for which `expression`
 * gives one.
 */
struct _KabChoiceRow
{
  AdwComboRow parent_instance;
};

G_DEFINE_FINAL_TYPE (KabChoiceRow, kab_choice_row, ADW_TYPE_COMBO_ROW)

static char *
dup_value (KabChoiceRow *self)
{
  AdwComboRow *row = ADW_COMBO_ROW (self);
  gpointer item = adw_combo_row_get_selected_item (row);
  GtkExpression *expression = adw_combo_row_get_expression (row);
  g_auto (GValue) value = G_VALUE_INIT;

  if (item == NULL)
    return NULL;
  if (expression != NULL && gtk_expression_evaluate (expression, item, &value))
    return g_value_dup_string (&value);
  if (GTK_IS_STRING_OBJECT (item))
    return g_strdup (gtk_string_object_get_string (item));

  return NULL;
}

static void
update_label (KabChoiceRow *self)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));
  g_autofree char *value = dup_value (self);
  g_autofree char *label = NULL;

  label = value != NULL ? g_strdup_printf ("%s: %s", title, value) : g_strdup (title);
  /* The row names itself by its title's label, which would win. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
kab_choice_row_constructed (GObject *object)
{
  G_OBJECT_CLASS (kab_choice_row_parent_class)->constructed (object);

  g_signal_connect (object, "notify::selected-item", G_CALLBACK (update_label), NULL);
  g_signal_connect (object, "notify::expression", G_CALLBACK (update_label), NULL);
  g_signal_connect (object, "notify::title", G_CALLBACK (update_label), NULL);
  update_label (KAB_CHOICE_ROW (object));
}

static void
kab_choice_row_class_init (KabChoiceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = kab_choice_row_constructed;
}

static void
kab_choice_row_init (KabChoiceRow *self)
{
}

/**
 * kab_choice_row_new:
 *
 * Returns: (transfer floating): a row without choices
 */
GtkWidget *
kab_choice_row_new (void)
{
  return g_object_new (KAB_TYPE_CHOICE_ROW, NULL);
}

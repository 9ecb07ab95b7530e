/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/kab-boolean-field.h"

#include <glib/gi18n.h>

/**
 * KabBooleanField:
 *
 * Yes or no. A question that has to be answered has two buttons, of which none is pressed at first;
 * a consent and what may be left open is a box to tick.
 */
struct _KabBooleanField
{
  KabFieldView parent_instance;

  GtkWidget *control; /* (unowned): of the row */
};

G_DEFINE_FINAL_TYPE (KabBooleanField, kab_boolean_field, KAB_TYPE_FIELD_VIEW)

enum
{
  YES,
  NO,
};

static JsonNode *
kab_boolean_field_dup_answer (KabFieldView *view)
{
  GtkWidget *control = KAB_BOOLEAN_FIELD (view)->control;
  guint active;

  if (GTK_IS_CHECK_BUTTON (control))
    return gtk_check_button_get_active (GTK_CHECK_BUTTON (control))
               ? json_node_init_boolean (json_node_alloc (), TRUE)
               : NULL;

  active = adw_toggle_group_get_active (ADW_TOGGLE_GROUP (control));

  return active == GTK_INVALID_LIST_POSITION
             ? NULL
             : json_node_init_boolean (json_node_alloc (), active == YES);
}

static void
kab_boolean_field_show_answer (KabFieldView *view, JsonNode *answer)
{
  GtkWidget *control = KAB_BOOLEAN_FIELD (view)->control;
  gboolean yes = answer != NULL && json_node_get_boolean (answer);

  if (GTK_IS_CHECK_BUTTON (control))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (control), yes);
  else if (answer == NULL)
    adw_toggle_group_set_active (ADW_TOGGLE_GROUP (control), GTK_INVALID_LIST_POSITION);
  else
    adw_toggle_group_set_active (ADW_TOGGLE_GROUP (control), yes ? YES : NO);
}

static void
kab_boolean_field_show_state (KabFieldView *view, const KabFormState *state, const char *error)
{
  GtkAccessible *control = GTK_ACCESSIBLE (KAB_BOOLEAN_FIELD (view)->control);

  KAB_FIELD_VIEW_CLASS (kab_boolean_field_parent_class)->show_state (view, state, error);
  gtk_accessible_update_state (
      control, GTK_ACCESSIBLE_STATE_INVALID,
      error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (error != NULL)
    gtk_accessible_update_property (control, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, error, -1);
  else
    gtk_accessible_reset_property (control, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
add_toggle (AdwToggleGroup *group, const char *label)
{
  AdwToggle *toggle = adw_toggle_new ();

  adw_toggle_set_label (toggle, label);
  adw_toggle_group_add (group, toggle);
}

static GtkWidget *
create_toggles (KabBooleanField *self)
{
  GtkWidget *group = adw_toggle_group_new ();

  add_toggle (ADW_TOGGLE_GROUP (group), C_("answer", "Yes"));
  add_toggle (ADW_TOGGLE_GROUP (group), C_("answer", "No"));
  adw_toggle_group_set_active (ADW_TOGGLE_GROUP (group), GTK_INVALID_LIST_POSITION);
  adw_toggle_group_set_can_shrink (ADW_TOGGLE_GROUP (group), FALSE);
  g_signal_connect_object (group, "notify::active", G_CALLBACK (kab_field_view_chosen), self,
                           G_CONNECT_SWAPPED);

  return group;
}

static GtkWidget *
create_check (KabBooleanField *self)
{
  GtkWidget *check = gtk_check_button_new ();

  g_signal_connect_object (check, "toggled", G_CALLBACK (kab_field_view_chosen), self,
                           G_CONNECT_SWAPPED);

  return check;
}

static gboolean
is_question (KabFieldView *view)
{
  const KabFormField *field = kab_field_view_get_field (view);

  return kab_form_field_get_kind (field) == KAB_FORM_FIELD_BOOLEAN &&
         kab_form_field_can_be_required (field);
}

static void
kab_boolean_field_build (KabFieldView *view, AdwPreferencesGroup *group)
{
  KabBooleanField *self = KAB_BOOLEAN_FIELD (view);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), kab_field_view_get_label (view));
  if (is_question (view))
    {
      self->control = create_toggles (self);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->control);
    }
  else
    {
      self->control = create_check (self);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), self->control);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->control);
    }
  gtk_widget_set_valign (self->control, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kab_field_view_get_label (view), -1);
  gtk_widget_set_focusable (row, FALSE);
  kab_field_view_set_row (view, row);
  kab_field_view_set_focus (view, self->control);
  adw_preferences_group_add (group, row);
}

static void
kab_boolean_field_class_init (KabBooleanFieldClass *klass)
{
  KabFieldViewClass *view_class = KAB_FIELD_VIEW_CLASS (klass);

  view_class->build = kab_boolean_field_build;
  view_class->dup_answer = kab_boolean_field_dup_answer;
  view_class->show_answer = kab_boolean_field_show_answer;
  view_class->show_state = kab_boolean_field_show_state;
}

static void
kab_boolean_field_init (KabBooleanField *self)
{
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/kab-long-text-field.h"

/**
 * KabLongTextField:
 *
 * A field for several lines. Tab goes on to the next field.
 */
struct _KabLongTextField
{
  KabFieldView parent_instance;

  GtkWidget *view; /* (unowned): of the row */
  GtkTextBuffer *buffer;
};

G_DEFINE_FINAL_TYPE (KabLongTextField, kab_long_text_field, KAB_TYPE_FIELD_VIEW)

static JsonNode *
kab_long_text_field_dup_answer (KabFieldView *view)
{
  GtkTextBuffer *buffer = KAB_LONG_TEXT_FIELD (view)->buffer;
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);

  return *text != '\0' ? json_node_init_string (json_node_alloc (), text) : NULL;
}

static void
kab_long_text_field_show_answer (KabFieldView *view, JsonNode *answer)
{
  gtk_text_buffer_set_text (KAB_LONG_TEXT_FIELD (view)->buffer,
                            answer != NULL ? json_node_get_string (answer) : "", -1);
}

static void
kab_long_text_field_show_state (KabFieldView *view, const KabFormState *state, const char *error)
{
  GtkAccessible *text = GTK_ACCESSIBLE (KAB_LONG_TEXT_FIELD (view)->view);

  KAB_FIELD_VIEW_CLASS (kab_long_text_field_parent_class)->show_state (view, state, error);
  gtk_accessible_update_state (
      text, GTK_ACCESSIBLE_STATE_INVALID,
      error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (text, GTK_ACCESSIBLE_PROPERTY_REQUIRED, state->required, -1);
  if (error != NULL)
    gtk_accessible_update_property (text, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, error, -1);
  else
    gtk_accessible_reset_property (text, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static GtkWidget *
create_text_view (KabLongTextField *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->view = gtk_text_view_new ();
  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_widget_add_css_class (self->view, "inline");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kab_field_view_get_label (KAB_FIELD_VIEW (self)), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 72);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 200);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  gtk_widget_add_controller (self->view, focus);
  g_signal_connect_object (focus, "leave", G_CALLBACK (kab_field_view_left), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (kab_field_view_typed), self,
                           G_CONNECT_SWAPPED);

  return scroller;
}

static void
kab_long_text_field_build (KabFieldView *view, AdwPreferencesGroup *group)
{
  KabLongTextField *self = KAB_LONG_TEXT_FIELD (view);
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (kab_field_view_get_label (view));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), create_text_view (self));
  gtk_widget_add_css_class (row, "long-text");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), kab_field_view_get_label (view));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  kab_field_view_set_row (view, row);
  kab_field_view_set_focus (view, self->view);
  adw_preferences_group_add (group, row);
}

static void
kab_long_text_field_class_init (KabLongTextFieldClass *klass)
{
  KabFieldViewClass *view_class = KAB_FIELD_VIEW_CLASS (klass);

  view_class->build = kab_long_text_field_build;
  view_class->dup_answer = kab_long_text_field_dup_answer;
  view_class->show_answer = kab_long_text_field_show_answer;
  view_class->show_state = kab_long_text_field_show_state;
}

static void
kab_long_text_field_init (KabLongTextField *self)
{
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/kab-answer-field.h"

#include "forms/kab-form-words.h"

/**
 * KabAnswerField:
 *
 * A field that can only be read: its label and its answer in words, an entry of a group in a line
 * each.
 */
struct _KabAnswerField
{
  KabFieldView parent_instance;

  GtkWidget *row; /* (unowned): of the group */
};

G_DEFINE_FINAL_TYPE (KabAnswerField, kab_answer_field, KAB_TYPE_FIELD_VIEW)

static char *
dup_entries (const KabFormField *field, JsonArray *entries)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonNode *entry = json_array_get_element (entries, i);
      g_autofree char *line = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (entry))
        continue;
      line = kab_form_words_dup_summary (field, json_node_get_object (entry), i);
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, line);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
kab_answer_field_show_state (KabFieldView *view, const KabFormState *state, const char *error)
{
  KabAnswerField *self = KAB_ANSWER_FIELD (view);
  const KabFormField *field = kab_field_view_get_field (view);
  JsonNode *answer = kab_form_model_get_answer (kab_field_view_get_model (view),
                                                kab_field_view_get_pointer (view));
  g_autofree char *text = NULL;

  if (answer != NULL && kab_form_field_get_kind (field) == KAB_FORM_FIELD_GROUP &&
      JSON_NODE_HOLDS_ARRAY (answer))
    text = dup_entries (field, json_node_get_array (answer));
  else
    text = kab_form_words_dup_answer (field, answer);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->row), text);
  gtk_widget_set_visible (self->row, state->visible);
}

static void
kab_answer_field_build (KabFieldView *view, AdwPreferencesGroup *group)
{
  KabAnswerField *self = KAB_ANSWER_FIELD (view);

  self->row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), kab_field_view_get_label (view));
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (self->row), TRUE);
  gtk_widget_add_css_class (self->row, "property");
  kab_field_view_set_row (view, self->row);
  adw_preferences_group_add (group, self->row);
}

static void
kab_answer_field_class_init (KabAnswerFieldClass *klass)
{
  KabFieldViewClass *view_class = KAB_FIELD_VIEW_CLASS (klass);

  view_class->build = kab_answer_field_build;
  view_class->show_state = kab_answer_field_show_state;
}

static void
kab_answer_field_init (KabAnswerField *self)
{
}

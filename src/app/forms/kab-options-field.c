/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/kab-options-field.h"

#include <string.h>

#include "common/kab-field-row.h"
#include "common/kab-radio-row.h"
#include "forms/kab-form-words.h"

/**
 * KabOptionsField:
 *
 * A field whose options stand open, each with a box to tick, or a radio button when there is but
 * one to choose. It has a group of rows for itself, with the question as its title.
 */
struct _KabOptionsField
{
  KabFieldView parent_instance;

  GPtrArray *controls; /* (owned) (element-type GtkWidget) (unowned elements): of the rows */
  GPtrArray *rows;     /* (owned) (element-type GtkWidget) (unowned elements): of the group */
};

G_DEFINE_FINAL_TYPE (KabOptionsField, kab_options_field, KAB_TYPE_FIELD_VIEW)

static const char *
get_value (KabFieldView *view, guint index)
{
  GPtrArray *options = kab_form_field_get_options (kab_field_view_get_field (view));

  return kab_form_option_get_value (options->pdata[index]);
}

static gboolean
takes_several (KabFieldView *view)
{
  return kab_form_field_get_kind (kab_field_view_get_field (view)) == KAB_FORM_FIELD_CHOICES;
}

/* A check box, or a row that is a radio button. */
static gboolean
is_active (gpointer control)
{
  gboolean active;

  g_object_get (control, "active", &active, NULL);

  return active;
}

static JsonNode *
kab_options_field_dup_answer (KabFieldView *view)
{
  KabOptionsField *self = KAB_OPTIONS_FIELD (view);
  g_autoptr (JsonArray) chosen = json_array_new ();

  for (guint i = 0; i < self->controls->len; i++)
    {
      if (!is_active (self->controls->pdata[i]))
        continue;
      if (!takes_several (view))
        return json_node_init_string (json_node_alloc (), get_value (view, i));
      json_array_add_string_element (chosen, get_value (view, i));
    }
  if (json_array_get_length (chosen) == 0)
    return NULL;

  return json_node_init_array (json_node_alloc (), chosen);
}

static gboolean
is_chosen (JsonNode *answer, const char *value)
{
  JsonArray *array;

  if (answer == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_ARRAY (answer))
    return g_strcmp0 (json_node_get_string (answer), value) == 0;

  array = json_node_get_array (answer);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (g_strcmp0 (json_node_get_string (element), value) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
kab_options_field_show_answer (KabFieldView *view, JsonNode *answer)
{
  KabOptionsField *self = KAB_OPTIONS_FIELD (view);

  for (guint i = 0; i < self->controls->len; i++)
    g_object_set (self->controls->pdata[i], "active", is_chosen (answer, get_value (view, i)),
                  NULL);
}

/* As sentences; a question ends as it is. */
static void
append_sentence (GString *text, const char *sentence)
{
  if (sentence == NULL)
    return;

  if (text->len > 0)
    g_string_append (text, strchr (".?!", text->str[text->len - 1]) != NULL ? " " : ". ");
  g_string_append (text, sentence);
}

/* A screen reader says the question when it comes to the group, and then hears but the options: its
 * help is told with the first, what is wrong with each. */
static void
describe (KabFieldView *view, GtkAccessible *control, guint index, const char *error)
{
  const char *language = kab_form_words_get_language ();
  const KabFormField *field = kab_field_view_get_field (view);
  const KabFormOption *option = kab_form_field_get_options (field)->pdata[index];
  g_autoptr (GString) text = g_string_new (NULL);

  append_sentence (text, index == 0 ? kab_form_field_get_help (field, language) : NULL);
  append_sentence (text, kab_form_option_get_help (option, language));
  append_sentence (text, error);
  if (text->len > 0)
    gtk_accessible_update_property (control, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
  else
    gtk_accessible_reset_property (control, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  gtk_accessible_update_state (
      control, GTK_ACCESSIBLE_STATE_INVALID,
      error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
kab_options_field_show_state (KabFieldView *view, const KabFormState *state, const char *error)
{
  KabOptionsField *self = KAB_OPTIONS_FIELD (view);
  GtkWidget *last = self->rows->pdata[self->rows->len - 1];

  for (guint i = 0; i < self->rows->len; i++)
    {
      gtk_widget_set_visible (self->rows->pdata[i], state->visible);
      describe (view, self->controls->pdata[i], i, error);
    }
  if (kab_form_model_get_quiet (kab_field_view_get_model (view)))
    kab_field_row_mark_error (last, error);
  else
    kab_field_row_set_error (last, error);
}

static GtkWidget *
create_check_row (const char *text, GtkWidget **control)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  /* One stop of Tab, not two. */
  gtk_widget_set_focusable (row, FALSE);
  *control = check;

  return row;
}

/* Before another radio button is chosen the one before it goes off: nothing is chosen then, but
 * nobody took the answer back. */
static void
toggled_cb (KabFieldView *view, GParamSpec *pspec, GtkWidget *control)
{
  if (takes_several (view) || is_active (control))
    kab_field_view_chosen (view);
}

static GtkWidget *
create_row (KabOptionsField *self, const KabFormOption *option)
{
  KabFieldView *view = KAB_FIELD_VIEW (self);
  g_autofree char *text = kab_form_words_dup_option (kab_field_view_get_field (view), option);
  const char *help = kab_form_option_get_help (option, kab_form_words_get_language ());
  GtkWidget *control;
  GtkWidget *row;

  if (takes_several (view))
    row = create_check_row (text, &control);
  else
    row = control = kab_radio_row_new (self->controls->len > 0 ? self->controls->pdata[0] : NULL);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), help != NULL ? help : "");
  /* What describe() says, not the subtitle alone. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  g_signal_connect_object (control, "notify::active", G_CALLBACK (toggled_cb), self,
                           G_CONNECT_SWAPPED);
  g_ptr_array_add (self->controls, control);
  g_ptr_array_add (self->rows, row);

  return row;
}

static void
kab_options_field_build (KabFieldView *view, AdwPreferencesGroup *group)
{
  KabOptionsField *self = KAB_OPTIONS_FIELD (view);
  GPtrArray *options = kab_form_field_get_options (kab_field_view_get_field (view));

  for (guint i = 0; i < options->len; i++)
    adw_preferences_group_add (group, create_row (self, options->pdata[i]));
  kab_field_view_set_row (view, self->rows->pdata[0]);
  kab_field_view_set_last (view, self->rows->pdata[self->rows->len - 1]);
  kab_field_view_set_focus (view, self->controls->pdata[0]);
}

static void
kab_options_field_finalize (GObject *object)
{
  KabOptionsField *self = KAB_OPTIONS_FIELD (object);

  g_ptr_array_unref (self->controls);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (kab_options_field_parent_class)->finalize (object);
}

static void
kab_options_field_class_init (KabOptionsFieldClass *klass)
{
  KabFieldViewClass *view_class = KAB_FIELD_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kab_options_field_finalize;
  view_class->build = kab_options_field_build;
  view_class->dup_answer = kab_options_field_dup_answer;
  view_class->show_answer = kab_options_field_show_answer;
  view_class->show_state = kab_options_field_show_state;
}

static void
kab_options_field_init (KabOptionsField *self)
{
  self->controls = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
}

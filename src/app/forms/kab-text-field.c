/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/kab-text-field.h"

#include <locale.h>

#include "common/kab-date-row.h"

/**
 * KabTextField:
 *
 * A field that is typed in a line: texts, addresses, numbers and dates. When it is left, what was
 * typed is written as the bank keeps it.
 */
struct _KabTextField
{
  KabFieldView parent_instance;

  GtkWidget *row; /* (unowned): of the group */
};

G_DEFINE_FINAL_TYPE (KabTextField, kab_text_field, KAB_TYPE_FIELD_VIEW)

static KabFormFieldKind
get_kind (KabFieldView *view)
{
  return kab_form_field_get_kind (kab_field_view_get_field (view));
}

static gboolean
is_number (KabFieldView *view)
{
  KabFormFieldKind kind = get_kind (view);

  return kind == KAB_FORM_FIELD_NUMBER || kind == KAB_FORM_FIELD_PERCENT ||
         kind == KAB_FORM_FIELD_MONEY;
}

/* Numbers are kept with a point and without spaces. */
static char *
dup_kept_number (const char *text)
{
  GString *number = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (character == ',')
        g_string_append_c (number, '.');
      else if (!g_unichar_isspace (character))
        g_string_append_unichar (number, character);
    }

  return g_string_free (number, FALSE);
}

/* And shown with the decimal sign of the user. */
static char *
dup_shown_number (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ".", 2);

  return g_strjoinv (localeconv ()->decimal_point, parts);
}

static JsonNode *
kab_text_field_dup_answer (KabFieldView *view)
{
  KabTextField *self = KAB_TEXT_FIELD (view);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->row));
  g_autofree char *number = NULL;

  if (KAB_IS_DATE_ROW (self->row) && kab_date_row_get_date (KAB_DATE_ROW (self->row)) != NULL)
    text = kab_date_row_get_date (KAB_DATE_ROW (self->row));
  else if (is_number (view))
    text = number = dup_kept_number (text);

  return *text != '\0' ? json_node_init_string (json_node_alloc (), text) : NULL;
}

static void
kab_text_field_show_answer (KabFieldView *view, JsonNode *answer)
{
  KabTextField *self = KAB_TEXT_FIELD (view);
  const char *text = answer != NULL ? json_node_get_string (answer) : NULL;
  g_autofree char *number = NULL;

  if (KAB_IS_DATE_ROW (self->row))
    kab_date_row_set_date (KAB_DATE_ROW (self->row), text);
  if (KAB_IS_DATE_ROW (self->row) && kab_date_row_get_date (KAB_DATE_ROW (self->row)) != NULL)
    return;
  if (text != NULL && is_number (view))
    text = number = dup_shown_number (text);
  if (text == NULL)
    text = "";
  /* Setting the same text would be told as if somebody had emptied the field and typed it again. */
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->row)), text))
    gtk_editable_set_text (GTK_EDITABLE (self->row), text);
}

/* What is right is written as it is kept. */
static void
tidy (KabFieldView *view)
{
  KabFormEvaluation *evaluation = kab_form_model_get_evaluation (kab_field_view_get_model (view));
  const char *pointer = kab_field_view_get_pointer (view);
  const KabFormState *state = kab_form_evaluation_find_state (evaluation, pointer);
  JsonObject *kept = kab_form_evaluation_get_answers (evaluation);
  const KabFormField *field = kab_field_view_get_field (view);
  JsonNode *answer;

  if (state == NULL || !state->filled || state->problems->len > 0 ||
      kab_form_field_get_group (field) != NULL)
    return;

  answer = json_object_get_member (kept, kab_form_field_get_id (field));
  if (answer != NULL && json_node_get_value_type (answer) == G_TYPE_STRING)
    {
      g_autoptr (JsonNode) copy = json_node_copy (answer);

      kab_text_field_show_answer (view, copy);
    }
}

static void
left_cb (KabFieldView *view)
{
  if (!KAB_IS_DATE_ROW (KAB_TEXT_FIELD (view)->row))
    tidy (view);
  kab_field_view_left (view);
}

static void
set_purpose (GtkWidget *row, const KabFormField *field)
{
  static const struct
  {
    KabFormFieldKind kind;
    GtkInputPurpose purpose;
  } purposes[] = {
    { KAB_FORM_FIELD_PHONE, GTK_INPUT_PURPOSE_PHONE },
    { KAB_FORM_FIELD_EMAIL, GTK_INPUT_PURPOSE_EMAIL },
    { KAB_FORM_FIELD_NUMBER, GTK_INPUT_PURPOSE_NUMBER },
    { KAB_FORM_FIELD_PERCENT, GTK_INPUT_PURPOSE_NUMBER },
    { KAB_FORM_FIELD_MONEY, GTK_INPUT_PURPOSE_NUMBER },
  };
  const char *purpose = kab_form_field_get_purpose (field);

  if (purpose != NULL && g_str_has_suffix (purpose, "name"))
    adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), GTK_INPUT_PURPOSE_NAME);
  for (gsize i = 0; i < G_N_ELEMENTS (purposes); i++)
    {
      if (purposes[i].kind == kab_form_field_get_kind (field))
        adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), purposes[i].purpose);
    }
}

static void
add_unit (GtkWidget *row, const KabFormField *field)
{
  const char *unit = kab_form_field_get_kind (field) == KAB_FORM_FIELD_PERCENT
                         ? "%"
                         : kab_form_field_get_currency (field);
  GtkWidget *label;

  if (unit == NULL)
    return;

  label = gtk_label_new (unit);
  gtk_widget_add_css_class (label, "dimmed");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), label);
}

static void
kab_text_field_build (KabFieldView *view, AdwPreferencesGroup *group)
{
  KabTextField *self = KAB_TEXT_FIELD (view);
  const KabFormField *field = kab_field_view_get_field (view);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->row = kab_form_field_get_kind (field) == KAB_FORM_FIELD_DATE ? kab_date_row_new ()
                                                                     : adw_entry_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), kab_field_view_get_label (view));
  set_purpose (self->row, field);
  add_unit (self->row, field);
  gtk_widget_add_controller (self->row, focus);
  g_signal_connect_object (focus, "leave", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->row, "changed", G_CALLBACK (kab_field_view_typed), self,
                           G_CONNECT_SWAPPED);
  kab_field_view_set_row (view, self->row);
  adw_preferences_group_add (group, self->row);
}

static void
kab_text_field_class_init (KabTextFieldClass *klass)
{
  KabFieldViewClass *view_class = KAB_FIELD_VIEW_CLASS (klass);

  view_class->build = kab_text_field_build;
  view_class->dup_answer = kab_text_field_dup_answer;
  view_class->show_answer = kab_text_field_show_answer;
}

static void
kab_text_field_init (KabTextField *self)
{
}

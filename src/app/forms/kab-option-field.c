/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/kab-option-field.h"

#include <glib/gi18n.h>

#include "common/kab-choice-row.h"
#include "forms/kab-form-words.h"

/**
 * KabOptionField:
 *
 * A field that takes one of many options: a row that opens a list which can be searched. Few
 * options stand open, as a #KabOptionsField.
 */
struct _KabOptionField
{
  KabFieldView parent_instance;

  GtkWidget *row; /* (unowned): of the group */
};

G_DEFINE_FINAL_TYPE (KabOptionField, kab_option_field, KAB_TYPE_FIELD_VIEW)

static GPtrArray *
get_options (KabFieldView *view)
{
  return kab_form_field_get_options (kab_field_view_get_field (view));
}

/* The first item stands for no answer. */
static JsonNode *
kab_option_field_dup_answer (KabFieldView *view)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (KAB_OPTION_FIELD (view)->row));
  GPtrArray *options = get_options (view);

  if (selected == 0 || selected > options->len)
    return NULL;

  return json_node_init_string (json_node_alloc (),
                                kab_form_option_get_value (options->pdata[selected - 1]));
}

static void
kab_option_field_show_answer (KabFieldView *view, JsonNode *answer)
{
  const char *value = answer != NULL ? json_node_get_string (answer) : NULL;
  GPtrArray *options = get_options (view);
  guint selected = 0;

  for (guint i = 0; i < options->len; i++)
    {
      if (g_strcmp0 (kab_form_option_get_value (options->pdata[i]), value) == 0)
        selected = i + 1;
    }
  adw_combo_row_set_selected (ADW_COMBO_ROW (KAB_OPTION_FIELD (view)->row), selected);
}

static GListModel *
create_items (KabFieldView *view)
{
  GtkStringList *items = gtk_string_list_new (NULL);
  GPtrArray *options = get_options (view);

  gtk_string_list_append (items, _("Not chosen yet"));
  for (guint i = 0; i < options->len; i++)
    {
      g_autofree char *text =
          kab_form_words_dup_option (kab_field_view_get_field (view), options->pdata[i]);

      gtk_string_list_append (items, text);
    }

  return G_LIST_MODEL (items);
}

static void
kab_option_field_build (KabFieldView *view, AdwPreferencesGroup *group)
{
  KabOptionField *self = KAB_OPTION_FIELD (view);
  g_autoptr (GListModel) items = create_items (view);
  g_autoptr (GtkExpression) expression =
      gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  self->row = kab_choice_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), kab_field_view_get_label (view));
  adw_combo_row_set_expression (ADW_COMBO_ROW (self->row), expression);
  adw_combo_row_set_enable_search (ADW_COMBO_ROW (self->row), TRUE);
  adw_combo_row_set_search_match_mode (ADW_COMBO_ROW (self->row),
                                       GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  adw_combo_row_set_model (ADW_COMBO_ROW (self->row), items);
  g_signal_connect_object (self->row, "notify::selected", G_CALLBACK (kab_field_view_chosen), self,
                           G_CONNECT_SWAPPED);
  kab_field_view_set_row (view, self->row);
  adw_preferences_group_add (group, self->row);
}

static void
kab_option_field_class_init (KabOptionFieldClass *klass)
{
  KabFieldViewClass *view_class = KAB_FIELD_VIEW_CLASS (klass);

  view_class->build = kab_option_field_build;
  view_class->dup_answer = kab_option_field_dup_answer;
  view_class->show_answer = kab_option_field_show_answer;
}

static void
kab_option_field_init (KabOptionField *self)
{
}

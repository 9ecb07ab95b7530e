/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/kab-conflict-dialog.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "common/kab-radio-row.h"
#include "forms/kab-form-words.h"
#include "kab-json-copy.h"

/**
 * KabConflictDialog:
 *
 * A form that was changed in two places: each answer that differs, as it is here and as the bank
 * has it, to choose from. Closing it decides nothing.
 *
 * Signals: "chosen" (JsonObject): the answers to keep.
 */
struct _KabConflictDialog
{
  AdwDialog parent_instance;

  JsonObject *mine;   /* (owned) */
  JsonObject *theirs; /* (owned) */
  GPtrArray *choices; /* (owned) (element-type Choice) */
  GtkBox *box;
};

/* An answer that differs. */
typedef struct
{
  const KabFormField *field;
  KabRadioRow *take_theirs; /* (unowned): of the box */
} Choice;

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabConflictDialog, kab_conflict_dialog, ADW_TYPE_DIALOG)

static GtkWidget *
create_row (const char *whose, const char *answer, const char *label, KabRadioRow *group)
{
  GtkWidget *row = kab_radio_row_new (group);
  g_autofree char *spoken = g_strdup_printf ("%s, %s: %s", label, whose, answer);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), answer);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), whose);
  /* Called by the answer alone it wouldn't tell whose that is. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);

  return row;
}

static void
add_choice (KabConflictDialog *self, const KabFormField *field)
{
  const char *label = kab_form_field_get_label (field, kab_form_words_get_language ());
  const char *id = kab_form_field_get_id (field);
  g_autofree char *title = g_markup_escape_text (label, -1);
  g_autofree char *mine =
      kab_form_words_dup_answer (field, json_object_get_member (self->mine, id));
  g_autofree char *theirs =
      kab_form_words_dup_answer (field, json_object_get_member (self->theirs, id));
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *my_row = create_row (_("Here"), mine, label, NULL);
  GtkWidget *their_row = create_row (_("At the bank"), theirs, label, KAB_RADIO_ROW (my_row));
  Choice *choice = g_new0 (Choice, 1);

  choice->field = field;
  choice->take_theirs = KAB_RADIO_ROW (their_row);
  kab_radio_row_set_active (KAB_RADIO_ROW (my_row), TRUE);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), my_row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), their_row);
  gtk_box_append (self->box, group);
  g_ptr_array_add (self->choices, choice);
}

static gboolean
is_same (JsonNode *a, JsonNode *b)
{
  return a == NULL || b == NULL ? a == b : json_node_equal (a, b);
}

static void
add_choices (KabConflictDialog *self, KabFormDefinition *definition)
{
  GPtrArray *sections = kab_form_definition_get_sections (definition);

  for (guint i = 0; i < sections->len; i++)
    {
      GPtrArray *fields = kab_form_section_get_fields (sections->pdata[i]);

      for (guint j = 0; j < fields->len; j++)
        {
          const char *id = kab_form_field_get_id (fields->pdata[j]);

          if (!is_same (json_object_get_member (self->mine, id),
                        json_object_get_member (self->theirs, id)))
            add_choice (self, fields->pdata[j]);
        }
    }
}

static void
keep_cb (KabConflictDialog *self)
{
  g_autoptr (JsonObject) answers = kab_json_copy (self->mine);

  for (guint i = 0; i < self->choices->len; i++)
    {
      const Choice *choice = self->choices->pdata[i];
      const char *id = kab_form_field_get_id (choice->field);
      JsonNode *theirs = json_object_get_member (self->theirs, id);

      if (!kab_radio_row_get_active (choice->take_theirs))
        continue;
      if (theirs != NULL)
        json_object_set_member (answers, id, json_node_copy (theirs));
      else
        json_object_remove_member (answers, id);
    }
  g_signal_emit (self, signals[CHOSEN], 0, answers);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
kab_conflict_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KAB_TYPE_CONFLICT_DIALOG);

  G_OBJECT_CLASS (kab_conflict_dialog_parent_class)->dispose (object);
}

static void
kab_conflict_dialog_finalize (GObject *object)
{
  KabConflictDialog *self = KAB_CONFLICT_DIALOG (object);

  g_clear_pointer (&self->mine, json_object_unref);
  g_clear_pointer (&self->theirs, json_object_unref);
  g_ptr_array_unref (self->choices);

  G_OBJECT_CLASS (kab_conflict_dialog_parent_class)->finalize (object);
}

static void
kab_conflict_dialog_class_init (KabConflictDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kab_conflict_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = kab_conflict_dialog_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, JSON_TYPE_OBJECT);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/forms/kab-conflict-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KabConflictDialog, box);
  gtk_widget_class_bind_template_callback (widget_class, keep_cb);
}

static void
kab_conflict_dialog_init (KabConflictDialog *self)
{
  self->choices = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kab_conflict_dialog_new:
 * @definition: a form; it outlives the dialog
 * @mine: the answers here; copied
 * @theirs: the answers that the bank has; copied
 *
 * Returns: (transfer floating): the dialog, with the answers of here chosen
 */
AdwDialog *
kab_conflict_dialog_new (KabFormDefinition *definition, JsonObject *mine, JsonObject *theirs)
{
  KabConflictDialog *self = g_object_new (KAB_TYPE_CONFLICT_DIALOG, NULL);

  self->mine = kab_json_copy (mine);
  self->theirs = kab_json_copy (theirs);
  add_choices (self, definition);

  return ADW_DIALOG (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/kab-entry-dialog.h"

#include "common/kab-field-row.h"
#include "forms/kab-field-list.h"
#include "forms/kab-form-words.h"

/**
 * KabEntryDialog:
 *
 * One entry of a repeating group. It writes into the form as it is filled, so that closing it loses
 * nothing; "Done" closes it when the entry is complete, and else shows what is not.
 */
struct _KabEntryDialog
{
  AdwDialog parent_instance;

  KabFormModel *model; /* (owned) */
  char *group;         /* (owned): the place of the group */
  char *place;         /* (owned): that of the entry */
  AdwBin *bin;
};

G_DEFINE_FINAL_TYPE (KabEntryDialog, kab_entry_dialog, ADW_TYPE_DIALOG)

static gboolean
has_problems (KabEntryDialog *self)
{
  GPtrArray *problems =
      kab_form_evaluation_get_problems (kab_form_model_get_evaluation (self->model));
  g_autofree char *below = g_strconcat (self->place, "/", NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      if (g_str_has_prefix (((KabFormProblem *) problems->pdata[i])->pointer, below))
        return TRUE;
    }

  return FALSE;
}

static void
done_cb (KabEntryDialog *self)
{
  if (has_problems (self))
    {
      kab_form_model_show_problems (self->model, self->place);
      kab_field_row_focus_first_error (GTK_WIDGET (self));
      return;
    }

  adw_dialog_close (ADW_DIALOG (self));
}

/* An entry that nothing was written into is not kept. */
static void
drop_empty (KabEntryDialog *self)
{
  JsonNode *answer = kab_form_model_get_answer (self->model, self->group);
  JsonArray *entries = answer != NULL ? json_node_get_array (answer) : NULL;
  JsonArray *kept;
  guint length = entries != NULL ? json_array_get_length (entries) : 0;
  JsonNode *node = NULL;

  if (length == 0 || json_object_get_size (json_array_get_object_element (entries, length - 1)) > 0)
    return;

  kept = json_array_new ();
  for (guint i = 0; i + 1 < length; i++)
    json_array_add_element (kept, json_array_dup_element (entries, i));
  if (length > 1)
    node = json_node_init_array (json_node_alloc (), kept);
  json_array_unref (kept);
  kab_form_model_take_answer (self->model, self->group, node);
}

static void
kab_entry_dialog_closed (AdwDialog *dialog)
{
  drop_empty (KAB_ENTRY_DIALOG (dialog));
}

static void
kab_entry_dialog_dispose (GObject *object)
{
  KabEntryDialog *self = KAB_ENTRY_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), KAB_TYPE_ENTRY_DIALOG);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (kab_entry_dialog_parent_class)->dispose (object);
}

static void
kab_entry_dialog_finalize (GObject *object)
{
  KabEntryDialog *self = KAB_ENTRY_DIALOG (object);

  g_free (self->group);
  g_free (self->place);

  G_OBJECT_CLASS (kab_entry_dialog_parent_class)->finalize (object);
}

static void
kab_entry_dialog_class_init (KabEntryDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kab_entry_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = kab_entry_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = kab_entry_dialog_closed;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/forms/kab-entry-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KabEntryDialog, bin);
  gtk_widget_class_bind_template_callback (widget_class, done_cb);
}

static void
kab_entry_dialog_init (KabEntryDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kab_entry_dialog_new:
 * @model: a form
 * @group: a repeating group of it
 * @place: the place of one of its entries, such as "/residences/0"
 *
 * Returns: (transfer floating): the dialog; present it on the row of the entry
 */
AdwDialog *
kab_entry_dialog_new (KabFormModel *model, const KabFormField *group, const char *place)
{
  KabEntryDialog *self = g_object_new (KAB_TYPE_ENTRY_DIALOG, NULL);

  g_set_object (&self->model, model);
  self->place = g_strdup (place);
  self->group = g_path_get_dirname (place);
  adw_dialog_set_title (ADW_DIALOG (self),
                        kab_form_field_get_label (group, kab_form_words_get_language ()));
  adw_bin_set_child (self->bin,
                     kab_field_list_new (model, kab_form_field_get_fields (group), place));

  return ADW_DIALOG (self);
}

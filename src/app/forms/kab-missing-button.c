/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/kab-missing-button.h"

#include <glib/gi18n.h>

#include "forms/kab-form-words.h"

/**
 * KabMissingButton:
 *
 * "3 answers missing": goes to the first of them, and lists all of them. When nothing is missing it
 * says so.
 *
 * Signals: "chosen" (char *): the place of the answer to go to; %NULL for the first.
 */
struct _KabMissingButton
{
  AdwBin parent_instance;

  KabFormModel *model; /* (owned) (nullable) */
  AdwSplitButton *button;
  GtkLabel *label;
  GtkWidget *popover;
  GtkListBox *list;
  GtkWidget *complete;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabMissingButton, kab_missing_button, ADW_TYPE_BIN)

/* AdwSplitButton leaves its arrow without a name, and gives the button before it the arrow's
 * tooltip for one. */
static void
name_parts (KabMissingButton *self, const char *text)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->button)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *name = GTK_IS_MENU_BUTTON (child) ? _("Show all that is missing") : text;

      if (!GTK_IS_MENU_BUTTON (child) && !GTK_IS_BUTTON (child))
        continue;

      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      -1);
      if (GTK_IS_BUTTON (child))
        {
          gtk_accessible_reset_relation (GTK_ACCESSIBLE (child),
                                         GTK_ACCESSIBLE_RELATION_LABELLED_BY);
          gtk_accessible_reset_relation (GTK_ACCESSIBLE (child),
                                         GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
        }
    }
}

static void
updated_cb (KabMissingButton *self)
{
  g_autofree char *text = NULL;

  if (self->model != NULL)
    text = kab_form_words_dup_missing (kab_form_model_get_evaluation (self->model));
  adw_bin_set_child (ADW_BIN (self), text != NULL ? GTK_WIDGET (self->button) : self->complete);
  if (text != NULL)
    {
      gtk_label_set_label (self->label, text);
      name_parts (self, text);
    }
}

static void
clicked_cb (KabMissingButton *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, NULL);
}

static void
row_activated_cb (KabMissingButton *self, GtkListBoxRow *row)
{
  g_autofree char *pointer = g_strdup (g_object_get_data (G_OBJECT (row), "pointer"));

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_emit (self, signals[CHOSEN], 0, pointer);
}

/* An answer within a group is told with its group. */
static char *
dup_title (const KabFormField *field)
{
  const char *language = kab_form_words_get_language ();
  const KabFormField *group = kab_form_field_get_group (field);

  if (group == NULL)
    return g_strdup (kab_form_field_get_label (field, language));

  return g_strdup_printf ("%s: %s", kab_form_field_get_label (group, language),
                          kab_form_field_get_label (field, language));
}

static GtkWidget *
create_row (KabMissingButton *self, const KabFormProblem *problem)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = dup_title (problem->field);
  g_autofree char *text =
      kab_form_words_dup_problem (kab_form_model_get_definition (self->model), problem);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (problem->kind != KAB_FORM_PROBLEM_MISSING)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "pointer", g_strdup (problem->pointer), g_free);

  return row;
}

static void
shown_cb (KabMissingButton *self)
{
  GPtrArray *problems =
      kab_form_evaluation_get_problems (kab_form_model_get_evaluation (self->model));

  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < problems->len; i++)
    {
      const KabFormProblem *problem = problems->pdata[i];

      if (problem->field != NULL)
        gtk_list_box_append (self->list, create_row (self, problem));
    }
}

static void
kab_missing_button_dispose (GObject *object)
{
  KabMissingButton *self = KAB_MISSING_BUTTON (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, updated_cb, self);
  g_clear_object (&self->model);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->button);
  g_clear_object (&self->complete);

  G_OBJECT_CLASS (kab_missing_button_parent_class)->dispose (object);
}

static void
kab_missing_button_class_init (KabMissingButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kab_missing_button_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
add_popover (KabMissingButton *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->popover = gtk_popover_new ();
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Answers that are missing or to correct"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_widget_set_size_request (scroller, 300, -1);
  gtk_widget_add_css_class (self->popover, "menu");
  gtk_popover_set_child (GTK_POPOVER (self->popover), scroller);
  adw_split_button_set_popover (self->button, GTK_POPOVER (self->popover));
  g_signal_connect_object (self->popover, "show", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
}

static GtkWidget *
create_complete (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "object-select-symbolic",
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *label = gtk_label_new (_("Nothing is missing"));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (box, "success");

  return box;
}

static void
kab_missing_button_init (KabMissingButton *self)
{
  self->button = ADW_SPLIT_BUTTON (g_object_ref_sink (adw_split_button_new ()));
  self->complete = g_object_ref_sink (create_complete ());
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->label, 0);
  adw_split_button_set_child (self->button, GTK_WIDGET (self->label));
  adw_split_button_set_direction (self->button, GTK_ARROW_UP);
  adw_split_button_set_dropdown_tooltip (self->button, _("Show all that is missing"));
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (clicked_cb), self,
                           G_CONNECT_SWAPPED);
  add_popover (self);
  updated_cb (self);
}

/**
 * kab_missing_button_new:
 *
 * Returns: (transfer floating): a button without a form
 */
GtkWidget *
kab_missing_button_new (void)
{
  return g_object_new (KAB_TYPE_MISSING_BUTTON, NULL);
}

/**
 * kab_missing_button_set_model:
 * @self: a button
 * @model: (nullable): the form that is filled
 */
void
kab_missing_button_set_model (KabMissingButton *self, KabFormModel *model)
{
  g_return_if_fail (KAB_IS_MISSING_BUTTON (self));

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, updated_cb, self);
  g_set_object (&self->model, model);
  if (model != NULL)
    g_signal_connect_object (model, "updated", G_CALLBACK (updated_cb), self, G_CONNECT_SWAPPED);
  updated_cb (self);
}

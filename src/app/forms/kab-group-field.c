/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/kab-group-field.h"

#include <glib/gi18n.h>

#include "common/kab-button-row.h"
#include "common/kab-field-row.h"
#include "common/kab-toast.h"
#include "forms/kab-entry-dialog.h"
#include "forms/kab-form-words.h"

/**
 * KabGroupField:
 *
 * Repeated entries: a row for each, in a line; it opens the entry. Removing one can be undone.
 */
struct _KabGroupField
{
  KabFieldView parent_instance;

  AdwPreferencesGroup *group; /* (unowned) */
  GPtrArray *rows;            /* (owned) (element-type GtkWidget) (unowned elements) */
  GtkWidget *add;             /* (unowned): of the group */
};

G_DEFINE_FINAL_TYPE (KabGroupField, kab_group_field, KAB_TYPE_FIELD_VIEW)

static JsonArray *
get_entries (KabFieldView *view)
{
  JsonNode *answer = kab_form_model_get_answer (kab_field_view_get_model (view),
                                                kab_field_view_get_pointer (view));

  return answer != NULL && JSON_NODE_HOLDS_ARRAY (answer) ? json_node_get_array (answer) : NULL;
}

static guint
count_entries (KabFieldView *view)
{
  JsonArray *entries = get_entries (view);

  return entries != NULL ? json_array_get_length (entries) : 0;
}

/* The entries with @entry (nullable) put in at @index, or with that at @index left out. */
static void
change_entries (KabFieldView *view, guint index, JsonNode *entry)
{
  JsonArray *before = get_entries (view);
  JsonArray *after = json_array_new ();
  guint length = count_entries (view);
  JsonNode *answer = NULL;

  for (guint i = 0; i < length; i++)
    {
      if (i == index && entry != NULL)
        json_array_add_element (after, json_node_copy (entry));
      if (i != index || entry != NULL)
        json_array_add_element (after, json_array_dup_element (before, i));
    }
  if (index >= length && entry != NULL)
    json_array_add_element (after, json_node_copy (entry));
  if (json_array_get_length (after) > 0)
    answer = json_node_init_array (json_node_alloc (), after);
  json_array_unref (after);
  kab_form_model_take_answer (kab_field_view_get_model (view), kab_field_view_get_pointer (view),
                              answer);
}

static void
open_entry (KabFieldView *view, guint index)
{
  g_autofree char *place = g_strdup_printf ("%s/%u", kab_field_view_get_pointer (view), index);
  AdwDialog *dialog = kab_entry_dialog_new (kab_field_view_get_model (view),
                                            kab_field_view_get_field (view), place);

  adw_dialog_present (dialog, GTK_WIDGET (KAB_GROUP_FIELD (view)->group));
}

static guint
get_index (GtkWidget *row)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "index"));
}

static void
row_activated_cb (KabFieldView *view, GtkWidget *row)
{
  open_entry (view, get_index (row));
}

typedef struct
{
  KabFieldView *view; /* (owned) */
  JsonNode *entry;    /* (owned) */
  guint index;
} Removal;

static void
removal_free (gpointer data, GClosure *closure)
{
  Removal *removal = data;

  g_object_unref (removal->view);
  json_node_unref (removal->entry);
  g_free (removal);
}

static void
undo_cb (AdwToast *toast, gpointer user_data)
{
  Removal *removal = user_data;

  change_entries (removal->view, removal->index, removal->entry);
}

static void
offer_undo (KabFieldView *view, guint index, JsonNode *entry, const char *summary)
{
  Removal *removal = g_new0 (Removal, 1);
  AdwToast *toast;

  removal->view = g_object_ref (view);
  removal->entry = json_node_ref (entry);
  removal->index = index;
  toast = adw_toast_new ("");
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, summary);
  adw_toast_set_button_label (toast, _("Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), removal, removal_free, 0);
  kab_toast_show (GTK_WIDGET (KAB_GROUP_FIELD (view)->group), toast);
}

static void
remove_clicked_cb (KabFieldView *view, GtkWidget *button)
{
  guint index = get_index (button);
  JsonArray *entries = get_entries (view);
  g_autoptr (JsonNode) entry = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *message = NULL;

  if (index >= count_entries (view))
    return;

  entry = json_array_dup_element (entries, index);
  summary = kab_form_words_dup_summary (kab_field_view_get_field (view),
                                        json_node_get_object (entry), index);
  /* Translators: %s is what was removed from a list */
  message = g_strdup_printf (_("“%s” removed"), summary);
  change_entries (view, index, NULL);
  gtk_widget_grab_focus (KAB_GROUP_FIELD (view)->add);
  offer_undo (view, index, entry, message);
}

static void
add_clicked_cb (KabFieldView *view)
{
  g_autoptr (JsonObject) empty = json_object_new ();
  g_autoptr (JsonNode) entry = json_node_init_object (json_node_alloc (), empty);
  guint index = count_entries (view);

  change_entries (view, index, entry);
  open_entry (view, index);
}

static GtkWidget *
create_row (KabGroupField *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Remove"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "button", button);
  g_object_set_data (G_OBJECT (row), "index", GUINT_TO_POINTER (self->rows->len));
  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (self->rows->len));
  g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_clicked_cb), self,
                           G_CONNECT_SWAPPED);

  return row;
}

/* How many answers of the entry are missing or wrong. */
static guint
count_entry_problems (KabFieldView *view, guint index)
{
  GPtrArray *problems = kab_form_evaluation_get_problems (
      kab_form_model_get_evaluation (kab_field_view_get_model (view)));
  g_autofree char *place = g_strdup_printf ("%s/%u/", kab_field_view_get_pointer (view), index);
  guint count = 0;

  for (guint i = 0; i < problems->len; i++)
    count += g_str_has_prefix (((KabFormProblem *) problems->pdata[i])->pointer, place);

  return count;
}

static void
show_entry (KabFieldView *view, guint index)
{
  KabGroupField *self = KAB_GROUP_FIELD (view);
  GtkWidget *row = self->rows->pdata[index];
  GtkWidget *button = g_object_get_data (G_OBJECT (row), "button");
  JsonNode *entry = json_array_get_element (get_entries (view), index);
  guint problems = count_entry_problems (view, index);
  g_autofree char *summary = NULL;
  g_autofree char *missing = NULL;
  g_autofree char *remove = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (entry))
    return;
  summary = kab_form_words_dup_summary (kab_field_view_get_field (view),
                                        json_node_get_object (entry), index);
  if (problems > 0)
    missing = g_strdup_printf (
        ngettext ("%u answer missing or to correct", "%u answers missing or to correct", problems),
        problems);
  /* Translators: %s is an entry of a list in a form */
  remove = g_strdup_printf (_("Remove “%s”"), summary);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), summary);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), missing != NULL ? missing : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, remove,
                                  -1);
}

static void
show_entries (KabFieldView *view)
{
  KabGroupField *self = KAB_GROUP_FIELD (view);
  GtkListBox *list = GTK_LIST_BOX (gtk_widget_get_parent (self->add));
  guint length = count_entries (view);

  while (self->rows->len > length)
    {
      gtk_list_box_remove (list, self->rows->pdata[self->rows->len - 1]);
      g_ptr_array_set_size (self->rows, (gint) self->rows->len - 1);
    }
  while (self->rows->len < length)
    {
      GtkWidget *row = create_row (self);

      /* Above the button that adds. */
      gtk_list_box_insert (list, row, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (self->add)));
      g_ptr_array_add (self->rows, row);
    }
  for (guint i = 0; i < length; i++)
    show_entry (view, i);
}

static void
kab_group_field_show_state (KabFieldView *view, const KabFormState *state, const char *error)
{
  KabGroupField *self = KAB_GROUP_FIELD (view);
  guint most = kab_form_field_get_max_count (kab_field_view_get_field (view));

  show_entries (view);
  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_set_visible (self->rows->pdata[i], state->visible);
  gtk_widget_set_visible (self->add, state->visible && (most == 0 || self->rows->len < most));
  if (kab_form_model_get_quiet (kab_field_view_get_model (view)))
    kab_field_row_mark_error (self->add, error);
  else
    kab_field_row_set_error (self->add, error);
}

/* The answer is read from the form itself, and only changed through it. */
static JsonNode *
kab_group_field_dup_answer (KabFieldView *view)
{
  JsonNode *answer = kab_form_model_get_answer (kab_field_view_get_model (view),
                                                kab_field_view_get_pointer (view));

  return answer != NULL ? json_node_ref (answer) : NULL;
}

static void
kab_group_field_build (KabFieldView *view, AdwPreferencesGroup *group)
{
  KabGroupField *self = KAB_GROUP_FIELD (view);
  const char *label = kab_form_field_get_add_label (kab_field_view_get_field (view),
                                                    kab_form_words_get_language ());

  self->group = group;
  self->add = adw_button_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->add), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->add),
                                 label != NULL ? label : _("Add"));
  adw_button_row_set_start_icon_name (ADW_BUTTON_ROW (self->add), "list-add-symbolic");
  kab_button_row_let_wrap (self->add);
  g_signal_connect_object (self->add, "activated", G_CALLBACK (add_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  kab_field_view_set_row (view, self->add);
  adw_preferences_group_add (group, self->add);
}

static void
kab_group_field_finalize (GObject *object)
{
  g_ptr_array_unref (KAB_GROUP_FIELD (object)->rows);

  G_OBJECT_CLASS (kab_group_field_parent_class)->finalize (object);
}

static void
kab_group_field_class_init (KabGroupFieldClass *klass)
{
  KabFieldViewClass *view_class = KAB_FIELD_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kab_group_field_finalize;
  view_class->build = kab_group_field_build;
  view_class->dup_answer = kab_group_field_dup_answer;
  view_class->show_state = kab_group_field_show_state;
}

static void
kab_group_field_init (KabGroupField *self)
{
  self->rows = g_ptr_array_new ();
}

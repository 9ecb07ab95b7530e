/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-field-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "common/kab-field-title.h"
#include "common/kab-passive-row.h"
#include "common/kab-reveal.h"

/* Helpers for the rows that are fields of a form: AdwEntryRow, AdwPasswordEntryRow, AdwComboRow,
 * AdwSwitchRow and our own. Under a row stands its hint (the format, the limit) or, when it is
 * wrong, what is wrong and how to put it right. That text is a row of its own in the same list,
 * drawn as a part of the field. */

typedef struct
{
  GtkWidget *row;  /* (weak): this belongs to it */
  GtkWidget *note; /* (weak) (nullable) */
  GtkLabel *label;
  GtkImage *icon;
  GtkEventController *focus; /* (unowned): of the row */
  char *hint;                /* (owned) (nullable) */
  char *error;               /* (owned) (nullable) */
  gboolean required;
  gboolean just_corrected; /* by somebody who is still in it */
} Field;

static void
field_free (Field *field)
{
  g_clear_weak_pointer (&field->note);
  g_free (field->hint);
  g_free (field->error);
  g_free (field);
}

static void parent_changed_cb (Field *field);
static void show_description (Field *field);
static void show_note (Field *field);
static void left_cb (Field *field);

static Field *
get_field (GtkWidget *row)
{
  Field *field = g_object_get_data (G_OBJECT (row), "kab-field-row");

  if (field == NULL)
    {
      field = g_new0 (Field, 1);
      field->row = row;
      g_object_set_data_full (G_OBJECT (row), "kab-field-row", field, (GDestroyNotify) field_free);
      g_signal_connect_swapped (row, "notify::parent", G_CALLBACK (parent_changed_cb), field);
      g_signal_connect_swapped (row, "notify::visible", G_CALLBACK (show_note), field);
      field->focus = gtk_event_controller_focus_new ();
      g_signal_connect_swapped (field->focus, "leave", G_CALLBACK (left_cb), field);
      gtk_widget_add_controller (row, field->focus);
      if (ADW_IS_ENTRY_ROW (row))
        kab_field_title_attach (ADW_ENTRY_ROW (row));
      if (ADW_IS_SWITCH_ROW (row))
        g_signal_connect_swapped (row, "notify::subtitle", G_CALLBACK (show_description), field);
    }

  return field;
}

/* What speaks for the row: the text inside an entry row, else the row. */
static GtkAccessible *
get_delegate (GtkWidget *row)
{
  GtkEditable *delegate =
      GTK_IS_EDITABLE (row) ? gtk_editable_get_delegate (GTK_EDITABLE (row)) : NULL;

  return GTK_ACCESSIBLE (delegate != NULL ? GTK_WIDGET (delegate) : row);
}

static GtkWidget *
create_note (Field *field)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-error-symbolic");
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *note = kab_passive_row_new (box);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (note, "field-note");
  field->label = GTK_LABEL (label);
  field->icon = GTK_IMAGE (icon);

  return note;
}

static void
set_class (GtkWidget *widget, const char *name, gboolean has_it)
{
  if (has_it)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_note (Field *field)
{
  const char *text = field->error != NULL ? field->error : field->hint;
  GtkWidget *list = gtk_widget_get_parent (field->row);

  if (text != NULL && field->note == NULL && GTK_IS_LIST_BOX (list))
    {
      int index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (field->row));

      g_set_weak_pointer (&field->note, create_note (field));
      gtk_list_box_insert (GTK_LIST_BOX (list), field->note, index + 1);
    }
  if (field->note == NULL)
    return;

  gtk_label_set_label (field->label, text != NULL ? text : "");
  gtk_widget_set_visible (field->note, text != NULL && gtk_widget_get_visible (field->row));
  set_class (field->row, "has-note", text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (field->icon), field->error != NULL);
  set_class (field->note, "error", field->error != NULL);
}

/* Orca 48 speaks that state of check boxes and combo boxes only. */
static gboolean
needs_required_said (Field *field)
{
  GtkAccessibleRole role = gtk_accessible_get_accessible_role (get_delegate (field->row));

  return field->required && field->error == NULL && !field->just_corrected &&
         (role == GTK_ACCESSIBLE_ROLE_TEXT_BOX || role == GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
append_sentence (GString *text, const char *sentence)
{
  if (sentence != NULL && sentence[0] != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", sentence);
}

/* All that is said of a field when it gets the focus; the relation of a switch row to its
 * subtitle would hide it. Orca says each change of it as well: what has been known before isn't
 * told to somebody who is typing. */
static void
show_description (Field *field)
{
  GtkAccessible *delegate = get_delegate (field->row);
  g_autoptr (GString) text = g_string_new (NULL);

  append_sentence (text, field->error);
  if (needs_required_said (field))
    append_sentence (text, _("Required."));
  if (field->error == NULL && !field->just_corrected)
    append_sentence (text, field->hint);
  if (ADW_IS_SWITCH_ROW (field->row))
    {
      append_sentence (text, adw_action_row_get_subtitle (ADW_ACTION_ROW (field->row)));
      gtk_accessible_reset_relation (delegate, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
    }

  if (text->len > 0)
    gtk_accessible_update_property (delegate, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
  else
    gtk_accessible_reset_property (delegate, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
left_cb (Field *field)
{
  if (!field->just_corrected)
    return;

  field->just_corrected = FALSE;
  show_description (field);
}

static gboolean
remove_note_cb (gpointer user_data)
{
  GtkWidget *note = user_data;
  GtkWidget *list = gtk_widget_get_parent (note);

  if (list != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), note);

  return G_SOURCE_REMOVE;
}

/* The note goes with its row: into another list, or away. Later, because the
 * list is in the middle of removing the row. */
static void
parent_changed_cb (Field *field)
{
  GtkWidget *note = field->note;

  if (note != NULL)
    {
      gtk_widget_set_visible (note, FALSE);
      g_clear_weak_pointer (&field->note);
      g_idle_add_full (G_PRIORITY_DEFAULT, remove_note_cb, g_object_ref (note), g_object_unref);
    }
  if (gtk_widget_get_parent (field->row) != NULL)
    show_note (field);
}

static gboolean
set_error (GtkWidget *row, const char *text)
{
  Field *field = get_field (row);
  GtkAccessible *delegate = get_delegate (row);
  GtkAccessibleInvalidState state =
      text != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE;

  if (!g_set_str (&field->error, text))
    return FALSE;

  field->just_corrected = text == NULL && gtk_event_controller_focus_contains_focus (
                                              GTK_EVENT_CONTROLLER_FOCUS (field->focus));
  set_class (row, "error", text != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, state, -1);
  if (delegate != GTK_ACCESSIBLE (row))
    gtk_accessible_update_state (delegate, GTK_ACCESSIBLE_STATE_INVALID, state, -1);
  show_description (field);
  show_note (field);

  return TRUE;
}

/**
 * kab_field_row_set_hint:
 * @row: a row that is a field
 * @text: (nullable): its format or limit, in the current language
 *
 * What stands under the field as long as it is not wrong, and is spoken as its description.
 */
void
kab_field_row_set_hint (GtkWidget *row, const char *text)
{
  Field *field;

  g_return_if_fail (GTK_IS_LIST_BOX_ROW (row));

  field = get_field (row);
  if (!g_set_str (&field->hint, text))
    return;

  show_description (field);
  show_note (field);
}

/**
 * kab_field_row_set_error:
 * @row: a row that is a field
 * @text: (nullable): what is wrong and how to put it right; %NULL when nothing is
 *
 * Marks the field for the eye and for a screen reader, and says the text at once. Call it when the
 * field is left, not at each key.
 */
void
kab_field_row_set_error (GtkWidget *row, const char *text)
{
  g_return_if_fail (GTK_IS_LIST_BOX_ROW (row));

  if (set_error (row, text) && text != NULL && gtk_widget_get_mapped (row))
    gtk_accessible_announce (GTK_ACCESSIBLE (row), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/**
 * kab_field_row_mark_error:
 * @row: a row that is a field
 * @text: (nullable): what is wrong and how to put it right; %NULL when nothing is
 *
 * As kab_field_row_set_error() without saying it: for one of many errors, such as after a failed
 * submission, where kab_field_row_focus_first_error() follows.
 */
void
kab_field_row_mark_error (GtkWidget *row, const char *text)
{
  g_return_if_fail (GTK_IS_LIST_BOX_ROW (row));

  set_error (row, text);
}

/**
 * kab_field_row_has_error:
 * @row: a row that is a field
 *
 * Returns: whether it is marked as wrong
 */
gboolean
kab_field_row_has_error (GtkWidget *row)
{
  Field *field;

  g_return_val_if_fail (GTK_IS_WIDGET (row), FALSE);

  field = g_object_get_data (G_OBJECT (row), "kab-field-row");

  return field != NULL && field->error != NULL;
}

/**
 * kab_field_row_set_required:
 * @row: a row that is a field
 * @required: whether it must be filled in
 *
 * Tells a screen reader so.
 */
void
kab_field_row_set_required (GtkWidget *row, gboolean required)
{
  Field *field;

  g_return_if_fail (GTK_IS_LIST_BOX_ROW (row));

  field = get_field (row);
  field->required = required;
  gtk_accessible_update_property (get_delegate (row), GTK_ACCESSIBLE_PROPERTY_REQUIRED, required,
                                  -1);
  show_description (field);
}

/**
 * kab_field_row_get_end:
 * @row: a row that may be a field
 *
 * Returns: (transfer none): the last row of the field: its hint or error if it has one, else @row
 */
GtkWidget *
kab_field_row_get_end (GtkWidget *row)
{
  Field *field;

  g_return_val_if_fail (GTK_IS_WIDGET (row), NULL);

  field = g_object_get_data (G_OBJECT (row), "kab-field-row");

  return field != NULL && field->note != NULL && gtk_widget_get_visible (field->note) ? field->note
                                                                                      : row;
}

static guint
count_errors (GtkWidget *widget, GtkWidget **first)
{
  guint count = 0;

  if (kab_field_row_has_error (widget) && gtk_widget_get_mapped (widget))
    {
      count = 1;
      if (*first == NULL)
        *first = widget;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count += count_errors (child, first);

  return count;
}

/**
 * kab_field_row_focus_first_error:
 * @root: a page or a dialog
 *
 * Moves the focus to the first field below @root that is marked as wrong, brings it and what is
 * wrong with it into sight, and says that and how many there are.
 *
 * Returns: whether there was one
 */
gboolean
kab_field_row_focus_first_error (GtkWidget *root)
{
  GtkWidget *first = NULL;
  guint count;
  Field *field;
  g_autofree char *message = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (root), FALSE);

  count = count_errors (root, &first);
  if (first == NULL)
    return FALSE;

  field = get_field (first);
  message = g_strdup_printf (
      ngettext ("%u field needs your attention. %s", "%u fields need your attention. %s", count),
      count, field->error);
  if (!gtk_widget_grab_focus (first))
    gtk_widget_child_focus (first, GTK_DIR_TAB_FORWARD);
  kab_reveal (first, kab_field_row_get_end (first));
  gtk_accessible_announce (GTK_ACCESSIBLE (first), message,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);

  return TRUE;
}

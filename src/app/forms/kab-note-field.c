/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/kab-note-field.h"

#include "forms/kab-form-words.h"

/**
 * KabNoteField:
 *
 * Words to read between the fields of a form.
 */
struct _KabNoteField
{
  KabFieldView parent_instance;

  GtkWidget *label; /* (unowned): of the group */
};

G_DEFINE_FINAL_TYPE (KabNoteField, kab_note_field, KAB_TYPE_FIELD_VIEW)

static void
kab_note_field_show_state (KabFieldView *view, const KabFormState *state, const char *error)
{
  gtk_widget_set_visible (KAB_NOTE_FIELD (view)->label, state->visible);
}

static void
kab_note_field_build (KabFieldView *view, AdwPreferencesGroup *group)
{
  KabNoteField *self = KAB_NOTE_FIELD (view);
  GtkLabel *label = GTK_LABEL (gtk_label_new (kab_field_view_get_label (view)));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (label, 0);
  gtk_label_set_selectable (label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (label), "form-note");
  self->label = GTK_WIDGET (label);
  adw_preferences_group_add (group, self->label);
}

static void
kab_note_field_class_init (KabNoteFieldClass *klass)
{
  KabFieldViewClass *view_class = KAB_FIELD_VIEW_CLASS (klass);

  view_class->build = kab_note_field_build;
  view_class->show_state = kab_note_field_show_state;
}

static void
kab_note_field_init (KabNoteField *self)
{
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-shortcuts-dialog.h"

#include <glib/gi18n.h>

/**
 * KabShortcutsDialog:
 *
 * Every key of the application, for reading. libadwaita 1.8 will have a dialog for this.
 */
struct _KabShortcutsDialog
{
  AdwDialog parent_instance;

  AdwPreferencesGroup *general;
  AdwPreferencesGroup *forms;
};

typedef struct
{
  const char *title;
  const char *accelerator;
} Shortcut;

static const Shortcut general_shortcuts[] = {
  { N_("Go back"), "<Alt>Left" },
  { N_("Help and contacts"), "F1" },
  { N_("Main menu"), "F10" },
  { N_("Keyboard shortcuts"), "<Control>question" },
  { N_("Search in a list"), "<Control>f" },
  { N_("Close the window"), "<Control>w" },
  { N_("Quit"), "<Control>q" },
};

static const Shortcut form_shortcuts[] = {
  { N_("Save"), "<Control>s" },
  { N_("Submit"), "<Control>Return" },
  { N_("Write a new message"), "<Control>n" },
  { N_("Close what was opened last"), "Escape" },
};

G_DEFINE_FINAL_TYPE (KabShortcutsDialog, kab_shortcuts_dialog, ADW_TYPE_DIALOG)

static GtkWidget *
create_row (const Shortcut *shortcut)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *keys;
  g_autofree char *label = NULL;
  g_autofree char *spoken = NULL;
  guint key = 0;
  GdkModifierType modifiers = 0;

  gtk_accelerator_parse (shortcut->accelerator, &key, &modifiers);
  label = gtk_accelerator_get_label (key, modifiers);
  spoken = g_strdup_printf ("%s, %s", _ (shortcut->title), label);

  keys = gtk_label_new (label);
  gtk_widget_set_valign (keys, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (keys, "keycap");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (shortcut->title));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);

  return row;
}

static void
add_rows (AdwPreferencesGroup *group, const Shortcut *shortcuts, gsize n_shortcuts)
{
  for (gsize i = 0; i < n_shortcuts; i++)
    adw_preferences_group_add (group, create_row (&shortcuts[i]));
}

static void
kab_shortcuts_dialog_class_init (KabShortcutsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/common/kab-shortcuts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KabShortcutsDialog, general);
  gtk_widget_class_bind_template_child (widget_class, KabShortcutsDialog, forms);
}

static void
kab_shortcuts_dialog_init (KabShortcutsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_rows (self->general, general_shortcuts, G_N_ELEMENTS (general_shortcuts));
  add_rows (self->forms, form_shortcuts, G_N_ELEMENTS (form_shortcuts));
}

/**
 * kab_shortcuts_dialog_new:
 *
 * Returns: (transfer floating): the list of keys; present it on the window
 */
AdwDialog *
kab_shortcuts_dialog_new (void)
{
  return g_object_new (KAB_TYPE_SHORTCUTS_DIALOG, NULL);
}

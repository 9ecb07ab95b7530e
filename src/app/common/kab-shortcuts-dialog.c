/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-shortcuts-dialog.h"

struct _KabShortcutsDialog
{
  AdwDialog parent_instance;

  AdwPreferencesPage *page;
};

G_DEFINE_FINAL_TYPE (KabShortcutsDialog, kab_shortcuts_dialog, ADW_TYPE_DIALOG)

static void
kab_shortcuts_dialog_class_init (KabShortcutsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/common/kab-shortcuts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KabShortcutsDialog, page);
}

static void
kab_shortcuts_dialog_init (KabShortcutsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The list of keys of the application, floating; present it on the window. */
AdwDialog *
kab_shortcuts_dialog_new (void)
{
  return g_object_new (KAB_TYPE_SHORTCUTS_DIALOG, NULL);
}

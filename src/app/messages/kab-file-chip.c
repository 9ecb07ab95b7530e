/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "messages/kab-file-chip.h"

#include <glib/gi18n.h>

#include "common/kab-attachment.h"
#include "common/kab-file-saver.h"
#include "documents/kab-file-viewer.h"

/**
 * KabFileChip:
 *
 * A file that came with a message: a button that opens it and one that saves it, which shows how
 * far that is.
 */
struct _KabFileChip
{
  AdwBin parent_instance;

  KabApi *api;           /* (owned) */
  KabDownload *download; /* (owned) */

  GtkWidget *open_button;
  GtkWidget *save_button;
  GtkImage *icon;
  GtkLabel *name;
  GtkLabel *size;
  GtkProgressBar *progress;
};

G_DEFINE_FINAL_TYPE (KabFileChip, kab_file_chip, ADW_TYPE_BIN)

static void
open_cb (KabFileChip *self)
{
  kab_file_viewer_open (GTK_WIDGET (self), self->api, kab_download_get_file (self->download));
}

static void
save_cb (KabFileChip *self)
{
  kab_file_saver_choose (GTK_WIDGET (self), self->download);
}

static void
kab_file_chip_dispose (GObject *object)
{
  KabFileChip *self = KAB_FILE_CHIP (object);

  g_clear_object (&self->api);
  g_clear_object (&self->download);

  G_OBJECT_CLASS (kab_file_chip_parent_class)->dispose (object);
}

static void
kab_file_chip_class_init (KabFileChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kab_file_chip_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/messages/kab-file-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, KabFileChip, open_button);
  gtk_widget_class_bind_template_child (widget_class, KabFileChip, save_button);
  gtk_widget_class_bind_template_child (widget_class, KabFileChip, icon);
  gtk_widget_class_bind_template_child (widget_class, KabFileChip, name);
  gtk_widget_class_bind_template_child (widget_class, KabFileChip, size);
  gtk_widget_class_bind_template_child (widget_class, KabFileChip, progress);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
kab_file_chip_init (KabFileChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
name_parts (KabFileChip *self, KabFile *file)
{
  const char *name = kab_file_get_name (file);
  g_autofree char *size = g_format_size (kab_file_get_size (file));
  g_autofree char *open_label = g_strdup_printf (_("%s, %s. Open"), name, size);
  g_autofree char *save_label = g_strdup_printf ("%s: %s", _("Save a copy…"), name);

  gtk_image_set_from_icon_name (self->icon, kab_file_get_icon_name (name));
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->size, size);
  gtk_widget_set_tooltip_text (self->open_button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->open_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  open_label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->save_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  save_label, -1);
}

/**
 * kab_file_chip_new:
 * @api: the line to the bank
 * @file: a file that the bank has
 *
 * Returns: (transfer floating): the chip
 */
GtkWidget *
kab_file_chip_new (KabApi *api, KabFile *file)
{
  KabFileChip *self = g_object_new (KAB_TYPE_FILE_CHIP, NULL);

  self->api = g_object_ref (api);
  self->download = kab_download_new (api, file);
  g_object_bind_property (self->download, "active", self->progress, "visible",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->download, "progress", self->progress, "fraction",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->download, "active", self->save_button, "sensitive",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  name_parts (self, file);

  return GTK_WIDGET (self);
}

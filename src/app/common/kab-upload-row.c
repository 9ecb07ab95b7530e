/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-upload-row.h"

#include <glib/gi18n.h>

#include "common/kab-reveal.h"
#include "common/kab-spelling.h"

/**
 * KabUploadRow:
 *
 * One file of a #KabUploadList: what it is, how far it is, and what can be done with it. `remove`
 * and `save` are emitted when that is wanted.
 */
struct _KabUploadRow
{
  AdwPreferencesRow parent_instance;

  KabAttachment *attachment; /* (owned) */
  gboolean editable;
  int announced; /* quarters of the way */
  KabUploadState state;

  GtkImage *icon;
  GtkLabel *name;
  GtkLabel *status;
  GtkWidget *pause_button;
  GtkWidget *resume_button;
  GtkWidget *retry_button;
  GtkWidget *save_button;
  GtkWidget *remove_button;
  GtkWidget *progress;
};

enum
{
  REMOVE,
  SAVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabUploadRow, kab_upload_row, ADW_TYPE_PREFERENCES_ROW)

static void
name_button (GtkWidget *button, const char *action, const char *name)
{
  g_autofree char *label = g_strdup_printf ("%s: %s", action, name);

  gtk_widget_set_tooltip_text (button, action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
name_buttons (KabUploadRow *self)
{
  const char *name = kab_attachment_get_name (self->attachment);
  gboolean done = kab_attachment_get_state (self->attachment) == KAB_UPLOAD_DONE;

  name_button (self->pause_button, _("Pause"), name);
  name_button (self->resume_button, _("Go on sending"), name);
  name_button (self->retry_button, _("Try again"), name);
  name_button (self->save_button, _("Save a copy…"), name);
  name_button (self->remove_button, done ? _("Remove") : _("Cancel"), name);
}

static gboolean
can_pause (KabUploadState state)
{
  return state == KAB_UPLOAD_WAITING || state == KAB_UPLOAD_SENDING ||
         state == KAB_UPLOAD_INTERRUPTED;
}

/* A button that goes away gives its focus to the one that stays. */
static void
show_buttons (KabUploadRow *self, KabUploadState state)
{
  GtkWidget *focus = gtk_widget_get_focus_child (gtk_widget_get_parent (self->remove_button));

  gtk_widget_set_visible (self->pause_button, self->editable && can_pause (state));
  gtk_widget_set_visible (self->resume_button, self->editable && state == KAB_UPLOAD_PAUSED);
  gtk_widget_set_visible (self->retry_button, self->editable && state == KAB_UPLOAD_FAILED);
  gtk_widget_set_visible (self->save_button, kab_attachment_get_file (self->attachment) != NULL);
  gtk_widget_set_visible (self->remove_button, self->editable);
  if (focus == NULL || gtk_widget_get_visible (focus))
    return;

  if (focus == self->pause_button && state == KAB_UPLOAD_PAUSED)
    gtk_widget_grab_focus (self->resume_button);
  else if (focus == self->resume_button && can_pause (state))
    gtk_widget_grab_focus (self->pause_button);
  else
    gtk_widget_grab_focus (self->remove_button);
}

/* Says it; what is wrong with a file that was added just now is brought into sight, too. */
static void
announce (KabUploadRow *self, KabUploadState state, const char *spoken)
{
  int quarters = (int) (4 * kab_attachment_get_progress (self->attachment));
  gboolean changed = state != self->state;
  gboolean failed = state == KAB_UPLOAD_FAILED;

  if (state == KAB_UPLOAD_SENDING && quarters > self->announced)
    changed = TRUE;
  if (failed && self->state == KAB_UPLOAD_CHECKING)
    kab_reveal (GTK_WIDGET (self), GTK_WIDGET (self));
  self->announced = quarters;
  self->state = state;
  if (!changed || state == KAB_UPLOAD_CHECKING || state == KAB_UPLOAD_WAITING ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  gtk_accessible_announce (GTK_ACCESSIBLE (self), spoken,
                           failed ? GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH
                                  : GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
update (KabUploadRow *self)
{
  const char *name = kab_attachment_get_name (self->attachment);
  KabUploadState state = kab_attachment_get_state (self->attachment);
  g_autofree char *status = kab_attachment_dup_status (self->attachment);
  g_autofree char *spoken = NULL;
  KabDownload *download = kab_attachment_get_download (self->attachment);
  gboolean fetching = download != NULL && kab_download_get_active (download);

  gtk_image_set_from_icon_name (self->icon, state == KAB_UPLOAD_FAILED
                                                ? "dialog-error-symbolic"
                                                : kab_file_get_icon_name (name));
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->status, status);
  if (state == KAB_UPLOAD_FAILED)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->status), "dimmed");
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->status), "dimmed");
    }
  gtk_widget_set_visible (self->progress,
                          fetching || can_pause (state) || state == KAB_UPLOAD_PAUSED);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress),
                                 fetching ? kab_download_get_progress (download)
                                          : kab_attachment_get_progress (self->attachment));
  name_buttons (self);
  show_buttons (self, state);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self),
                                    kab_attachment_get_file (self->attachment) != NULL);
  spoken = g_strdup_printf ("%s, %s", name,
                            state == KAB_UPLOAD_DONE &&
                                    kab_attachment_get_file (self->attachment) == NULL
                                ? _("sent to the bank")
                                : status);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_INVALID,
      state == KAB_UPLOAD_FAILED ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  announce (self, state, spoken);
}

static void
pause_cb (KabUploadRow *self)
{
  kab_upload_pause (kab_attachment_get_upload (self->attachment));
}

static void
start_cb (KabUploadRow *self)
{
  kab_upload_start (kab_attachment_get_upload (self->attachment));
}

static void
remove_cb (KabUploadRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static void
save_cb (KabUploadRow *self)
{
  g_signal_emit (self, signals[SAVE], 0);
}

static void
kab_upload_row_dispose (GObject *object)
{
  g_clear_object (&KAB_UPLOAD_ROW (object)->attachment);

  G_OBJECT_CLASS (kab_upload_row_parent_class)->dispose (object);
}

static void
kab_upload_row_class_init (KabUploadRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kab_upload_row_dispose;

  signals[REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[SAVE] = g_signal_new ("save", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/common/kab-upload-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KabUploadRow, icon);
  gtk_widget_class_bind_template_child (widget_class, KabUploadRow, name);
  gtk_widget_class_bind_template_child (widget_class, KabUploadRow, status);
  gtk_widget_class_bind_template_child (widget_class, KabUploadRow, pause_button);
  gtk_widget_class_bind_template_child (widget_class, KabUploadRow, resume_button);
  gtk_widget_class_bind_template_child (widget_class, KabUploadRow, retry_button);
  gtk_widget_class_bind_template_child (widget_class, KabUploadRow, save_button);
  gtk_widget_class_bind_template_child (widget_class, KabUploadRow, remove_button);
  gtk_widget_class_bind_template_child (widget_class, KabUploadRow, progress);
  gtk_widget_class_bind_template_callback (widget_class, pause_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
kab_upload_row_init (KabUploadRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kab_spelling_keep (GTK_WIDGET (self->name));
}

/**
 * kab_upload_row_new:
 * @attachment: what it shows
 * @editable: whether it can be removed
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
kab_upload_row_new (KabAttachment *attachment, gboolean editable)
{
  KabUploadRow *self = g_object_new (KAB_TYPE_UPLOAD_ROW, NULL);

  self->attachment = g_object_ref (attachment);
  self->editable = editable;
  self->state = kab_attachment_get_state (attachment);
  g_signal_connect_object (attachment, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

/* Returns: (transfer none): what it shows. */
KabAttachment *
kab_upload_row_get_attachment (KabUploadRow *self)
{
  g_return_val_if_fail (KAB_IS_UPLOAD_ROW (self), NULL);

  return self->attachment;
}

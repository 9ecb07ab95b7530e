/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identification/kab-phone-dialog.h"

#include <glib/gi18n.h>

#include "common/kab-spelling.h"
#include "common/kab-status-view.h"
#include "identification/kab-qr-code.h"

/**
 * KabPhoneDialog:
 *
 * The link to the identification for a phone: as a code for its camera, and as text. While it is
 * open the link is renewed before it ends; when there is a result it closes by itself.
 */
struct _KabPhoneDialog
{
  AdwDialog parent_instance;

  KabIdentificationModel *model; /* (owned) */

  GtkStack *stack;
  GtkWidget *loading;
  KabStatusView *failure;
  GtkWidget *content;
  GtkButton *copy;
  KabQrCode *code;
  GtkLabel *link;
};

G_DEFINE_FINAL_TYPE (KabPhoneDialog, kab_phone_dialog, ADW_TYPE_DIALOG)

static void
show_failure (KabPhoneDialog *self, const GError *error)
{
  kab_status_view_set_error (self->failure, error, _("There is no link now"));
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->failure));
}

static gboolean
has_result (KabPhoneDialog *self)
{
  switch (kab_identification_model_get_state (self->model))
    {
    case KAB_IDENTIFICATION_PASSED:
    case KAB_IDENTIFICATION_FAILED:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Before there is a link its button must not have the focus: hidden, it would be silent. While a
 * link is being renewed the one before it stays, and the focus with it. */
static void
changed_cb (KabPhoneDialog *self)
{
  const char *link = kab_identification_model_get_link (self->model);
  const GError *error = kab_identification_model_get_error (self->model);

  if (has_result (self))
    {
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  if (link != NULL)
    {
      gboolean is_new = gtk_stack_get_visible_child (self->stack) != self->content;

      kab_qr_code_set_text (self->code, link);
      if (g_strcmp0 (link, gtk_label_get_label (self->link)) != 0)
        gtk_button_set_icon_name (self->copy, "edit-copy-symbolic");
      gtk_label_set_label (self->link, link);
      gtk_stack_set_visible_child (self->stack, self->content);
      if (is_new)
        adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->copy));
    }
  else if (error != NULL)
    {
      show_failure (self, error);
    }
  else if (gtk_stack_get_visible_child (self->stack) != self->content)
    {
      gtk_stack_set_visible_child (self->stack, self->loading);
    }
}

/* Told at the button: a toast would take the Escape that closes the dialog. */
static void
copy_cb (KabPhoneDialog *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_label (self->link));
  gtk_button_set_icon_name (self->copy, "object-select-symbolic");
  gtk_accessible_announce (GTK_ACCESSIBLE (self->copy), _("Link copied"),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
retry_cb (KabPhoneDialog *self)
{
  kab_identification_model_fetch (self->model);
}

static void
kab_phone_dialog_closed (AdwDialog *dialog)
{
  kab_identification_model_keep_fresh (KAB_PHONE_DIALOG (dialog)->model, FALSE);
}

static void
kab_phone_dialog_dispose (GObject *object)
{
  KabPhoneDialog *self = KAB_PHONE_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), KAB_TYPE_PHONE_DIALOG);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (kab_phone_dialog_parent_class)->dispose (object);
}

static void
kab_phone_dialog_class_init (KabPhoneDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kab_phone_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = kab_phone_dialog_closed;

  g_type_ensure (KAB_TYPE_QR_CODE);
  g_type_ensure (KAB_TYPE_STATUS_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/identification/kab-phone-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KabPhoneDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, KabPhoneDialog, loading);
  gtk_widget_class_bind_template_child (widget_class, KabPhoneDialog, failure);
  gtk_widget_class_bind_template_child (widget_class, KabPhoneDialog, content);
  gtk_widget_class_bind_template_child (widget_class, KabPhoneDialog, copy);
  gtk_widget_class_bind_template_child (widget_class, KabPhoneDialog, code);
  gtk_widget_class_bind_template_child (widget_class, KabPhoneDialog, link);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
kab_phone_dialog_init (KabPhoneDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kab_spelling_keep (GTK_WIDGET (self->link));
}

/**
 * kab_phone_dialog_new:
 * @model: an identification that can be begun
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
kab_phone_dialog_new (KabIdentificationModel *model)
{
  KabPhoneDialog *self = g_object_new (KAB_TYPE_PHONE_DIALOG, NULL);

  g_set_object (&self->model, model);
  g_signal_connect_object (model, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  kab_identification_model_keep_fresh (model, TRUE);
  changed_cb (self);

  return ADW_DIALOG (self);
}

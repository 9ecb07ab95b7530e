/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-in/kab-recovery-done-page.h"

#include <glib/gi18n.h>

#include "common/kab-status-view.h"
#include "shell/kab-window.h"
#include "sign-in/kab-recovery-model.h"

/**
 * KabRecoveryDonePage:
 *
 * The temporary password is on its way (RCV-6, RCV-7).
 */
struct _KabRecoveryDonePage
{
  KabPage parent_instance;

  KabStatusView *view;
};

G_DEFINE_FINAL_TYPE (KabRecoveryDonePage, kab_recovery_done_page, KAB_TYPE_PAGE)

static void
sign_in_cb (KabRecoveryDonePage *self)
{
  kab_window_show (KAB_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), "sign-in");
}

static void
kab_recovery_done_page_constructed (GObject *object)
{
  KabRecoveryDonePage *self = KAB_RECOVERY_DONE_PAGE (object);
  KabRecoveryModel *model = KAB_RECOVERY_MODEL (kab_page_get_model (KAB_PAGE (self)));
  g_autofree char *text = NULL;

  G_OBJECT_CLASS (kab_recovery_done_page_parent_class)->constructed (object);

  text = g_strdup_printf (_("It was sent to %s. Sign in with it; then you choose a new password."),
                          kab_challenge_get_target (kab_recovery_model_get_challenge (model)));
  g_object_set (self->view, "description", text, NULL);
}

static void
kab_recovery_done_page_class_init (KabRecoveryDonePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kab_recovery_done_page_constructed;

  g_type_ensure (KAB_TYPE_STATUS_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/sign-in/kab-recovery-done-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KabRecoveryDonePage, view);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
}

static void
kab_recovery_done_page_init (KabRecoveryDonePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

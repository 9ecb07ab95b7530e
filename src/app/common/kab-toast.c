/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-toast.h"

/**
 * kab_toast_show:
 * @widget: what it is about
 * @toast: (transfer full): a short message
 *
 * Shows the message in the window or dialog that @widget is in.
 *
 * Returns: whether there was a place for it
 */
gboolean
kab_toast_show (GtkWidget *widget, AdwToast *toast)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  if (overlay == NULL)
    {
      g_object_unref (toast);
      return FALSE;
    }

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);

  return TRUE;
}

/**
 * kab_toast_tell:
 * @widget: what it is about
 * @message: plain text, in the current language
 *
 * Shows @message for a few seconds. Whatever must not be missed also stands in the page.
 */
void
kab_toast_tell (GtkWidget *widget, const char *message)
{
  kab_toast_show (widget, adw_toast_new (message));
}

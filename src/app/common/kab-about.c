/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-about.h"

#include <glib/gi18n.h>

/**
 * kab_about_dialog_new:
 *
 * Returns: (transfer floating): name, version and licence of the application
 */
AdwDialog *
kab_about_dialog_new (void)
{
  AdwDialog *dialog = adw_about_dialog_new ();

  g_object_set (dialog, "application-name", "Kabinets", "application-icon", "org.kabinets.Kabinets",
                "version", KAB_VERSION, "developer-name", _("The Kabinets developers"), "comments",
                _("Become a client of your bank and keep in touch with it, without a visit."),
                "license-type", GTK_LICENSE_GPL_3_0, NULL);

  return dialog;
}

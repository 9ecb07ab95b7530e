/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-shortcuts-dialog.h"

int
main (int argc, char **argv)
{
  adw_init ();
  adw_dialog_present (kab_shortcuts_dialog_new (), NULL);
  return 0;
}

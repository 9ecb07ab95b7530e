/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>

#include "kab-application.h"

int
main (int argc, char **argv)
{
  g_autoptr (KabApplication) application = NULL;

  setlocale (LC_ALL, "");
  application = kab_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}

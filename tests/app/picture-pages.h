/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-application.h"

/**
 * PicturePage:
 * @name: the beginning of the file's name
 * @show: brings the window, which is on the welcome page without a bank, to the page
 * @find_window: (nullable): gives the window to draw when it is another one
 * @leave: (nullable): undoes what @show started
 */
typedef struct
{
  const char *name;
  void (*show) (KabApplication *application, KabWindow *window);
  GtkWidget *(*find_window) (void);
  void (*leave) (void);
} PicturePage;

extern const PicturePage picture_pages[];
extern const gsize picture_n_pages;

/* Those that need the demo bank: coming in. */
extern const PicturePage picture_access_pages[];
extern const gsize picture_n_access_pages;

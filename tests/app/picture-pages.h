/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-application.h"

/**
 * PicturePage:
 * @name: the beginning of the file's name
 * @show: brings the window, which is on the welcome page without a bank, to the page
 */
typedef struct
{
  const char *name;
  void (*show) (KabApplication *application,
                KabWindow      *window);
} PicturePage;

extern const PicturePage picture_pages[];
extern const gsize picture_n_pages;

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

gboolean kab_helper_files_keep (const char *path);
void kab_helper_files_close (void);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint kab_announcements_count (void);
const char *kab_announcements_latest (void);
void kab_announcements_forget (void);

G_END_DECLS

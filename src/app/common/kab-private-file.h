/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GFile *kab_private_file_new (const char *name, GError **error);
void kab_private_file_delete (GFile *file);

void kab_private_file_bind (GFile *file, GObject *owner);
gboolean kab_private_file_is_bound (GObject *owner);

G_END_DECLS

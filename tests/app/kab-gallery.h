/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *kab_gallery_fields_new (void);
GtkWidget *kab_gallery_labels_new (void);

G_END_DECLS

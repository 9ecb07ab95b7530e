/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_TIME_LABEL (kab_time_label_get_type ())
G_DECLARE_FINAL_TYPE (KabTimeLabel, kab_time_label, KAB, TIME_LABEL, AdwBin)

GtkWidget *kab_time_label_new (void);
void kab_time_label_set_time (KabTimeLabel *self, gint64 time);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "common/kab-outage.h"

G_BEGIN_DECLS

#define KAB_TYPE_STATUS_VIEW (kab_status_view_get_type ())
G_DECLARE_FINAL_TYPE (KabStatusView, kab_status_view, KAB, STATUS_VIEW, GtkWidget)

GtkWidget *kab_status_view_new (void);
void kab_status_view_set_outage (KabStatusView *self, KabOutage outage);
void kab_status_view_set_error (KabStatusView *self, const GError *error, const char *title);
void kab_status_view_set_child (KabStatusView *self, GtkWidget *child);

G_END_DECLS

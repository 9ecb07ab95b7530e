/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "preview/kab-pdf-field.h"

G_BEGIN_DECLS

GtkWidget *kab_pdf_field_widget_new (KabPdfField *field);
gboolean kab_pdf_field_widget_join (GtkWidget *widget, GtkWidget *other);
KabPdfField *kab_pdf_field_widget_get_field (GtkWidget *widget);
void kab_pdf_field_widget_set_scale (GtkWidget *widget, double scale);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "preview/kab-pdf-document.h"

G_BEGIN_DECLS

GtkPrintOperation *kab_pdf_printer_new_operation (KabPdfDocument *document, const char *title);

G_END_DECLS

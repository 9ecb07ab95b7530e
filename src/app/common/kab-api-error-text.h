/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "common/kab-outage.h"

G_BEGIN_DECLS

/**
 * KabErrorField:
 * @pointer: JSON pointer of a member of what was sent, such as "/email"; it stands also for
 *   everything below it
 * @row: the field that it was typed into
 */
typedef struct
{
  const char *pointer;
  GtkWidget *row;
} KabErrorField;

KabOutage kab_outage_from_error (const GError *error);
char *kab_api_error_text (const GError *error);
gboolean kab_api_error_mark (const GError *error, const KabErrorField *fields, gsize n_fields);

G_END_DECLS

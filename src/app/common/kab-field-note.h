/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAB_TYPE_FIELD_NOTE (kab_field_note_get_type ())

G_DECLARE_FINAL_TYPE (KabFieldNote, kab_field_note, KAB, FIELD_NOTE, GtkListBoxRow)

GtkWidget *kab_field_note_new  (void);
void       kab_field_note_show (KabFieldNote *self,
                                const char   *text,
                                gboolean      is_error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/kab-field-view.h"

G_BEGIN_DECLS

#define KAB_TYPE_FIELD_LIST (kab_field_list_get_type ())
G_DECLARE_FINAL_TYPE (KabFieldList, kab_field_list, KAB, FIELD_LIST, GtkWidget)

GtkWidget *kab_field_list_new (KabFormModel *model, GPtrArray *fields, const char *parent);
KabFieldView *kab_field_list_find (KabFieldList *self, const char *pointer);
KabFieldView *kab_field_list_find_widget (KabFieldList *self, GtkWidget *widget);
gboolean kab_field_list_has_visible (KabFieldList *self);

G_END_DECLS

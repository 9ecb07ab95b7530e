/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "forms/kab-form-model.h"

G_BEGIN_DECLS

#define KAB_TYPE_FORM_VIEW (kab_form_view_get_type ())
G_DECLARE_FINAL_TYPE (KabFormView, kab_form_view, KAB, FORM_VIEW, GtkWidget)

GtkWidget *kab_form_view_new (void);
KabFormModel *kab_form_view_get_model (KabFormView *self);
void kab_form_view_set_model (KabFormView *self, KabFormModel *model);
gboolean kab_form_view_focus (KabFormView *self, const char *pointer);
gboolean kab_form_view_focus_first_error (KabFormView *self);
char *kab_form_view_dup_focus (KabFormView *self);

G_END_DECLS

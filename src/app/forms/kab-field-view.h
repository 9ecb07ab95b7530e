/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "forms/kab-form-model.h"

G_BEGIN_DECLS

#define KAB_TYPE_FIELD_VIEW (kab_field_view_get_type ())
G_DECLARE_DERIVABLE_TYPE (KabFieldView, kab_field_view, KAB, FIELD_VIEW, GObject)

/**
 * KabFieldViewClass:
 * @build: makes the field's rows, adds them to @group and names the main one by
 *   kab_field_view_set_row()
 * @dup_answer: what the rows say; (transfer full) (nullable): %NULL for nothing
 * @show_answer: makes the rows say @answer (nullable)
 * @show_state: makes the rows tell whether the field is shown, needed and wrong
 *
 * A kind of field.
 */
struct _KabFieldViewClass
{
  GObjectClass parent_class;

  void (*build) (KabFieldView *self, AdwPreferencesGroup *group);
  JsonNode *(*dup_answer) (KabFieldView *self);
  void (*show_answer) (KabFieldView *self, JsonNode *answer);
  void (*show_state) (KabFieldView *self, const KabFormState *state, const char *error);
};

KabFieldView *kab_field_view_new (GType type,
                                  KabFormModel *model,
                                  const KabFormField *field,
                                  const char *pointer);
void kab_field_view_build (KabFieldView *self, AdwPreferencesGroup *group);
void kab_field_view_update (KabFieldView *self);

KabFormModel *kab_field_view_get_model (KabFieldView *self);
const KabFormField *kab_field_view_get_field (KabFieldView *self);
const char *kab_field_view_get_pointer (KabFieldView *self);
const char *kab_field_view_get_label (KabFieldView *self);
GtkWidget *kab_field_view_get_row (KabFieldView *self);
gboolean kab_field_view_get_visible (KabFieldView *self);
gboolean kab_field_view_grab_focus (KabFieldView *self);

void kab_field_view_set_row (KabFieldView *self, GtkWidget *row);
void kab_field_view_set_last (KabFieldView *self, GtkWidget *row);
void kab_field_view_set_focus (KabFieldView *self, GtkWidget *widget);
void kab_field_view_typed (KabFieldView *self);
void kab_field_view_chosen (KabFieldView *self);
void kab_field_view_left (KabFieldView *self);

G_END_DECLS

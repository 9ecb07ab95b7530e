/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "messages/kab-messages-model.h"

G_BEGIN_DECLS

#define KAB_TYPE_COMPOSER (kab_composer_get_type ())
G_DECLARE_FINAL_TYPE (KabComposer, kab_composer, KAB, COMPOSER, AdwBin)

void kab_composer_set_model (KabComposer *self, KabMessagesModel *model);
GtkWidget *kab_composer_get_text (KabComposer *self);
void kab_composer_focus (KabComposer *self);
void kab_composer_take_drops (KabComposer *self, GtkWidget *area);

G_END_DECLS

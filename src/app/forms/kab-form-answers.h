/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-form-definition.h"

G_BEGIN_DECLS

JsonObject *kab_form_answers_new (KabFormDefinition *definition);
JsonObject *kab_form_answers_find_owner (JsonObject *answers, const char *pointer, char **member);

G_END_DECLS

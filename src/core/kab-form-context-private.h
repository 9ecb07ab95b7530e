/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-form-context.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

const GDate *kab_form_context_get_today (const KabFormContext *self);
JsonNode *kab_form_context_get_fact (const KabFormContext *self, const char *name);

G_END_DECLS

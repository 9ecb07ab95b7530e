/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** A copy of @object that shares nothing with it. Returns: (transfer full) */
JsonObject *kab_json_copy (JsonObject *object);

/** Whether both say the same; either may be NULL. */
gboolean kab_json_equal (JsonObject *a, JsonObject *b);

G_END_DECLS

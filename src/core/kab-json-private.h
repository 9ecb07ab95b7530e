/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-json.h"

G_BEGIN_DECLS

gboolean kab_json_scan (const char *data, gsize length, guint max_depth, KabJsonError *reason);
void kab_json_fail (GError **error, KabJsonError code, const char *member);

G_END_DECLS

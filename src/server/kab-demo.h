/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-api-context.h"

G_BEGIN_DECLS

gboolean kab_demo_prepare (const KabApiContext *context, const char *directory, GError **error);

G_END_DECLS

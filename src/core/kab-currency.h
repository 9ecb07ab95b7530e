/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean kab_currency_get_exponent (const char *code, guint *exponent);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *kab_alphanumeric_compact (const char *text);
gboolean kab_alphanumeric_is (const char *text);
gboolean kab_digits_are (const char *text, gsize length);
guint kab_alphanumeric_mod97 (const char *text, guint remainder);

G_END_DECLS

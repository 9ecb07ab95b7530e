/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Two letters each, without separators, in alphabetical order:
 * ISO 3166-1 alpha-2 with XK (Kosovo, as banks use it), and ISO 639-1. */
extern const char kab_form_country_codes[];
extern const char kab_form_language_codes[];

gboolean kab_form_is_language (const char *code);

G_END_DECLS

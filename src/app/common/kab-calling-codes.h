/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *kab_calling_code_of_country (const char *country);
const char *
kab_calling_code_split (const char *number, const char *preferred_country, gsize *code_length);

G_END_DECLS

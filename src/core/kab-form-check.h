/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean kab_form_check_exists (const char *name);
const char *kab_form_check_text (const char *name, const char *text, char **normal);

G_END_DECLS

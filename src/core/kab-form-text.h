/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One text in the languages of its form. Immutable once loaded. */
typedef struct _KabFormText KabFormText;

const char *kab_form_text_get (const KabFormText *self, const char *language);

G_END_DECLS

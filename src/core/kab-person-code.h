/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-check.h"

G_BEGIN_DECLS

KabCheck kab_person_code_check (const char *text, const GDate *birth);
KabCheck kab_person_code_check_structure (const char *text);
gboolean kab_person_code_get_birth (const char *text, GDate *birth);
char *kab_person_code_normalise (const char *text);

G_END_DECLS

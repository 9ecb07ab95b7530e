/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-check.h"

G_BEGIN_DECLS

#define KAB_NAME_LENGTH_MAX 140

KabCheck kab_name_check_person (const char *text);
KabCheck kab_name_check_company (const char *text);
char *kab_name_normalise (const char *text);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-check.h"

G_BEGIN_DECLS

KabCheck kab_date_parse (const char *text, GDate *date);
KabCheck kab_date_check (const char *text, const GDate *earliest, const GDate *latest);
char *kab_date_format (const GDate *date);

G_END_DECLS

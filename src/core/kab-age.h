/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-check.h"

G_BEGIN_DECLS

#define KAB_AGE_ADULT   18
#define KAB_AGE_HIGHEST 130

guint kab_age_on (const GDate *birth, const GDate *day);
KabCheck kab_age_check_adult (const GDate *birth, const GDate *day);

G_END_DECLS

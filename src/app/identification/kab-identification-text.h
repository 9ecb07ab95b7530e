/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-identification.h"

G_BEGIN_DECLS

char **kab_identification_dup_reasons (KabIdentification *identification);

G_END_DECLS

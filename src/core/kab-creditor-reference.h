/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-check.h"

G_BEGIN_DECLS

KabCheck kab_creditor_reference_check (const char *text);

G_END_DECLS

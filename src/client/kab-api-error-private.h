/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-api-error.h"

G_BEGIN_DECLS

/** @problem: (transfer full) (nullable). Returns: (transfer full) */
GError *kab_api_error_new (KabApiError code, KabProblem *problem, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-problem.h"

G_BEGIN_DECLS

/**
 * @object: (nullable): the problem's JSON; what is missing or of a wrong type in it is left out
 * @retry_after: seconds, or -1
 *
 * Returns: (transfer full)
 */
KabProblem *kab_problem_new (guint status, JsonObject *object, int retry_after);

G_END_DECLS

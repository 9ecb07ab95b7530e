/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabProblem:
 * @KAB_PROBLEM_NONE: none
 * @KAB_PROBLEM_NO_NETWORK: this computer has no connection
 * @KAB_PROBLEM_SERVER_DOWN: the server refuses, or its name is unknown
 * @KAB_PROBLEM_SLOW: no answer in time
 * @KAB_PROBLEM_GARBAGE: an answer that a bank's server would not give
 * @KAB_PROBLEM_OVERLOADED: the server asks to come back later
 *
 * Why the bank can't be reached, as far as it can be told apart.
 */
typedef enum
{
  KAB_PROBLEM_NONE,
  KAB_PROBLEM_NO_NETWORK,
  KAB_PROBLEM_SERVER_DOWN,
  KAB_PROBLEM_SLOW,
  KAB_PROBLEM_GARBAGE,
  KAB_PROBLEM_OVERLOADED,
} KabProblem;

const char *kab_problem_get_title     (KabProblem problem);
const char *kab_problem_get_remedy    (KabProblem problem);
const char *kab_problem_get_icon_name (KabProblem problem);

G_END_DECLS

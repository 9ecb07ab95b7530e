/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-problem.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *icon_name;
  const char *title;
  const char *remedy;
} ProblemText;

static const ProblemText texts[] = {
  [KAB_PROBLEM_NONE] = { "emblem-ok-symbolic", "", "" },
  [KAB_PROBLEM_NO_NETWORK] = {
      "network-offline-symbolic",
      N_("No internet connection"),
      N_("Check the network of this computer, then try again. Nothing that you typed is lost."),
  },
  [KAB_PROBLEM_SERVER_DOWN] = {
      "network-server-symbolic",
      N_("The bank can’t be reached"),
      N_("Your connection works, but the bank’s server does not answer. Try again in a few "
         "minutes, or call the bank."),
  },
  [KAB_PROBLEM_SLOW] = {
      "network-error-symbolic",
      N_("The bank takes too long to answer"),
      N_("The connection may be slow or the bank very busy. Try again in a minute."),
  },
  [KAB_PROBLEM_GARBAGE] = {
      "dialog-warning-symbolic",
      N_("This does not look like a bank’s server"),
      N_("The answer can’t be understood. Check the bank’s address, or whether this network asks "
         "you to sign in to it first."),
  },
  [KAB_PROBLEM_OVERLOADED] = {
      "network-server-symbolic",
      N_("The bank is very busy"),
      N_("Many people are using it right now. Try again in a minute."),
  },
};

/**
 * kab_problem_get_title:
 * @problem: what is wrong
 *
 * Returns: (transfer none): a short heading, in the current language
 */
const char *
kab_problem_get_title (KabProblem problem)
{
  g_return_val_if_fail ((guint) problem < G_N_ELEMENTS (texts), "");

  return problem == KAB_PROBLEM_NONE ? "" : _(texts[problem].title);
}

/**
 * kab_problem_get_remedy:
 * @problem: what is wrong
 *
 * Returns: (transfer none): what to do about it, in the current language
 */
const char *
kab_problem_get_remedy (KabProblem problem)
{
  g_return_val_if_fail ((guint) problem < G_N_ELEMENTS (texts), "");

  return problem == KAB_PROBLEM_NONE ? "" : _(texts[problem].remedy);
}

/**
 * kab_problem_get_icon_name:
 * @problem: what is wrong
 *
 * Returns: (transfer none): a symbolic icon
 */
const char *
kab_problem_get_icon_name (KabProblem problem)
{
  g_return_val_if_fail ((guint) problem < G_N_ELEMENTS (texts), "");

  return texts[problem].icon_name;
}

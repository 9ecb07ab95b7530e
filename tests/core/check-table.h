/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-check.h"

/* One line of a table of inputs and what a validator must find in them. */
typedef struct
{
  const char *text;
  KabCheck expected;
} CheckCase;

static inline void
assert_check (const char *text, KabCheck found, KabCheck expected)
{
  if (found != expected)
    g_error ("“%s” is %s instead of %s", text, kab_check_code (found), kab_check_code (expected));
}

static inline void
assert_checks (KabCheck (*validator) (const char *text), const CheckCase *cases, gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    assert_check (cases[i].text, validator (cases[i].text), cases[i].expected);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-person-code.h"

#include <string.h>

#include "kab-alphanumeric.h"

#define N_DIGITS 11

/* The parts of a code; a new one has no date. */
typedef struct
{
  guint digits[N_DIGITS];
  guint day, month, year;
  gboolean is_new;
} PersonCode;

static gboolean
split (const char *text, PersonCode *code)
{
  g_autofree char *compact = kab_alphanumeric_compact (text);
  gsize length = strlen (compact);

  if (length == N_DIGITS + 1 && compact[6] == '-')
    memmove (compact + 6, compact + 7, length - 6);
  if (!kab_digits_are (compact, N_DIGITS))
    return FALSE;

  for (guint i = 0; i < N_DIGITS; i++)
    code->digits[i] = (guint) (compact[i] - '0');

  code->day = code->digits[0] * 10 + code->digits[1];
  code->month = code->digits[2] * 10 + code->digits[3];
  code->year = 1800 + code->digits[6] * 100 + code->digits[4] * 10 + code->digits[5];
  code->is_new = code->day >= 32 && code->day <= 39;

  return TRUE;
}

/* Codes with an unknown birthday have 00 for the month, and may for the day. */
static gboolean
has_possible_date (const PersonCode *code)
{
  if (code->digits[6] > 2)
    return FALSE;
  if (code->month == 0)
    return code->day <= 31;

  return g_date_valid_dmy ((GDateDay) code->day, (GDateMonth) code->month, (GDateYear) code->year);
}

/* (1101 − Σ dᵢ·wᵢ) mod 11; a remainder of 10 is written as 0. */
static guint
check_digit (const PersonCode *code)
{
  static const guint weights[N_DIGITS - 1] = { 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  guint sum = 0;

  for (guint i = 0; i < N_DIGITS - 1; i++)
    sum += code->digits[i] * weights[i];

  return (1101 - sum) % 11 % 10;
}

static gboolean
agrees_with_birth (const PersonCode *code, const GDate *birth)
{
  return code->year == g_date_get_year (birth) &&
         (code->month == 0 || code->month == g_date_get_month (birth)) &&
         (code->day == 0 || code->day == g_date_get_day (birth));
}

/**
 * kab_person_code_check_structure:
 * @text: (nullable): a Latvian personal code, DDMMYY-XXXXX or 11 digits
 *
 * The check for a code that an identification provider vouches for: people live with issued codes
 * whose last digit does not follow the rule (as the demonstration code 010111-22341).
 *
 * Returns: %KAB_CHECK_OK, %KAB_CHECK_TEXT_EMPTY, %KAB_CHECK_PERSON_CODE_FORMAT or
 *   %KAB_CHECK_PERSON_CODE_DATE
 */
KabCheck
kab_person_code_check_structure (const char *text)
{
  PersonCode code;

  if (text == NULL || *text == '\0')
    return KAB_CHECK_TEXT_EMPTY;
  if (!split (text, &code))
    return KAB_CHECK_PERSON_CODE_FORMAT;
  if (!code.is_new && !has_possible_date (&code))
    return KAB_CHECK_PERSON_CODE_DATE;

  return KAB_CHECK_OK;
}

/**
 * kab_person_code_check:
 * @text: (nullable): a Latvian personal code as typed, DDMMYY-XXXXX or 11 digits
 * @birth: (nullable): the day of birth that was entered
 *
 * Codes issued until 30 June 2017 carry a date and a check digit, and must agree with @birth.
 * Codes issued since begin with 32 to 39, carry neither, and have no official check digit.
 *
 * Returns: as kab_person_code_check_structure(), or %KAB_CHECK_PERSON_CODE_CHECK_DIGIT or
 *   %KAB_CHECK_PERSON_CODE_BIRTH_DATE
 */
KabCheck
kab_person_code_check (const char *text, const GDate *birth)
{
  PersonCode code;
  KabCheck check = kab_person_code_check_structure (text);

  if (check != KAB_CHECK_OK)
    return check;

  split (text, &code);
  if (code.is_new)
    return KAB_CHECK_OK;
  if (code.digits[N_DIGITS - 1] != check_digit (&code))
    return KAB_CHECK_PERSON_CODE_CHECK_DIGIT;
  if (birth != NULL && !agrees_with_birth (&code, birth))
    return KAB_CHECK_PERSON_CODE_BIRTH_DATE;

  return KAB_CHECK_OK;
}

/**
 * kab_person_code_get_birth:
 * @text: (nullable): a Latvian personal code
 * @birth: (out caller-allocates): the day of birth within it; untouched on failure
 *
 * Returns: whether @text is an old code with a full date
 */
gboolean
kab_person_code_get_birth (const char *text, GDate *birth)
{
  PersonCode code;

  if (kab_person_code_check_structure (text) != KAB_CHECK_OK)
    return FALSE;

  split (text, &code);
  if (code.is_new || code.month == 0)
    return FALSE;

  g_date_clear (birth, 1);
  g_date_set_dmy (birth, (GDateDay) code.day, (GDateMonth) code.month, (GDateYear) code.year);

  return TRUE;
}

/**
 * kab_person_code_normalise:
 * @text: (nullable): a Latvian personal code as typed
 *
 * Returns: (transfer full) (nullable): the code as it is stored and shown, DDMMYY-XXXXX; %NULL if
 *   @text has not the format of one
 */
char *
kab_person_code_normalise (const char *text)
{
  PersonCode code;
  GString *normal;

  if (!split (text, &code))
    return NULL;

  normal = g_string_new (NULL);
  for (guint i = 0; i < N_DIGITS; i++)
    g_string_append_printf (normal, i == 6 ? "-%u" : "%u", code.digits[i]);

  return g_string_free_and_steal (normal);
}

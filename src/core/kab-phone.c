/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-phone.h"

#include <string.h>

#include "kab-alphanumeric.h"

/* E.164 has no lower limit; the shortest numbers in use have seven digits with the country code. */
#define DIGITS_MIN 7
#define DIGITS_MAX 15

/* National lengths, without the country code. */
static const struct
{
  const char *prefix;
  guint shortest, longest;
} national_lengths[] = {
  { "+371", 8, 8 },
  { "+370", 8, 8 },
  { "+372", 7, 8 },
};

static gboolean
has_length_of_its_country (const char *number, gsize n_digits)
{
  if (n_digits < DIGITS_MIN || n_digits > DIGITS_MAX)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (national_lengths); i++)
    {
      if (g_str_has_prefix (number, national_lengths[i].prefix))
        {
          gsize n_national = n_digits - 3;

          return n_national >= national_lengths[i].shortest &&
                 n_national <= national_lengths[i].longest;
        }
    }

  return TRUE;
}

/**
 * kab_phone_normalise:
 * @text: (nullable): a telephone number as typed
 *
 * Returns: (transfer full): @text as it is stored, +xxx12345678: without spaces, hyphens, dots and
 *   parentheses, and with + for a leading 00. What cannot be part of a number stays, so that
 *   kab_phone_check() refuses it.
 */
char *
kab_phone_normalise (const char *text)
{
  g_autofree char *compact = kab_alphanumeric_compact (text);
  GString *number = g_string_new (NULL);
  const char *rest = compact;

  if (g_str_has_prefix (compact, "00"))
    {
      g_string_append_c (number, '+');
      rest += 2;
    }

  for (; *rest != '\0'; rest++)
    {
      if (strchr ("-.()", *rest) == NULL)
        g_string_append_c (number, *rest);
    }

  return g_string_free_and_steal (number);
}

/**
 * kab_phone_check:
 * @text: (nullable): a telephone number as typed
 *
 * International numbers of ITU-T E.164; numbers of the Baltic countries have their exact lengths.
 *
 * Returns: %KAB_CHECK_OK, %KAB_CHECK_TEXT_EMPTY, %KAB_CHECK_PHONE_FORMAT or
 *   %KAB_CHECK_PHONE_LENGTH
 */
KabCheck
kab_phone_check (const char *text)
{
  g_autofree char *number = kab_phone_normalise (text);
  gsize n_digits;

  if (*number == '\0')
    return KAB_CHECK_TEXT_EMPTY;

  n_digits = strlen (number) - 1;
  if (number[0] != '+' || number[1] == '0' || !kab_digits_are (number + 1, n_digits))
    return KAB_CHECK_PHONE_FORMAT;

  return has_length_of_its_country (number, n_digits) ? KAB_CHECK_OK : KAB_CHECK_PHONE_LENGTH;
}

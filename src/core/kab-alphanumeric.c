/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-alphanumeric.h"

/**
 * kab_alphanumeric_compact:
 * @text: (nullable): an identifier as a person wrote it
 *
 * Returns: (transfer full): @text without spaces (no-break ones too), letters a–z in upper case; an
 *   empty string for %NULL. Everything else stays, so that a validator can refuse it.
 */
char *
kab_alphanumeric_compact (const char *text)
{
  GString *compact = g_string_new (NULL);

  for (const char *p = text ? text : ""; *p != '\0'; p++)
    {
      if (g_str_has_prefix (p, "\302\240"))
        p++;
      else if (!g_ascii_isspace (*p))
        g_string_append_c (compact, g_ascii_toupper (*p));
    }

  return g_string_free_and_steal (compact);
}

/**
 * kab_alphanumeric_is:
 * @text: a compact identifier
 *
 * Returns: whether @text has A–Z and 0–9 only; true for an empty one
 */
gboolean
kab_alphanumeric_is (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isupper (*p) && !g_ascii_isdigit (*p))
        return FALSE;
    }

  return TRUE;
}

/**
 * kab_digits_are:
 * @text: a text
 * @length: how many digits are expected
 *
 * Returns: whether @text is exactly @length digits 0–9
 */
gboolean
kab_digits_are (const char *text, gsize length)
{
  gsize i;

  for (i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
    }

  return text[i] == '\0';
}

/**
 * kab_alphanumeric_mod97:
 * @text: A–Z and 0–9 only
 * @remainder: the remainder of what comes before @text, 0 at the beginning
 *
 * The remainder of ISO 7064 MOD 97-10, letters counted as A=10 … Z=35, taken place by place so
 * that no large number arises.
 *
 * Returns: the remainder, 0 to 96
 */
guint
kab_alphanumeric_mod97 (const char *text, guint remainder)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        remainder = (remainder * 10 + (guint) (*p - '0')) % 97;
      else
        remainder = (remainder * 100 + (guint) (*p - 'A') + 10) % 97;
    }

  return remainder;
}

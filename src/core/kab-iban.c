/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-iban.h"

#include <stdlib.h>
#include <string.h>

#include "kab-alphanumeric.h"

typedef struct
{
  char country[3];
  guint length;          /* of the whole IBAN */
  const char *structure; /* (nullable): of the national part: n digits, a letters, c either */
} IbanCountry;

/* ISO 13616 registry, release 101, ordered by country. The countries of SEPA have a structure. */
/* clang-format off */
static const IbanCountry countries[] = {
  { "AD", 24, "4n4n12c" },
  { "AE", 23, NULL },
  { "AL", 28, "8n16c" },
  { "AT", 20, "5n11n" },
  { "AZ", 28, NULL },
  { "BA", 20, NULL },
  { "BE", 16, "3n7n2n" },
  { "BG", 22, "4a4n2n8c" },
  { "BH", 22, NULL },
  { "BI", 27, NULL },
  { "BR", 29, NULL },
  { "BY", 28, NULL },
  { "CH", 21, "5n12c" },
  { "CR", 22, NULL },
  { "CY", 28, "3n5n16c" },
  { "CZ", 24, "4n16n" },
  { "DE", 22, "8n10n" },
  { "DJ", 27, NULL },
  { "DK", 18, "4n9n1n" },
  { "DO", 28, NULL },
  { "EE", 20, "2n14n" },
  { "EG", 29, NULL },
  { "ES", 24, "4n4n2n10n" },
  { "FI", 18, "3n11n" },
  { "FK", 18, NULL },
  { "FO", 18, NULL },
  { "FR", 27, "5n5n11c2n" },
  { "GB", 22, "4a6n8n" },
  { "GE", 22, NULL },
  { "GI", 23, "4a15c" },
  { "GL", 18, NULL },
  { "GR", 27, "3n4n16c" },
  { "GT", 28, NULL },
  { "HN", 28, NULL },
  { "HR", 21, "7n10n" },
  { "HU", 28, "3n4n1n15n1n" },
  { "IE", 22, "4a6n8n" },
  { "IL", 23, NULL },
  { "IQ", 23, NULL },
  { "IS", 26, "4n2n6n10n" },
  { "IT", 27, "1a5n5n12c" },
  { "JO", 30, NULL },
  { "KW", 30, NULL },
  { "KZ", 20, NULL },
  { "LB", 28, NULL },
  { "LC", 32, NULL },
  { "LI", 21, "5n12c" },
  { "LT", 20, "5n11n" },
  { "LU", 20, "3n13c" },
  { "LV", 21, "4a13c" },
  { "LY", 25, NULL },
  { "MC", 27, "5n5n11c2n" },
  { "MD", 24, "2c18c" },
  { "ME", 22, "3n13n2n" },
  { "MK", 19, "3n10c2n" },
  { "MN", 20, NULL },
  { "MR", 27, NULL },
  { "MT", 31, "4a5n18c" },
  { "MU", 30, NULL },
  { "NI", 28, NULL },
  { "NL", 18, "4a10n" },
  { "NO", 15, "4n6n1n" },
  { "OM", 23, NULL },
  { "PK", 24, NULL },
  { "PL", 28, "8n16n" },
  { "PS", 29, NULL },
  { "PT", 25, "4n4n11n2n" },
  { "QA", 29, NULL },
  { "RO", 24, "4a16c" },
  { "RS", 22, "3n13n2n" },
  { "RU", 33, NULL },
  { "SA", 24, NULL },
  { "SC", 31, NULL },
  { "SD", 18, NULL },
  { "SE", 24, "3n16n1n" },
  { "SI", 19, "5n8n2n" },
  { "SK", 24, "4n6n10n" },
  { "SM", 27, "1a5n5n12c" },
  { "SO", 23, NULL },
  { "ST", 25, NULL },
  { "SV", 28, NULL },
  { "TL", 23, NULL },
  { "TN", 24, NULL },
  { "TR", 26, NULL },
  { "UA", 29, NULL },
  { "VA", 22, "3n15n" },
  { "VG", 24, NULL },
  { "XK", 20, NULL },
  { "YE", 30, NULL },
};
/* clang-format on */

static int
compare_country (const void *key, const void *element)
{
  return strncmp (key, ((const IbanCountry *) element)->country, 2);
}

static const IbanCountry *
find_country (const char *iban)
{
  return bsearch (iban, countries, G_N_ELEMENTS (countries), sizeof countries[0], compare_country);
}

static gboolean
has_kind (char character, char kind)
{
  switch (kind)
    {
    case 'n':
      return g_ascii_isdigit (character);
    case 'a':
      return g_ascii_isupper (character);
    default:
      return g_ascii_isdigit (character) || g_ascii_isupper (character);
    }
}

/* Walks a structure such as "4a13c"; a length that differs is a difference too. */
static gboolean
has_structure (const char *bban, const char *structure)
{
  while (*structure != '\0')
    {
      char *kind;
      guint64 places = g_ascii_strtoull (structure, &kind, 10);

      for (; places > 0; places--, bban++)
        {
          if (*bban == '\0' || !has_kind (*bban, *kind))
            return FALSE;
        }
      structure = kind + 1;
    }

  return *bban == '\0';
}

static guint
remainder_of (const char *head, const char *bban)
{
  return kab_alphanumeric_mod97 (head, kab_alphanumeric_mod97 (bban, 0));
}

static KabCheck
check_compact (const char *iban)
{
  const IbanCountry *country;
  char head[5] = { 0 };

  if (*iban == '\0')
    return KAB_CHECK_TEXT_EMPTY;
  if (!kab_alphanumeric_is (iban) || strlen (iban) < 5 || !g_ascii_isupper (iban[0]) ||
      !g_ascii_isupper (iban[1]) || !g_ascii_isdigit (iban[2]) || !g_ascii_isdigit (iban[3]))
    return KAB_CHECK_IBAN_FORMAT;

  country = find_country (iban);
  if (country == NULL)
    return KAB_CHECK_IBAN_COUNTRY;
  if (strlen (iban) != country->length)
    return KAB_CHECK_IBAN_LENGTH;
  if (country->structure != NULL && !has_structure (iban + 4, country->structure))
    return KAB_CHECK_IBAN_STRUCTURE;

  memcpy (head, iban, 4);

  return remainder_of (head, iban + 4) == 1 ? KAB_CHECK_OK : KAB_CHECK_IBAN_CHECK_DIGITS;
}

/**
 * kab_iban_normalise:
 * @text: (nullable): an IBAN as typed
 *
 * Returns: (transfer full): @text as it is stored, without spaces and in upper case
 */
char *
kab_iban_normalise (const char *text)
{
  return kab_alphanumeric_compact (text);
}

/**
 * kab_iban_check:
 * @text: (nullable): an IBAN as typed, spaces and lower case allowed
 *
 * ISO 13616: the length of the country, its structure within SEPA, and MOD 97-10.
 *
 * Returns: %KAB_CHECK_OK, %KAB_CHECK_TEXT_EMPTY, or one of the `KAB_CHECK_IBAN_` values
 */
KabCheck
kab_iban_check (const char *text)
{
  g_autofree char *iban = kab_iban_normalise (text);

  return check_compact (iban);
}

/**
 * kab_iban_format:
 * @text: (nullable): an IBAN
 *
 * Returns: (transfer full): @text as it is shown, in groups of four
 */
char *
kab_iban_format (const char *text)
{
  g_autofree char *iban = kab_iban_normalise (text);
  GString *groups = g_string_new (NULL);

  for (gsize i = 0; iban[i] != '\0'; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (groups, ' ');
      g_string_append_c (groups, iban[i]);
    }

  return g_string_free_and_steal (groups);
}

/**
 * kab_iban_is_sepa:
 * @text: (nullable): an IBAN
 *
 * Returns: whether the country of @text takes part in SEPA; the IBAN itself is not checked
 */
gboolean
kab_iban_is_sepa (const char *text)
{
  g_autofree char *iban = kab_iban_normalise (text);
  const IbanCountry *country = strlen (iban) >= 2 ? find_country (iban) : NULL;

  return country != NULL && country->structure != NULL;
}

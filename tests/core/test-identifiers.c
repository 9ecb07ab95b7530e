/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-bic.h"
#include "kab-creditor-reference.h"
#include "kab-iban.h"
#include "kab-lei.h"
#include "kab-registration-number.h"

#include <string.h>

#include "check-table.h"

static void
test_registration_number (void)
{
  static const CheckCase cases[] = {
    { "50103189561", KAB_CHECK_OK },
    { "40003194988", KAB_CHECK_OK },
    { "40203154352", KAB_CHECK_OK },
    { "90000158236", KAB_CHECK_OK },
    { " 4000 3194 988 ", KAB_CHECK_OK },
    { NULL, KAB_CHECK_TEXT_EMPTY },
    { " ", KAB_CHECK_TEXT_EMPTY },
    { "40003194989", KAB_CHECK_REGISTRATION_NUMBER_CHECK_DIGIT },
    { "40003149988", KAB_CHECK_REGISTRATION_NUMBER_CHECK_DIGIT },
    { "30003194988", KAB_CHECK_REGISTRATION_NUMBER_FORMAT },
    { "16117519997", KAB_CHECK_REGISTRATION_NUMBER_FORMAT },
    { "4000319498", KAB_CHECK_REGISTRATION_NUMBER_FORMAT },
    { "400031949881", KAB_CHECK_REGISTRATION_NUMBER_FORMAT },
    { "LV40003194988", KAB_CHECK_REGISTRATION_NUMBER_FORMAT },
    { "4000319498O", KAB_CHECK_REGISTRATION_NUMBER_FORMAT },
  };

  assert_checks (kab_registration_number_check, cases, G_N_ELEMENTS (cases));
}

static void
test_creditor_reference (void)
{
  static const CheckCase cases[] = {
    { "RF18539007547034", KAB_CHECK_OK },
    { "rf18 5390 0754 7034", KAB_CHECK_OK },
    { NULL, KAB_CHECK_TEXT_EMPTY },
    { "RF17539007547034", KAB_CHECK_CREDITOR_REFERENCE_CHECK_DIGITS },
    { "RF18539007547043", KAB_CHECK_CREDITOR_REFERENCE_CHECK_DIGITS },
    { "RF18", KAB_CHECK_CREDITOR_REFERENCE_FORMAT },
    { "RG18539007547034", KAB_CHECK_CREDITOR_REFERENCE_FORMAT },
    { "RFA8539007547034", KAB_CHECK_CREDITOR_REFERENCE_FORMAT },
    { "RF18-539007547034", KAB_CHECK_CREDITOR_REFERENCE_FORMAT },
    { "RF18539007547034539007547034", KAB_CHECK_CREDITOR_REFERENCE_FORMAT },
  };

  assert_checks (kab_creditor_reference_check, cases, G_N_ELEMENTS (cases));
}

static void
test_lei (void)
{
  static const CheckCase cases[] = {
    { "213800KUD8LAJWSQ9D15", KAB_CHECK_OK },
    { "213800kud8lajwsq9d15", KAB_CHECK_OK },
    { NULL, KAB_CHECK_TEXT_EMPTY },
    { "213800KUD8LAJWSQ9D16", KAB_CHECK_LEI_CHECK_DIGITS },
    { "213800KUD8LAJWQS9D15", KAB_CHECK_LEI_CHECK_DIGITS },
    { "213800KUD8LAJWSQ9D1", KAB_CHECK_LEI_FORMAT },
    { "213800KUD8LAJWSQ9D1X", KAB_CHECK_LEI_FORMAT },
    { "213800KUD8LAJWSQ9Ā15", KAB_CHECK_LEI_FORMAT },
  };

  assert_checks (kab_lei_check, cases, G_N_ELEMENTS (cases));
}

static void
test_bic (void)
{
  static const CheckCase cases[] = {
    { "HABALV22", KAB_CHECK_OK },           { "HABALV22XXX", KAB_CHECK_OK },
    { "habalv22", KAB_CHECK_OK },           { "NCBVXKPR", KAB_CHECK_OK },
    { NULL, KAB_CHECK_TEXT_EMPTY },         { "HABALV2", KAB_CHECK_BIC_LENGTH },
    { "HABALV22XX", KAB_CHECK_BIC_LENGTH }, { "HABA1V22", KAB_CHECK_BIC_FORMAT },
    { "HABALV2-", KAB_CHECK_BIC_FORMAT },
  };

  assert_checks (kab_bic_check, cases, G_N_ELEMENTS (cases));
}

static void
test_iban (void)
{
  static const CheckCase cases[] = {
    { "LV80BANK0000435195001", KAB_CHECK_OK },
    { "LT121000011101001000", KAB_CHECK_OK },
    { "EE382200221020145685", KAB_CHECK_OK },
    { "lv80 bank 0000 4351 9500 1", KAB_CHECK_OK },
    { "LV80\u00a0BANK\u00a00000\u00a04351\u00a09500\u00a01", KAB_CHECK_OK },
    { "GB82WEST12345698765432", KAB_CHECK_OK },
    { "DE89370400440532013000", KAB_CHECK_OK },
    { "NO9386011117947", KAB_CHECK_OK },
    { "MT84MALT011000012345MTLCAST001S", KAB_CHECK_OK },
    { "SC18SSCB11010000000000001497USD", KAB_CHECK_OK },
    { "LC55HEMM000100010012001200023015", KAB_CHECK_OK },
    { NULL, KAB_CHECK_TEXT_EMPTY },
    { "  ", KAB_CHECK_TEXT_EMPTY },
    { "LV80BANK0000435195010", KAB_CHECK_IBAN_CHECK_DIGITS },
    { "LV81BANK0000435195001", KAB_CHECK_IBAN_CHECK_DIGITS },
    { "LV80BANK000043519500", KAB_CHECK_IBAN_LENGTH },
    { "LV80BANK00004351950011", KAB_CHECK_IBAN_LENGTH },
    { "LV80BAN00000435195001", KAB_CHECK_IBAN_STRUCTURE },
    { "LT12100001110100100A", KAB_CHECK_IBAN_STRUCTURE },
    { "US80BANK0000435195001", KAB_CHECK_IBAN_COUNTRY },
    { "ZZ80BANK0000435195001", KAB_CHECK_IBAN_COUNTRY },
    { "LV80-BANK0000435195001", KAB_CHECK_IBAN_FORMAT },
    { "LVX0BANK0000435195001", KAB_CHECK_IBAN_FORMAT },
    { "1280BANK0000435195001", KAB_CHECK_IBAN_FORMAT },
    { "LV80", KAB_CHECK_IBAN_FORMAT },
    { "LV80BĀNK000043519500", KAB_CHECK_IBAN_FORMAT },
  };

  assert_checks (kab_iban_check, cases, G_N_ELEMENTS (cases));
}

/* Typed from the registry a second time: the country and the length, in no order. */
static const char *const registry =
    "AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GI23 GR27 HR21 HU28 IE22 "
    "IS26 IT27 LI21 LT20 LU20 LV21 MC27 MT31 NL18 NO15 PL28 PT25 RO24 SE24 SI19 SK24 SM27 VA22 "
    "AD24 AL28 MD24 ME22 MK19 RS22 "
    "AE23 AZ28 BA20 BH22 BI27 BR29 BY28 CR22 DJ27 DO28 EG29 FK18 FO18 GE22 GL18 GT28 HN28 IL23 "
    "IQ23 JO30 KW30 KZ20 LB28 LC32 LY25 MN20 MR27 MU30 NI28 OM23 PK24 PS29 QA29 RU33 SA24 SC31 "
    "SD18 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VG24 XK20 YE30";

#define N_SEPA 42

/* Whether any national part of @length places satisfies the country; tried with digits first,
 * then with letters in the places where a country asks for them. */
static gboolean
has_iban_of_length (const char *country, guint length)
{
  static const guint letters[][2] = { { 0, 0 }, { 0, 4 }, { 0, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      char bban[KAB_IBAN_LENGTH_MAX + 1] = { 0 };

      memset (bban, '7', length - 4);
      memset (bban + letters[i][0], 'K', letters[i][1]);
      for (guint digits = 2; digits <= 98; digits++)
        {
          g_autofree char *iban = g_strdup_printf ("%s%02u%s", country, digits, bban);

          if (kab_iban_check (iban) == KAB_CHECK_OK)
            return TRUE;
        }
    }

  return FALSE;
}

static void
test_iban_lengths (void)
{
  g_auto (GStrv) entries = g_strsplit (registry, " ", -1);
  guint n_known = 0;

  for (guint i = 0; entries[i] != NULL; i++)
    {
      g_autofree char *country = g_strndup (entries[i], 2);
      guint length = (guint) g_ascii_strtoull (entries[i] + 2, NULL, 10);

      for (guint tried = 10; tried <= KAB_IBAN_LENGTH_MAX; tried++)
        {
          if (has_iban_of_length (country, tried) != (tried == length))
            g_error ("%s with %u characters, the registry says %u", country, tried, length);
        }
      g_assert_true (kab_iban_is_sepa (country) == (i < N_SEPA));
    }

  for (char first = 'A'; first <= 'Z'; first++)
    {
      for (char second = 'A'; second <= 'Z'; second++)
        {
          char iban[] = { first, second, '0', '0', '0', '\0' };

          n_known += kab_iban_check (iban) != KAB_CHECK_IBAN_COUNTRY;
        }
    }
  g_assert_cmpuint (n_known, ==, g_strv_length (entries));
}

/* MOD 97-10 finds every single wrong digit and every two neighbours that changed places. */
static void
test_iban_mistypings (void)
{
  const char *valid = "EE382200221020145685";

  for (gsize i = 2; valid[i] != '\0'; i++)
    {
      g_autofree char *mistyped = g_strdup (valid);

      for (char digit = '0'; digit <= '9'; digit++)
        {
          mistyped[i] = digit;
          g_assert_true ((kab_iban_check (mistyped) == KAB_CHECK_OK) == (digit == valid[i]));
        }

      mistyped[i] = valid[i - 1];
      mistyped[i - 1] = valid[i];
      if (i > 2 && valid[i] != valid[i - 1])
        g_assert_cmpint (kab_iban_check (mistyped), ==, KAB_CHECK_IBAN_CHECK_DIGITS);
    }
}

static void
test_iban_forms (void)
{
  g_autofree char *normal = kab_iban_normalise ("lv80 bank 0000 4351 9500 1");
  g_autofree char *groups = kab_iban_format ("LV80BANK0000435195001");

  g_assert_cmpstr (normal, ==, "LV80BANK0000435195001");
  g_assert_cmpstr (groups, ==, "LV80 BANK 0000 4351 9500 1");
  g_assert_false (kab_iban_is_sepa (""));
  g_assert_false (kab_iban_is_sepa (NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/identifiers/registration-number", test_registration_number);
  g_test_add_func ("/identifiers/creditor-reference", test_creditor_reference);
  g_test_add_func ("/identifiers/lei", test_lei);
  g_test_add_func ("/identifiers/bic", test_bic);
  g_test_add_func ("/identifiers/iban", test_iban);
  g_test_add_func ("/identifiers/iban-lengths", test_iban_lengths);
  g_test_add_func ("/identifiers/iban-mistypings", test_iban_mistypings);
  g_test_add_func ("/identifiers/iban-forms", test_iban_forms);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-person-code.h"

#include "check-table.h"

static const GDate *
day (GDate *date, guint year, GDateMonth month, guint day_of_month)
{
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) day_of_month, month, (GDateYear) year);

  return date;
}

static KabCheck
check_alone (const char *text)
{
  return kab_person_code_check (text, NULL);
}

static void
test_codes (void)
{
  static const CheckCase cases[] = {
    { "161175-19997", KAB_CHECK_OK },
    { "16117519997", KAB_CHECK_OK },
    { " 161175-19997 ", KAB_CHECK_OK },
    { "010101-10006", KAB_CHECK_OK },
    { "328673-00679", KAB_CHECK_OK },
    { "32867300670", KAB_CHECK_OK }, /* no check digit since 2017 */
    { "399999-99999", KAB_CHECK_OK },
    { NULL, KAB_CHECK_TEXT_EMPTY },
    { "", KAB_CHECK_TEXT_EMPTY },
    { "161375-19997", KAB_CHECK_PERSON_CODE_DATE },
    { "290275-19997", KAB_CHECK_PERSON_CODE_DATE },
    { "161175-39997", KAB_CHECK_PERSON_CODE_DATE }, /* no such century */
    { "401175-19997", KAB_CHECK_PERSON_CODE_DATE },
    { "001175-19997", KAB_CHECK_PERSON_CODE_DATE },
    { "161175-19996", KAB_CHECK_PERSON_CODE_CHECK_DIGIT },
    { "161157-19997", KAB_CHECK_PERSON_CODE_CHECK_DIGIT },
    { "010111-22341", KAB_CHECK_PERSON_CODE_CHECK_DIGIT },
    { "161175-1999", KAB_CHECK_PERSON_CODE_FORMAT },
    { "161175-199977", KAB_CHECK_PERSON_CODE_FORMAT },
    { "1611751-9997", KAB_CHECK_PERSON_CODE_FORMAT },
    { "161175+19997", KAB_CHECK_PERSON_CODE_FORMAT },
    { "16117-519997", KAB_CHECK_PERSON_CODE_FORMAT },
    { "161175--19997", KAB_CHECK_PERSON_CODE_FORMAT },
    { "16117S-19997", KAB_CHECK_PERSON_CODE_FORMAT },
    { "\u0661161175-1999", KAB_CHECK_PERSON_CODE_FORMAT },
    { "-", KAB_CHECK_PERSON_CODE_FORMAT },
  };

  assert_checks (check_alone, cases, G_N_ELEMENTS (cases));
}

/* Of the ten last digits exactly one fits, also where the rule's remainder is ten. */
static void
test_one_check_digit_each (void)
{
  guint n_remainder_ten = 0;

  for (guint serial = 0; serial < 1000; serial++)
    {
      guint n_valid = 0;

      for (guint digit = 0; digit < 10; digit++)
        {
          g_autofree char *code = g_strdup_printf ("161175-1%03u%u", serial, digit);

          n_valid += kab_person_code_check (code, NULL) == KAB_CHECK_OK;
        }
      g_assert_cmpuint (n_valid, ==, 1);
    }

  /* counted with the rule as python-stdnum writes it: 1 + Σ 10,5,8,4,2,1,6,3,7,9 */
  for (guint serial = 0; serial < 1000; serial++)
    {
      static const guint weights[] = { 10, 5, 8, 4, 2, 1, 6, 3, 7, 9 };
      g_autofree char *start = g_strdup_printf ("1611751%03u", serial);
      g_autofree char *code = NULL;
      guint sum = 1;

      for (guint i = 0; i < 10; i++)
        sum += weights[i] * (guint) (start[i] - '0');
      n_remainder_ten += sum % 11 == 10;
      code = g_strdup_printf ("%s%u", start, sum % 11 % 10);
      assert_check (code, kab_person_code_check (code, NULL), KAB_CHECK_OK);
    }
  g_assert_cmpuint (n_remainder_ten, >, 0);
}

static void
test_birth_date (void)
{
  GDate birth;

  assert_check ("same day",
                kab_person_code_check ("161175-19997", day (&birth, 1975, G_DATE_NOVEMBER, 16)),
                KAB_CHECK_OK);
  assert_check ("other day",
                kab_person_code_check ("161175-19997", day (&birth, 1975, G_DATE_NOVEMBER, 17)),
                KAB_CHECK_PERSON_CODE_BIRTH_DATE);
  assert_check ("other month",
                kab_person_code_check ("161175-19997", day (&birth, 1975, G_DATE_OCTOBER, 16)),
                KAB_CHECK_PERSON_CODE_BIRTH_DATE);
  assert_check ("other century",
                kab_person_code_check ("161175-19997", day (&birth, 2075, G_DATE_NOVEMBER, 16)),
                KAB_CHECK_PERSON_CODE_BIRTH_DATE);
  assert_check ("new code",
                kab_person_code_check ("328673-00679", day (&birth, 1975, G_DATE_OCTOBER, 16)),
                KAB_CHECK_OK);

  g_assert_true (kab_person_code_get_birth ("161175-19997", &birth));
  g_assert_cmpuint (g_date_get_year (&birth), ==, 1975);
  g_assert_cmpuint (g_date_get_month (&birth), ==, 11);
  g_assert_cmpuint (g_date_get_day (&birth), ==, 16);
  g_assert_false (kab_person_code_get_birth ("328673-00679", &birth));
  g_assert_false (kab_person_code_get_birth ("nonsense", &birth));
}

static void
test_unknown_birthday (void)
{
  GDate birth;

  g_assert_cmpint (kab_person_code_check_structure ("000075-10007"), ==, KAB_CHECK_OK);
  g_assert_cmpint (kab_person_code_check_structure ("120075-10007"), ==, KAB_CHECK_OK);
  g_assert_false (kab_person_code_get_birth ("000075-10007", &birth));

  for (guint digit = 0; digit < 10; digit++)
    {
      g_autofree char *code = g_strdup_printf ("000075-1000%u", digit);

      if (kab_person_code_check (code, NULL) != KAB_CHECK_OK)
        continue;
      g_assert_cmpint (kab_person_code_check (code, day (&birth, 1975, G_DATE_MAY, 5)), ==,
                       KAB_CHECK_OK);
      g_assert_cmpint (kab_person_code_check (code, day (&birth, 1976, G_DATE_MAY, 5)), ==,
                       KAB_CHECK_PERSON_CODE_BIRTH_DATE);
      return;
    }
  g_assert_not_reached ();
}

/* Vouched for by a provider, a code is not refused for its last digit. */
static void
test_structure (void)
{
  static const CheckCase cases[] = {
    { "010111-22341", KAB_CHECK_OK },
    { "161175-19996", KAB_CHECK_OK },
    { "161375-19997", KAB_CHECK_PERSON_CODE_DATE },
    { "161175", KAB_CHECK_PERSON_CODE_FORMAT },
  };

  assert_checks (kab_person_code_check_structure, cases, G_N_ELEMENTS (cases));
}

static void
test_normalise (void)
{
  g_autofree char *plain = kab_person_code_normalise (" 161175 19997");
  g_autofree char *normal = kab_person_code_normalise ("161175-19997");

  g_assert_cmpstr (plain, ==, "161175-19997");
  g_assert_cmpstr (normal, ==, "161175-19997");
  g_assert_null (kab_person_code_normalise ("161175-1999"));
  g_assert_null (kab_person_code_normalise (NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/person-code/codes", test_codes);
  g_test_add_func ("/person-code/one-check-digit-each", test_one_check_digit_each);
  g_test_add_func ("/person-code/birth-date", test_birth_date);
  g_test_add_func ("/person-code/unknown-birthday", test_unknown_birthday);
  g_test_add_func ("/person-code/structure", test_structure);
  g_test_add_func ("/person-code/normalise", test_normalise);

  return g_test_run ();
}

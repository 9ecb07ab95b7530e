/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-email.h"
#include "kab-name.h"
#include "kab-password-policy.h"
#include "kab-phone.h"

#include <string.h>

#include "check-table.h"

static void
test_phone (void)
{
  static const CheckCase cases[] = {
    { "+37167772999", KAB_CHECK_OK },
    { "+371 67 772 999", KAB_CHECK_OK },
    { "00371 2000-0000", KAB_CHECK_OK },
    { "+44 (20) 7946.0958", KAB_CHECK_OK },
    { "+37061234567", KAB_CHECK_OK },
    { "+3725123456", KAB_CHECK_OK },
    { "+37251234567", KAB_CHECK_OK },
    { "+2904567", KAB_CHECK_OK },
    { "+123456789012345", KAB_CHECK_OK },
    { NULL, KAB_CHECK_TEXT_EMPTY },
    { " ", KAB_CHECK_TEXT_EMPTY },
    { "67772999", KAB_CHECK_PHONE_FORMAT },
    { "+", KAB_CHECK_PHONE_LENGTH },
    { "+07772999", KAB_CHECK_PHONE_FORMAT },
    { "+371 6777A999", KAB_CHECK_PHONE_FORMAT },
    { "++37167772999", KAB_CHECK_PHONE_FORMAT },
    { "+371٦7772999", KAB_CHECK_PHONE_FORMAT },
    { "+3716777299", KAB_CHECK_PHONE_LENGTH },
    { "+371677729990", KAB_CHECK_PHONE_LENGTH },
    { "+370612345678", KAB_CHECK_PHONE_LENGTH },
    { "+372512345", KAB_CHECK_PHONE_LENGTH },
    { "+372512345678", KAB_CHECK_PHONE_LENGTH },
    { "+123456", KAB_CHECK_PHONE_LENGTH },
    { "+1234567890123456", KAB_CHECK_PHONE_LENGTH },
  };
  g_autofree char *normal = kab_phone_normalise ("00371 67 772-999");

  assert_checks (kab_phone_check, cases, G_N_ELEMENTS (cases));
  g_assert_cmpstr (normal, ==, "+37167772999");
}

static void
test_email (void)
{
  static const CheckCase cases[] = {
    { "anna@example.lv", KAB_CHECK_OK },
    { " anna.berzina+bank@mail.example.co.uk ", KAB_CHECK_OK },
    { "o'neil@example.ie", KAB_CHECK_OK },
    { "anna@bērziņš.lv", KAB_CHECK_OK },
    { NULL, KAB_CHECK_TEXT_EMPTY },
    { "", KAB_CHECK_TEXT_EMPTY },
    { "anna\xff@example.lv", KAB_CHECK_TEXT_ENCODING },
    { "anna", KAB_CHECK_EMAIL_FORMAT },
    { "anna@", KAB_CHECK_EMAIL_FORMAT },
    { "@example.lv", KAB_CHECK_EMAIL_FORMAT },
    { "anna@localhost", KAB_CHECK_EMAIL_FORMAT },
    { "anna@example.lv.", KAB_CHECK_EMAIL_FORMAT },
    { "anna@example..lv", KAB_CHECK_EMAIL_FORMAT },
    { "anna@-example.lv", KAB_CHECK_EMAIL_FORMAT },
    { "anna@exam_ple.lv", KAB_CHECK_EMAIL_FORMAT },
    { "anna@192.168.1.1", KAB_CHECK_EMAIL_FORMAT },
    { "anna@[192.168.1.1]", KAB_CHECK_EMAIL_FORMAT },
    { ".anna@example.lv", KAB_CHECK_EMAIL_FORMAT },
    { "anna.@example.lv", KAB_CHECK_EMAIL_FORMAT },
    { "an..na@example.lv", KAB_CHECK_EMAIL_FORMAT },
    { "an na@example.lv", KAB_CHECK_EMAIL_FORMAT },
    { "anna@b@example.lv", KAB_CHECK_EMAIL_FORMAT },
    { "anna@example.lv\r\nBcc: x@example.lv", KAB_CHECK_EMAIL_FORMAT },
    { "ānna@example.lv", KAB_CHECK_EMAIL_FORMAT },
  };
  g_autofree char *long_local = g_strnfill (65, 'a');
  g_autofree char *local_65 = g_strconcat (long_local, "@example.lv", NULL);
  g_autofree char *label = g_strnfill (60, 'b');
  g_autofree char *total_246 = g_strdup_printf ("%s@%s.%s.%s.lv", label, label, label, label);
  g_autofree char *normal = kab_email_normalise (" Anna@Example.LV ");
  g_autofree char *key = kab_email_key (" Anna@Example.LV ");

  assert_checks (kab_email_check, cases, G_N_ELEMENTS (cases));
  assert_check (local_65, kab_email_check (local_65), KAB_CHECK_EMAIL_LENGTH);
  assert_check (local_65, kab_email_check (local_65 + 1), KAB_CHECK_OK);
  assert_check (total_246, kab_email_check (total_246), KAB_CHECK_OK);
  g_assert_cmpstr (normal, ==, "Anna@example.lv");
  g_assert_cmpstr (key, ==, "anna@example.lv");
  g_assert_null (kab_email_key ("anna"));
}

static void
test_email_total_length (void)
{
  g_autofree char *local = g_strnfill (64, 'a');
  g_autofree char *label = g_strnfill (62, 'b');
  g_autofree char *long_one = g_strdup_printf ("%s@%s.%s.%s.lv", local, label, label, label);

  g_assert_cmpuint (strlen (long_one), ==, 256);
  assert_check (long_one, kab_email_check (long_one), KAB_CHECK_EMAIL_LENGTH);
  assert_check (long_one, kab_email_check (long_one + 2), KAB_CHECK_OK);
}

static void
test_password (void)
{
  static const CheckCase cases[] = {
    { "Kab1net!", KAB_CHECK_OK },
    { "Māja 1 ir €", KAB_CHECK_OK },
    { "Пароль1!", KAB_CHECK_OK },
    { NULL, KAB_CHECK_TEXT_EMPTY },
    { "Kab1ne!", KAB_CHECK_PASSWORD_LENGTH },
    { "Āāēī1!ū", KAB_CHECK_PASSWORD_LENGTH },       /* seven characters in twelve bytes */
    { "A\u0301a1!bcd", KAB_CHECK_PASSWORD_LENGTH }, /* seven once composed */
    { "Kabinet!", KAB_CHECK_PASSWORD_DIGIT },
    { "KAB1NET!", KAB_CHECK_PASSWORD_LOWER },
    { "kab1net!", KAB_CHECK_PASSWORD_UPPER },
    { "Kab1nets", KAB_CHECK_PASSWORD_SYMBOL },
    { "Kab1net s", KAB_CHECK_PASSWORD_SYMBOL },
    { "Kab1net\xff!", KAB_CHECK_TEXT_ENCODING },
  };
  g_autofree char *filling = g_strnfill (KAB_PASSWORD_LENGTH_MAX - 3, 'a');
  g_autofree char *longest = g_strconcat ("A1!", filling, NULL);
  g_autofree char *too_long = g_strconcat (longest, "a", NULL);
  g_autofree char *far_too_long = g_strnfill (1000000, 'a');

  assert_checks (kab_password_policy_check, cases, G_N_ELEMENTS (cases));
  g_assert_cmpint (kab_password_policy_check (longest), ==, KAB_CHECK_OK);
  g_assert_cmpint (kab_password_policy_check (too_long), ==, KAB_CHECK_PASSWORD_TOO_LONG);
  g_assert_cmpint (kab_password_policy_check (far_too_long), ==, KAB_CHECK_PASSWORD_TOO_LONG);
}

static void
test_password_ticks (void)
{
  g_assert_cmpuint (kab_password_policy_rules_met (NULL), ==, 0);
  g_assert_cmpuint (kab_password_policy_rules_met (""), ==, 0);
  g_assert_cmpuint (kab_password_policy_rules_met ("k"), ==, KAB_PASSWORD_RULE_LOWER);
  g_assert_cmpuint (kab_password_policy_rules_met ("K1"), ==,
                    KAB_PASSWORD_RULE_UPPER | KAB_PASSWORD_RULE_DIGIT);
  g_assert_cmpuint (kab_password_policy_rules_met ("        "), ==, KAB_PASSWORD_RULE_LENGTH);
  g_assert_cmpuint (kab_password_policy_rules_met ("€"), ==, KAB_PASSWORD_RULE_SYMBOL);
  g_assert_cmpuint (kab_password_policy_rules_met ("Kab1net!"), ==, KAB_PASSWORD_RULES_ALL);
}

static void
test_password_composition (void)
{
  g_autofree char *composed = kab_password_policy_normalise ("Ma\u0304ja 12!");

  g_assert_cmpstr (composed, ==, "M\u0101ja 12!");
  g_assert_null (kab_password_policy_normalise ("\xff"));
}

static void
test_name (void)
{
  static const CheckCase persons[] = {
    { "Anna Bērziņa", KAB_CHECK_OK },
    { "Jānis Ķēniņš-O'Neil", KAB_CHECK_OK },
    { "Be\u0304rzin\u0327s\u030c", KAB_CHECK_OK }, /* typed as letters and marks */
    { NULL, KAB_CHECK_TEXT_EMPTY },
    { "  ", KAB_CHECK_TEXT_EMPTY },
    { "\xc4", KAB_CHECK_TEXT_ENCODING },
    { "Анна", KAB_CHECK_NAME_LETTERS },
    { "Anna 2", KAB_CHECK_NAME_LETTERS },
    { "Jürgen", KAB_CHECK_NAME_LETTERS },
    { "-", KAB_CHECK_NAME_LETTERS },
    { "Anna\u202eBērziņa", KAB_CHECK_NAME_LETTERS },
  };
  static const CheckCase companies[] = {
    { "SIA \"Ābols & Co\"", KAB_CHECK_OK },
    { "AS „3. serviss”, filiāle", KAB_CHECK_OK },
    { "Žagars", KAB_CHECK_OK },
    { "1234", KAB_CHECK_NAME_LETTERS },
    { "ООО Ромашка", KAB_CHECK_NAME_LETTERS },
    { "SIA <b>", KAB_CHECK_NAME_LETTERS },
  };
  g_autofree char *longest = g_strnfill (KAB_NAME_LENGTH_MAX, 'a');
  g_autofree char *too_long = g_strconcat (longest, "a", NULL);
  g_autofree char *normal = kab_name_normalise (" Anna \t Be\u0304rzin\u0327a\u00a0");

  assert_checks (kab_name_check_person, persons, G_N_ELEMENTS (persons));
  assert_checks (kab_name_check_company, companies, G_N_ELEMENTS (companies));
  g_assert_cmpint (kab_name_check_person (longest), ==, KAB_CHECK_OK);
  g_assert_cmpint (kab_name_check_person (too_long), ==, KAB_CHECK_NAME_LENGTH);
  g_assert_cmpstr (normal, ==, "Anna Bērziņa");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contacts/phone", test_phone);
  g_test_add_func ("/contacts/email", test_email);
  g_test_add_func ("/contacts/email-total-length", test_email_total_length);
  g_test_add_func ("/contacts/password", test_password);
  g_test_add_func ("/contacts/password-ticks", test_password_ticks);
  g_test_add_func ("/contacts/password-composition", test_password_composition);
  g_test_add_func ("/contacts/name", test_name);

  return g_test_run ();
}

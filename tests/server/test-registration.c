/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-test-bank.h"

#define EMAIL "Anna@example.com"
#define PHONE "+37120000001"

static char *
registration_body (const char *email, const char *phone)
{
  return g_strdup_printf (
      "{\"clientType\":\"natural\",\"citizenships\":[\"LV\",\"EE\"],\"consents\":["
      "{\"document\":\"privacy-notice\",\"version\":\"2.1\"},"
      "{\"document\":\"general-terms\",\"version\":\"4.0\"},"
      "{\"document\":\"price-list\",\"version\":\"7.2\"},"
      "{\"document\":\"remote-identification-rules\",\"version\":\"1.3\"},"
      "{\"document\":\"cabinet-instruction\",\"version\":\"1.0\"}],"
      "\"email\":\"%s\",\"phone\":\"%s\",\"password\":\"%s\",\"language\":\"lv\"}",
      email, phone, KAB_TEST_PASSWORD);
}

static void
test_happy_path (void)
{
  g_autoptr (KabTestBank) bank = kab_test_bank_new ();
  g_autofree char *body = registration_body (EMAIL, PHONE);
  g_autoptr (KabTestAnswer) created
      = kab_test_bank_call (bank, "POST", "/v1/registrations", NULL, NULL, body);
  g_autofree char *email_code = NULL;
  g_autofree char *phone_code = NULL;
  g_autofree char *codes = NULL;
  g_autoptr (KabTestAnswer) confirmed = NULL;
  g_autoptr (KabTestAnswer) profile = NULL;

  kab_test_answer_expect (created, 201, NULL);
  email_code = kab_test_bank_last_notice (bank, "registration-code", EMAIL);
  phone_code = kab_test_bank_last_notice (bank, "registration-code", PHONE);
  codes = g_strdup_printf ("{\"emailCode\":\"%s\",\"phoneCode\":\"%s\"}", email_code, phone_code);
  confirmed = kab_test_bank_call (bank, "POST", "/v1/registrations/current/confirmation",
                                  kab_test_answer_text (created, "token"), NULL, codes);
  kab_test_answer_expect (confirmed, 201, NULL);
  profile = kab_test_bank_call (bank, "GET", "/v1/profile",
                                kab_test_answer_text (confirmed, "token"), NULL, NULL);
  kab_test_answer_expect (profile, 200, NULL);
  g_assert_cmpstr (kab_test_answer_text (profile, "phone"), ==, PHONE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/registration/happy-path", test_happy_path);
  return g_test_run ();
}

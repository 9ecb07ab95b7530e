/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-application-state.h"
#include "kab-check.h"
#include "kab-document-workflow.h"
#include "kab-identification-state.h"
#include "kab-journey.h"
#include "kab-json.h"

static void
test_codes (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < KAB_N_CHECKS; i++)
    {
      const char *code = kab_check_code (i);
      KabCheck check = KAB_N_CHECKS;

      g_assert_nonnull (code);
      g_assert_true (g_regex_match_simple ("^[a-z0-9]+(-[a-z0-9]+)*$", code, 0, 0));
      g_assert_true (g_hash_table_add (seen, (gpointer) code));
      g_assert_true (kab_check_from_code (code, &check));
      g_assert_cmpint (check, ==, i);
    }
}

static void
test_unknown_code (void)
{
  KabCheck check = KAB_CHECK_IBAN_LENGTH;

  g_assert_false (kab_check_from_code ("from-a-later-version", &check));
  g_assert_false (kab_check_from_code (NULL, &check));
  g_assert_cmpint (check, ==, KAB_CHECK_IBAN_LENGTH);
}

static void
test_error (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kab_check_to_error (KAB_CHECK_OK, &error));
  g_assert_no_error (error);
  g_assert_false (kab_check_to_error (KAB_CHECK_BIC_FORMAT, &error));
  g_assert_error (error, KAB_CHECK_ERROR, KAB_CHECK_BIC_FORMAT);
  g_assert_cmpstr (error->message, ==, "bic-format");
}

static void
assert_new (GHashTable *seen, const char *code)
{
  if (!g_hash_table_add (seen, (gpointer) code))
    g_error ("the code %s stands for two things", code);
}

/* On the wire the codes of all domains are in one list. */
static void
test_one_list (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < KAB_N_CHECKS; i++)
    assert_new (seen, kab_check_code (i));
  for (guint i = 0; i <= KAB_JSON_ERROR_UNEXPECTED; i++)
    assert_new (seen, kab_json_error_code (i));
  for (guint i = 0; i <= KAB_DOCUMENT_ERROR_STATE; i++)
    assert_new (seen, kab_document_error_code (i));
  for (guint i = 0; i <= KAB_JOURNEY_ERROR_FAILED; i++)
    assert_new (seen, kab_journey_error_code (i));
  for (guint i = 0; i <= KAB_IDENTIFICATION_ERROR_ACTOR; i++)
    assert_new (seen, kab_identification_error_code (i));
  for (guint i = 0; i <= KAB_APPLICATION_ERROR_CLOSED; i++)
    assert_new (seen, kab_application_error_code (i));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/codes", test_codes);
  g_test_add_func ("/check/unknown-code", test_unknown_code);
  g_test_add_func ("/check/error", test_error);
  g_test_add_func ("/check/one-list", test_one_list);

  return g_test_run ();
}

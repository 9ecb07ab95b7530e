/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-check.h"

/* Stable: these strings are on the wire and in the documentation. */
static const char *const codes[KAB_N_CHECKS] = {
  [KAB_CHECK_OK] = "ok",
  [KAB_CHECK_TEXT_EMPTY] = "text-empty",
  [KAB_CHECK_TEXT_ENCODING] = "text-encoding",
  [KAB_CHECK_PERSON_CODE_FORMAT] = "person-code-format",
  [KAB_CHECK_PERSON_CODE_DATE] = "person-code-date",
  [KAB_CHECK_PERSON_CODE_CHECK_DIGIT] = "person-code-check-digit",
  [KAB_CHECK_PERSON_CODE_BIRTH_DATE] = "person-code-birth-date",
  [KAB_CHECK_REGISTRATION_NUMBER_FORMAT] = "registration-number-format",
  [KAB_CHECK_REGISTRATION_NUMBER_CHECK_DIGIT] = "registration-number-check-digit",
  [KAB_CHECK_IBAN_FORMAT] = "iban-format",
  [KAB_CHECK_IBAN_COUNTRY] = "iban-country",
  [KAB_CHECK_IBAN_LENGTH] = "iban-length",
  [KAB_CHECK_IBAN_STRUCTURE] = "iban-structure",
  [KAB_CHECK_IBAN_CHECK_DIGITS] = "iban-check-digits",
  [KAB_CHECK_CREDITOR_REFERENCE_FORMAT] = "creditor-reference-format",
  [KAB_CHECK_CREDITOR_REFERENCE_CHECK_DIGITS] = "creditor-reference-check-digits",
  [KAB_CHECK_LEI_FORMAT] = "lei-format",
  [KAB_CHECK_LEI_CHECK_DIGITS] = "lei-check-digits",
  [KAB_CHECK_BIC_LENGTH] = "bic-length",
  [KAB_CHECK_BIC_FORMAT] = "bic-format",
  [KAB_CHECK_PHONE_FORMAT] = "phone-format",
  [KAB_CHECK_PHONE_LENGTH] = "phone-length",
  [KAB_CHECK_EMAIL_FORMAT] = "email-format",
  [KAB_CHECK_EMAIL_LENGTH] = "email-length",
  [KAB_CHECK_PASSWORD_LENGTH] = "password-length",
  [KAB_CHECK_PASSWORD_DIGIT] = "password-digit",
  [KAB_CHECK_PASSWORD_LOWER] = "password-lower",
  [KAB_CHECK_PASSWORD_UPPER] = "password-upper",
  [KAB_CHECK_PASSWORD_SYMBOL] = "password-symbol",
  [KAB_CHECK_PASSWORD_TOO_LONG] = "password-too-long",
  [KAB_CHECK_NAME_LETTERS] = "name-letters",
  [KAB_CHECK_NAME_LENGTH] = "name-length",
  [KAB_CHECK_DATE_FORMAT] = "date-format",
  [KAB_CHECK_DATE_INVALID] = "date-invalid",
  [KAB_CHECK_DATE_TOO_EARLY] = "date-too-early",
  [KAB_CHECK_DATE_TOO_LATE] = "date-too-late",
  [KAB_CHECK_TIME_FORMAT] = "time-format",
  [KAB_CHECK_AGE_UNDER_18] = "age-under-18",
  [KAB_CHECK_CURRENCY_UNKNOWN] = "currency-unknown",
  [KAB_CHECK_CURRENCY_DIFFERENT] = "currency-different",
  [KAB_CHECK_AMOUNT_FORMAT] = "amount-format",
  [KAB_CHECK_AMOUNT_DECIMALS] = "amount-decimals",
  [KAB_CHECK_AMOUNT_RANGE] = "amount-range",
  [KAB_CHECK_SERVICES_EMPTY] = "services-empty",
  [KAB_CHECK_SERVICES_CLIENT_TYPE] = "services-client-type",
  [KAB_CHECK_SERVICES_MIXED] = "services-mixed",
  [KAB_CHECK_FILE_NAME] = "file-name",
  [KAB_CHECK_FILE_FORMAT] = "file-format",
  [KAB_CHECK_FILE_CONTENT] = "file-content",
  [KAB_CHECK_FILE_EMPTY] = "file-empty",
  [KAB_CHECK_FILE_TOO_LARGE] = "file-too-large",
  [KAB_CHECK_FILE_TOO_MANY] = "file-too-many",
};

G_DEFINE_QUARK (kab - check - error - quark, kab_check_error)

/**
 * kab_check_code:
 * @check: what a validator found
 *
 * Returns: (transfer none): the stable code of @check, such as "person-code-check-digit"
 */
const char *
kab_check_code (KabCheck check)
{
  g_return_val_if_fail ((guint) check < KAB_N_CHECKS, codes[KAB_CHECK_OK]);

  return codes[check];
}

/**
 * kab_check_from_code:
 * @code: a code that came over the wire
 * @check: (out): what it stands for
 *
 * Returns: %FALSE if this version does not know @code
 */
gboolean
kab_check_from_code (const char *code, KabCheck *check)
{
  for (guint i = 0; i < KAB_N_CHECKS; i++)
    {
      if (g_strcmp0 (codes[i], code) == 0)
        {
          *check = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * kab_check_to_error:
 * @check: what a validator found
 * @error: set unless @check is %KAB_CHECK_OK: domain %KAB_CHECK_ERROR, code @check
 *
 * Turns a check into the form that fallible functions report failures in.
 *
 * Returns: whether @check is %KAB_CHECK_OK
 */
gboolean
kab_check_to_error (KabCheck check, GError **error)
{
  if (check == KAB_CHECK_OK)
    return TRUE;

  g_set_error_literal (error, KAB_CHECK_ERROR, (int) check, kab_check_code (check));

  return FALSE;
}

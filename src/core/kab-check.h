/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabCheck:
 *
 * What a validator found. Each value has one stable code, kab_check_code(), which travels in
 * `errors[].code` and is translated by the application; a value may be added, a code never changes.
 */
typedef enum
{
  KAB_CHECK_OK = 0,

  /* text in general */
  KAB_CHECK_TEXT_EMPTY,    /* nothing was given */
  KAB_CHECK_TEXT_ENCODING, /* not valid UTF-8 */

  /* Latvian personal code */
  KAB_CHECK_PERSON_CODE_FORMAT,      /* not DDMMYY-XXXXX or 11 digits */
  KAB_CHECK_PERSON_CODE_DATE,        /* the date within an old code does not exist */
  KAB_CHECK_PERSON_CODE_CHECK_DIGIT, /* the last digit does not fit the others */
  KAB_CHECK_PERSON_CODE_BIRTH_DATE,  /* an old code of somebody born on another day */

  /* Latvian registration number */
  KAB_CHECK_REGISTRATION_NUMBER_FORMAT,
  KAB_CHECK_REGISTRATION_NUMBER_CHECK_DIGIT,

  /* accounts, references, identifiers */
  KAB_CHECK_IBAN_FORMAT,       /* a character that cannot occur, or fewer than five */
  KAB_CHECK_IBAN_COUNTRY,      /* a country that has no IBAN */
  KAB_CHECK_IBAN_LENGTH,       /* not the length of its country */
  KAB_CHECK_IBAN_STRUCTURE,    /* letter and digit places differ from the country's */
  KAB_CHECK_IBAN_CHECK_DIGITS, /* mistyped somewhere */
  KAB_CHECK_CREDITOR_REFERENCE_FORMAT,
  KAB_CHECK_CREDITOR_REFERENCE_CHECK_DIGITS,
  KAB_CHECK_LEI_FORMAT,
  KAB_CHECK_LEI_CHECK_DIGITS,
  KAB_CHECK_BIC_LENGTH, /* neither 8 nor 11 characters */
  KAB_CHECK_BIC_FORMAT,

  /* contacts */
  KAB_CHECK_PHONE_FORMAT, /* not + and digits */
  KAB_CHECK_PHONE_LENGTH, /* not the length of its country, or of any number */
  KAB_CHECK_EMAIL_FORMAT,
  KAB_CHECK_EMAIL_LENGTH,

  /* passwords: the five rules of CON-6, and an upper limit */
  KAB_CHECK_PASSWORD_LENGTH,
  KAB_CHECK_PASSWORD_DIGIT,
  KAB_CHECK_PASSWORD_LOWER,
  KAB_CHECK_PASSWORD_UPPER,
  KAB_CHECK_PASSWORD_SYMBOL,
  KAB_CHECK_PASSWORD_TOO_LONG,

  /* names */
  KAB_CHECK_NAME_LETTERS, /* a character outside Latvian and English names */
  KAB_CHECK_NAME_LENGTH,

  /* dates and age */
  KAB_CHECK_DATE_FORMAT,  /* not YYYY-MM-DD */
  KAB_CHECK_DATE_INVALID, /* no such day in the calendar */
  KAB_CHECK_DATE_TOO_EARLY,
  KAB_CHECK_DATE_TOO_LATE,
  KAB_CHECK_TIME_FORMAT, /* not RFC 3339 */
  KAB_CHECK_AGE_UNDER_18,

  /* money */
  KAB_CHECK_CURRENCY_UNKNOWN,
  KAB_CHECK_CURRENCY_DIFFERENT, /* two amounts in two currencies */
  KAB_CHECK_AMOUNT_FORMAT,      /* not a plain decimal number */
  KAB_CHECK_AMOUNT_DECIMALS,    /* more decimals than the currency has */
  KAB_CHECK_AMOUNT_RANGE,       /* too large to be represented */

  /* services of an application */
  KAB_CHECK_SERVICES_EMPTY,
  KAB_CHECK_SERVICES_CLIENT_TYPE, /* not offered to this type of client */
  KAB_CHECK_SERVICES_MIXED,       /* renewal together with new services, where a bank forbids it */

  /* files */
  KAB_CHECK_FILE_NAME,
  KAB_CHECK_FILE_FORMAT,  /* none of the sixteen formats */
  KAB_CHECK_FILE_CONTENT, /* the content is not what the name says */
  KAB_CHECK_FILE_EMPTY,
  KAB_CHECK_FILE_TOO_LARGE,
  KAB_CHECK_FILE_TOO_MANY,

  KAB_N_CHECKS,
} KabCheck;

#define KAB_CHECK_ERROR (kab_check_error_quark ())

GQuark kab_check_error_quark (void);
const char *kab_check_code (KabCheck check);
gboolean kab_check_from_code (const char *code, KabCheck *check);
gboolean kab_check_to_error (KabCheck check, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-form-check.h"

#include "kab-bic.h"
#include "kab-email.h"
#include "kab-iban.h"
#include "kab-lei.h"
#include "kab-name.h"
#include "kab-person-code.h"
#include "kab-phone.h"
#include "kab-registration-number.h"

#include <string.h>

#define MAX_URL_LENGTH 2000

/* The agreement with the birth date is checked where both are known. */
static KabCheck
check_person_code (const char *text)
{
  return kab_person_code_check (text, NULL);
}

/* LGA-1: a web address with or without "https://", in any script. */
static gboolean
is_web_address (const char *text)
{
  g_autofree char *address =
      strstr (text, "://") != NULL ? g_strdup (text) : g_strconcat ("https://", text, NULL);
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  const char *dot = host != NULL ? strchr (host, '.') : NULL;

  return dot != NULL && dot != host && dot[1] != '\0' && strlen (text) <= MAX_URL_LENGTH &&
         g_uri_get_userinfo (uri) == NULL && strpbrk (text, " \t<>\"") == NULL &&
         g_strv_contains ((const char *const[]) { "http", "https", NULL }, g_uri_get_scheme (uri));
}

/* What a field's "check" may name. */
static const struct
{
  const char *name;
  KabCheck (*check) (const char *text);
  char *(*normalise) (const char *text);
} checks[] = {
  { "bic", kab_bic_check, NULL },
  { "company-name", kab_name_check_company, kab_name_normalise },
  { "email", kab_email_check, kab_email_normalise },
  { "iban", kab_iban_check, kab_iban_normalise },
  { "lei", kab_lei_check, NULL },
  { "name", kab_name_check_person, kab_name_normalise },
  { "person-code", check_person_code, kab_person_code_normalise },
  { "phone", kab_phone_check, kab_phone_normalise },
  { "registration-number", kab_registration_number_check, NULL },
  { "url", NULL, NULL },
};

/* Whether a field may name @name as its check. */
gboolean
kab_form_check_exists (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      if (g_strcmp0 (checks[i].name, name) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Checks a text that isn't blank. Returns NULL, and the text as it is stored in
 * @normal (owned), or else the stable code of what is wrong. */
const char *
kab_form_check_text (const char *name, const char *text, char **normal)
{
  KabCheck found = KAB_CHECK_OK;
  guint i = 0;

  while (g_strcmp0 (checks[i].name, name) != 0)
    i++;
  if (checks[i].check == NULL)
    {
      if (!is_web_address (text))
        return "url-format";
    }
  else
    {
      found = checks[i].check (text);
    }
  if (found != KAB_CHECK_OK)
    return kab_check_code (found);
  *normal = checks[i].normalise != NULL ? checks[i].normalise (text) : g_strdup (text);
  return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-email.h"

#include <string.h>

#include <gio/gio.h>

/* RFC 5321 §4.5.3.1: octets of the local part, and of a path without its angle brackets. */
#define LOCAL_MAX   64
#define ADDRESS_MAX 254
#define LABEL_MAX   63

static gboolean
is_local_part (const char *local, gsize length)
{
  gboolean after_dot = TRUE;

  for (gsize i = 0; i < length; i++)
    {
      gboolean is_dot = local[i] == '.';

      if (is_dot ? after_dot
                 : !g_ascii_isalnum (local[i]) && strchr ("!#$%&'*+-/=?^_`{|}~", local[i]) == NULL)
        return FALSE;

      after_dot = is_dot;
    }

  return length > 0 && !after_dot;
}

static gboolean
is_label (const char *label)
{
  gsize length = strlen (label);

  if (length == 0 || length > LABEL_MAX || label[0] == '-' || label[length - 1] == '-')
    return FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (label[i]) && label[i] != '-')
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_domain (const char *domain)
{
  g_auto (GStrv) labels = g_strsplit (domain, ".", -1);
  guint n_labels = g_strv_length (labels);

  if (n_labels < 2 || !g_ascii_isalpha (labels[n_labels - 1][0]))
    return FALSE;

  for (guint i = 0; i < n_labels; i++)
    {
      if (!is_label (labels[i]))
        return FALSE;
    }

  return TRUE;
}

/**
 * kab_email_normalise:
 * @text: (nullable): an e-mail address as typed
 *
 * Returns: (transfer full) (nullable): the address as it is stored and written to: without blanks
 *   around it, its domain in lower case and IDNA form, its local part as typed; %NULL if @text has
 *   no "@" or no convertible domain
 */
char *
kab_email_normalise (const char *text)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *ascii = NULL;
  g_autofree char *domain = NULL;
  char *at;

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return NULL;

  trimmed = g_strstrip (g_strdup (text));
  at = strrchr (trimmed, '@');
  if (at == NULL)
    return NULL;

  *at = '\0';
  ascii = g_hostname_to_ascii (at + 1);
  if (ascii == NULL)
    return NULL;

  domain = g_ascii_strdown (ascii, -1);

  return g_strconcat (trimmed, "@", domain, NULL);
}

/**
 * kab_email_key:
 * @text: (nullable): an e-mail address as typed
 *
 * Two accounts never share a key (CON-11): mail systems do not tell letter cases apart.
 *
 * Returns: (transfer full) (nullable): what addresses are compared by; %NULL as for
 *   kab_email_normalise()
 */
char *
kab_email_key (const char *text)
{
  g_autofree char *address = kab_email_normalise (text);

  return address != NULL ? g_ascii_strdown (address, -1) : NULL;
}

/**
 * kab_email_check:
 * @text: (nullable): an e-mail address as typed
 *
 * The addresses in actual use: a dot-atom of RFC 5321, and a domain of two labels or more, which
 * may be international. Quoted local parts and address literals are refused.
 *
 * Returns: %KAB_CHECK_OK, %KAB_CHECK_TEXT_EMPTY, %KAB_CHECK_TEXT_ENCODING,
 *   %KAB_CHECK_EMAIL_FORMAT or %KAB_CHECK_EMAIL_LENGTH
 */
KabCheck
kab_email_check (const char *text)
{
  g_autofree char *address = NULL;
  const char *at;

  if (text == NULL || *text == '\0')
    return KAB_CHECK_TEXT_EMPTY;
  if (!g_utf8_validate (text, -1, NULL))
    return KAB_CHECK_TEXT_ENCODING;

  address = kab_email_normalise (text);
  if (address == NULL)
    return KAB_CHECK_EMAIL_FORMAT;

  at = strrchr (address, '@');
  if (strlen (address) > ADDRESS_MAX || at - address > LOCAL_MAX)
    return KAB_CHECK_EMAIL_LENGTH;
  if (!is_local_part (address, (gsize) (at - address)) || !is_domain (at + 1))
    return KAB_CHECK_EMAIL_FORMAT;

  return KAB_CHECK_OK;
}

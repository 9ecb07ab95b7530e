/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The grammar of what header fields hold. */

#include "kab-http-syntax.h"

#include <string.h>

/* Long enough not to be met by chance. */
#define IDEMPOTENCY_KEY_MIN 16
#define IDEMPOTENCY_KEY_MAX 128

/* Visible ASCII without quotes, of 1 to length_max characters. */
gboolean
kab_http_is_token (const char *text, gsize length_max)
{
  gsize length = 0;

  for (; text[length]; length++)
    if (length >= length_max || !g_ascii_isgraph (text[length]) || text[length] == '"')
      return FALSE;
  return length > 0;
}

/* One strong entity tag, without its quotes; lists and "*" would make a lost race invisible. */
char *
kab_http_parse_entity_tag (const char *value)
{
  gsize length = strlen (value);
  g_autofree char *inner = NULL;

  if (length < 3 || value[0] != '"' || value[length - 1] != '"')
    return NULL;
  inner = g_strndup (value + 1, length - 2);
  return kab_http_is_token (inner, 128) ? g_steal_pointer (&inner) : NULL;
}

/* Both "key" of the draft and the bare key that most clients send. */
char *
kab_http_parse_idempotency_key (const char *value)
{
  g_autofree char *key = NULL;

  if (value[0] == '"')
    key = kab_http_parse_entity_tag (value);
  else if (kab_http_is_token (value, IDEMPOTENCY_KEY_MAX))
    key = g_strdup (value);
  return key && strlen (key) >= IDEMPOTENCY_KEY_MIN ? g_steal_pointer (&key) : NULL;
}

/* A parameter list that stops early at an escape that is none would be read as if it ended. */
gboolean
kab_http_has_sound_escapes (const char *text)
{
  for (const char *p = text; *p; p++)
    if (*p == '%' &&
        (!g_ascii_isxdigit (p[1]) || !g_ascii_isxdigit (p[2]) || (p[1] == '0' && p[2] == '0')))
      return FALSE;
  return TRUE;
}

/* RFC 9110 section 5.1 */
gboolean
kab_http_is_field_name (const char *name, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (name[i]) && !strchr ("!#$%&'*+-.^_`|~", name[i]))
      return FALSE;
  return length > 0;
}

/* RFC 9110 section 5.5, and UTF-8 for what is beyond ASCII */
gboolean
kab_http_is_field_value (const char *value, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (value[i] == 0 || (g_ascii_iscntrl (value[i]) && value[i] != '\t'))
      return FALSE;
  return g_utf8_validate (value, (gssize) length, NULL);
}

/* RFC 9110 section 7.2, by its characters */
gboolean
kab_http_is_host (const char *host)
{
  return host && host[0] &&
         strspn (host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                       "0123456789.-_~:[]%") == strlen (host);
}

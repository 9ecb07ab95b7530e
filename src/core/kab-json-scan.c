/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-json-private.h"

#include <math.h>
#include <string.h>

/* json-glib reads what it gets before anyone can stop it, wraps integers that are too large, cuts
 * texts at \u0000 and lets half surrogate pairs through. This looks over the text first, for what
 * the parser can't be asked to refuse; the grammar stays the parser's. */
typedef struct
{
  const char *at, *end;
  guint depth, max_depth;
  KabJsonError reason;
} Scan;

#define NUMBER_CHARACTERS_MAX 64

static gboolean
refuse (Scan *scan, KabJsonError reason)
{
  scan->reason = reason;

  return FALSE;
}

/* Reads the four digits after \u; what is not four digits is the parser's to refuse. */
static gboolean
peek_code_unit (const Scan *scan, const char *digits, guint *unit)
{
  if (scan->end - digits < 4)
    return FALSE;

  *unit = 0;
  for (guint i = 0; i < 4; i++)
    {
      int value = g_ascii_xdigit_value (digits[i]);

      if (value < 0)
        return FALSE;
      *unit = *unit << 4 | (guint) value;
    }

  return TRUE;
}

static gboolean
is_low_surrogate_escape (const Scan *scan, const char *at)
{
  guint unit;

  return scan->end - at >= 6 && at[0] == '\\' && at[1] == 'u' &&
         peek_code_unit (scan, at + 2, &unit) && unit >= 0xdc00 && unit <= 0xdfff;
}

/* scan->at is behind the backslash. */
static gboolean
skip_escape (Scan *scan)
{
  guint unit;

  if (scan->at == scan->end)
    return refuse (scan, KAB_JSON_ERROR_SYNTAX);
  if (*scan->at != 'u')
    {
      scan->at++;
      return TRUE;
    }

  if (!peek_code_unit (scan, scan->at + 1, &unit))
    return refuse (scan, KAB_JSON_ERROR_SYNTAX);
  if (unit == 0 || (unit >= 0xdc00 && unit <= 0xdfff))
    return refuse (scan, KAB_JSON_ERROR_ENCODING);

  scan->at += 5;
  if (unit >= 0xd800 && unit <= 0xdbff)
    {
      if (!is_low_surrogate_escape (scan, scan->at))
        return refuse (scan, KAB_JSON_ERROR_ENCODING);
      scan->at += 6;
    }

  return TRUE;
}

/* scan->at is behind the opening quotation mark. */
static gboolean
skip_text (Scan *scan)
{
  while (scan->at < scan->end)
    {
      char character = *scan->at++;

      if (character == '"')
        return TRUE;
      if ((guchar) character < 0x20)
        return refuse (scan, KAB_JSON_ERROR_SYNTAX);
      if (character == '\\' && !skip_escape (scan))
        return FALSE;
    }

  return refuse (scan, KAB_JSON_ERROR_SYNTAX);
}

static gsize
skip_digits (const char *text, gsize i)
{
  while (g_ascii_isdigit (text[i]))
    i++;

  return i;
}

/* number = [ "-" ] int [ frac ] [ exp ] of RFC 8259 §6. */
static gboolean
is_number (const char *text, gboolean *is_integer)
{
  gsize i = text[0] == '-';
  gsize start = i;

  *is_integer = TRUE;
  i = skip_digits (text, i);
  if (i == start || (text[start] == '0' && i > start + 1))
    return FALSE;

  if (text[i] == '.')
    {
      *is_integer = FALSE;
      start = ++i;
      i = skip_digits (text, i);
      if (i == start)
        return FALSE;
    }

  if (text[i] == 'e' || text[i] == 'E')
    {
      *is_integer = FALSE;
      i++;
      i += text[i] == '+' || text[i] == '-';
      start = i;
      i = skip_digits (text, i);
      if (i == start)
        return FALSE;
    }

  return text[i] == '\0';
}

static gboolean
check_number (Scan *scan)
{
  char number[NUMBER_CHARACTERS_MAX + 1];
  gsize length = 0;
  gboolean is_integer;
  double value;

  for (; scan->at < scan->end && (g_ascii_isalnum (*scan->at) || strchr ("+-.", *scan->at));
       scan->at++)
    {
      if (length == NUMBER_CHARACTERS_MAX)
        return refuse (scan, KAB_JSON_ERROR_NUMBER);
      number[length++] = *scan->at;
    }
  number[length] = '\0';

  if (!is_number (number, &is_integer))
    return refuse (scan, KAB_JSON_ERROR_SYNTAX);

  value = g_ascii_strtod (number, NULL);
  if (!isfinite (value) || (is_integer && fabs (value) > (double) KAB_JSON_INTEGER_MAX))
    return refuse (scan, KAB_JSON_ERROR_NUMBER);

  return TRUE;
}

static gboolean
step (Scan *scan)
{
  switch (*scan->at)
    {
    case '"':
      scan->at++;
      return skip_text (scan);
    case '{':
    case '[':
      scan->at++;
      return ++scan->depth <= scan->max_depth || refuse (scan, KAB_JSON_ERROR_TOO_DEEP);
    case '}':
    case ']':
      scan->at++;
      return scan->depth-- > 0 || refuse (scan, KAB_JSON_ERROR_SYNTAX);
    case '-':
    case '0' ... '9':
      return check_number (scan);
    default:
      if (*scan->at == '/' || (guchar) *scan->at >= 0x80) /* a comment, a byte order mark */
        return refuse (scan, KAB_JSON_ERROR_SYNTAX);
      scan->at++;
      return TRUE;
    }
}

/**
 * kab_json_scan:
 * @data: UTF-8 without a NUL
 * @length: its bytes
 * @max_depth: how many objects and arrays may lie within each other
 * @reason: (out): why not
 *
 * Returns: whether @data may be handed to the parser
 */
gboolean
kab_json_scan (const char *data, gsize length, guint max_depth, KabJsonError *reason)
{
  Scan scan = { .at = data, .end = data + length, .max_depth = max_depth };

  while (scan.at < scan.end)
    {
      if (!step (&scan))
        {
          *reason = scan.reason;
          return FALSE;
        }
    }

  return TRUE;
}

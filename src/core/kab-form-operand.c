/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-form-operand-private.h"

#include "kab-date.h"

#include <string.h>

#define MAX_WHOLE_DIGITS 12

/* Reads "-12.50" into millionths; at most @places digits after the point. */
KabFormDecimalResult
kab_form_decimal_parse (const char *text, guint places, gint64 *value)
{
  gboolean negative = *text == '-';
  const char *digits = negative ? text + 1 : text;
  gsize whole = strspn (digits, "0123456789");
  const char *point = digits + whole;
  gsize fraction = *point == '.' ? strspn (point + 1, "0123456789") : 0;
  const char *end = *point == '.' ? point + 1 + fraction : point;
  gint64 sum = 0;

  if (whole == 0 || *end != '\0' || (*point == '.' && fraction == 0))
    return KAB_FORM_DECIMAL_MALFORMED;
  for (; *digits == '0' && whole > 1; digits++)
    whole--;
  if (whole > MAX_WHOLE_DIGITS)
    return KAB_FORM_DECIMAL_TOO_LARGE;
  if (fraction > places)
    return KAB_FORM_DECIMAL_TOO_PRECISE;
  for (gsize i = 0; i < whole; i++)
    sum = sum * 10 + (digits[i] - '0');
  for (gsize i = 0; i < KAB_FORM_DECIMAL_PLACES; i++)
    sum = sum * 10 + (i < fraction ? point[1 + i] - '0' : 0);
  *value = negative ? -sum : sum;
  return KAB_FORM_DECIMAL_OK;
}

/* The shortest text of @value, such as "12.5". */
char *
kab_form_decimal_format (gint64 value)
{
  gint64 size = ABS (value);
  char *text = g_strdup_printf ("%s%" G_GINT64_FORMAT ".%06" G_GINT64_FORMAT, value < 0 ? "-" : "",
                                size / KAB_FORM_DECIMAL_UNIT, size % KAB_FORM_DECIMAL_UNIT);
  gsize length = strlen (text);

  while (text[length - 1] == '0')
    text[--length] = '\0';
  if (text[length - 1] == '.')
    text[length - 1] = '\0';
  return text;
}

/* The current string as a decimal in millionths; 0 and a failure when it is none. */
gint64
kab_form_decimal_read (KabFormReader *reader)
{
  const char *text = kab_form_reader_get_string (reader);
  gint64 value = 0;

  if (text != NULL &&
      kab_form_decimal_parse (text, KAB_FORM_DECIMAL_PLACES, &value) != KAB_FORM_DECIMAL_OK)
    kab_form_reader_fail (reader, KAB_FORM_ERROR_VALUE, "“%s” is not a number such as \"12.50\"",
                          text);
  return value;
}

static KabFormReference *
reference_parse (const char *text)
{
  g_autoptr (KabFormReference) self = g_new0 (KabFormReference, 1);
  const char *star = *text == '/' ? strstr (text + 1, "/*/") : NULL;

  if (g_str_has_prefix (text, "./"))
    {
      self->scope = KAB_FORM_SCOPE_ENTRY;
      self->name = g_strdup (text + 2);
    }
  else if (*text == '@')
    {
      self->scope = KAB_FORM_SCOPE_FACT;
      self->name = g_strdup (text + 1);
    }
  else if (star != NULL)
    {
      self->scope = KAB_FORM_SCOPE_COLUMN;
      self->name = g_strndup (text + 1, star - text - 1);
      self->column = g_strdup (star + 3);
    }
  else if (*text == '/')
    {
      self->scope = KAB_FORM_SCOPE_FORM;
      self->name = g_strdup (text + 1);
    }
  if (self->name == NULL || *self->name == '\0' || strchr (self->name, '/') != NULL)
    return NULL;
  return g_steal_pointer (&self);
}

/* The current string as a reference; NULL and a failure when it is none. */
KabFormReference *
kab_form_reference_new_read (KabFormReader *reader)
{
  const char *text = kab_form_reader_get_string (reader);
  KabFormReference *self = text != NULL ? reference_parse (text) : NULL;

  if (text != NULL && self == NULL)
    kab_form_reader_fail (reader, KAB_FORM_ERROR_REFERENCE,
                          "“%s” is not a reference such as /field, ./field or @fact", text);
  return self;
}

void
kab_form_reference_free (KabFormReference *self)
{
  g_free (self->name);
  g_free (self->column);
  g_free (self);
}

/* The current string as a day: "YYYY-MM-DD", "today" or a reference to a date. */
KabFormDay *
kab_form_day_new_read (KabFormReader *reader)
{
  const char *text = kab_form_reader_get_string (reader);
  KabFormDay *self = g_new0 (KabFormDay, 1);

  g_date_clear (&self->date, 1);
  if (text == NULL || strcmp (text, "today") == 0 ||
      kab_date_parse (text, &self->date) == KAB_CHECK_OK)
    return self;
  if (strpbrk (text, "/@") != NULL)
    self->reference = kab_form_reference_new_read (reader);
  else
    kab_form_reader_fail (reader, KAB_FORM_ERROR_VALUE,
                          "“%s” is neither a day such as 2026-01-31 nor \"today\"", text);
  return self;
}

void
kab_form_day_free (KabFormDay *self)
{
  g_clear_pointer (&self->reference, kab_form_reference_free);
  g_free (self);
}

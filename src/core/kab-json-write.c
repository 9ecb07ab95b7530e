/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-json-write.h"

/* A value before this one has ended unless the text stands at the beginning of something. */
static void
begin_value (GString *text, const char *name)
{
  const char last = text->len > 0 ? text->str[text->len - 1] : '{';

  if (last != '{' && last != '[' && last != ':')
    g_string_append_c (text, ',');
  if (name == NULL)
    return;

  g_string_append_c (text, '"');
  g_string_append (text, name);
  g_string_append_len (text, "\":", 2);
}

/* The first character that RFC 8259 section 7 wants escaped, or the end. */
static const char *
find_special (const char *value)
{
  while ((guchar) *value >= 0x20 && *value != '"' && *value != '\\')
    value++;

  return value;
}

static void
append_escaped (GString *text, guchar character)
{
  if (character == '"' || character == '\\')
    {
      g_string_append_c (text, '\\');
      g_string_append_c (text, (char) character);
    }
  else
    {
      g_string_append_printf (text, "\\u%04x", character);
    }
}

/**
 * kab_json_write_begin_object:
 * @text: what was written so far
 * @name: (nullable): the member's name
 *
 * Begins an object; kab_json_write_end_object() ends it.
 */
void
kab_json_write_begin_object (GString *text, const char *name)
{
  begin_value (text, name);
  g_string_append_c (text, '{');
}

void
kab_json_write_end_object (GString *text)
{
  g_string_append_c (text, '}');
}

/**
 * kab_json_write_begin_array:
 * @text: what was written so far
 * @name: (nullable): the member's name
 *
 * Begins an array; kab_json_write_end_array() ends it.
 */
void
kab_json_write_begin_array (GString *text, const char *name)
{
  begin_value (text, name);
  g_string_append_c (text, '[');
}

void
kab_json_write_end_array (GString *text)
{
  g_string_append_c (text, ']');
}

/**
 * kab_json_write_string:
 * @text: what was written so far
 * @name: (nullable): the member's name
 * @value: UTF-8
 */
void
kab_json_write_string (GString *text, const char *name, const char *value)
{
  const char *end = find_special (value);

  begin_value (text, name);
  g_string_append_c (text, '"');
  g_string_append_len (text, value, end - value);
  while (*end != '\0')
    {
      append_escaped (text, (guchar) *end);
      value = end + 1;
      end = find_special (value);
      g_string_append_len (text, value, end - value);
    }
  g_string_append_c (text, '"');
}

/**
 * kab_json_write_integer:
 * @text: what was written so far
 * @name: (nullable): the member's name
 * @value: within ±%KAB_JSON_INTEGER_MAX, so that every reader takes it
 */
void
kab_json_write_integer (GString *text, const char *name, gint64 value)
{
  char digits[24];
  char *first = digits + sizeof digits;
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;

  begin_value (text, name);
  do
    *--first = (char) ('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (value < 0)
    *--first = '-';
  g_string_append_len (text, first, digits + sizeof digits - first);
}

/**
 * kab_json_write_boolean:
 * @text: what was written so far
 * @name: (nullable): the member's name
 * @value: a truth value
 */
void
kab_json_write_boolean (GString *text, const char *name, gboolean value)
{
  begin_value (text, name);
  g_string_append (text, value ? "true" : "false");
}

/**
 * kab_json_write_json:
 * @text: what was written so far
 * @name: (nullable): the member's name
 * @value: one value as JSON, such as a column that this program has written
 */
void
kab_json_write_json (GString *text, const char *name, const char *value)
{
  begin_value (text, name);
  g_string_append (text, value);
}

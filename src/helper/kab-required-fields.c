/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * poppler tells everything about a form field but whether it is required
 * (bit 2 of Ff, ISO 32000-1, 12.7.3.1). This looks at the objects themselves:
 * every dictionary of the file, and of its object streams (7.5.7), that has a
 * partial name, flags or a parent. A later object replaces an earlier one, as
 * incremental updates do. What it can't read is simply not required.
 */

#include "kab-required-fields.h"

#include <gio/gio.h>
#include <string.h>

#define FLAG_REQUIRED  0x2
#define MAX_DEPTH      32
#define MAX_INFLATED   (32u * 1024u * 1024u)
#define MAX_PER_STREAM 10000

typedef struct
{
  const guchar *at;
  const guchar *end;
} Cursor;

typedef enum
{
  VALUE_OTHER,
  VALUE_NAME,
  VALUE_TEXT,
  VALUE_INTEGER,
  VALUE_REFERENCE,
} ValueKind;

typedef struct
{
  ValueKind kind;
  gint64 number; /* of an integer or a reference */
  GString *text; /* (owned) (nullable): raw bytes of a name or text */
} Value;

/* What one dictionary says. */
typedef struct
{
  char *partial_name; /* (owned) (nullable) */
  gint64 flags;       /* -1 when not given here */
  gint64 parent;      /* 0 when there is none */
} Field;

typedef struct
{
  GHashTable *fields; /* object number → Field */
  gsize inflated;     /* bytes so far */
} Scan;

static gboolean read_value (Cursor *cursor, Value *value, guint depth);

static void
field_free (Field *field)
{
  g_free (field->partial_name);
  g_free (field);
}

static void
value_clear (Value *value)
{
  if (value->text != NULL)
    g_string_free (value->text, TRUE);
  *value = (Value) { VALUE_OTHER, 0, NULL };
}

static gboolean
is_space (guchar c)
{
  return c == 0 || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' ';
}

static gboolean
is_delimiter (guchar c)
{
  return memchr ("()<>[]{}/%", c, 10) != NULL;
}

static void
skip_space (Cursor *cursor)
{
  while (cursor->at < cursor->end)
    {
      if (*cursor->at == '%')
        while (cursor->at < cursor->end && *cursor->at != '\n' && *cursor->at != '\r')
          cursor->at++;
      else if (is_space (*cursor->at))
        cursor->at++;
      else
        return;
    }
}

static gboolean
take (Cursor *cursor, const char *word)
{
  const gsize length = strlen (word);

  if ((gsize) (cursor->end - cursor->at) < length || memcmp (cursor->at, word, length) != 0)
    return FALSE;
  cursor->at += length;
  return TRUE;
}

static gboolean
read_integer (Cursor *cursor, gint64 *number)
{
  const guchar *start = cursor->at;
  gboolean negative = FALSE;

  if (cursor->at < cursor->end && (*cursor->at == '-' || *cursor->at == '+'))
    negative = *cursor->at++ == '-';
  *number = 0;
  while (cursor->at < cursor->end && g_ascii_isdigit (*cursor->at) && *number < G_MAXINT32)
    *number = *number * 10 + (*cursor->at++ - '0');
  if (negative)
    *number = -*number;
  return cursor->at > start && g_ascii_isdigit (cursor->at[-1]) &&
         (cursor->at == cursor->end || is_space (*cursor->at) || is_delimiter (*cursor->at));
}

static void
read_escape (Cursor *cursor, GString *text)
{
  static const char letters[] = "nrtbf", meanings[] = "\n\r\t\b\f";
  const guchar c = *cursor->at++;
  const char *letter = c != 0 ? strchr (letters, c) : NULL;
  guint octal = 0;

  if (letter != NULL)
    g_string_append_c (text, meanings[letter - letters]);
  else if (c >= '0' && c <= '7')
    {
      cursor->at--;
      for (guint i = 0;
           i < 3 && cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '7'; i++)
        octal = octal * 8 + (*cursor->at++ - '0');
      g_string_append_c (text, (char) octal);
    }
  else if (c == '\r' && cursor->at < cursor->end && *cursor->at == '\n')
    cursor->at++;
  else if (c != '\r' && c != '\n')
    g_string_append_c (text, (char) c);
}

/* After the opening parenthesis. */
static GString *
read_literal (Cursor *cursor)
{
  GString *text = g_string_new (NULL);
  guint open = 1;

  while (cursor->at < cursor->end)
    {
      const guchar c = *cursor->at++;

      if (c == '\\' && cursor->at < cursor->end)
        {
          read_escape (cursor, text);
          continue;
        }
      if (c == '(')
        open++;
      else if (c == ')' && --open == 0)
        break;
      g_string_append_c (text, (char) c);
    }
  return text;
}

/* After the opening angle bracket. */
static GString *
read_hexadecimal (Cursor *cursor)
{
  GString *text = g_string_new (NULL);
  guint digits = 0, byte = 0;

  while (cursor->at < cursor->end && *cursor->at != '>')
    {
      const int digit = g_ascii_xdigit_value ((char) *cursor->at++);

      if (digit < 0)
        continue;
      byte = byte << 4 | (guint) digit;
      if (++digits % 2 == 0)
        g_string_append_c (text, (char) byte);
    }
  if (digits % 2 != 0)
    g_string_append_c (text, (char) (byte << 4));
  take (cursor, ">");
  return text;
}

static GString *
read_name (Cursor *cursor)
{
  GString *text = g_string_new (NULL);

  while (cursor->at < cursor->end && !is_space (*cursor->at) && !is_delimiter (*cursor->at))
    g_string_append_c (text, (char) *cursor->at++);
  return text;
}

/* An integer, or the reference that begins with it. */
static void
read_number (Cursor *cursor, Value *value)
{
  Cursor ahead;
  gint64 generation;

  if (!read_integer (cursor, &value->number))
    {
      while (cursor->at < cursor->end && !is_space (*cursor->at) && !is_delimiter (*cursor->at))
        cursor->at++;
      return;
    }
  value->kind = VALUE_INTEGER;
  ahead = *cursor;
  skip_space (&ahead);
  if (!read_integer (&ahead, &generation))
    return;
  skip_space (&ahead);
  if (take (&ahead, "R"))
    {
      value->kind = VALUE_REFERENCE;
      *cursor = ahead;
    }
}

static gboolean
skip_until (Cursor *cursor, const char *end, guint depth)
{
  while (cursor->at < cursor->end)
    {
      Value value = { 0 };
      gboolean read;

      skip_space (cursor);
      if (take (cursor, end))
        return TRUE;
      read = read_value (cursor, &value, depth + 1);
      value_clear (&value);
      if (!read)
        return FALSE;
    }
  return FALSE;
}

static gboolean
read_value (Cursor *cursor, Value *value, guint depth)
{
  skip_space (cursor);
  if (cursor->at == cursor->end || depth > MAX_DEPTH)
    return FALSE;
  if (take (cursor, "<<"))
    return skip_until (cursor, ">>", depth);
  if (take (cursor, "["))
    return skip_until (cursor, "]", depth);
  if (take (cursor, "("))
    *value = (Value) { VALUE_TEXT, 0, read_literal (cursor) };
  else if (take (cursor, "<"))
    *value = (Value) { VALUE_TEXT, 0, read_hexadecimal (cursor) };
  else if (take (cursor, "/"))
    *value = (Value) { VALUE_NAME, 0, read_name (cursor) };
  else if (is_delimiter (*cursor->at))
    return FALSE;
  else
    read_number (cursor, value);
  return TRUE;
}

/* A text string (7.9.2.2): UTF-16 with a mark, UTF-8 with a mark, or 8 bit. */
static char *
decode_text (const GString *text)
{
  if (text->len >= 2 && memcmp (text->str, "\xfe\xff", 2) == 0)
    return g_convert (text->str + 2, (gssize) text->len - 2, "UTF-8", "UTF-16BE", NULL, NULL, NULL);
  if (text->len >= 3 && memcmp (text->str, "\xef\xbb\xbf", 3) == 0)
    return g_utf8_make_valid (text->str + 3, (gssize) text->len - 3);
  return g_convert (text->str, (gssize) text->len, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
}

/* Where the objects of an object stream are. */
typedef struct
{
  gboolean is_object_stream;
  gint64 count;
  gint64 first;
} StreamInfo;

static void
note_entry (const char *key, Value *value, Field *field, StreamInfo *stream)
{
  if (value->kind == VALUE_TEXT && g_str_equal (key, "T") && field->partial_name == NULL)
    field->partial_name = decode_text (value->text);
  else if (value->kind == VALUE_INTEGER && g_str_equal (key, "Ff"))
    field->flags = value->number;
  else if (value->kind == VALUE_REFERENCE && g_str_equal (key, "Parent"))
    field->parent = value->number;
  else if (value->kind == VALUE_NAME && g_str_equal (key, "Type"))
    stream->is_object_stream = g_str_equal (value->text->str, "ObjStm");
  else if (value->kind == VALUE_INTEGER && g_str_equal (key, "N"))
    stream->count = value->number;
  else if (value->kind == VALUE_INTEGER && g_str_equal (key, "First"))
    stream->first = value->number;
}

/* Reads the dictionary at @cursor, if there is one, as object @number. */
static gboolean
read_object (Scan *scan, Cursor *cursor, gint64 number, StreamInfo *stream)
{
  Field field = { NULL, -1, 0 };

  skip_space (cursor);
  if (!take (cursor, "<<"))
    return FALSE;
  while (cursor->at < cursor->end)
    {
      g_autoptr (GString) key = NULL;
      Value value = { 0 };
      gboolean read;

      skip_space (cursor);
      if (take (cursor, ">>") || !take (cursor, "/"))
        break;
      key = read_name (cursor);
      read = read_value (cursor, &value, 0);
      note_entry (key->str, &value, &field, stream);
      value_clear (&value);
      if (!read)
        break;
    }
  if (field.partial_name != NULL || field.flags >= 0 || field.parent > 0)
    g_hash_table_insert (scan->fields, GINT_TO_POINTER ((int) number),
                         g_memdup2 (&field, sizeof field));
  else
    g_hash_table_remove (scan->fields, GINT_TO_POINTER ((int) number));
  return TRUE;
}

static GByteArray *
inflate_stream (Scan *scan, const Cursor *compressed)
{
  g_autoptr (GZlibDecompressor) inflater = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  GByteArray *data = g_byte_array_new ();
  const guchar *at = compressed->at;

  while (scan->inflated < MAX_INFLATED)
    {
      guchar chunk[16384];
      gsize read = 0, written = 0;
      const GConverterResult result =
          g_converter_convert (G_CONVERTER (inflater), at, (gsize) (compressed->end - at), chunk,
                               sizeof chunk, G_CONVERTER_INPUT_AT_END, &read, &written, NULL);

      if (result == G_CONVERTER_ERROR)
        break;
      at += read;
      scan->inflated += written;
      g_byte_array_append (data, chunk, (guint) written);
      if (result == G_CONVERTER_FINISHED)
        break;
    }
  return data;
}

static void
read_object_stream (Scan *scan, const Cursor *compressed, const StreamInfo *stream)
{
  g_autoptr (GByteArray) data = inflate_stream (scan, compressed);
  Cursor index = { data->data, data->data + data->len };

  for (gint64 i = 0; i < MIN (stream->count, MAX_PER_STREAM); i++)
    {
      StreamInfo nested = { 0 };
      Cursor object = index;
      gint64 number, offset;

      skip_space (&index);
      if (!read_integer (&index, &number))
        return;
      skip_space (&index);
      if (!read_integer (&index, &offset) || offset < 0 || stream->first < 0 ||
          stream->first + offset >= (gint64) data->len)
        return;
      object.at = data->data + stream->first + offset;
      read_object (scan, &object, number, &nested);
    }
}

/* The number of the object whose "obj" is at @word, or -1: "12 0 obj". */
static gint64
number_before (const guchar *start, const guchar *word)
{
  const guchar *at = word;
  Cursor cursor;
  gint64 number;

  for (guint part = 0; part < 2; part++)
    {
      const guchar *space = at;

      while (at > start && is_space (at[-1]))
        at--;
      if (at == space)
        return -1;
      while (at > start && g_ascii_isdigit (at[-1]))
        at--;
    }
  cursor = (Cursor) { at, word };
  return read_integer (&cursor, &number) ? number : -1;
}

static void
scan_objects (Scan *scan, const guchar *start, const guchar *end)
{
  const guchar *at = start;

  while ((at = memmem (at, (gsize) (end - at), "obj", 3)) != NULL)
    {
      const gint64 number = number_before (start, at);
      StreamInfo stream = { 0 };
      Cursor cursor = { at + 3, end };

      at += 3;
      if (number < 0 || !read_object (scan, &cursor, number, &stream))
        continue;
      at = cursor.at;
      skip_space (&cursor);
      if (!stream.is_object_stream || !take (&cursor, "stream"))
        continue;
      take (&cursor, "\r");
      take (&cursor, "\n");
      read_object_stream (scan, &cursor, &stream);
    }
}

static char *
full_name (GHashTable *fields, const Field *field, gboolean *required)
{
  g_autoptr (GString) name = g_string_new (NULL);
  gint64 flags = -1;

  for (guint depth = 0; field != NULL && depth < MAX_DEPTH; depth++)
    {
      if (field->partial_name != NULL)
        {
          if (name->len > 0)
            g_string_prepend_c (name, '.');
          g_string_prepend (name, field->partial_name);
        }
      if (flags < 0)
        flags = field->flags;
      field = field->parent > 0
                  ? g_hash_table_lookup (fields, GINT_TO_POINTER ((int) field->parent))
                  : NULL;
    }
  *required = flags >= 0 && (flags & FLAG_REQUIRED) != 0;
  return g_string_free (g_steal_pointer (&name), FALSE);
}

/**
 * kab_required_fields_find:
 * @document: a PDF, sound or not
 *
 * Returns: (transfer container) (element-type utf8): the full names of the
 *   form fields that are marked as required
 */
GHashTable *
kab_required_fields_find (GBytes *document)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Scan scan = { g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) field_free), 0 };
  gsize size;
  const guchar *data = g_bytes_get_data (document, &size);
  GHashTableIter iter;
  gpointer field;

  if (size > 0)
    scan_objects (&scan, data, data + size);
  g_hash_table_iter_init (&iter, scan.fields);
  while (g_hash_table_iter_next (&iter, NULL, &field))
    {
      gboolean required;
      g_autofree char *name = full_name (scan.fields, field, &required);

      if (required && *name != '\0')
        g_hash_table_add (names, g_steal_pointer (&name));
    }
  g_hash_table_unref (scan.fields);
  return names;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-form-source.h"

#include <string.h>

#define MAX_LENGTH (1024 * 1024)
#define MAX_DEPTH  48

struct _KabFormSource
{
  gatomicrefcount references;
  char *name;        /* (owned) */
  JsonNode *root;    /* (owned) */
  GHashTable *lines; /* (owned) (nullable): JSON pointer → line */
};

/* Walks a text that is known to be well formed and notes where values begin. */
typedef struct
{
  const char *at;
  guint line;
  guint depth;
  GString *pointer;
  GHashTable *lines;
  const char *name;
  GError **error;
} Scan;

G_DEFINE_QUARK (kab - form - error - quark, kab_form_error)

static gboolean scan_value (Scan *scan);

static void
skip_blanks (Scan *scan)
{
  for (; *scan->at == ' ' || *scan->at == '\t' || *scan->at == '\r' || *scan->at == '\n';
       scan->at++)
    {
      if (*scan->at == '\n')
        scan->line++;
    }
}

static const char *
skip_string (Scan *scan)
{
  const char *start = ++scan->at;

  for (; *scan->at != '"' && *scan->at != '\0'; scan->at++)
    {
      if (*scan->at == '\\' && scan->at[1] != '\0')
        scan->at++;
    }
  if (*scan->at == '"')
    scan->at++;
  return start;
}

/* Appends the member's name as RFC 6901 escapes it. */
static void
append_token (GString *pointer, const char *start, gsize length)
{
  g_string_append_c (pointer, '/');
  for (gsize i = 0; i < length; i++)
    {
      if (start[i] == '~')
        g_string_append (pointer, "~0");
      else if (start[i] == '/')
        g_string_append (pointer, "~1");
      else
        g_string_append_c (pointer, start[i]);
    }
}

static gboolean
scan_child (Scan *scan)
{
  if (++scan->depth > MAX_DEPTH)
    {
      g_set_error (scan->error, KAB_FORM_ERROR, KAB_FORM_ERROR_SYNTAX,
                   "%s:%u: nested more than %d deep", scan->name, scan->line, MAX_DEPTH);
      return FALSE;
    }
  if (!scan_value (scan))
    return FALSE;
  scan->depth--;
  skip_blanks (scan);
  if (*scan->at == ',')
    scan->at++;
  skip_blanks (scan);
  return TRUE;
}

static gboolean
scan_member (Scan *scan)
{
  gsize outer = scan->pointer->len;
  const char *start = skip_string (scan);

  append_token (scan->pointer, start, scan->at - start - 1);
  if (g_hash_table_contains (scan->lines, scan->pointer->str))
    {
      g_set_error (scan->error, KAB_FORM_ERROR, KAB_FORM_ERROR_DUPLICATE,
                   "%s:%u: %s: the member occurs twice", scan->name, scan->line,
                   scan->pointer->str);
      return FALSE;
    }
  g_hash_table_insert (scan->lines, g_strdup (scan->pointer->str), GUINT_TO_POINTER (scan->line));
  skip_blanks (scan);
  if (*scan->at == ':')
    scan->at++;
  skip_blanks (scan);
  if (!scan_child (scan))
    return FALSE;
  g_string_truncate (scan->pointer, outer);
  return TRUE;
}

static gboolean
scan_element (Scan *scan, guint index)
{
  gsize outer = scan->pointer->len;

  g_string_append_printf (scan->pointer, "/%u", index);
  g_hash_table_insert (scan->lines, g_strdup (scan->pointer->str), GUINT_TO_POINTER (scan->line));
  if (!scan_child (scan))
    return FALSE;
  g_string_truncate (scan->pointer, outer);
  return TRUE;
}

static gboolean
scan_value (Scan *scan)
{
  if (*scan->at == '{' || *scan->at == '[')
    {
      char end = *scan->at++ == '{' ? '}' : ']';
      guint index = 0;

      skip_blanks (scan);
      while (*scan->at != end && *scan->at != '\0')
        {
          if (!(end == '}' ? scan_member (scan) : scan_element (scan, index++)))
            return FALSE;
        }
      if (*scan->at == end)
        scan->at++;
    }
  else if (*scan->at == '"')
    {
      skip_string (scan);
    }
  else
    {
      scan->at += strcspn (scan->at, ",]} \t\r\n");
    }
  return TRUE;
}

static gboolean
find_lines (KabFormSource *self, const char *text, GError **error)
{
  g_autoptr (GString) pointer = g_string_new (NULL);
  Scan scan = { .at = text, .line = 1, .pointer = pointer, .name = self->name, .error = error };

  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  scan.lines = self->lines;
  skip_blanks (&scan);
  g_hash_table_insert (self->lines, g_strdup (""), GUINT_TO_POINTER (scan.line));
  return scan_value (&scan);
}

/* json-glib's messages begin with "<data>:LINE:COLUMN: ". */
static void
set_syntax_error (GError **error, const char *name, const char *message)
{
  guint line = 1;
  const char *reason = message;

  if (g_str_has_prefix (message, "<data>:"))
    {
      const char *space = strchr (message, ' ');

      line = MAX (1, (guint) g_ascii_strtoull (message + strlen ("<data>:"), NULL, 10));
      reason = space != NULL ? space + 1 : message;
    }
  g_set_error (error, KAB_FORM_ERROR, KAB_FORM_ERROR_SYNTAX, "%s:%u: %s", name, line, reason);
}

static gboolean
check_bytes (const char *data, gsize length, const char *name, GError **error)
{
  const char *end = NULL;
  guint line = 1;

  if (length > MAX_LENGTH)
    {
      g_set_error (error, KAB_FORM_ERROR, KAB_FORM_ERROR_SYNTAX, "%s:1: longer than %d bytes", name,
                   MAX_LENGTH);
      return FALSE;
    }
  if (g_utf8_validate_len (data, length, &end) &&
      (length < 3 || memcmp (data, "\xef\xbb\xbf", 3) != 0))
    return TRUE;
  for (const char *at = data; at < end; at++)
    line += *at == '\n';
  g_set_error (error, KAB_FORM_ERROR, KAB_FORM_ERROR_SYNTAX,
               "%s:%u: not UTF-8 without a byte order mark", name, line);
  return FALSE;
}

/* Parses @data, which @name stands for in messages; @length may be -1. Refuses
 * what isn't strict JSON in UTF-8, and members that occur twice. */
KabFormSource *
kab_form_source_new (const char *data, gssize length, const char *name, GError **error)
{
  g_autoptr (KabFormSource) self = NULL;
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) failure = NULL;
  gsize size = length < 0 ? strlen (data) : (gsize) length;
  g_autofree char *text = NULL;

  if (!check_bytes (data, size, name, error))
    return NULL;
  text = g_strndup (data, size);
  json_parser_set_strict (parser, TRUE);
  if (!json_parser_load_from_data (parser, text, strlen (text), &failure))
    {
      set_syntax_error (error, name, failure->message);
      return NULL;
    }
  if (json_parser_get_root (parser) == NULL)
    {
      set_syntax_error (error, name, "the text is empty");
      return NULL;
    }
  self = kab_form_source_new_from_node (json_parser_get_root (parser), name);
  if (!find_lines (self, text, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Reads the file at @path; messages call it by its base name. */
KabFormSource *
kab_form_source_new_from_file (const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *data = NULL;
  g_autoptr (GError) failure = NULL;
  gsize length;

  if (!g_file_get_contents (path, &data, &length, &failure))
    {
      g_set_error (error, KAB_FORM_ERROR, KAB_FORM_ERROR_READ, "%s:0: %s", name, failure->message);
      return NULL;
    }
  return kab_form_source_new (data, length, name, error);
}

/* Wraps JSON that was parsed already; such a source knows no lines. */
KabFormSource *
kab_form_source_new_from_node (JsonNode *root, const char *name)
{
  KabFormSource *self = g_new0 (KabFormSource, 1);

  g_atomic_ref_count_init (&self->references);
  self->name = g_strdup (name);
  self->root = json_node_ref (root);
  return self;
}

KabFormSource *
kab_form_source_ref (KabFormSource *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
kab_form_source_unref (KabFormSource *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer (&self->lines, g_hash_table_unref);
  json_node_unref (self->root);
  g_free (self->name);
  g_free (self);
}

/* The value of the whole source, borrowed. */
JsonNode *
kab_form_source_get_root (KabFormSource *self)
{
  return self->root;
}

/* What errors call the source, such as a file's name; borrowed. */
const char *
kab_form_source_get_name (KabFormSource *self)
{
  return self->name;
}

/* The line where the value at @pointer (its name, in an object) begins, from 1;
 * 0 when lines aren't known. */
guint
kab_form_source_get_line (KabFormSource *self, const char *pointer)
{
  if (self->lines == NULL)
    return 0;
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->lines, pointer));
}

/* The pointer (RFC 6901) to @member of the object at @pointer. */
char *
kab_form_pointer_append (const char *pointer, const char *member)
{
  GString *longer = g_string_new (pointer);

  append_token (longer, member, strlen (member));
  return g_string_free (longer, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-strict-json.h"

#include "kab-problem.h"

/* Nothing that this server reads nests deeper; json-glib recurses. */
#define DEPTH_MAX 32
/* More digits than this don't fit a gint64, and json-glib would quietly bend them. */
#define INTEGER_DIGITS_MAX 18

typedef struct
{
  gboolean in_string;
  gboolean is_escaped;
  guint depth;
  guint n_digits; /* of the number that is being read; 0 outside */
  guint n_members;
} Scan;

static void count_members (JsonNode *node, guint *n_members);

static void
count_element_cb (JsonArray *array, guint index, JsonNode *node, gpointer user_data)
{
  count_members (node, user_data);
}

static void
count_member_cb (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  guint *n_members = user_data;

  (*n_members)++;
  count_members (node, n_members);
}

static void
count_members (JsonNode *node, guint *n_members)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    json_object_foreach_member (json_node_get_object (node), count_member_cb, n_members);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    json_array_foreach_element (json_node_get_array (node), count_element_cb, n_members);
}

static gboolean
scan_outside_string (Scan *scan, char c)
{
  if (g_ascii_isdigit (c))
    return ++scan->n_digits <= INTEGER_DIGITS_MAX;
  if (!strchr (".eE+-", c))
    scan->n_digits = 0;
  if (c == '"')
    scan->in_string = TRUE;
  else if (c == '{' || c == '[')
    return ++scan->depth <= DEPTH_MAX;
  else if ((c == '}' || c == ']') && scan->depth > 0)
    scan->depth--;
  else if (c == ':')
    scan->n_members++;
  return c != '/' && c != '\'' && c != 0;
}

/* What json-glib can't be told to refuse: depth, long numbers, control characters in strings. */
static gboolean
scan_text (const char *text, gsize length, guint *n_members)
{
  Scan scan = { 0 };

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (!scan.in_string)
        {
          if (!scan_outside_string (&scan, c))
            return FALSE;
        }
      else if (g_ascii_iscntrl (c) && c != 0x7f)
        return FALSE;
      else if (scan.is_escaped)
        scan.is_escaped = FALSE;
      else if (c == '\\')
        scan.is_escaped = TRUE;
      else if (c == '"')
        scan.in_string = FALSE;
    }
  *n_members = scan.n_members;
  return TRUE;
}

/**
 * kab_strict_json_parse:
 * @text: (array length=length): bytes from outside, which need not end in NUL
 *
 * Parses an object by RFC 8259 and, as I-JSON (RFC 7493) asks, refuses a name that stands twice in
 * an object: json-glib keeps the last one, so fewer members come out than colons went in.
 *
 * Returns: (transfer full): an object node, or %NULL with %KAB_PROBLEM_INVALID_JSON
 */
JsonNode *
kab_strict_json_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  guint n_written = 0;
  guint n_read = 0;
  JsonNode *root;

  json_parser_set_strict (parser, TRUE);
  if (length == 0 || !g_utf8_validate (text, (gssize) length, NULL) ||
      !scan_text (text, length, &n_written) ||
      !json_parser_load_from_data (parser, text, (gssize) length, NULL))
    {
      kab_problem_set (error, KAB_PROBLEM_INVALID_JSON, NULL);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (!root || !JSON_NODE_HOLDS_OBJECT (root))
    {
      kab_problem_set (error, KAB_PROBLEM_INVALID_JSON, "The body has to be an object");
      return NULL;
    }
  count_members (root, &n_read);
  if (n_read != n_written)
    {
      kab_problem_set (error, KAB_PROBLEM_INVALID_JSON, "An object has the same name twice");
      return NULL;
    }
  return json_node_ref (root);
}

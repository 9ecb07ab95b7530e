/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-json-private.h"

/* json-glib keeps the last of two members with one name. It announces each one, though, so an
 * object that has not grown by the member just announced has got it twice. */
typedef struct
{
  GArray *n_members; /* (owned): a guint for each open object, the innermost last */
  gboolean found;
} DuplicateCheck;

static void
object_started_cb (JsonParser *parser, DuplicateCheck *check)
{
  guint none = 0;

  g_array_append_val (check->n_members, none);
}

static void
member_read_cb (JsonParser *parser, JsonObject *object, const char *member, DuplicateCheck *check)
{
  guint *n_members = &g_array_index (check->n_members, guint, check->n_members->len - 1);

  if (json_object_get_size (object) < ++*n_members)
    check->found = TRUE;
}

static void
object_ended_cb (JsonParser *parser, JsonObject *object, DuplicateCheck *check)
{
  g_array_set_size (check->n_members, check->n_members->len - 1);
}

static JsonNode *
parse_scanned (const char *data, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GArray) n_members = g_array_new (FALSE, FALSE, sizeof (guint));
  DuplicateCheck check = { .n_members = n_members };

  json_parser_set_strict (parser, TRUE);
  g_signal_connect (parser, "object-start", G_CALLBACK (object_started_cb), &check);
  g_signal_connect (parser, "object-member", G_CALLBACK (member_read_cb), &check);
  g_signal_connect (parser, "object-end", G_CALLBACK (object_ended_cb), &check);

  if (!json_parser_load_from_data (parser, data, (gssize) length, NULL))
    {
      kab_json_fail (error, KAB_JSON_ERROR_SYNTAX, NULL);
      return NULL;
    }
  if (check.found)
    {
      kab_json_fail (error, KAB_JSON_ERROR_DUPLICATE, NULL);
      return NULL;
    }

  return json_parser_steal_root (parser);
}

/**
 * kab_json_parse:
 * @data: (array length=length): what came from outside
 * @length: its bytes
 * @max_bytes: how many bytes are allowed
 * @max_depth: how many objects and arrays may lie within each other
 * @error: one of the first six codes of %KAB_JSON_ERROR
 *
 * Reads JSON strictly (RFC 8259, with the limits of RFC 7493): UTF-8 only, no member twice, no
 * number or text that would change on the way in. Takes linear time and recurses no deeper than
 * @max_depth.
 *
 * Returns: (transfer full) (nullable): the immutable root
 */
JsonNode *
kab_json_parse (const char *data, gsize length, gsize max_bytes, guint max_depth, GError **error)
{
  KabJsonError reason;

  if (length > max_bytes)
    {
      kab_json_fail (error, KAB_JSON_ERROR_TOO_LARGE, NULL);
      return NULL;
    }
  if (length == 0)
    {
      kab_json_fail (error, KAB_JSON_ERROR_SYNTAX, NULL);
      return NULL;
    }
  if (!g_utf8_validate_len (data, length, NULL))
    {
      kab_json_fail (error, KAB_JSON_ERROR_ENCODING, NULL);
      return NULL;
    }
  if (!kab_json_scan (data, length, max_depth, &reason))
    {
      kab_json_fail (error, reason, NULL);
      return NULL;
    }

  return parse_scanned (data, length, error);
}

/**
 * kab_json_parse_object:
 * @data: (array length=length): what came from outside
 * @length: its bytes
 * @max_bytes: how many bytes are allowed
 * @max_depth: how many objects and arrays may lie within each other
 * @error: as kab_json_parse(), or %KAB_JSON_ERROR_TYPE if the root is no object
 *
 * Returns: (transfer full) (nullable): the immutable root object
 */
JsonObject *
kab_json_parse_object (const char *data,
                       gsize length,
                       gsize max_bytes,
                       guint max_depth,
                       GError **error)
{
  g_autoptr (JsonNode) root = kab_json_parse (data, length, max_bytes, max_depth, error);

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      kab_json_fail (error, KAB_JSON_ERROR_TYPE, NULL);
      return NULL;
    }

  return json_node_dup_object (root);
}

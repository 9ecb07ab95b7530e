/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-json.h"

#include <stdarg.h>

G_DEFINE_QUARK (kab - sandbox - error - quark, kab_sandbox_error)

static gboolean
is_of_type (JsonNode *node, char type)
{
  GType value = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  switch (type)
    {
    case 's':
      return value == G_TYPE_STRING;
    case 'i':
      return value == G_TYPE_INT64;
    case 'b':
      return value == G_TYPE_BOOLEAN;
    case 'o':
      return JSON_NODE_HOLDS_OBJECT (node);
    case 'a':
      return JSON_NODE_HOLDS_ARRAY (node);
    default:
      return FALSE;
    }
}

/**
 * kab_sandbox_json_strings:
 * @name: name of the first member
 * @...: its text, then further pairs, ended by %NULL
 *
 * A member whose text is %NULL is left out; a %NULL name ends the list.
 *
 * Returns: (transfer full): an object of texts
 */
JsonObject *
kab_sandbox_json_strings (const char *name, ...)
{
  JsonObject *object = json_object_new ();
  va_list arguments;

  va_start (arguments, name);
  for (; name; name = va_arg (arguments, const char *))
    {
      const char *value = va_arg (arguments, const char *);

      if (value)
        json_object_set_string_member (object, name, value);
    }
  va_end (arguments);
  return object;
}

/**
 * kab_sandbox_json_parse:
 * @text: bytes from outside
 * @error: 400 when they aren't a JSON object in UTF-8
 *
 * Returns: (transfer full) (nullable): the object
 */
JsonObject *
kab_sandbox_json_parse (GBytes *text, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) local = NULL;
  gsize length;
  const char *data = g_bytes_get_data (text, &length);
  JsonNode *root;

  if (length == 0 || !g_utf8_validate_len (data, length, NULL) ||
      !json_parser_load_from_data (parser, data, length, &local))
    {
      g_set_error (error, KAB_SANDBOX_ERROR, 400, "The body is not JSON: %s",
                   local ? local->message : "empty or not UTF-8");
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (!root || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, KAB_SANDBOX_ERROR, 400, "The body is not a JSON object");
      return NULL;
    }
  return json_object_ref (json_node_get_object (root));
}

/**
 * kab_sandbox_json_check:
 * @object: what was received
 * @fields: (array length=n_fields): every member that is known
 * @n_fields: their number
 * @error: 400 that names the first wrong member
 *
 * A stand-in is stricter than the provider: an unknown member is refused too, because it is
 * either misspelt or means something that the stand-in can't do.
 *
 * Returns: whether all required members are there, with the right types, and no others
 */
gboolean
kab_sandbox_json_check (JsonObject *object,
                        const KabSandboxField *fields,
                        gsize n_fields,
                        GError **error)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (gsize i = 0; i < n_fields; i++)
    if (fields[i].required && !json_object_has_member (object, fields[i].name))
      {
        g_set_error (error, KAB_SANDBOX_ERROR, 400, "'%s' is missing", fields[i].name);
        return FALSE;
      }
  for (GList *l = members; l; l = l->next)
    {
      gsize i = 0;

      while (i < n_fields && !g_str_equal (fields[i].name, l->data))
        i++;
      if (i == n_fields || !is_of_type (json_object_get_member (object, l->data), fields[i].type))
        {
          g_set_error (error, KAB_SANDBOX_ERROR, 400, "'%s' is %s", (const char *) l->data,
                       i == n_fields ? "not a known field" : "of a wrong type");
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * kab_sandbox_json_text:
 * @object: (nullable): an object from outside
 * @name: a member
 *
 * Returns: (transfer none) (nullable): the text, or %NULL when there is none
 */
const char *
kab_sandbox_json_text (JsonObject *object, const char *name)
{
  JsonNode *node = object ? json_object_get_member (object, name) : NULL;

  return node && is_of_type (node, 's') ? json_node_get_string (node) : NULL;
}

/**
 * kab_sandbox_json_member:
 * @object: (nullable): an object from outside
 * @name: a member
 *
 * Returns: (transfer none) (nullable): the object in it, or %NULL when there is none
 */
JsonObject *
kab_sandbox_json_member (JsonObject *object, const char *name)
{
  JsonNode *node = object ? json_object_get_member (object, name) : NULL;

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * kab_sandbox_json_print:
 * @object: an object
 * @pretty: whether to put it on several lines
 *
 * Returns: (transfer full): its text
 */
char *
kab_sandbox_json_print (JsonObject *object, gboolean pretty)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return json_to_string (node, pretty);
}

/**
 * kab_sandbox_json_array:
 * @texts: (nullable) (array zero-terminated=1): texts
 *
 * Returns: (transfer full): an array of them
 */
JsonArray *
kab_sandbox_json_array (const char *const *texts)
{
  JsonArray *array = json_array_new ();

  for (gsize i = 0; texts && texts[i]; i++)
    json_array_add_string_element (array, texts[i]);
  return array;
}

/**
 * kab_sandbox_json_texts:
 * @object: an object from outside
 * @name: a member
 *
 * Returns: (transfer full): the texts of the array in it; empty when there is none
 */
char **
kab_sandbox_json_texts (JsonObject *object, const char *name)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonNode *node = json_object_get_member (object, name);

  if (node && JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        if (is_of_type (json_array_get_element (array, i), 's'))
          g_strv_builder_add (builder, json_array_get_string_element (array, i));
    }
  return g_strv_builder_end (builder);
}

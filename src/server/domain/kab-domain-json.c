/* SPDX-License-Identifier: GPL-3.0-or-later */

/* JSON in columns of the store, which the server wrote itself. */

#include "kab-domain-json.h"

#include "kab-json-write.h"
#include "kab-time.h"

/**
 * kab_domain_json_write:
 *
 * Returns: (transfer full): the object as text
 */
char *
kab_domain_json_write (JsonObject *object)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (root, object);
  return json_to_string (root, FALSE);
}

/**
 * kab_domain_json_read:
 * @text: (nullable): what kab_domain_json_write() gave
 *
 * Returns: (transfer full): the object; an empty one when there was none
 */
JsonObject *
kab_domain_json_read (const char *text)
{
  g_autoptr (JsonNode) root = text != NULL ? json_from_string (text, NULL) : NULL;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return json_object_new ();
  return json_node_dup_object (root);
}

/**
 * kab_domain_json_new_strings:
 *
 * Returns: (transfer full): an array of them
 */
JsonArray *
kab_domain_json_new_strings (const char *const *strings)
{
  JsonArray *array = json_array_new ();

  for (gsize i = 0; strings[i] != NULL; i++)
    json_array_add_string_element (array, strings[i]);
  return array;
}

/**
 * kab_domain_json_write_strings:
 *
 * Returns: (transfer full): an array of them as text
 */
char *
kab_domain_json_write_strings (const char *const *strings)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (root, kab_domain_json_new_strings (strings));
  return json_to_string (root, FALSE);
}

/**
 * kab_domain_json_read_strings:
 * @text: (nullable): an array of strings
 *
 * Returns: (transfer full): the strings; what is none of them is left out
 */
char **
kab_domain_json_read_strings (const char *text)
{
  g_autoptr (JsonNode) root = text != NULL ? json_from_string (text, NULL) : NULL;
  g_autoptr (GStrvBuilder) strings = g_strv_builder_new ();

  if (root != NULL && JSON_NODE_HOLDS_ARRAY (root))
    {
      JsonArray *array = json_node_get_array (root);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          JsonNode *node = json_array_get_element (array, i);
          if (json_node_get_value_type (node) == G_TYPE_STRING)
            g_strv_builder_add (strings, json_node_get_string (node));
        }
    }
  return g_strv_builder_end (strings);
}

/**
 * kab_domain_json_set_time:
 * @time: microseconds since 1970; 0 leaves the member out
 */
void
kab_domain_json_set_time (JsonObject *object, const char *member, gint64 time)
{
  g_autofree char *text = NULL;

  if (time == 0)
    return;
  text = kab_time_format (time);
  json_object_set_string_member (object, member, text);
}

/**
 * kab_domain_json_write_time:
 * @text: JSON that was written so far
 * @time: microseconds since 1970; 0 leaves the member out
 */
void
kab_domain_json_write_time (GString *text, const char *member, gint64 time)
{
  g_autofree char *value = NULL;

  if (time == 0)
    return;
  value = kab_time_format (time);
  kab_json_write_string (text, member, value);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-json-private.h"

static JsonNode *
get_member (JsonObject *object, const char *member, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    {
      kab_json_fail (error, KAB_JSON_ERROR_MISSING, member);
      return NULL;
    }

  return node;
}

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
is_text (JsonNode *node, gsize max_chars, KabJsonError *reason)
{
  if (!holds (node, G_TYPE_STRING))
    {
      *reason = KAB_JSON_ERROR_TYPE;
      return FALSE;
    }
  if ((gsize) g_utf8_strlen (json_node_get_string (node), -1) > max_chars)
    {
      *reason = KAB_JSON_ERROR_TOO_LONG;
      return FALSE;
    }

  return TRUE;
}

/**
 * kab_json_has:
 * @object: an object
 * @member: the name of a member that may be left out
 *
 * Returns: whether @member is there and not null
 */
gboolean
kab_json_has (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node);
}

/**
 * kab_json_get_string:
 * @object: an object
 * @member: the name of a member
 * @max_chars: how many Unicode characters are allowed
 * @error: %KAB_JSON_ERROR_MISSING, %KAB_JSON_ERROR_TYPE or %KAB_JSON_ERROR_TOO_LONG
 *
 * Returns: (transfer none) (nullable): the text, perhaps empty, valid as long as @object
 */
const char *
kab_json_get_string (JsonObject *object, const char *member, gsize max_chars, GError **error)
{
  JsonNode *node = get_member (object, member, error);
  KabJsonError reason;

  if (node == NULL)
    return NULL;
  if (!is_text (node, max_chars, &reason))
    {
      kab_json_fail (error, reason, member);
      return NULL;
    }

  return json_node_get_string (node);
}

/**
 * kab_json_get_strings:
 * @object: an object
 * @member: the name of a member, an array of texts
 * @max_items: how many texts are allowed
 * @max_chars: how many Unicode characters each may have
 * @error: as kab_json_get_string(), with the place of the text that is wrong
 *
 * Returns: (transfer full) (nullable): the texts
 */
char **
kab_json_get_strings (JsonObject *object,
                      const char *member,
                      guint max_items,
                      gsize max_chars,
                      GError **error)
{
  JsonArray *array = kab_json_get_array (object, member, max_items, error);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  if (array == NULL)
    return NULL;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      KabJsonError reason;

      if (!is_text (node, max_chars, &reason))
        {
          g_autofree char *index = g_strdup_printf ("%u", i);

          kab_json_fail (error, reason, index);
          kab_json_prefix_pointer (error, member);
          return NULL;
        }
      g_strv_builder_add (texts, json_node_get_string (node));
    }

  return g_strv_builder_end (texts);
}

/**
 * kab_json_get_integer:
 * @object: an object
 * @member: the name of a member
 * @min: the smallest value that is allowed
 * @max: the largest value that is allowed, at most %KAB_JSON_INTEGER_MAX
 * @value: (out): the value; untouched on failure
 * @error: %KAB_JSON_ERROR_MISSING, %KAB_JSON_ERROR_TYPE or %KAB_JSON_ERROR_RANGE
 *
 * Returns: whether there is such a value; 1.0 is not an integer
 */
gboolean
kab_json_get_integer (JsonObject *object,
                      const char *member,
                      gint64 min,
                      gint64 max,
                      gint64 *value,
                      GError **error)
{
  JsonNode *node = get_member (object, member, error);
  gint64 read;

  if (node == NULL)
    return FALSE;
  if (!holds (node, G_TYPE_INT64))
    {
      kab_json_fail (error, KAB_JSON_ERROR_TYPE, member);
      return FALSE;
    }

  read = json_node_get_int (node);
  if (read < min || read > max)
    {
      kab_json_fail (error, KAB_JSON_ERROR_RANGE, member);
      return FALSE;
    }
  *value = read;

  return TRUE;
}

/**
 * kab_json_get_boolean:
 * @object: an object
 * @member: the name of a member
 * @value: (out): the value; untouched on failure
 * @error: %KAB_JSON_ERROR_MISSING or %KAB_JSON_ERROR_TYPE
 *
 * Returns: whether there is such a value
 */
gboolean
kab_json_get_boolean (JsonObject *object, const char *member, gboolean *value, GError **error)
{
  JsonNode *node = get_member (object, member, error);

  if (node == NULL)
    return FALSE;
  if (!holds (node, G_TYPE_BOOLEAN))
    {
      kab_json_fail (error, KAB_JSON_ERROR_TYPE, member);
      return FALSE;
    }
  *value = json_node_get_boolean (node);

  return TRUE;
}

/**
 * kab_json_get_object:
 * @object: an object
 * @member: the name of a member
 * @error: %KAB_JSON_ERROR_MISSING or %KAB_JSON_ERROR_TYPE
 *
 * Errors from reading the inner object need kab_json_prefix_pointer() with @member.
 *
 * Returns: (transfer none) (nullable): the inner object, valid as long as @object
 */
JsonObject *
kab_json_get_object (JsonObject *object, const char *member, GError **error)
{
  JsonNode *node = get_member (object, member, error);

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      kab_json_fail (error, KAB_JSON_ERROR_TYPE, member);
      return NULL;
    }

  return json_node_get_object (node);
}

/**
 * kab_json_get_array:
 * @object: an object
 * @member: the name of a member
 * @max_items: how many items are allowed
 * @error: %KAB_JSON_ERROR_MISSING, %KAB_JSON_ERROR_TYPE or %KAB_JSON_ERROR_TOO_LONG
 *
 * Returns: (transfer none) (nullable): the array, valid as long as @object
 */
JsonArray *
kab_json_get_array (JsonObject *object, const char *member, guint max_items, GError **error)
{
  JsonNode *node = get_member (object, member, error);

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      kab_json_fail (error, KAB_JSON_ERROR_TYPE, member);
      return NULL;
    }
  if (json_array_get_length (json_node_get_array (node)) > max_items)
    {
      kab_json_fail (error, KAB_JSON_ERROR_TOO_LONG, member);
      return NULL;
    }

  return json_node_get_array (node);
}

/**
 * kab_json_check_members:
 * @object: an object
 * @allowed: (array zero-terminated=1): the names of all members that are read from it
 * @error: %KAB_JSON_ERROR_UNEXPECTED at the first other one
 *
 * A mistyped name of an optional member must not pass as its absence.
 *
 * Returns: whether @object has no other member
 */
gboolean
kab_json_check_members (JsonObject *object, const char *const *allowed, GError **error)
{
  JsonObjectIter iter;
  const char *member;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &member, NULL))
    {
      if (!g_strv_contains (allowed, member))
        {
          kab_json_fail (error, KAB_JSON_ERROR_UNEXPECTED, member);
          return FALSE;
        }
    }

  return TRUE;
}

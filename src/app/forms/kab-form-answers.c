/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/kab-form-answers.h"

/* The answers of a form as an object, and places in it: "/birth_date", "/residences/0/country". */

/**
 * kab_form_answers_new:
 * @definition: a form
 *
 * Returns: (transfer full): what the form begins with: the defaults of its fields
 */
JsonObject *
kab_form_answers_new (KabFormDefinition *definition)
{
  JsonObject *answers = json_object_new ();
  GPtrArray *sections = kab_form_definition_get_sections (definition);

  for (guint i = 0; i < sections->len; i++)
    {
      GPtrArray *fields = kab_form_section_get_fields (sections->pdata[i]);

      for (guint j = 0; j < fields->len; j++)
        {
          JsonNode *initial = kab_form_field_get_default (fields->pdata[j]);

          if (initial != NULL)
            json_object_set_member (answers, kab_form_field_get_id (fields->pdata[j]),
                                    json_node_copy (initial));
        }
    }

  return answers;
}

/**
 * kab_form_answers_find_owner:
 * @answers: the answers of a form
 * @pointer: a place among them
 * @member: (out) (transfer full): the last part of @pointer
 *
 * Returns: (transfer none) (nullable): the object that has, or would have, @member; %NULL when
 *   @pointer leads nowhere
 */
JsonObject *
kab_form_answers_find_owner (JsonObject *answers, const char *pointer, char **member)
{
  g_auto (GStrv) parts = g_strsplit (pointer, "/", -1);
  guint n_parts = g_strv_length (parts);
  JsonNode *group;
  JsonArray *entries;
  guint64 index;

  if (n_parts == 2)
    {
      *member = g_strdup (parts[1]);
      return answers;
    }
  group = n_parts == 4 ? json_object_get_member (answers, parts[1]) : NULL;
  if (group == NULL || !JSON_NODE_HOLDS_ARRAY (group))
    return NULL;

  entries = json_node_get_array (group);
  index = g_ascii_strtoull (parts[2], NULL, 10);
  if (index >= json_array_get_length (entries) ||
      !JSON_NODE_HOLDS_OBJECT (json_array_get_element (entries, (guint) index)))
    return NULL;
  *member = g_strdup (parts[3]);

  return json_array_get_object_element (entries, (guint) index);
}

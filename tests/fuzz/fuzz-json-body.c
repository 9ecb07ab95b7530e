/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A body of the API: what the strict parser accepts has to survive being written and read again. */

#include <stdint.h>
#include <string.h>

#include "kab-json.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
read_member (JsonObject *object, const char *name)
{
  g_auto (GStrv) texts = kab_json_get_strings (object, name, 4, 8, NULL);
  const char *text = kab_json_get_string (object, name, 200, NULL);
  g_autoptr (GError) error = NULL;
  gint64 number;
  gboolean flag;

  g_assert (text == NULL || g_utf8_strlen (text, -1) <= 200);
  g_assert (texts == NULL || g_strv_length (texts) <= 4);
  if (kab_json_get_integer (object, name, -100, 100, &number, &error))
    g_assert (number >= -100 && number <= 100);
  else
    g_assert (error != NULL);
  kab_json_get_boolean (object, name, &flag, NULL);
  kab_json_get_object (object, name, NULL);
  kab_json_get_array (object, name, 10, NULL);
  g_assert (kab_json_has (object, name) == !json_object_get_null_member (object, name));
}

/* Every member is asked for as everything; one that isn't allowed is found. */
static void
read_members (JsonObject *object)
{
  static const char *const allowed[] = { "email", "citizenships", "consents", NULL };
  g_autoptr (GList) names = json_object_get_members (object);
  g_autoptr (GError) error = NULL;
  gboolean all_allowed = TRUE;

  for (const GList *l = names; l != NULL; l = l->next)
    {
      read_member (object, l->data);
      all_allowed &= g_strv_contains (allowed, l->data);
    }
  g_assert (kab_json_check_members (object, allowed, &error) == all_allowed);
  g_assert (kab_json_get_string (object, "no such member", 1, NULL) == NULL ||
            kab_json_has (object, "no such member"));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object =
      kab_json_parse_object ((const char *) data, size, 64 * 1024, 32, &error);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autofree char *text = NULL;

  g_assert ((object == NULL) == (error != NULL));
  if (object == NULL)
    return 0;
  node = json_node_init_object (json_node_alloc (), object);
  text = json_to_string (node, FALSE);
  again = kab_json_parse_object (text, strlen (text), 16 * 64 * 1024, 32, &error);
  g_assert_no_error (error);
  read_members (again);
  return 0;
}

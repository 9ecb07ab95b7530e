/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A body of the API: what the strict parser accepts has to survive being written and read again. */

#include <stdint.h>
#include <string.h>

#include "kab-json.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object
      = kab_json_parse_object ((const char *) data, size, 64 * 1024, 32, &error);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) countries = NULL;

  g_assert ((object == NULL) == (error != NULL));
  if (object == NULL)
    return 0;
  node = json_node_init_object (json_node_alloc (), object);
  text = json_to_string (node, FALSE);
  again = kab_json_parse_object (text, strlen (text), 16 * 64 * 1024, 32, &error);
  g_assert_no_error (error);
  kab_json_get_string (again, "email", 200, NULL);
  countries = kab_json_get_strings (again, "citizenships", 2, 2, NULL);
  kab_json_get_array (again, "consents", 10, NULL);
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the bank answers, read by the application: a server that went mad breaks nothing. */

#include <stdint.h>

#include "kab-client.h"
#include "kab-json.h"
#include "kab-problem-private.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* What a page would show of it. */
static void
read_properties (KabRecord *record)
{
  guint n_specs;
  g_autofree GParamSpec **specs =
      g_object_class_list_properties (G_OBJECT_GET_CLASS (record), &n_specs);

  for (guint i = 0; i < n_specs; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;
      g_autofree char *text = NULL;

      g_object_get_property (G_OBJECT (record), specs[i]->name, &value);
      text = g_strdup_value_contents (&value);
      g_assert (text != NULL);
    }
}

/* Garbage leaves a record as it was; what is taken once is taken again. */
static void
read_record (GType type, JsonObject *object)
{
  g_autoptr (KabRecord) record = g_object_new (type, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) error_again = NULL;

  if (kab_record_update_from_json (record, object, &error))
    {
      g_assert_true (kab_record_update_from_json (record, object, &error_again));
      g_assert_no_error (error_again);
      read_properties (record);
    }
  else
    g_assert (error != NULL);
}

static void
read_problem (JsonObject *object)
{
  g_autoptr (KabProblem) problem = kab_problem_new (422, object, -1);

  g_assert (kab_problem_get_code (problem) != NULL);
  for (guint i = 0; i < kab_problem_get_n_errors (problem); i++)
    g_assert (kab_problem_find (problem, kab_problem_get_pointer (problem, i)) <= (int) i);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (JsonObject) object =
      kab_json_parse_object ((const char *) data, size, 1 << 20, 32, NULL);

  if (object == NULL)
    return 0;
  read_problem (object);
  read_record (KAB_TYPE_DOCUMENT, object);
  read_record (KAB_TYPE_MESSAGE, object);
  read_record (KAB_TYPE_ONBOARDING, object);
  read_record (KAB_TYPE_PROFILE, object);
  read_record (KAB_TYPE_REGISTRATION, object);
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A form definition from the wire and answers to it. The input is the definition, then, after a
 * line of its own with "%%", the answers. */

#include <stdint.h>
#include <string.h>

#include "kab-form-context.h"
#include "kab-form-definition.h"
#include "kab-form-evaluation.h"
#include "kab-json.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
evaluate (KabFormDefinition *definition, const char *answers, gsize length)
{
  g_autoptr (JsonObject) object = kab_json_parse_object (answers, length, 1 << 20, 32, NULL);
  g_autoptr (GDate) today = g_date_new_dmy (21, G_DATE_NOVEMBER, 2026);
  g_autoptr (KabFormContext) context = kab_form_context_new (today);
  g_autoptr (KabFormEvaluation) evaluation = NULL;

  if (object == NULL)
    return;
  evaluation = kab_form_evaluation_new (definition, object, context);
  g_assert (!kab_form_evaluation_is_complete (evaluation) ||
            kab_form_evaluation_is_storable (evaluation));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static KabFormCatalog *catalog = NULL;
  const char *text = (const char *) data;
  const char *separator = g_strstr_len (text, size, "\n%%\n");
  gsize length = separator != NULL ? (gsize) (separator - text) : size;
  g_autoptr (GError) error = NULL;
  g_autoptr (KabFormDefinition) definition = NULL;

  if (catalog == NULL)
    {
      catalog = kab_form_catalog_new_from_file (FUZZ_BANK "/bank.json", &error);
      g_assert_no_error (error);
    }
  definition = kab_form_definition_new_from_data (text, length, "fuzz", catalog, &error);
  g_assert ((definition == NULL) == (error != NULL));
  if (definition != NULL && separator != NULL)
    evaluate (definition, separator + 4, size - length - 4);
  return 0;
}

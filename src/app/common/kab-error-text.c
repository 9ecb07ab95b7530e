/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-error-text.h"

#include <glib/gi18n.h>

/* The sentences for the codes of validators (src/core) and of the wire
 * (docs/openapi.yaml). Each says what is wrong and what to do. {name} is
 * replaced by that parameter. */

typedef struct
{
  const char *code;
  const char *text;
} ErrorText;

static const ErrorText texts[] = {
#include "common/kab-error-texts-fields.h"
#include "common/kab-error-texts-wire.h"
};

static const char *
find_text (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (g_strcmp0 (texts[i].code, code) == 0)
        return texts[i].text;
    }

  return NULL;
}

static char *
dup_parameter (JsonObject *params, const char *name)
{
  JsonNode *node = params != NULL ? json_object_get_member (params, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);

  return json_to_string (node, FALSE);
}

/* An unknown parameter leaves its braces out, not the sentence. */
static char *
fill_in (const char *text, JsonObject *params)
{
  g_autoptr (GString) result = g_string_new (NULL);
  const char *p = text;
  const char *open;

  while ((open = strchr (p, '{')) != NULL)
    {
      const char *close = strchr (open, '}');
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;

      if (close == NULL)
        break;
      name = g_strndup (open + 1, close - open - 1);
      value = dup_parameter (params, name);
      g_string_append_len (result, p, open - p);
      g_string_append (result, value != NULL ? value : "…");
      p = close + 1;
    }
  g_string_append (result, p);

  return g_string_free (g_steal_pointer (&result), FALSE);
}

static char *
tries_left (JsonObject *params)
{
  gint64 tries =
      params != NULL ? json_object_get_int_member_with_default (params, "triesLeft", 0) : 0;

  if (tries <= 0)
    return g_strdup (_("This is not the code that was sent. Check it and type it again."));

  return g_strdup_printf (ngettext ("This is not the code that was sent. You have %d more try.",
                                    "This is not the code that was sent. You have %d more tries.",
                                    (gulong) tries),
                          (int) tries);
}

/**
 * kab_error_text:
 * @code: a code of a validator or of the wire
 * @params: (nullable): what came with it
 *
 * Returns: (transfer full): what is wrong and what to do, in the current language; for a code that
 *   is not known a general sentence with the code, for the bank's help line
 */
char *
kab_error_text (const char *code, JsonObject *params)
{
  const char *text = find_text (code);

  if (g_strcmp0 (code, "code-wrong") == 0)
    return tries_left (params);
  if (text != NULL)
    return fill_in (_ (text), params);

  return g_strdup_printf (_("Something did not work. Try again; if it stays so, tell the bank "
                             "this code: %s."),
                          code);
}

/**
 * kab_error_text_is_known:
 * @code: a code
 *
 * Returns: whether there is a sentence of its own for it
 */
gboolean
kab_error_text_is_known (const char *code)
{
  return g_strcmp0 (code, "code-wrong") == 0 || find_text (code) != NULL;
}

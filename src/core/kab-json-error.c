/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-json-private.h"

typedef struct
{
  char *pointer; /* (owned) (nullable) */
} KabJsonErrorPrivate;

static void
kab_json_error_private_init (KabJsonErrorPrivate *priv)
{
  priv->pointer = NULL;
}

static void
kab_json_error_private_copy (const KabJsonErrorPrivate *source, KabJsonErrorPrivate *copy)
{
  copy->pointer = g_strdup (source->pointer);
}

static void
kab_json_error_private_clear (KabJsonErrorPrivate *priv)
{
  g_clear_pointer (&priv->pointer, g_free);
}

G_DEFINE_EXTENDED_ERROR (KabJsonError, kab_json_error)

/* A reference token of RFC 6901 with its slash. */
static char *
pointer_token (const char *member)
{
  GString *token = g_string_new (member);

  g_string_replace (token, "~", "~0", 0);
  g_string_replace (token, "/", "~1", 0);
  g_string_prepend_c (token, '/');

  return g_string_free_and_steal (token);
}

/**
 * kab_json_error_code:
 * @code: a code of %KAB_JSON_ERROR
 *
 * Returns: (transfer none): its stable name on the wire
 */
const char *
kab_json_error_code (KabJsonError code)
{
  static const char *const codes[] = {
    [KAB_JSON_ERROR_TOO_LARGE] = "json-too-large",
    [KAB_JSON_ERROR_ENCODING] = "json-encoding",
    [KAB_JSON_ERROR_TOO_DEEP] = "json-too-deep",
    [KAB_JSON_ERROR_NUMBER] = "json-number",
    [KAB_JSON_ERROR_SYNTAX] = "json-syntax",
    [KAB_JSON_ERROR_DUPLICATE] = "json-duplicate",
    [KAB_JSON_ERROR_MISSING] = "member-missing",
    [KAB_JSON_ERROR_TYPE] = "member-type",
    [KAB_JSON_ERROR_TOO_LONG] = "member-too-long",
    [KAB_JSON_ERROR_RANGE] = "member-range",
    [KAB_JSON_ERROR_UNEXPECTED] = "member-unexpected",
  };

  g_return_val_if_fail ((guint) code < G_N_ELEMENTS (codes), NULL);

  return codes[code];
}

/**
 * kab_json_error_get_pointer:
 * @error: an error of any domain
 *
 * Returns: (transfer none) (nullable): the JSON pointer (RFC 6901) to the member that @error is
 *   about; %NULL if it is about the whole, or of another domain
 */
const char *
kab_json_error_get_pointer (const GError *error)
{
  return error->domain == KAB_JSON_ERROR ? kab_json_error_get_private (error)->pointer : NULL;
}

/**
 * kab_json_prefix_pointer:
 * @error: (nullable) (inout): an error that reading an inner object set
 * @member: the member, or the index in digits, that the inner object was found at
 *
 * Completes the place of an error on the way out, as g_prefix_error() does for texts. Errors of
 * another domain stay as they are.
 */
void
kab_json_prefix_pointer (GError **error, const char *member)
{
  g_autofree char *inner = NULL;
  g_autofree char *token = NULL;
  KabJsonErrorPrivate *priv;

  if (error == NULL || *error == NULL || (*error)->domain != KAB_JSON_ERROR)
    return;

  priv = kab_json_error_get_private (*error);
  inner = g_steal_pointer (&priv->pointer);
  token = pointer_token (member);
  priv->pointer = g_strconcat (token, inner, NULL);
}

/* Sets an error about @member, or about the whole when @member is %NULL. */
void
kab_json_fail (GError **error, KabJsonError code, const char *member)
{
  if (error == NULL)
    return;

  g_set_error_literal (error, KAB_JSON_ERROR, (int) code, kab_json_error_code (code));
  if (member != NULL)
    kab_json_prefix_pointer (error, member);
}

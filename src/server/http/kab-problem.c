/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-problem.h"

#include <stdarg.h>

#include "kab-json.h"

static const struct
{
  const char *code;
  guint status;
  const char *title;
} PROBLEMS[] = {
#define KAB_PROBLEM_ROW(name, code, status, title) [KAB_PROBLEM_##name] = { code, status, title },
  KAB_PROBLEM_LIST (KAB_PROBLEM_ROW)
#undef KAB_PROBLEM_ROW
};

typedef struct
{
  JsonArray *fields;      /* (owned) (nullable) */
  JsonObject *parameters; /* (owned) (nullable) */
  guint retry_after;      /* seconds, 0 for none */
  gboolean has_detail;
} KabProblemPrivate;

static void
kab_problem_private_init (KabProblemPrivate *priv)
{
}

static void
kab_problem_private_copy (const KabProblemPrivate *source, KabProblemPrivate *target)
{
  target->fields = source->fields ? json_array_ref (source->fields) : NULL;
  target->parameters = source->parameters ? json_object_ref (source->parameters) : NULL;
  target->retry_after = source->retry_after;
  target->has_detail = source->has_detail;
}

static void
kab_problem_private_clear (KabProblemPrivate *priv)
{
  g_clear_pointer (&priv->fields, json_array_unref);
  g_clear_pointer (&priv->parameters, json_object_unref);
}

G_DEFINE_EXTENDED_ERROR (KabProblem, kab_problem)

static void
append_member_cb (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  json_object_set_member (user_data, name, json_node_copy (node));
}

/**
 * kab_problem_set:
 * @error: (nullable): where to put it
 * @code: what went wrong
 * @detail: (nullable): a sentence for the developer at the other end, not for the customer
 *
 * Sets an error that the server answers with as `application/problem+json` (RFC 9457).
 */
void
kab_problem_set (GError **error, KabProblemCode code, const char *detail, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  if (!error)
    return;
  if (detail)
    {
      va_start (arguments, detail);
      message = g_strdup_vprintf (detail, arguments);
      va_end (arguments);
    }
  g_set_error_literal (error, KAB_PROBLEM, (int) code, message ? message : PROBLEMS[code].title);
  kab_problem_get_private (*error)->has_detail = message != NULL;
}

/**
 * kab_problem_set_retry:
 * @error: (nullable): where to put it
 * @retry_after: seconds after which a try makes sense, sent as Retry-After
 *
 * For refusals that pass: 429 and 503.
 */
void
kab_problem_set_retry (GError **error, KabProblemCode code, guint retry_after)
{
  kab_problem_set (error, code, NULL);
  if (error)
    kab_problem_get_private (*error)->retry_after = MAX (retry_after, 1);
}

/**
 * kab_problem_set_from_json:
 * @error: (nullable): where to put it
 * @json_error: an error of the domain %KAB_JSON_ERROR
 *
 * Sets the problem that an error of core's JSON reader means: a member that isn't accepted is
 * %KAB_PROBLEM_VALIDATION_FAILED with its pointer, anything else %KAB_PROBLEM_INVALID_JSON.
 */
void
kab_problem_set_from_json (GError **error, const GError *json_error)
{
  const char *pointer = kab_json_error_get_pointer (json_error);
  const char *code = kab_json_error_code ((KabJsonError) json_error->code);

  if (!error)
    return;
  if (pointer)
    {
      kab_problem_set (error, KAB_PROBLEM_VALIDATION_FAILED, NULL);
      kab_problem_add_field (*error, pointer, code, NULL);
    }
  else
    kab_problem_set (error, KAB_PROBLEM_INVALID_JSON, "%s", code);
}

/**
 * kab_problem_set_field:
 * @error: (nullable): where to put it
 * @pointer: the JSON pointer (RFC 6901) of the value in the body
 * @field_code: a validator's code
 *
 * Sets a problem about one value.
 *
 * Returns: %FALSE, for the caller to return
 */
gboolean
kab_problem_set_field (GError **error,
                       KabProblemCode code,
                       const char *pointer,
                       const char *field_code)
{
  if (error)
    {
      kab_problem_set (error, code, NULL);
      kab_problem_add_field (*error, pointer, field_code, NULL);
    }
  return FALSE;
}

/**
 * kab_problem_add_field:
 * @error: a problem
 * @pointer: the JSON pointer (RFC 6901) of the value in the body
 * @field_code: a validator's code
 * @params: (nullable) (transfer none): what the sentence about it needs, such as a limit
 *
 * Adds an entry to the problem's `errors`.
 */
void
kab_problem_add_field (GError *error,
                       const char *pointer,
                       const char *field_code,
                       JsonObject *params)
{
  KabProblemPrivate *priv = kab_problem_get_private (error);
  JsonObject *entry = json_object_new ();

  json_object_set_string_member (entry, "pointer", pointer);
  json_object_set_string_member (entry, "code", field_code);
  if (params)
    json_object_set_object_member (entry, "params", json_object_ref (params));
  if (!priv->fields)
    priv->fields = json_array_new ();
  json_array_add_object_element (priv->fields, entry);
}

/**
 * kab_problem_set_parameter:
 * @error: a problem
 * @name: an extension member of the problem object, such as "limit"
 * @value: (transfer full): its value
 *
 * Adds what the application's sentence needs beside the code (RFC 9457 section 3.2).
 */
void
kab_problem_set_parameter (GError *error, const char *name, JsonNode *value)
{
  KabProblemPrivate *priv = kab_problem_get_private (error);

  if (!priv->parameters)
    priv->parameters = json_object_new ();
  json_object_set_member (priv->parameters, name, value);
}

/**
 * kab_problem_get_code:
 *
 * Returns: the code on the wire
 */
const char *
kab_problem_get_code (KabProblemCode code)
{
  return PROBLEMS[code].code;
}

/**
 * kab_problem_get_status:
 *
 * Returns: the HTTP status
 */
guint
kab_problem_get_status (KabProblemCode code)
{
  return PROBLEMS[code].status;
}

/**
 * kab_problem_get_title:
 *
 * Returns: the title, in English, which no program shows
 */
const char *
kab_problem_get_title (KabProblemCode code)
{
  return PROBLEMS[code].title;
}

/**
 * kab_problem_get_retry_after:
 *
 * Returns: seconds for Retry-After, or 0
 */
guint
kab_problem_get_retry_after (const GError *error)
{
  return kab_problem_get_private (error)->retry_after;
}

/**
 * kab_problem_to_json:
 * @error: an error of the domain %KAB_PROBLEM
 *
 * Returns: (transfer full): the object of RFC 9457
 */
JsonNode *
kab_problem_to_json (const GError *error)
{
  const KabProblemPrivate *priv = kab_problem_get_private (error);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *type = g_strconcat ("urn:kabinets:problem:", PROBLEMS[error->code].code, NULL);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "type", type);
  json_object_set_string_member (object, "title", PROBLEMS[error->code].title);
  json_object_set_int_member (object, "status", PROBLEMS[error->code].status);
  json_object_set_string_member (object, "code", PROBLEMS[error->code].code);
  if (priv->has_detail)
    json_object_set_string_member (object, "detail", error->message);
  if (priv->parameters)
    json_object_foreach_member (priv->parameters, append_member_cb, object);
  if (priv->fields)
    json_object_set_array_member (object, "errors", json_array_ref (priv->fields));
  json_node_set_object (node, object);
  return node;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-api-json.h"

#include "kab-json.h"
#include "kab-problem.h"
#include "kab-time.h"

/**
 * kab_api_json_set_time:
 * @time: microseconds since 1970; 0 leaves the member out
 */
void
kab_api_json_set_time (JsonObject *object, const char *member, gint64 time)
{
  g_autofree char *text = NULL;

  if (time == 0)
    return;
  text = kab_time_format (time);
  json_object_set_string_member (object, member, text);
}

/**
 * kab_api_json_set_parsed:
 * @text: (nullable): JSON as the store keeps it; %NULL leaves the member out
 */
void
kab_api_json_set_parsed (JsonObject *object, const char *member, const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;

  if (node != NULL)
    json_object_set_member (object, member, g_steal_pointer (&node));
}

/**
 * kab_api_json_take_error:
 * @json_error: (transfer full): of %KAB_JSON_ERROR
 *
 * Turns what the strict readers found into a 422 with the pointer and the code.
 *
 * Returns: %FALSE, for the caller to return
 */
gboolean
kab_api_json_take_error (GError **error, GError *json_error)
{
  g_autoptr (GError) local = NULL;
  const char *pointer = kab_json_error_get_pointer (json_error);

  kab_problem_set (&local, KAB_PROBLEM_VALIDATION_FAILED, NULL);
  kab_problem_add_field (local, pointer != NULL ? pointer : "",
                         kab_json_error_code (json_error->code), NULL);
  g_propagate_error (error, g_steal_pointer (&local));
  g_error_free (json_error);
  return FALSE;
}

/**
 * kab_api_json_add_field:
 * @problem: (inout): %KAB_PROBLEM_VALIDATION_FAILED so far, or %NULL
 * @params: (nullable) (transfer full): what the sentence about it needs
 *
 * Adds one finding, so that all of them are answered at once.
 */
void
kab_api_json_add_field (GError **problem, const char *pointer, const char *code, JsonObject *params)
{
  g_autoptr (JsonObject) owned = params;

  if (*problem == NULL)
    kab_problem_set (problem, KAB_PROBLEM_VALIDATION_FAILED, NULL);
  kab_problem_add_field (*problem, pointer, code, owned);
}

/**
 * kab_api_json_refuse:
 *
 * Sets %KAB_PROBLEM_VALIDATION_FAILED about one value.
 *
 * Returns: %FALSE, for the caller to return
 */
gboolean
kab_api_json_refuse (GError **error, const char *pointer, const char *code)
{
  GError *problem = NULL;

  kab_api_json_add_field (&problem, pointer, code, NULL);
  g_propagate_error (error, problem);
  return FALSE;
}

/**
 * kab_api_json_check:
 * @members: what the body may have; everything else is refused
 */
gboolean
kab_api_json_check (KabRequest *request, const char *const *members, GError **error)
{
  GError *local_error = NULL;

  if (kab_json_check_members (kab_request_get_json (request), members, &local_error))
    return TRUE;
  return kab_api_json_take_error (error, local_error);
}

/**
 * kab_api_json_get_text:
 *
 * Returns: (transfer none): a required text of the body, or %NULL with a problem
 */
const char *
kab_api_json_get_text (KabRequest *request, const char *member, gsize max_chars, GError **error)
{
  GError *local_error = NULL;
  const char *text =
      kab_json_get_string (kab_request_get_json (request), member, max_chars, &local_error);

  if (text == NULL)
    kab_api_json_take_error (error, local_error);
  return text;
}

/**
 * kab_api_get_if_match:
 *
 * Returns: the version that the client has seen, or 0 with %KAB_PROBLEM_VERSION_CONFLICT when the
 *   tag can't be one of ours
 */
gint64
kab_api_get_if_match (KabRequest *request, GError **error)
{
  const char *tag = kab_request_get_if_match (request);
  guint64 version;

  if (tag != NULL && g_ascii_string_to_unsigned (tag, 10, 1, G_MAXINT32, &version, NULL))
    return (gint64) version;
  kab_problem_set (error, KAB_PROBLEM_VERSION_CONFLICT, NULL);
  return 0;
}

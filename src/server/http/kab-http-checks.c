/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a route's row asks of a request's header fields. */

#include "kab-http-checks.h"

#include "kab-problem.h"
#include "kab-request-private.h"

static gboolean
has_content_type (KabRequest *request, const char *expected)
{
  const char *value = kab_request_get_header (request, "content-type");
  gsize length = strlen (expected);

  if (!value || g_ascii_strncasecmp (value, expected, length) != 0)
    return FALSE;
  value += length;
  return *value == 0 || *value == ';' || *value == ' ';
}

static gboolean
has_coding (KabRequest *request)
{
  const char *coding = kab_request_get_header (request, "content-encoding");

  return coding && g_ascii_strcasecmp (coding, "identity") != 0;
}

/* Whether the message announces a body. */
gboolean
kab_http_has_body (KabRequest *request)
{
  return kab_request_get_content_length (request) > 0 ||
         kab_request_get_header (request, "transfer-encoding");
}

/* How many bytes the route's body may have. */
gsize
kab_http_body_limit (const KabRoute *route)
{
  return route->body_limit ? route->body_limit : KAB_BODY_LIMIT_DEFAULT;
}

/* Whether the route takes such a body: its announced size, its type, its coding. */
gboolean
kab_http_check_body (KabRequest *request, const KabRoute *route, GError **error)
{
  const char *type = route->body == KAB_BODY_JSON ? "application/json" : route->content_type;

  if (route->body == KAB_BODY_NONE)
    {
      if (kab_http_has_body (request))
        kab_problem_set (error, KAB_PROBLEM_UNEXPECTED_BODY, NULL);
      return !kab_http_has_body (request);
    }
  if (kab_request_get_content_length (request) > (gint64) kab_http_body_limit (route))
    {
      kab_problem_set (error, KAB_PROBLEM_BODY_TOO_LARGE, "At most %" G_GSIZE_FORMAT " bytes",
                       kab_http_body_limit (route));
      return FALSE;
    }
  if (type && !has_content_type (request, type))
    {
      kab_problem_set (error, KAB_PROBLEM_UNSUPPORTED_MEDIA_TYPE, "Send it as %s", type);
      return FALSE;
    }
  if (has_coding (request))
    {
      kab_problem_set (error, KAB_PROBLEM_UNSUPPORTED_MEDIA_TYPE,
                       "Send it without a content coding");
      return FALSE;
    }
  return TRUE;
}

/* Whether the fields that the route needs are there, and all of them well-formed. */
gboolean
kab_http_check_preconditions (KabRequest *request, const KabRoute *route, GError **error)
{
  if (!kab_request_parse_preconditions (request, error))
    return FALSE;
  if ((route->flags & KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY) &&
      !kab_request_get_idempotency_key (request))
    kab_problem_set (error, KAB_PROBLEM_IDEMPOTENCY_KEY_MISSING, NULL);
  else if ((route->flags & KAB_ROUTE_NEEDS_IF_MATCH) && !kab_request_get_if_match (request))
    kab_problem_set (error, KAB_PROBLEM_PRECONDITION_REQUIRED, NULL);
  else
    return TRUE;
  return FALSE;
}

/* 304 instead of what the client has (RFC 9110 section 13.1.2); takes and gives ownership. */
KabResponse *
kab_http_apply_if_none_match (KabRequest *request, KabResponse *response)
{
  const char *known = kab_request_get_header (request, "if-none-match");
  const char *method = kab_request_get_method (request);
  const char *tag = kab_response_get_header (response, "ETag");
  KabResponse *unchanged;

  if (!known || !tag || !strstr (known, tag) || kab_response_get_status (response) / 100 != 2 ||
      (!g_str_equal (method, "GET") && !g_str_equal (method, "HEAD")))
    return response;
  unchanged = kab_response_new_empty (304);
  kab_response_set_header (unchanged, "ETag", tag);
  g_object_unref (response);
  return unchanged;
}

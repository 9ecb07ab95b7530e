/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-reply.h"

#include "kab-api-error-private.h"
#include "kab-json.h"
#include "kab-problem-private.h"
#include "kab-reply-private.h"
#include "kab-request-private.h"

/* No answer of the bank nests deeper or, in JSON, is larger. */
#define MAX_JSON_BYTES (8 * 1024 * 1024)
#define MAX_JSON_DEPTH 32

struct _KabReply
{
  guint status;
  SoupMessageHeaders *headers; /* (owned) */
  GBytes *body;                /* (owned) */
  JsonObject *object;          /* (owned) (nullable) */
};

static void
kab_reply_clear (KabReply *self)
{
  soup_message_headers_unref (self->headers);
  g_bytes_unref (self->body);
  g_clear_pointer (&self->object, json_object_unref);
}

static int
get_retry_after (KabReply *self)
{
  const char *header = soup_message_headers_get_one (self->headers, "Retry-After");
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GDateTime) now = NULL;
  guint64 seconds;

  if (header == NULL)
    return -1;
  if (g_ascii_string_to_unsigned (header, 10, 0, G_MAXINT, &seconds, NULL))
    return seconds;

  date = soup_date_time_new_from_http_string (header);
  if (date == NULL)
    return -1;
  now = g_date_time_new_now_utc ();

  return CLAMP (g_date_time_difference (date, now) / G_TIME_SPAN_SECOND, 0, G_MAXINT);
}

static gboolean
has_type (KabReply *self, const char *type)
{
  return g_strcmp0 (soup_message_headers_get_content_type (self->headers, NULL), type) == 0;
}

static JsonObject *
parse_object (KabReply *self, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (self->body, &length);

  return kab_json_parse_object (data ? data : "", length, MAX_JSON_BYTES, MAX_JSON_DEPTH, error);
}

static gboolean
check_success (KabReply *self, KabRequest *request, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (self->status == SOUP_STATUS_NO_CONTENT || self->status == SOUP_STATUS_NOT_MODIFIED)
    return TRUE;

  if (request->expects_bytes)
    {
      if (request->media_type == NULL || has_type (self, request->media_type))
        return TRUE;
      g_propagate_error (error, kab_api_error_new (KAB_API_ERROR_GARBAGE, NULL,
                                                   "The answer isn't %s", request->media_type));
      return FALSE;
    }

  if (has_type (self, "application/json"))
    self->object = parse_object (self, &local_error);
  if (self->object == NULL)
    {
      g_propagate_error (error, kab_api_error_new (KAB_API_ERROR_GARBAGE, NULL,
                                                   "The answer isn't JSON: %s",
                                                   local_error ? local_error->message : "type"));
      return FALSE;
    }
  json_object_seal (self->object);

  return TRUE;
}

static KabApiError
code_of_problem (KabReply *self, KabProblem *problem, gboolean signed_in)
{
  switch (self->status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
      return signed_in ? KAB_API_ERROR_UNAUTHORIZED : KAB_API_ERROR_REFUSED;
    case SOUP_STATUS_FORBIDDEN:
      return g_str_equal (kab_problem_get_code (problem), "password-change-required")
                 ? KAB_API_ERROR_PASSWORD_CHANGE_REQUIRED
                 : KAB_API_ERROR_REFUSED;
    case SOUP_STATUS_NOT_FOUND:
    case SOUP_STATUS_GONE:
      return KAB_API_ERROR_NOT_FOUND;
    case SOUP_STATUS_PRECONDITION_FAILED:
      return KAB_API_ERROR_CONFLICT;
    case 429:
    case SOUP_STATUS_SERVICE_UNAVAILABLE:
      return KAB_API_ERROR_BUSY;
    default:
      return self->status >= 500 ? KAB_API_ERROR_FAILED : KAB_API_ERROR_REFUSED;
    }
}

/* An error without a problem in it comes from something in front of the server, or from a HEAD. */
static KabApiError
code_of_bare_status (KabReply *self, gboolean signed_in)
{
  switch (self->status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
      return signed_in ? KAB_API_ERROR_UNAUTHORIZED : KAB_API_ERROR_GARBAGE;
    case SOUP_STATUS_NOT_FOUND:
    case SOUP_STATUS_GONE:
      return KAB_API_ERROR_NOT_FOUND;
    case 429:
    case SOUP_STATUS_SERVICE_UNAVAILABLE:
      return KAB_API_ERROR_BUSY;
    default:
      return self->status >= 500 ? KAB_API_ERROR_FAILED : KAB_API_ERROR_GARBAGE;
    }
}

static gboolean
is_problem (KabReply *self)
{
  return self->status >= 400 &&
         (has_type (self, "application/problem+json") || has_type (self, "application/json"));
}

KabReply *
kab_reply_new (SoupMessage *message, GBytes *body)
{
  KabReply *self = g_rc_box_new0 (KabReply);

  self->status = soup_message_get_status (message);
  self->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  self->body = body;

  return self;
}

void
kab_reply_unref (KabReply *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, (GDestroyNotify) kab_reply_clear);
}

gboolean
kab_reply_check_line (KabReply *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if ((self->status != SOUP_STATUS_BAD_GATEWAY && self->status != SOUP_STATUS_GATEWAY_TIMEOUT) ||
      is_problem (self))
    return TRUE;

  g_propagate_error (error, kab_api_error_new (KAB_API_ERROR_UNREACHABLE, NULL,
                                               "Only a gateway answers: %u", self->status));

  return FALSE;
}

gboolean
kab_reply_check (KabReply *self, KabRequest *request, gboolean signed_in, GError **error)
{
  g_autoptr (JsonObject) object = NULL;
  KabProblem *problem;
  KabApiError code;

  if (!kab_reply_check_line (self, error))
    return FALSE;
  if (SOUP_STATUS_IS_SUCCESSFUL (self->status) ||
      (self->status == SOUP_STATUS_NOT_MODIFIED && request->if_none_match != NULL))
    return check_success (self, request, error);

  if (is_problem (self))
    object = parse_object (self, NULL);
  problem = kab_problem_new (self->status, object, get_retry_after (self));
  code =
      object ? code_of_problem (self, problem, signed_in) : code_of_bare_status (self, signed_in);
  g_propagate_error (error, kab_api_error_new (code, problem, "%s: %u %s", request->method,
                                               self->status, kab_problem_get_code (problem)));

  return FALSE;
}

guint
kab_reply_get_status (KabReply *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->status;
}

const char *
kab_reply_get_etag (KabReply *self)
{
  return kab_reply_get_header (self, "ETag");
}

const char *
kab_reply_get_header (KabReply *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return soup_message_headers_get_one (self->headers, name);
}

JsonObject *
kab_reply_get_object (KabReply *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->object;
}

GBytes *
kab_reply_get_bytes (KabReply *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->object ? NULL : self->body;
}

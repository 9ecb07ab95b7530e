/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The check of a message before anything is done with it: what libmicrohttpd lets through although
 * two readers of the same bytes could understand it differently. A message that fails is answered
 * and its connection closed, since nobody knows where the next one would begin.
 */

#include "kab-http-guard.h"

#include "kab-http-syntax.h"
#include "kab-problem.h"
#include "kab-request-private.h"

#define HEADERS_MAX      64
#define HEADER_BYTES_MAX (16 * 1024)
#define URI_BYTES_MAX    2048

/* Fields that mean one thing, so that a second one makes the message ambiguous. */
static const char *const SINGLE_FIELDS[] = {
  "host",          "content-length", "transfer-encoding", "content-type",    "content-encoding",
  "expect",        "authorization",  "if-match",          "idempotency-key", "upload-length",
  "content-range", "upload-offset",  "upload-checksum",   "upload-metadata", "tus-resumable",
  "last-event-id", "x-request-id",
};

typedef struct
{
  KabRequest *request;
  guint n_headers;
  gboolean is_malformed;
} Reading;

static gboolean
is_single (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SINGLE_FIELDS); i++)
    if (g_str_equal (name, SINGLE_FIELDS[i]))
      return TRUE;
  return FALSE;
}

static enum MHD_Result
header_read_cb (void *user_data,
                enum MHD_ValueKind kind,
                const char *name,
                size_t name_length,
                const char *value,
                size_t value_length)
{
  Reading *reading = user_data;
  g_autofree char *key = NULL;

  reading->n_headers++;
  if (!kab_http_is_field_name (name, name_length) ||
      !kab_http_is_field_value (value ? value : "", value_length))
    {
      reading->is_malformed = TRUE;
      return MHD_NO;
    }
  key = g_ascii_strdown (name, (gssize) name_length);
  if (is_single (key) && kab_request_get_header (reading->request, key))
    {
      reading->is_malformed = TRUE;
      return MHD_NO;
    }
  kab_request_take_header (reading->request, key, value ? value : "");
  return MHD_YES;
}

static gboolean
read_headers (struct MHD_Connection *mhd, KabRequest *request, GError **error)
{
  const union MHD_ConnectionInfo *size =
      MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  int n_headers = MHD_get_connection_values_n (mhd, MHD_HEADER_KIND, NULL, NULL);
  Reading reading = { request, 0, FALSE };

  if ((size && size->header_size > HEADER_BYTES_MAX) || n_headers > HEADERS_MAX)
    {
      kab_problem_set (error, KAB_PROBLEM_HEADERS_TOO_LARGE, NULL);
      return FALSE;
    }
  MHD_get_connection_values_n (mhd, MHD_HEADER_KIND, header_read_cb, &reading);
  if (reading.is_malformed)
    kab_problem_set (error, KAB_PROBLEM_BAD_REQUEST, NULL);
  return !reading.is_malformed;
}

/* RFC 9112 section 6: one way to tell where the body ends. */
static gboolean
has_one_framing (KabRequest *request)
{
  const char *length = kab_request_get_header (request, "content-length");
  const char *coding = kab_request_get_header (request, "transfer-encoding");

  if (length && coding)
    return FALSE;
  if (length && (!length[0] || strspn (length, "0123456789") != strlen (length) ||
                 kab_request_get_content_length (request) < 0))
    return FALSE;
  return !coding || g_ascii_strcasecmp (coding, "chunked") == 0;
}

static gboolean
is_known_version (const char *version)
{
  return g_str_equal (version, MHD_HTTP_VERSION_1_1) || g_str_equal (version, MHD_HTTP_VERSION_1_0);
}

/*
 * kab_http_guard_check:
 * @request: takes the header fields
 *
 * Returns: %TRUE when the message can mean only one thing; otherwise %FALSE with the problem
 */
gboolean
kab_http_guard_check (struct MHD_Connection *mhd,
                      const char *version,
                      KabRequest *request,
                      GError **error)
{
  const char *expect;

  if (strlen (kab_request_get_uri (request)) > URI_BYTES_MAX)
    {
      kab_problem_set (error, KAB_PROBLEM_URI_TOO_LONG, NULL);
      return FALSE;
    }
  if (!read_headers (mhd, request, error))
    return FALSE;
  if (!is_known_version (version) || !has_one_framing (request) ||
      !kab_http_is_host (kab_request_get_header (request, "host")))
    {
      kab_problem_set (error, KAB_PROBLEM_BAD_REQUEST, NULL);
      return FALSE;
    }
  expect = kab_request_get_header (request, "expect");
  if (expect && g_ascii_strcasecmp (expect, "100-continue") != 0)
    {
      kab_problem_set (error, KAB_PROBLEM_EXPECTATION_FAILED, NULL);
      return FALSE;
    }
  return kab_request_parse_target (request, error);
}

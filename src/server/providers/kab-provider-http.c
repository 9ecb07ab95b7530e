/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HTTP to providers: bounded in time and size, no redirects, certificates checked. */

#include "kab-provider-http.h"

#include <string.h>

#include "kab-curl.h"
#include "kab-provider-error.h"

#define ANSWER_BYTES_MAX   (1024 * 1024)
#define CONNECT_TIMEOUT_MS 5000

static size_t
body_received_cb (char *data, size_t size, size_t count, void *user_data)
{
  GByteArray *answer = user_data;

  if (answer->len + size * count > ANSWER_BYTES_MAX)
    return CURL_WRITEFUNC_ERROR;
  g_byte_array_append (answer, (const guint8 *) data, (guint) (size * count));
  return size * count;
}

static CURL *
make_handle (const KabProviderCall *call, struct curl_slist *headers, GByteArray *answer)
{
  CURL *curl = kab_curl_new ();

  curl_easy_setopt (curl, CURLOPT_URL, call->url);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR,
                    g_str_has_prefix (call->url, "http://") ? "http" : "https");
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT_MS, (long) CONNECT_TIMEOUT_MS);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT_MS, (long) call->timeout_ms);
  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, body_received_cb);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, answer);
  if (g_str_equal (call->method, "POST"))
    {
      curl_easy_setopt (curl, CURLOPT_POST, 1L);
      curl_easy_setopt (curl, CURLOPT_POSTFIELDS, call->body != NULL ? call->body : "");
      curl_easy_setopt (curl, CURLOPT_POSTFIELDSIZE,
                        (long) (call->body != NULL ? strlen (call->body) : 0));
    }
  return curl;
}

static KabProviderError
error_code_of (CURLcode result)
{
  switch (result)
    {
    case CURLE_WRITE_ERROR:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_PARTIAL_FILE:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_TOO_LARGE:
      return KAB_PROVIDER_ERROR_GARBAGE;
    default:
      return KAB_PROVIDER_ERROR_UNAVAILABLE;
    }
}

/**
 * kab_provider_http_send:
 * @status: (out): the answer's status
 *
 * Sends a call and waits for its answer.
 *
 * Returns: (transfer full): the answer's body, or %NULL with %KAB_PROVIDER_ERROR when none came
 */
GBytes *
kab_provider_http_send (const KabProviderCall *call, guint *status, GError **error)
{
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  struct curl_slist *headers = NULL;
  long code = 0;
  CURLcode result;
  CURL *curl;

  for (gsize i = 0; call->headers != NULL && call->headers[i] != NULL; i++)
    headers = curl_slist_append (headers, call->headers[i]);
  curl = make_handle (call, headers, answer);
  result = curl_easy_perform (curl);
  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &code);
  curl_easy_cleanup (curl);
  curl_slist_free_all (headers);
  if (result != CURLE_OK)
    {
      g_set_error_literal (error, KAB_PROVIDER_ERROR, (int) error_code_of (result),
                           curl_easy_strerror (result));
      return NULL;
    }
  *status = (guint) code;
  return g_byte_array_free_to_bytes (g_steal_pointer (&answer));
}

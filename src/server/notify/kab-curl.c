/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-curl.h"

#define CONNECT_SECONDS 10L
#define WHOLE_SECONDS   30L

static gpointer
start_curl (gpointer data)
{
  if (curl_global_init (CURL_GLOBAL_DEFAULT) != CURLE_OK)
    g_error ("libcurl can't be started");
  return NULL;
}

/**
 * kab_curl_new:
 *
 * What all connections to providers share: they are bounded in time, go nowhere but where they are
 * told (no proxy of the environment, no redirection: ASVS 15.3.2), and raise no signals.
 *
 * Returns: (transfer full): a handle; end it with curl_easy_cleanup()
 */
CURL *
kab_curl_new (void)
{
  static GOnce once = G_ONCE_INIT;
  CURL *curl;

  g_once (&once, start_curl, NULL);
  curl = curl_easy_init ();
  if (curl == NULL)
    g_error ("libcurl has no memory");
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_PROXY, "");
  curl_easy_setopt (curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt (curl, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, WHOLE_SECONDS);
  return curl;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz-request.h"

#include <string.h>

#include "kab-http-syntax.h"

/* What the server checks before a field gets so far. */
static void
take_field (KabRequest *request, const char *line)
{
  const char *colon = strchr (line, ':');
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;

  if (colon == NULL || !kab_http_is_field_name (line, (gsize) (colon - line)))
    return;
  name = g_strndup (line, (gsize) (colon - line));
  value = g_strstrip (g_strdup (colon + 1));
  if (kab_http_is_field_value (value, strlen (value)))
    kab_request_take_header (request, name, value);
}

/*
 * fuzz_request_new:
 * @text: "METHOD target", a line for each header field, an empty line, then the body
 * @body: (out) (transfer full): the body, perhaps empty
 *
 * Returns: (transfer full): the request, from this computer
 */
KabRequest *
fuzz_request_new (const char *text, gsize length, GBytes **body)
{
  const char *separator = g_strstr_len (text, (gssize) length, "\n\n");
  gsize head_length = separator != NULL ? (gsize) (separator - text) : length;
  gsize body_start = separator != NULL ? head_length + 2 : length;
  g_autofree char *head = g_strndup (text, head_length);
  g_auto (GStrv) lines = g_strsplit (head, "\n", -1);
  g_auto (GStrv) words = g_strsplit (lines[0] != NULL ? lines[0] : "", " ", 2);
  g_autoptr (GInetAddress) peer = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  KabRequest *request = kab_request_new (
      words[0] != NULL ? words[0] : "", words[0] != NULL && words[1] != NULL ? words[1] : "", peer);

  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    take_field (request, lines[i]);
  *body = g_bytes_new (text + body_start, length - body_start);
  return request;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Parts of a body, so that a large download can go on where it broke off. */

#include "kab-byte-range.h"

#include <string.h>

#include "kab-problem.h"
#include "kab-response-private.h"

#define UNIT "bytes="

static gboolean
parse_number (const char *text, guint64 *number)
{
  return g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, number, NULL);
}

/**
 * kab_byte_range_parse:
 * @text: (nullable): the value of the field
 * @length: bytes of the whole body
 * @first: (out): the part's first byte
 * @last: (out): its last byte, within the body
 *
 * One range: from a byte on, between two, or the last so many. Several, and anything malformed, are
 * as good as none, as the RFC allows.
 */
KabByteRange
kab_byte_range_parse (const char *text, guint64 length, guint64 *first, guint64 *last)
{
  g_auto (GStrv) parts = NULL;
  guint64 count;

  if (text == NULL || !g_str_has_prefix (text, UNIT))
    return KAB_BYTE_RANGE_WHOLE;
  parts = g_strsplit (text + strlen (UNIT), "-", 3);
  if (g_strv_length (parts) != 2)
    return KAB_BYTE_RANGE_WHOLE;
  *last = length - 1;
  if (*parts[0] == '\0')
    {
      if (!parse_number (parts[1], &count))
        return KAB_BYTE_RANGE_WHOLE;
      *first = length - MIN (count, length);
      return count > 0 && length > 0 ? KAB_BYTE_RANGE_PART : KAB_BYTE_RANGE_BEYOND;
    }
  if (!parse_number (parts[0], first) ||
      (*parts[1] != '\0' && (!parse_number (parts[1], last) || *last < *first)))
    return KAB_BYTE_RANGE_WHOLE;
  if (*first >= length)
    return KAB_BYTE_RANGE_BEYOND;
  *last = MIN (*last, length - 1);
  return KAB_BYTE_RANGE_PART;
}

/**
 * kab_byte_range_apply:
 * @response: (transfer full): streamed, with its ETag
 *
 * Leaves of the body what the request asks for; all of it when If-Range names another version.
 *
 * Returns: (transfer full): the response, or %NULL with %KAB_PROBLEM_RANGE_NOT_SATISFIABLE
 */
KabResponse *
kab_byte_range_apply (KabRequest *request, KabResponse *response, GError **error)
{
  const char *condition = kab_request_get_header (request, "if-range");
  g_autofree char *whole = NULL;
  guint64 length, first, last;

  kab_response_is_streamed (response, &length);
  kab_response_set_header (response, "Accept-Ranges", "bytes");
  if (condition != NULL && g_strcmp0 (condition, kab_response_get_header (response, "ETag")) != 0)
    return response;
  switch (kab_byte_range_parse (kab_request_get_header (request, "range"), length, &first, &last))
    {
    case KAB_BYTE_RANGE_PART:
      kab_response_set_range (response, first, last);
      return response;
    case KAB_BYTE_RANGE_BEYOND:
      whole = g_strdup_printf ("bytes */%" G_GUINT64_FORMAT, length);
      kab_request_set_reply_header (request, "Content-Range", whole);
      kab_problem_set (error, KAB_PROBLEM_RANGE_NOT_SATISFIABLE, NULL);
      g_object_unref (response);
      return NULL;
    case KAB_BYTE_RANGE_WHOLE:
    default:
      return response;
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The header fields of the resumable upload protocol tus 1.0.0. */

#include "kab-tus-headers.h"

#include <string.h>

#include "kab-problem.h"

/**
 * kab_tus_check_version:
 *
 * Sees to it that the answer, also a refusal, says which version it speaks.
 *
 * Returns: %FALSE with %KAB_PROBLEM_TUS_VERSION_UNSUPPORTED when the client speaks another version
 *   than ours
 */
gboolean
kab_tus_check_version (KabRequest *request, GError **error)
{
  kab_request_set_reply_header (request, "Tus-Resumable", KAB_TUS_VERSION);
  if (g_strcmp0 (kab_request_get_header (request, "tus-resumable"), KAB_TUS_VERSION) == 0)
    return TRUE;
  kab_request_set_reply_header (request, "Tus-Version", KAB_TUS_VERSION);
  kab_problem_set (error, KAB_PROBLEM_TUS_VERSION_UNSUPPORTED, NULL);
  return FALSE;
}

static gboolean
refuse (GError **error, const char *header)
{
  kab_problem_set (error, KAB_PROBLEM_INVALID_HEADER, "%s is malformed", header);
  return FALSE;
}

/* Returns: (transfer full): exactly what @text encodes by RFC 4648, or %NULL */
static guchar *
decode_base64 (const char *text, gsize *length)
{
  g_autofree guchar *data = g_base64_decode (text, length);
  g_autofree char *again = g_base64_encode (data, *length);

  return g_str_equal (again, text) ? g_steal_pointer (&data) : NULL;
}

/* Returns: (transfer full): a pair's value as a text, empty when it has none, or %NULL */
static char *
decode_value (const char *pair)
{
  const char *space = strchr (pair, ' ');
  g_autofree guchar *data = NULL;
  gsize length;

  if (space == NULL)
    return g_strdup ("");
  data = decode_base64 (space + 1, &length);
  if (data == NULL || memchr (data, 0, length) != NULL ||
      !g_utf8_validate_len ((const char *) data, length, NULL))
    return NULL;
  return g_strndup ((const char *) data, length);
}

static gboolean
is_named (const char *pair, const char *key)
{
  gsize length = strlen (key);

  return strcspn (pair, " ") == length && strncmp (pair, key, length) == 0;
}

/**
 * kab_tus_read_metadata:
 * @metadata: the field Upload-Metadata: pairs of a name and a value in base64, between commas
 * @key: the name that is wanted
 *
 * Returns: (transfer full): its value, which is UTF-8 and empty when there is none; or %NULL with
 *   %KAB_PROBLEM_INVALID_HEADER when a pair is malformed or stands there twice
 */
char *
kab_tus_read_metadata (const char *metadata, const char *key, GError **error)
{
  g_auto (GStrv) pairs = g_strsplit (metadata, ",", -1);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *found = g_strdup ("");

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      const char *pair = g_strstrip (pairs[i]);
      gsize length = strcspn (pair, " ");
      g_autofree char *value = decode_value (pair);

      if (length == 0 || value == NULL || !g_hash_table_add (names, g_strndup (pair, length)))
        {
          refuse (error, "Upload-Metadata");
          return NULL;
        }
      if (is_named (pair, key))
        g_set_str (&found, value);
    }
  return g_steal_pointer (&found);
}

/**
 * kab_tus_read_checksum:
 * @header: the field Upload-Checksum
 * @checksum: (out caller-allocates): %KAB_TUS_CHECKSUM_SIZE bytes
 *
 * Returns: %FALSE with %KAB_PROBLEM_CHECKSUM_UNSUPPORTED for another algorithm than SHA-256, or
 *   %KAB_PROBLEM_INVALID_HEADER
 */
gboolean
kab_tus_read_checksum (const char *header, guint8 *checksum, GError **error)
{
  const char *space = strchr (header, ' ');
  g_autofree guchar *data = NULL;
  gsize length;

  if (space == NULL)
    return refuse (error, "Upload-Checksum");
  if (!is_named (header, KAB_TUS_CHECKSUM_METHOD))
    {
      kab_problem_set (error, KAB_PROBLEM_CHECKSUM_UNSUPPORTED, NULL);
      return FALSE;
    }
  data = decode_base64 (space + 1, &length);
  if (data == NULL || length != KAB_TUS_CHECKSUM_SIZE)
    return refuse (error, "Upload-Checksum");
  memcpy (checksum, data, length);
  return TRUE;
}

/**
 * kab_tus_format_expiry:
 * @time: microseconds since 1970
 *
 * Returns: (transfer full): the time as Upload-Expires wants it (RFC 9110, 5.6.7), whatever the
 *   process's language
 */
char *
kab_tus_format_expiry (gint64 time)
{
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

  return g_strdup_printf (
      "%s, %02d %s %04d %02d:%02d:%02d GMT", days[g_date_time_get_day_of_week (date) - 1],
      g_date_time_get_day_of_month (date), months[g_date_time_get_month (date) - 1],
      g_date_time_get_year (date), g_date_time_get_hour (date), g_date_time_get_minute (date),
      g_date_time_get_second (date));
}

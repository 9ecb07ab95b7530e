/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists by page, and answers with an entity tag. */

#include "kab-api-page.h"

#include <sodium.h>
#include <string.h>

#include "kab-json-write.h"
#include "kab-problem.h"

#define CURSOR_CHARS_MAX 200
#define CURSOR_VARIANT   sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define LIMIT_USUAL      50
#define LIMIT_MAX        100
#define PAGE_BYTES_USUAL 4096

static gboolean
parse_cursor (KabApiPage *self, const char *cursor)
{
  char text[CURSOR_CHARS_MAX + 1] = { 0 };
  g_auto (GStrv) parts = NULL;
  gsize size;

  if (sodium_base642bin ((unsigned char *) text, CURSOR_CHARS_MAX, cursor, strlen (cursor), NULL,
                         &size, NULL, CURSOR_VARIANT) != 0 ||
      strlen (text) != size || !g_str_is_ascii (text))
    return FALSE;
  parts = g_strsplit (text, " ", KAB_API_PAGE_NUMBERS + 1);
  if (g_strv_length (parts) != KAB_API_PAGE_NUMBERS + 1)
    return FALSE;
  for (guint i = 0; i < KAB_API_PAGE_NUMBERS; i++)
    if (!g_ascii_string_to_signed (parts[i], 10, 0, G_MAXINT64, &self->numbers[i], NULL))
      return FALSE;
  g_set_str (&self->id, parts[KAB_API_PAGE_NUMBERS]);
  return TRUE;
}

/**
 * kab_api_page_read:
 * @self: (out caller-allocates): clear it with kab_api_page_clear()
 *
 * Reads `cursor` and `limit`.
 *
 * Returns: %FALSE with %KAB_PROBLEM_INVALID_QUERY when one of them can't be
 */
gboolean
kab_api_page_read (KabApiPage *self, KabRequest *request, GError **error)
{
  const char *cursor = kab_request_get_query (request, "cursor");
  gint64 limit;

  *self = (KabApiPage) { .id = g_strdup ("") };
  if (!kab_request_get_query_integer (request, "limit", 1, LIMIT_MAX, LIMIT_USUAL, &limit, error))
    return FALSE;
  self->limit = (guint) limit;
  if (cursor == NULL || parse_cursor (self, cursor))
    return TRUE;
  kab_problem_set (error, KAB_PROBLEM_INVALID_QUERY, "cursor is not one that was given out");
  return FALSE;
}

void
kab_api_page_clear (KabApiPage *self)
{
  g_clear_pointer (&self->id, g_free);
}

/**
 * kab_api_page_write_cursor:
 *
 * Returns: (transfer full): what kab_api_page_read() finds the place again with
 */
char *
kab_api_page_write_cursor (gint64 first, gint64 second, const char *id)
{
  g_autofree char *text =
      g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s", first, second, id);
  gsize size = sodium_base64_encoded_len (strlen (text), CURSOR_VARIANT);

  return sodium_bin2base64 (g_malloc (size), size, (const unsigned char *) text, strlen (text),
                            CURSOR_VARIANT);
}

/**
 * kab_api_page_answer:
 * @items: (transfer full)
 * @next: (nullable): the cursor of the next page
 *
 * Returns: (transfer full): a page of a list
 */
KabResponse *
kab_api_page_answer (JsonArray *items, const char *next)
{
  JsonObject *object = json_object_new ();

  json_object_set_array_member (object, "items", items);
  if (next != NULL)
    json_object_set_string_member (object, "next", next);
  return kab_response_new_json (200, object);
}

/**
 * kab_api_page_answer_until:
 * @items: (transfer full)
 * @next: the number that the next page begins with; 0 when there is none
 *
 * Returns: (transfer full): a page of a list whose places are numbers
 */
KabResponse *
kab_api_page_answer_until (JsonArray *items, gint64 next)
{
  g_autofree char *cursor = next > 0 ? kab_api_page_write_cursor (next, 0, "") : NULL;

  return kab_api_page_answer (items, cursor);
}

/**
 * kab_api_read_page:
 * @operation: is given a #KabApiPage
 *
 * Reads which page is asked for, and answers with it.
 *
 * Returns: (transfer full): the answer, or %NULL with %KAB_PROBLEM_INVALID_QUERY or what @operation
 *   says
 */
KabResponse *
kab_api_read_page (const KabApiContext *context,
                   KabRequest *request,
                   KabApiOperation operation,
                   GError **error)
{
  g_auto (KabApiPage) page = { 0 };

  return kab_api_page_read (&page, request, error)
             ? kab_api_read (context, request, operation, &page, error)
             : NULL;
}

/**
 * kab_api_page_begin:
 *
 * Begins a page of a list whose rows are written as text, for those that are asked for often.
 *
 * Returns: (transfer full): what the rows are written behind, for kab_api_page_end()
 */
GString *
kab_api_page_begin (void)
{
  GString *text = g_string_sized_new (PAGE_BYTES_USUAL);

  kab_json_write_begin_object (text, NULL);
  kab_json_write_begin_array (text, "items");
  return text;
}

/**
 * kab_api_page_end:
 * @text: (transfer full): from kab_api_page_begin()
 * @next: (nullable): the cursor of the next page
 *
 * Returns: (transfer full): the page
 */
KabResponse *
kab_api_page_end (GString *text, const char *next)
{
  kab_json_write_end_array (text);
  if (next != NULL)
    kab_json_write_string (text, "next", next);
  kab_json_write_end_object (text);
  return kab_response_new_bytes (200, "application/json", g_string_free_to_bytes (text));
}

/**
 * kab_api_answer_version:
 * @object: (transfer full)
 * @version: its version, the ETag
 *
 * Returns: (transfer full): an answer with an object that can be changed
 */
KabResponse *
kab_api_answer_version (JsonObject *object, guint status, gint64 version)
{
  g_autofree char *tag = g_strdup_printf ("%" G_GINT64_FORMAT, version);
  KabResponse *response = kab_response_new_json (status, object);

  kab_response_set_etag (response, tag);
  return response;
}

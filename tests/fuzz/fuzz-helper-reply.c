/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A packet of the document helper, which may have been taken over by a document. The first byte is
 * the length of the inline part; frame, inline part and bulk follow. What the application accepts
 * is shown as a page's text or as form fields.
 */

#include <fcntl.h>
#include <math.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "fuzz-bulk.h"
#include "preview/kab-document-reply.h"
#include "preview/kab-pdf-field.h"
#include "preview/kab-pdf-page.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Whatever the document says, it can be drawn. */
static void
check_area (const graphene_rect_t *area)
{
  g_assert (fabsf (area->origin.x) <= KAB_HELPER_MAX_PAGE_POINTS);
  g_assert (fabsf (area->origin.y) <= KAB_HELPER_MAX_PAGE_POINTS);
  g_assert (area->size.width >= 0 && area->size.width <= 2 * KAB_HELPER_MAX_PAGE_POINTS);
  g_assert (area->size.height >= 0 && area->size.height <= 2 * KAB_HELPER_MAX_PAGE_POINTS);
}

static void
use_text (const KabDocumentReply *reply)
{
  g_autoptr (GVariant) text = kab_document_reply_read_bulk (reply, KAB_HELPER_TEXT_TYPE, NULL);
  g_autoptr (KabPdfPage) page = kab_pdf_page_new (0, 595, 842);
  g_autoptr (GArray) lines = NULL;
  g_autofree char *characters = NULL;
  guint last;

  if (text == NULL)
    return;
  kab_pdf_page_set_text (page, text);
  if (kab_pdf_page_get_n_characters (page) == 0)
    return;
  last = kab_pdf_page_get_n_characters (page) - 1;
  g_assert (kab_pdf_page_find_character (page, &GRAPHENE_POINT_INIT (100, 100)) <= (int) last);
  characters = kab_pdf_page_dup_characters (page, 0, last);
  g_assert (g_utf8_validate (characters, -1, NULL));
  lines = kab_pdf_page_get_lines (page, 0, last);
  for (guint i = 0; i < lines->len; i++)
    check_area (&g_array_index (lines, graphene_rect_t, i));
}

static void
use_fields (const KabDocumentReply *reply)
{
  g_autoptr (GVariant) details =
      kab_document_reply_read_bulk (reply, KAB_HELPER_DETAILS_TYPE, NULL);
  g_autoptr (GVariantIter) iter = NULL;
  GVariant *description;

  if (details == NULL)
    return;
  g_variant_get (details, KAB_HELPER_DETAILS_TYPE, NULL, NULL, &iter);
  while ((description = g_variant_iter_next_value (iter)) != NULL)
    {
      g_autoptr (KabPdfField) field = kab_pdf_field_new_from_variant (description);
      g_autoptr (GVariant) request = g_variant_ref_sink (kab_pdf_field_to_request (field));
      g_autofree char *description_text = kab_pdf_field_describe (field);

      check_area (kab_pdf_field_get_area (field));
      g_variant_unref (description);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (KabDocumentReply) reply = NULL;
  KabHelperFrame frame;
  gsize inline_length;
  int bulk = -1;

  if (size < 1 + sizeof frame + data[0])
    return 0;
  inline_length = data[0];
  memcpy (&frame, data + 1, sizeof frame);
  data += 1 + sizeof frame;
  size -= 1 + sizeof frame + inline_length;
  if (size > 0)
    bulk = fuzz_bulk_new (data + inline_length, size, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE);

  reply = kab_document_reply_new (&frame, (const char *) data, inline_length, bulk);
  if (reply != NULL)
    {
      g_assert ((reply->bulk != NULL) == (bulk >= 0));
      use_text (reply);
      use_fields (reply);
    }
  if (bulk >= 0)
    close (bulk);
  return 0;
}

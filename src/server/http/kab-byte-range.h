/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-request.h"
#include "kab-response.h"

G_BEGIN_DECLS

/**
 * KabByteRange:
 * @KAB_BYTE_RANGE_WHOLE: none is asked for, or none that is understood
 * @KAB_BYTE_RANGE_PART: one that the body has
 * @KAB_BYTE_RANGE_BEYOND: one that begins behind the body's end
 *
 * What a Range field asks for (RFC 9110 section 14).
 */
typedef enum
{
  KAB_BYTE_RANGE_WHOLE,
  KAB_BYTE_RANGE_PART,
  KAB_BYTE_RANGE_BEYOND,
} KabByteRange;

KabByteRange kab_byte_range_parse (const char *text, guint64 length, guint64 *first, guint64 *last);
KabResponse *kab_byte_range_apply (KabRequest *request, KabResponse *response, GError **error);

G_END_DECLS

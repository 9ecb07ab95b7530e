/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview/kab-pdf-area.h"

#include <math.h>

#include "kab-helper-protocol.h"

/* Coordinates of a document are any numbers at all. */
static float
sane (double points)
{
  return isfinite (points)
             ? (float) CLAMP (points, -KAB_HELPER_MAX_PAGE_POINTS, KAB_HELPER_MAX_PAGE_POINTS)
             : 0.f;
}

/**
 * kab_pdf_area:
 * @x1: in points, as all of them
 *
 * Returns: what lies between two corners, which come from a document, of no
 *   negative size and no larger than a page can be
 */
graphene_rect_t
kab_pdf_area (double x1, double y1, double x2, double y2)
{
  graphene_rect_t area =
      GRAPHENE_RECT_INIT (sane (x1), sane (y1), sane (x2) - sane (x1), sane (y2) - sane (y1));

  graphene_rect_normalize (&area);
  return area;
}

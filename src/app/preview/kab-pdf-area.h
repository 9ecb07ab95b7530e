/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <graphene.h>

graphene_rect_t kab_pdf_area (double x1, double y1, double x2, double y2);

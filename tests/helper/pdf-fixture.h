/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

GBytes *pdf_fixture_text (guint n_pages);
GBytes *pdf_fixture_sized (double width, double height);
GBytes *pdf_fixture_form (void);
GBytes *pdf_fixture_packed_form (void);
GBytes *pdf_fixture_image (guint width, guint height);
GBytes *pdf_fixture_encrypted (void);
GBytes *pdf_fixture_damage (GBytes *pdf, guint32 seed);

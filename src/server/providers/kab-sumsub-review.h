/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "kab-identification-review.h"

G_BEGIN_DECLS

KabIdentificationReview *
kab_sumsub_review_read (JsonObject *applicant, const char *level, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-api-operation.h"
#include "kab-codes.h"

G_BEGIN_DECLS

void kab_api_codes_add_field (GError **problem,
                              const char *pointer,
                              KabCodeVerdict verdict,
                              gint64 tries_left);
KabResponse *kab_api_codes_refuse (KabCodeVerdict verdict, gint64 tries_left);
gboolean kab_api_codes_get_channel (KabRequest *request, const char **channel, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <microhttpd.h>

#include "kab-request.h"

G_BEGIN_DECLS

gboolean kab_http_guard_check (struct MHD_Connection *mhd,
                               const char *version,
                               KabRequest *request,
                               GError **error);

G_END_DECLS

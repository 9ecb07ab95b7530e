/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-router.h"

G_BEGIN_DECLS

gboolean kab_http_has_body (KabRequest *request);
gsize kab_http_body_limit (const KabRoute *route);
gboolean kab_http_check_body (KabRequest *request, const KabRoute *route, GError **error);
gboolean kab_http_check_preconditions (KabRequest *request, const KabRoute *route, GError **error);
KabResponse *kab_http_apply_if_none_match (KabRequest *request, KabResponse *response);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-api-operation.h"
#include "kab-users.h"

G_BEGIN_DECLS

JsonObject *kab_api_user_to_json (const KabUser *user);
KabResponse *kab_api_session_start (KabTransaction *tx,
                                    const KabApiContext *context,
                                    guint status,
                                    const char *user,
                                    const char *device,
                                    gboolean must_change_password,
                                    GError **error);

G_END_DECLS

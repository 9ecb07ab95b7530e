/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-api-context.h"
#include "kab-caller.h"
#include "kab-users.h"

G_BEGIN_DECLS

KabUser *kab_api_password_confirm (const KabApiContext *context,
                                   const KabCaller *caller,
                                   const char *password,
                                   const char *pointer,
                                   GError **error);

G_END_DECLS

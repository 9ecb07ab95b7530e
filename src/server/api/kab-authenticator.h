/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-caller.h"
#include "kab-request.h"

G_BEGIN_DECLS

gboolean
kab_authenticator_check (KabRequest *request, KabAccess *role, gpointer context, GError **error);
const KabCaller *kab_authenticator_get_caller (KabRequest *request);

G_END_DECLS

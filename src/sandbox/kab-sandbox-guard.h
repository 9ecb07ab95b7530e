/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-sandbox-request.h"
#include "kab-sandbox-state.h"

G_BEGIN_DECLS

#define KAB_TYPE_SANDBOX_GUARD (kab_sandbox_guard_get_type ())
G_DECLARE_FINAL_TYPE (KabSandboxGuard, kab_sandbox_guard, KAB, SANDBOX_GUARD, GObject)

KabSandboxGuard *kab_sandbox_guard_new (KabSandboxScript *script, KabSandboxState *state);
gboolean kab_sandbox_guard_admit (KabSandboxGuard *self, KabSandboxRequest *request);
void kab_sandbox_guard_refuse (KabSandboxRequest *request,
                               guint status,
                               int error_code,
                               const char *error_name,
                               const char *description);

G_END_DECLS

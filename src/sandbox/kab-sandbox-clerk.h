/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-sandbox-script.h"

G_BEGIN_DECLS

#define KAB_TYPE_SANDBOX_CLERK (kab_sandbox_clerk_get_type ())
G_DECLARE_FINAL_TYPE (KabSandboxClerk, kab_sandbox_clerk, KAB, SANDBOX_CLERK, GObject)

KabSandboxClerk *kab_sandbox_clerk_new (KabSandboxScript *script, const char *directory);
void kab_sandbox_clerk_set_bank (KabSandboxClerk *self, const char *url);
void kab_sandbox_clerk_stop (KabSandboxClerk *self);

G_END_DECLS

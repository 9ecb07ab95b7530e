/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-sandbox-script.h"

G_BEGIN_DECLS

#define KAB_TYPE_SANDBOX (kab_sandbox_get_type ())
G_DECLARE_FINAL_TYPE (KabSandbox, kab_sandbox, KAB, SANDBOX, GObject)

KabSandbox *kab_sandbox_new (const char *directory, GError **error);
const char *kab_sandbox_get_description (KabSandbox *self);
KabSandboxScript *kab_sandbox_get_script (KabSandbox *self);
gboolean kab_sandbox_obey (KabSandbox *self, const char *line, GError **error);
void kab_sandbox_stop (KabSandbox *self);

G_END_DECLS

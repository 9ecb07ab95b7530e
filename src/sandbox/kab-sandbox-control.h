/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-sandbox-sumsub.h"

G_BEGIN_DECLS

#define KAB_TYPE_SANDBOX_CONTROL (kab_sandbox_control_get_type ())
G_DECLARE_FINAL_TYPE (KabSandboxControl, kab_sandbox_control, KAB, SANDBOX_CONTROL, GObject)

KabSandboxControl *kab_sandbox_control_new (KabSandboxScript *script,
                                            KabSandboxHttp *http,
                                            const char *prefix,
                                            KabSandboxSumsub *sumsub);

G_END_DECLS

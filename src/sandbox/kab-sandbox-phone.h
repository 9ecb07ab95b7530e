/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-sandbox-http.h"

G_BEGIN_DECLS

#define KAB_TYPE_SANDBOX_PHONE (kab_sandbox_phone_get_type ())
G_DECLARE_FINAL_TYPE (KabSandboxPhone, kab_sandbox_phone, KAB, SANDBOX_PHONE, GObject)

KabSandboxPhone *kab_sandbox_phone_new (KabSandboxHttp *http, const char *prefix);
void kab_sandbox_phone_add (KabSandboxPhone *self,
                            const char *kind,
                            const char *from,
                            const char *to,
                            const char *subject,
                            const char *text);
void kab_sandbox_phone_stop (KabSandboxPhone *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-sandbox-phone.h"
#include "kab-sandbox-state.h"

G_BEGIN_DECLS

#define KAB_TYPE_SANDBOX_SMS (kab_sandbox_sms_get_type ())
G_DECLARE_FINAL_TYPE (KabSandboxSms, kab_sandbox_sms, KAB, SANDBOX_SMS, GObject)

KabSandboxSms *kab_sandbox_sms_new (KabSandboxScript *script,
                                    KabSandboxState *state,
                                    KabSandboxHttp *http,
                                    KabSandboxPhone *phone);

G_END_DECLS

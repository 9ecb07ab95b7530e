/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-sandbox-applicant.h"
#include "kab-sandbox-script.h"
#include "kab-sandbox-state.h"

G_BEGIN_DECLS

#define KAB_TYPE_SANDBOX_WEBHOOKS (kab_sandbox_webhooks_get_type ())
G_DECLARE_FINAL_TYPE (KabSandboxWebhooks, kab_sandbox_webhooks, KAB, SANDBOX_WEBHOOKS, GObject)

KabSandboxWebhooks *kab_sandbox_webhooks_new (KabSandboxScript *script, KabSandboxState *state);
void kab_sandbox_webhooks_set_bank (KabSandboxWebhooks *self, const char *url);
void kab_sandbox_webhooks_send (KabSandboxWebhooks *self,
                                KabSandboxApplicant *applicant,
                                const char *type);
void kab_sandbox_webhooks_stop (KabSandboxWebhooks *self);

G_END_DECLS

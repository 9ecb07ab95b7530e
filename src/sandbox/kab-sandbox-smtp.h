/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-sandbox-phone.h"
#include "kab-sandbox-state.h"

G_BEGIN_DECLS

#define KAB_SANDBOX_SMTP_USER "kabinets"

#define KAB_TYPE_SANDBOX_SMTP (kab_sandbox_smtp_get_type ())
G_DECLARE_FINAL_TYPE (KabSandboxSmtp, kab_sandbox_smtp, KAB, SANDBOX_SMTP, GObject)

KabSandboxSmtp *kab_sandbox_smtp_new (KabSandboxScript *script,
                                      KabSandboxState *state,
                                      KabSandboxPhone *phone,
                                      GError **error);
guint16 kab_sandbox_smtp_get_port (KabSandboxSmtp *self);
void kab_sandbox_smtp_stop (KabSandboxSmtp *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define KAB_TYPE_SANDBOX_TAP (kab_sandbox_tap_get_type ())
G_DECLARE_FINAL_TYPE (KabSandboxTap, kab_sandbox_tap, KAB, SANDBOX_TAP, GFilterInputStream)

#define KAB_TYPE_SANDBOX_TAPPED_CONNECTION (kab_sandbox_tapped_connection_get_type ())
G_DECLARE_FINAL_TYPE (KabSandboxTappedConnection,
                      kab_sandbox_tapped_connection,
                      KAB,
                      SANDBOX_TAPPED_CONNECTION,
                      GSocketConnection)

KabSandboxTappedConnection *kab_sandbox_tapped_connection_new (GSocketConnection *base);
KabSandboxTap *kab_sandbox_tapped_connection_get_tap (KabSandboxTappedConnection *self);

char *kab_sandbox_tap_get_line (KabSandboxTap *self);
void kab_sandbox_tap_reset (KabSandboxTap *self);

G_END_DECLS

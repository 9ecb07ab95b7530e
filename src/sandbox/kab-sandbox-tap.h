/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define KAB_TYPE_SANDBOX_TAP (kab_sandbox_tap_get_type ())
G_DECLARE_FINAL_TYPE (KabSandboxTap, kab_sandbox_tap, KAB, SANDBOX_TAP, GFilterInputStream)

KabSandboxTap *kab_sandbox_tap_new      (GInputStream  *base);
char          *kab_sandbox_tap_get_line (KabSandboxTap *self);
void           kab_sandbox_tap_reset    (KabSandboxTap *self);

G_END_DECLS

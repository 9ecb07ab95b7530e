/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define KAB_TYPE_SANDBOX_STATE (kab_sandbox_state_get_type ())
G_DECLARE_FINAL_TYPE (KabSandboxState, kab_sandbox_state, KAB, SANDBOX_STATE, GObject)

KabSandboxState *kab_sandbox_state_new (const char *directory, GError **error);
const char *kab_sandbox_state_get_directory (KabSandboxState *self);
const char *kab_sandbox_state_get_secret (KabSandboxState *self, const char *name);
JsonArray *kab_sandbox_state_get_applicants (KabSandboxState *self);
void kab_sandbox_state_set_applicants (KabSandboxState *self, JsonArray *applicants);
gboolean
kab_sandbox_state_write (KabSandboxState *self, const char *name, const char *text, GError **error);

G_END_DECLS

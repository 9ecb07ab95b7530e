/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * KabSandboxSettings:
 * @review_delay: milliseconds between a choice on the page and its result
 * @webhook_algorithm: digest of the notices: SHA-1, SHA-256 or SHA-512
 * @webhook_answer_limit: milliseconds after which a notice counts as not taken
 * @retry_factor: by which the waits before a repeated notice are multiplied
 * @sandbox_mode: what the notices say about themselves
 * @clerk_pause: milliseconds the clerk thinks before each step
 * @slow_delay: milliseconds that a "slow" answer takes longer
 * @clock_offset: seconds by which the stand-ins' clock is ahead
 * @rate_window: milliseconds in which the identification provider counts requests
 *
 * What can be set while the stand-ins run.
 */
typedef struct
{
  guint review_delay;
  GChecksumType webhook_algorithm;
  guint webhook_answer_limit;
  double retry_factor;
  gboolean sandbox_mode;
  guint clerk_pause;
  guint slow_delay;
  gint64 clock_offset;
  guint rate_window;
} KabSandboxSettings;

#define KAB_TYPE_SANDBOX_SCRIPT (kab_sandbox_script_get_type ())
G_DECLARE_FINAL_TYPE (KabSandboxScript, kab_sandbox_script, KAB, SANDBOX_SCRIPT, GObject)

KabSandboxScript *kab_sandbox_script_new (void);
const KabSandboxSettings *kab_sandbox_script_get_settings (KabSandboxScript *self);
gboolean kab_sandbox_script_configure (KabSandboxScript *self, JsonObject *changes, GError **error);
gint64 kab_sandbox_script_get_time (KabSandboxScript *self);
gboolean kab_sandbox_script_order (KabSandboxScript *self,
                                   const char *provider,
                                   const char *what,
                                   gint64 times,
                                   GError **error);
gboolean kab_sandbox_script_take (KabSandboxScript *self, const char *provider, const char *what);
void kab_sandbox_script_forget (KabSandboxScript *self);
JsonObject *kab_sandbox_script_record (KabSandboxScript *self, const char *provider);
JsonArray *kab_sandbox_script_get_records (KabSandboxScript *self, const char *provider);

G_END_DECLS

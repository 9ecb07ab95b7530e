/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define KAB_TYPE_SANDBOX_APPLICANT (kab_sandbox_applicant_get_type ())
G_DECLARE_FINAL_TYPE (KabSandboxApplicant, kab_sandbox_applicant, KAB, SANDBOX_APPLICANT, GObject)

KabSandboxApplicant *kab_sandbox_applicant_new (const char *external_user_id,
                                                const char *level,
                                                JsonObject *profile,
                                                gint64 now);
KabSandboxApplicant *kab_sandbox_applicant_new_from_json (JsonObject *object);
JsonObject *kab_sandbox_applicant_to_json (KabSandboxApplicant *self);

const char *kab_sandbox_applicant_get_id (KabSandboxApplicant *self);
const char *kab_sandbox_applicant_get_external_id (KabSandboxApplicant *self);
const char *kab_sandbox_applicant_get_level (KabSandboxApplicant *self);
const char *kab_sandbox_applicant_get_status (KabSandboxApplicant *self);
const char *kab_sandbox_applicant_get_outcome (KabSandboxApplicant *self);
const char *kab_sandbox_applicant_get_plan (KabSandboxApplicant *self);
gboolean kab_sandbox_applicant_is_busy (KabSandboxApplicant *self);
gboolean kab_sandbox_applicant_is_complete_request (KabSandboxApplicant *self);

void kab_sandbox_applicant_set_status (KabSandboxApplicant *self, const char *status);
void kab_sandbox_applicant_set_level (KabSandboxApplicant *self, const char *level);
void kab_sandbox_applicant_start_review (KabSandboxApplicant *self, const char *plan, gint64 now);
void kab_sandbox_applicant_review (KabSandboxApplicant *self, JsonObject *result, gint64 now);
void kab_sandbox_applicant_reset (KabSandboxApplicant *self);

JsonObject *kab_sandbox_applicant_result_of (KabSandboxApplicant *self, const char *outcome);
JsonObject *kab_sandbox_applicant_describe (KabSandboxApplicant *self);
JsonObject *kab_sandbox_applicant_describe_status (KabSandboxApplicant *self, gint64 now);
JsonObject *kab_sandbox_applicant_describe_steps (KabSandboxApplicant *self);
JsonObject *kab_sandbox_applicant_describe_reasons (KabSandboxApplicant *self);
JsonObject *kab_sandbox_applicant_describe_event (KabSandboxApplicant *self,
                                                  const char *type,
                                                  gboolean sandbox_mode,
                                                  gint64 now);

char *kab_sandbox_applicant_format_time (gint64 time, gboolean milliseconds);

G_END_DECLS

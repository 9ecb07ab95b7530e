/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-sandbox-script.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define KAB_TYPE_SANDBOX_REQUEST (kab_sandbox_request_get_type ())
G_DECLARE_FINAL_TYPE (KabSandboxRequest, kab_sandbox_request, KAB, SANDBOX_REQUEST, GObject)

KabSandboxRequest *
kab_sandbox_request_new (SoupServerMessage *message, const char *line, gsize prefix);
SoupServerMessage *kab_sandbox_request_get_message (KabSandboxRequest *self);
const char *kab_sandbox_request_get_method (KabSandboxRequest *self);
const char *kab_sandbox_request_get_target (KabSandboxRequest *self);
const char *kab_sandbox_request_get_path (KabSandboxRequest *self);
GBytes *kab_sandbox_request_get_body (KabSandboxRequest *self);
const char *kab_sandbox_request_get_header (KabSandboxRequest *self, const char *name);
const char *kab_sandbox_request_get_query (KabSandboxRequest *self, const char *name);
gboolean kab_sandbox_request_match (KabSandboxRequest *self,
                                    const char *method,
                                    const char *pattern,
                                    char ***values);
void kab_sandbox_request_set_record (KabSandboxRequest *self, JsonObject *record);
void kab_sandbox_request_reply (KabSandboxRequest *self,
                                guint status,
                                const char *media_type,
                                const char *body);
void kab_sandbox_request_reply_object (KabSandboxRequest *self, guint status, JsonObject *object);
void kab_sandbox_request_reply_array (KabSandboxRequest *self, JsonArray *array);
void kab_sandbox_request_reply_error (KabSandboxRequest *self, const GError *error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-sandbox-request.h"

G_BEGIN_DECLS

/**
 * KabSandboxHandler:
 * @request: (transfer none): the request
 * @user_data: what was given with the handler
 *
 * Answers a request, now or, after pausing its message, later.
 */
typedef void (*KabSandboxHandler) (KabSandboxRequest *request, gpointer user_data);

#define KAB_TYPE_SANDBOX_HTTP (kab_sandbox_http_get_type ())
G_DECLARE_FINAL_TYPE (KabSandboxHttp, kab_sandbox_http, KAB, SANDBOX_HTTP, GObject)

KabSandboxHttp *kab_sandbox_http_new (KabSandboxScript *script, GError **error);
const char *kab_sandbox_http_get_url (KabSandboxHttp *self);
void kab_sandbox_http_serve (KabSandboxHttp *self,
                             const char *path,
                             gsize prefix,
                             const char *provider,
                             KabSandboxHandler handler,
                             gpointer user_data);
void kab_sandbox_http_stop (KabSandboxHttp *self);

G_END_DECLS

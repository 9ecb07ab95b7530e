/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-peer.h"
#include "kab-request.h"
#include "kab-response.h"

G_BEGIN_DECLS

/* For the server and for tests of handlers. */
KabRequest *kab_request_new (const char *method, const char *uri, GInetAddress *peer);
void kab_request_take_header (KabRequest *self, const char *name, const char *value);
gboolean kab_request_parse_target (KabRequest *self, GError **error);
void kab_request_identify (KabRequest *self, KabNetworkList *proxies);
const char *kab_request_get_uri (KabRequest *self);
const char *kab_request_get_path (KabRequest *self);
void kab_request_take_route (KabRequest *self, const char *route_path, GHashTable *path_parameters);
gboolean kab_request_parse_preconditions (KabRequest *self, GError **error);
gboolean kab_request_take_body (KabRequest *self, GBytes *body, gboolean is_json, GError **error);
void kab_request_set_role (KabRequest *self, KabAccess role);
void kab_request_complete_response (KabRequest *self, KabResponse *response);

G_END_DECLS

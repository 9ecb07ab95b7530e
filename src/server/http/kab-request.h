/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * KabAccess:
 * @KAB_ACCESS_PUBLIC: anybody
 * @KAB_ACCESS_REGISTRATION: who holds the token of a registration that is under way
 * @KAB_ACCESS_CLIENT: a signed-in client
 * @KAB_ACCESS_STAFF: a signed-in employee of the bank
 * @KAB_ACCESS_PASSWORD_CHANGE: who signed in with a temporary password and has to change it
 *
 * Who asks, and who may.
 */
typedef enum
{
  KAB_ACCESS_PUBLIC = 1 << 0,
  KAB_ACCESS_REGISTRATION = 1 << 1,
  KAB_ACCESS_CLIENT = 1 << 2,
  KAB_ACCESS_STAFF = 1 << 3,
  KAB_ACCESS_PASSWORD_CHANGE = 1 << 4,
} KabAccess;

#define KAB_TYPE_REQUEST (kab_request_get_type ())
G_DECLARE_FINAL_TYPE (KabRequest, kab_request, KAB, REQUEST, GObject)

const char *kab_request_get_id (KabRequest *self);
const char *kab_request_get_method (KabRequest *self);
const char *kab_request_get_route_path (KabRequest *self);
const char *kab_request_get_parameter (KabRequest *self, const char *name);
const char *kab_request_get_query (KabRequest *self, const char *name);
gboolean kab_request_get_query_integer (KabRequest *self,
                                        const char *name,
                                        gint64 minimum,
                                        gint64 maximum,
                                        gint64 fallback,
                                        gint64 *value,
                                        GError **error);
const char *kab_request_get_header (KabRequest *self, const char *name);
gboolean kab_request_get_header_integer (KabRequest *self,
                                         const char *name,
                                         gint64 maximum,
                                         gint64 *value,
                                         GError **error);
char *kab_request_dup_bearer_token (KabRequest *self);
const char *kab_request_get_idempotency_key (KabRequest *self);
const char *kab_request_get_if_match (KabRequest *self);
GInetAddress *kab_request_get_client_address (KabRequest *self);
const char *kab_request_get_client_network (KabRequest *self);

JsonObject *kab_request_get_json (KabRequest *self);
GBytes *kab_request_get_body (KabRequest *self);
gint64 kab_request_get_content_length (KabRequest *self);

void kab_request_set_data (KabRequest *self, gpointer data, GDestroyNotify destroy);
gpointer kab_request_get_data (KabRequest *self);

void kab_request_set_reply_header (KabRequest *self, const char *name, const char *value);

void kab_request_set_caller (KabRequest *self, gpointer caller, GDestroyNotify destroy);
gpointer kab_request_get_caller (KabRequest *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-api.h"

#include "kab-api-operation.h"
#include "kab-authenticator.h"

/**
 * kab_api_add_routes:
 * @context: what the handlers are given; has to outlive the router
 *
 * Adds every resource of `/v1` (docs/openapi.yaml).
 */
void
kab_api_add_routes (KabRouter *router, const KabApiContext *context)
{
  kab_api_bank_add_routes (router, context);
  kab_api_registrations_add_routes (router, context);
  kab_api_sessions_add_routes (router, context);
  kab_api_password_add_routes (router, context);
  kab_api_recoveries_add_routes (router, context);
  kab_api_profile_add_routes (router, context);
  kab_api_uploads_add_routes (router, context);
  kab_api_files_add_routes (router, context);
  kab_api_messages_add_routes (router, context);
  kab_api_events_add_routes (router, context);
  kab_api_applications_add_routes (router, context);
  kab_api_identifications_add_routes (router, context);
  kab_api_documents_add_routes (router, context);
  kab_api_staff_add_routes (router, context);
}

/**
 * kab_api_serve:
 * @context: has to outlive the server
 *
 * Lets the server ask the store who calls, and say what the store's errors mean.
 */
void
kab_api_serve (KabHttpServer *server, const KabApiContext *context)
{
  kab_http_server_set_authenticator (server, kab_authenticator_check, (gpointer) context);
  kab_http_server_set_error_mapper (server, kab_api_map_error, (gpointer) context);
}

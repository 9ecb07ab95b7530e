/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-api-context.h"
#include "kab-http-server.h"
#include "kab-router.h"

G_BEGIN_DECLS

void kab_api_add_routes (KabRouter *router, const KabApiContext *context);
void kab_api_serve (KabHttpServer *server, const KabApiContext *context);

/* A resource each; called by kab_api_add_routes(). */
void kab_api_bank_add_routes (KabRouter *router, const KabApiContext *context);
void kab_api_registrations_add_routes (KabRouter *router, const KabApiContext *context);
void kab_api_sessions_add_routes (KabRouter *router, const KabApiContext *context);
void kab_api_password_add_routes (KabRouter *router, const KabApiContext *context);
void kab_api_recoveries_add_routes (KabRouter *router, const KabApiContext *context);
void kab_api_profile_add_routes (KabRouter *router, const KabApiContext *context);
void kab_api_uploads_add_routes (KabRouter *router, const KabApiContext *context);
void kab_api_files_add_routes (KabRouter *router, const KabApiContext *context);
void kab_api_messages_add_routes (KabRouter *router, const KabApiContext *context);
void kab_api_events_add_routes (KabRouter *router, const KabApiContext *context);
void kab_api_applications_add_routes (KabRouter *router, const KabApiContext *context);
void kab_api_identifications_add_routes (KabRouter *router, const KabApiContext *context);
void kab_api_documents_add_routes (KabRouter *router, const KabApiContext *context);
void kab_api_staff_add_routes (KabRouter *router, const KabApiContext *context);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-request.h"
#include "kab-response.h"

G_BEGIN_DECLS

/**
 * KabMethod:
 *
 * Methods that a route can have. HEAD is answered from GET and OPTIONS with Allow unless a route
 * of its own says otherwise (tus 1.0.0 wants both).
 */
typedef enum
{
  KAB_METHOD_GET,
  KAB_METHOD_HEAD,
  KAB_METHOD_POST,
  KAB_METHOD_PUT,
  KAB_METHOD_PATCH,
  KAB_METHOD_DELETE,
  KAB_METHOD_OPTIONS,
  KAB_N_METHODS
} KabMethod;

/**
 * KabRouteFlags:
 * @KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY: refused without Idempotency-Key
 * @KAB_ROUTE_NEEDS_IF_MATCH: refused with 428 without If-Match
 * @KAB_ROUTE_IMMEDIATE: the handler never waits (no store) and runs at once on the HTTP thread,
 *   so that it answers even when all workers are busy; for health and metrics
 */
typedef enum
{
  KAB_ROUTE_PLAIN = 0,
  KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY = 1 << 0,
  KAB_ROUTE_NEEDS_IF_MATCH = 1 << 1,
  KAB_ROUTE_IMMEDIATE = 1 << 2,
} KabRouteFlags;

/**
 * KabBodyKind:
 * @KAB_BODY_NONE: a body is refused
 * @KAB_BODY_JSON: a JSON object, parsed strictly before the handler runs
 * @KAB_BODY_BYTES: buffered up to the limit, as it is
 * @KAB_BODY_STREAM: handed to the route's #KabBodySink while it arrives
 */
typedef enum
{
  KAB_BODY_NONE,
  KAB_BODY_JSON,
  KAB_BODY_BYTES,
  KAB_BODY_STREAM,
} KabBodyKind;

typedef enum
{
  KAB_ANSWER_NONE,
  KAB_ANSWER_JSON,
  KAB_ANSWER_TEXT,
  KAB_ANSWER_FILE,
  KAB_ANSWER_EVENTS,
} KabAnswerKind;

/**
 * KabHandler:
 * @request: the request, its body and who asks
 * @user_data: what the routes were added with
 *
 * Answers a request; runs on a worker thread and may block on the store.
 *
 * Returns: (transfer full): the response, or %NULL with an error; one of the domain %KAB_PROBLEM
 *   becomes the answer, one of %KAB_JSON_ERROR a problem about that member, any other what the
 *   server's error mapper says, or a 500
 */
typedef KabResponse *(*KabHandler) (KabRequest *request, gpointer user_data, GError **error);

/**
 * KabBodySink:
 * @begin: (nullable): asked before the body is read, so that a wrong upload is refused before it
 *   is sent; keep the state with kab_request_set_data()
 * @write: takes the next bytes in order; blocking here slows the client down (back-pressure)
 * @interrupted: (nullable): the client went away in the middle; all that had arrived was written
 *
 * Where a streamed body goes. All run on worker threads, one at a time; after a %FALSE nothing more
 * is called. When the body is complete, the route's handler answers.
 */
typedef struct
{
  gboolean (*begin) (KabRequest *request, gpointer user_data, GError **error);
  gboolean (*write) (KabRequest *request,
                     const guint8 *data,
                     gsize length,
                     gpointer user_data,
                     GError **error);
  void (*interrupted) (KabRequest *request, gpointer user_data);
} KabBodySink;

/**
 * KabRoute:
 *
 * One row of the route table. Rights matrix and contract test are generated from these rows, so
 * they say all that the frame enforces.
 */
typedef struct
{
  KabMethod method;
  const char *path;      /* "/v1/documents/{id}/submission" */
  const char *operation; /* the operationId of docs/openapi.yaml */
  KabHandler handler;
  KabAccess access; /* who may call */
  KabRouteFlags flags;
  KabBodyKind body;
  KabAnswerKind answer;
  gsize body_limit;         /* bytes; 0: KAB_BODY_LIMIT_DEFAULT */
  const char *content_type; /* (nullable): of BYTES and STREAM; NULL takes any */
  const KabBodySink *sink;  /* (nullable): of STREAM */
} KabRoute;

#define KAB_BODY_LIMIT_DEFAULT (64 * 1024)

#define KAB_TYPE_ROUTER (kab_router_get_type ())
G_DECLARE_FINAL_TYPE (KabRouter, kab_router, KAB, ROUTER, GObject)

KabRouter *kab_router_new (void);
void kab_router_add (KabRouter *self, const KabRoute *routes, gsize n_routes, gpointer user_data);
const KabRoute *const *kab_router_get_routes (KabRouter *self, guint *n_routes);
const KabRoute *kab_router_find (KabRouter *self,
                                 const char *method,
                                 const char *path,
                                 gpointer *user_data,
                                 GHashTable **parameters,
                                 char **allow,
                                 GError **error);
const char *kab_method_get_name (KabMethod method);

G_END_DECLS

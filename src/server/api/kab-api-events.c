/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-api.h"
#include "kab-api-operation.h"

/* Something that isn't a number of ours is taken for one from another time: all is loaded anew. */
static gint64
read_last_event (KabRequest *request)
{
  const char *id = kab_request_get_header (request, "last-event-id");
  gint64 sequence;

  if (id == NULL)
    return -1;
  return g_ascii_string_to_signed (id, 10, 0, G_MAXINT64, &sequence, NULL) ? sequence : G_MAXINT64;
}

static KabResponse *
open_events_cb (KabRequest *request, gpointer user_data, GError **error)
{
  const KabApiContext *context = user_data;
  g_autoptr (KabEventStream) stream = kab_live_events_open (
      context->events, kab_authenticator_get_caller (request), read_last_event (request), error);

  return stream != NULL ? kab_response_new_events (stream) : NULL;
}

/**
 * kab_api_events_add_routes:
 *
 * Adds `/v1/events`.
 */
void
kab_api_events_add_routes (KabRouter *router, const KabApiContext *context)
{
  static const KabRoute routes[] = {
    { .method = KAB_METHOD_GET,
      .path = "/v1/events",
      .operation = "events",
      .handler = open_events_cb,
      .access = KAB_ACCESS_CLIENT | KAB_ACCESS_STAFF,
      .answer = KAB_ANSWER_EVENTS },
  };

  kab_router_add (router, routes, G_N_ELEMENTS (routes), (gpointer) context);
}

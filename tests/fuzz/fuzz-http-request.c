/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A request on its way to a handler of the API: target, route, who asks, preconditions, page. */

#include <stdint.h>

#include "fuzz-request.h"
#include "kab-api-page.h"
#include "kab-api.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static KabRouter *
get_router (void)
{
  static const KabApiContext context = { 0 };
  static KabRouter *router = NULL;

  if (router == NULL)
    {
      router = kab_router_new ();
      kab_api_add_routes (router, &context);
    }
  return router;
}

static KabNetworkList *
get_proxies (void)
{
  static KabNetworkList *proxies = NULL;

  if (proxies == NULL)
    proxies = kab_network_list_new ((const char *const[]) { "127.0.0.0/8", "::1", NULL }, NULL);
  return proxies;
}

static void
find_route (KabRequest *request)
{
  g_autoptr (GHashTable) parameters = NULL;
  g_autofree char *allow = NULL;
  g_autoptr (GError) error = NULL;
  gpointer user_data;
  const KabRoute *route =
      kab_router_find (get_router (), kab_request_get_method (request),
                       kab_request_get_path (request), &user_data, &parameters, &allow, &error);

  g_assert ((route == NULL) == (error != NULL));
  if (route != NULL)
    kab_request_take_route (request, route->path, g_steal_pointer (&parameters));
}

/* A cursor that is taken is one that the server could have written. */
static void
read_page (KabRequest *request)
{
  g_auto (KabApiPage) page = { 0 };
  g_autoptr (GError) error = NULL;

  if (kab_api_page_read (&page, request, &error))
    {
      g_assert (page.id != NULL && page.limit > 0);
      g_assert (g_utf8_validate (page.id, -1, NULL));
    }
  else
    g_assert (error != NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (KabRequest) request = fuzz_request_new ((const char *) data, size, &body);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) error_preconditions = NULL;
  g_autofree char *token = NULL;

  if (!kab_request_parse_target (request, &error))
    {
      g_assert (error != NULL);
      return 0;
    }
  kab_request_identify (request, get_proxies ());
  g_assert (kab_request_get_client_network (request) != NULL);
  g_assert (kab_request_parse_preconditions (request, &error_preconditions) ==
            (error_preconditions == NULL));
  token = kab_request_dup_bearer_token (request);
  find_route (request);
  read_page (request);
  return 0;
}

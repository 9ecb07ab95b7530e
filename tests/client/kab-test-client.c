/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-test-client.h"

const KabTimeouts kab_test_timeouts = {
  .io = 30,
  .call = 30,
  .silence = 30,
  .retry_ms = 4,
  .probe_min_ms = 10,
  .probe_max_ms = 50,
  .kept = 10,
  .piece_ms = 1000,
};

KabApi *
kab_test_api_new (KabTestServer *server)
{
  g_autoptr (GError) error = NULL;
  KabApi *api = kab_api_new (kab_test_server_get_address (server), &error);

  g_assert_no_error (error);
  kab_api_set_timeouts (api, &kab_test_timeouts);

  return api;
}

KabReply *
kab_test_api_send (KabApi *api, KabRequest *request, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  kab_api_call_async (api, request, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);

  return kab_api_call_finish (api, result, error);
}

KabReply *
kab_test_api_get (KabApi *api, const char *path, GError **error)
{
  g_autoptr (KabRequest) request = kab_request_new ("GET", path);

  return kab_test_api_send (api, request, error);
}

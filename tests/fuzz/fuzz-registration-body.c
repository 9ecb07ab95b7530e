/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The body of POST /v1/registrations, which anybody may send: refused in words of the API, or
 * everything in it is of the bank's. */

#include <stdint.h>

#include "kab-api-json.h"
#include "kab-api-registration-body.h"
#include "kab-json.h"
#include "kab-problem.h"
#include "kab-request-private.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static KabBankData *bank = NULL;
  g_autoptr (GInetAddress) peer = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV6);
  g_autoptr (KabRequest) request = kab_request_new ("POST", "/v1/registrations", peer);
  g_autoptr (KabRegistrationBody) body = NULL;
  g_autoptr (GError) error = NULL;

  if (bank == NULL)
    {
      bank = kab_bank_data_load (FUZZ_BANK, &error);
      g_assert_no_error (error);
    }
  if (!kab_request_take_body (request, g_bytes_new (data, size), TRUE, &error))
    {
      g_assert (error->domain == KAB_JSON_ERROR);
      return 0;
    }
  body = kab_registration_body_read (request, bank, &error);
  if (body == NULL)
    {
      g_autoptr (JsonNode) problem = kab_problem_to_json (error);

      g_assert (error->domain == KAB_PROBLEM && problem != NULL);
      return 0;
    }
  g_assert (kab_bank_data_offers_registration (bank, body->client_type));
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recovery of a forgotten password (RCV-1…7). */

#include "kab-addresses.h"
#include "kab-api-codes.h"
#include "kab-api-json.h"
#include "kab-api.h"
#include "kab-recoveries.h"

#define LOGIN_CHARS_MAX 320
#define CODE_CHARS_MAX  32

typedef struct
{
  const char *channel;
  char *address;
} Creation;

static KabResponse *
run_creation (KabTransaction *tx,
              const KabCaller *caller,
              KabRequest *request,
              const KabApiContext *context,
              gpointer data,
              GError **error)
{
  const Creation *creation = data;
  gint64 expires_at;
  g_autofree char *id = kab_recoveries_create (tx, &context->codes, creation->channel,
                                               creation->address, &expires_at, error);
  g_autofree char *target = NULL;
  JsonObject *object;

  if (id == NULL)
    return NULL;
  target = kab_address_mask (creation->channel, creation->address);
  object = json_object_new ();
  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "channel", creation->channel);
  json_object_set_string_member (object, "target", target);
  kab_api_json_set_time (object, "expiresAt", expires_at);
  return kab_response_new_json (201, object);
}

static KabResponse *
create_recovery (KabRequest *request, gpointer user_data, GError **error)
{
  static const char *const members[] = { "login", NULL };
  const KabApiContext *context = user_data;
  const char *login;
  Creation creation;
  KabCheck check;
  KabResponse *response;

  if (!kab_throttle_take (context->door_throttle, kab_request_get_client_network (request),
                          error) ||
      !kab_api_json_check (request, members, error))
    return NULL;
  login = kab_api_json_get_text (request, "login", LOGIN_CHARS_MAX, error);
  if (login == NULL)
    return NULL;
  creation.channel = kab_address_channel_of (login);
  check = kab_address_check (creation.channel, login);
  if (check != KAB_CHECK_OK)
    {
      kab_api_json_refuse (error, "/login", kab_check_code (check));
      return NULL;
    }
  creation.address = kab_address_normalise (creation.channel, login);
  response = kab_api_write (context, request, run_creation, &creation, error);
  g_free (creation.address);
  return response;
}

static KabResponse *
run_confirmation (KabTransaction *tx,
                  const KabCaller *caller,
                  KabRequest *request,
                  const KabApiContext *context,
                  gpointer data,
                  GError **error)
{
  KabCodeVerdict verdict;
  gint64 tries_left;

  if (!kab_recoveries_confirm (tx, &context->codes, kab_request_get_parameter (request, "id"), data,
                               &verdict, &tries_left, error))
    return NULL;
  return verdict == KAB_CODE_RIGHT ? kab_response_new_empty (204)
                                   : kab_api_codes_refuse (verdict, tries_left);
}

static KabResponse *
confirm_recovery (KabRequest *request, gpointer user_data, GError **error)
{
  static const char *const members[] = { "code", NULL };
  const KabApiContext *context = user_data;
  const char *code;

  if (!kab_throttle_take (context->door_throttle, kab_request_get_client_network (request),
                          error) ||
      !kab_api_json_check (request, members, error))
    return NULL;
  code = kab_api_json_get_text (request, "code", CODE_CHARS_MAX, error);
  if (code == NULL)
    return NULL;
  return kab_api_write (context, request, run_confirmation, (gpointer) code, error);
}

void
kab_api_recoveries_add_routes (KabRouter *router, const KabApiContext *context)
{
  static const KabRoute routes[] = {
    { KAB_METHOD_POST, "/v1/recoveries", "createRecovery", create_recovery, KAB_ACCESS_PUBLIC,
      KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY, KAB_BODY_JSON, KAB_ANSWER_JSON },
    { KAB_METHOD_POST, "/v1/recoveries/{id}/confirmation", "confirmRecovery", confirm_recovery,
      KAB_ACCESS_PUBLIC, KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY, KAB_BODY_JSON, KAB_ANSWER_NONE },
  };

  kab_router_add (router, routes, G_N_ELEMENTS (routes), (gpointer) context);
}

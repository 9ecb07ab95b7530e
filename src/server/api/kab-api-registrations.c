/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Registration: two codes, then an account (CON-1…10). */

#include "kab-addresses.h"
#include "kab-api-codes.h"
#include "kab-api-json.h"
#include "kab-api-registration-body.h"
#include "kab-api-session.h"
#include "kab-api.h"
#include "kab-json.h"
#include "kab-secrets.h"

#define CODE_CHARS_MAX    32
#define ADDRESS_CHARS_MAX 320

typedef struct
{
  const KabRegistrationBody *body;
  char *password_hash;
} Creation;

typedef struct
{
  gint64 version;
  char *email;
  char *phone;
} AddressChange;

typedef struct
{
  const char *email_code;
  const char *phone_code;
} Codes;

static JsonObject *
code_state_to_json (const KabCodeState *state)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "target", state->target);
  json_object_set_boolean_member (object, "confirmed", state->is_confirmed);
  kab_api_json_set_time (object, "expiresAt", state->expires_at);
  kab_api_json_set_time (object, "resendAt", state->resend_at);
  json_object_set_int_member (object, "triesLeft", state->tries_left);
  return object;
}

/* `Registration` of docs/openapi.yaml as it is now. */
static KabResponse *
answer (KabTransaction *tx,
        const KabApiContext *context,
        const char *id,
        guint status,
        const char *token,
        GError **error)
{
  g_autoptr (KabRegistration) registration = kab_registrations_get (tx, &context->codes, id, error);
  g_autofree char *tag = NULL;
  KabResponse *response;
  JsonObject *object;

  if (registration == NULL)
    return NULL;
  object = json_object_new ();
  json_object_set_string_member (object, "id", registration->id);
  if (token != NULL)
    json_object_set_string_member (object, "token", token);
  json_object_set_int_member (object, "version", registration->version);
  json_object_set_object_member (object, "email", code_state_to_json (&registration->email));
  json_object_set_object_member (object, "phone", code_state_to_json (&registration->phone));
  kab_api_json_set_time (object, "expiresAt", registration->expires_at);
  kab_api_json_set_time (object, "serverTime", kab_tx_get_now (tx));
  response = kab_response_new_json (status, object);
  tag = g_strdup_printf ("%" G_GINT64_FORMAT, registration->version);
  kab_response_set_etag (response, tag);
  return response;
}

static KabResponse *
run_creation (KabTransaction *tx,
              const KabCaller *caller,
              KabRequest *request,
              const KabApiContext *context,
              gpointer data,
              GError **error)
{
  const Creation *creation = data;
  const KabRegistrationBody *body = creation->body;
  const KabRegistrationNew details = { .client_type = body->client_type,
                                       .citizenships = body->citizenships,
                                       .consents = body->consents,
                                       .email = body->email,
                                       .phone = body->phone,
                                       .password_hash = creation->password_hash,
                                       .language = body->language };
  g_autofree char *id = NULL;
  char *token = kab_registrations_create (tx, &context->codes, &details, &id, error);
  KabResponse *response;

  if (token == NULL)
    return NULL;
  response = answer (tx, context, id, 201, token, error);
  kab_secrets_free_text (token);
  return response;
}

static KabResponse *
create_registration (KabRequest *request, gpointer user_data, GError **error)
{
  const KabApiContext *context = user_data;
  g_autoptr (KabRegistrationBody) body = NULL;
  Creation creation;
  KabResponse *response;

  if (!kab_throttle_take (context->door_throttle, kab_request_get_client_network (request), error))
    return NULL;
  body = kab_registration_body_read (request, context->bank, error);
  if (body == NULL)
    return NULL;
  creation.body = body;
  creation.password_hash = kab_password_pool_hash (context->passwords, body->password, error);
  if (creation.password_hash == NULL)
    return NULL;
  response = kab_api_write (context, request, run_creation, &creation, error);
  kab_secrets_free_text (creation.password_hash);
  return response;
}

static KabResponse *
run_get (KabTransaction *tx,
         const KabCaller *caller,
         KabRequest *request,
         const KabApiContext *context,
         gpointer data,
         GError **error)
{
  return answer (tx, context, caller->id, 200, NULL, error);
}

static KabResponse *
get_registration (KabRequest *request, gpointer user_data, GError **error)
{
  return kab_api_read (user_data, request, run_get, NULL, error);
}

/* A member that may be left out; @address stays %NULL then. */
static gboolean
read_address (KabRequest *request, const char *channel, char **address, GError **error)
{
  const char *text;
  KabCheck check;

  if (!kab_json_has (kab_request_get_json (request), channel))
    return TRUE;
  text = kab_api_json_get_text (request, channel, ADDRESS_CHARS_MAX, error);
  if (text == NULL)
    return FALSE;
  check = kab_address_check (channel, text);
  if (check == KAB_CHECK_OK)
    {
      *address = kab_address_normalise (channel, text);
      return TRUE;
    }
  return kab_api_json_refuse (error, g_str_equal (channel, KAB_CHANNEL_EMAIL) ? "/email" : "/phone",
                              kab_check_code (check));
}

static KabResponse *
run_address_change (KabTransaction *tx,
                    const KabCaller *caller,
                    KabRequest *request,
                    const KabApiContext *context,
                    gpointer data,
                    GError **error)
{
  const AddressChange *change = data;

  if (!kab_registrations_change_address (tx, &context->codes, caller->id, change->version,
                                         change->email, change->phone, error))
    return NULL;
  return answer (tx, context, caller->id, 200, NULL, error);
}

static KabResponse *
change_address (KabRequest *request, gpointer user_data, GError **error)
{
  static const char *const members[] = { KAB_CHANNEL_EMAIL, KAB_CHANNEL_PHONE, NULL };
  AddressChange change = { .version = kab_api_get_if_match (request, error) };
  KabResponse *response = NULL;

  if (change.version != 0 && kab_api_json_check (request, members, error) &&
      read_address (request, KAB_CHANNEL_EMAIL, &change.email, error) &&
      read_address (request, KAB_CHANNEL_PHONE, &change.phone, error))
    response = kab_api_write (user_data, request, run_address_change, &change, error);
  g_free (change.email);
  g_free (change.phone);
  return response;
}

static KabResponse *
run_resend (KabTransaction *tx,
            const KabCaller *caller,
            KabRequest *request,
            const KabApiContext *context,
            gpointer data,
            GError **error)
{
  if (!kab_registrations_resend (tx, &context->codes, caller->id, data, error))
    return NULL;
  return answer (tx, context, caller->id, 200, NULL, error);
}

static KabResponse *
resend_code (KabRequest *request, gpointer user_data, GError **error)
{
  static const char *const members[] = { "channel", NULL };
  const char *channel;

  if (!kab_api_json_check (request, members, error) ||
      !kab_api_codes_get_channel (request, &channel, error))
    return NULL;
  return kab_api_write (user_data, request, run_resend, (gpointer) channel, error);
}

/* A wrong code is an answer and no error, because the tries have to be kept. */
static KabResponse *
refuse_codes (const KabConfirmation *confirmation)
{
  g_autoptr (GError) problem = NULL;

  kab_api_codes_add_field (&problem, "/emailCode", confirmation->email,
                           confirmation->email_tries_left);
  kab_api_codes_add_field (&problem, "/phoneCode", confirmation->phone,
                           confirmation->phone_tries_left);
  return kab_response_new_problem (problem);
}

static KabResponse *
run_confirmation (KabTransaction *tx,
                  const KabCaller *caller,
                  KabRequest *request,
                  const KabApiContext *context,
                  gpointer data,
                  GError **error)
{
  const Codes *codes = data;
  g_auto (KabConfirmation) confirmation = { 0 };

  if (!kab_registrations_confirm (tx, &context->codes, caller->id, codes->email_code,
                                  codes->phone_code, &confirmation, error))
    return NULL;
  if (confirmation.user == NULL)
    return refuse_codes (&confirmation);
  return kab_api_session_start (tx, context, 201, confirmation.user, "", FALSE, error);
}

static KabResponse *
confirm_registration (KabRequest *request, gpointer user_data, GError **error)
{
  static const char *const members[] = { "emailCode", "phoneCode", NULL };
  Codes codes;

  if (!kab_api_json_check (request, members, error))
    return NULL;
  codes.email_code = kab_api_json_get_text (request, "emailCode", CODE_CHARS_MAX, error);
  if (codes.email_code == NULL)
    return NULL;
  codes.phone_code = kab_api_json_get_text (request, "phoneCode", CODE_CHARS_MAX, error);
  if (codes.phone_code == NULL)
    return NULL;
  return kab_api_write (user_data, request, run_confirmation, &codes, error);
}

void
kab_api_registrations_add_routes (KabRouter *router, const KabApiContext *context)
{
  static const KabRoute routes[] = {
    { KAB_METHOD_POST, "/v1/registrations", "createRegistration", create_registration,
      KAB_ACCESS_PUBLIC, KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY, KAB_BODY_JSON, KAB_ANSWER_JSON },
    { KAB_METHOD_GET, "/v1/registrations/current", "getRegistration", get_registration,
      KAB_ACCESS_REGISTRATION, .answer = KAB_ANSWER_JSON },
    { KAB_METHOD_PATCH, "/v1/registrations/current", "changeRegistrationAddress", change_address,
      KAB_ACCESS_REGISTRATION, KAB_ROUTE_NEEDS_IF_MATCH, KAB_BODY_JSON, KAB_ANSWER_JSON },
    { KAB_METHOD_POST, "/v1/registrations/current/codes", "resendRegistrationCode", resend_code,
      KAB_ACCESS_REGISTRATION, KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY, KAB_BODY_JSON, KAB_ANSWER_JSON },
    { KAB_METHOD_POST, "/v1/registrations/current/confirmation", "confirmRegistration",
      confirm_registration, KAB_ACCESS_REGISTRATION, KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY, KAB_BODY_JSON,
      KAB_ANSWER_JSON },
  };

  kab_router_add (router, routes, G_N_ELEMENTS (routes), (gpointer) context);
}

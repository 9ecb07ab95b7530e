/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The profile (SET-5) and the change of addresses (SET-7). */

#include "kab-address-changes.h"
#include "kab-addresses.h"
#include "kab-api-codes.h"
#include "kab-api-json.h"
#include "kab-api-password.h"
#include "kab-api.h"
#include "kab-authenticator.h"
#include "kab-form-evaluation.h"
#include "kab-json.h"
#include "kab-notice-preferences.h"
#include "kab-password-policy.h"
#include "kab-secrets.h"
#include "kab-users.h"

#define LANGUAGE_CHARS_MAX 8
#define ADDRESS_CHARS_MAX  320
#define PASSWORD_CHARS_MAX 1024
#define CODE_CHARS_MAX     32

#define ANY_SESSION (KAB_ACCESS_CLIENT | KAB_ACCESS_STAFF)

typedef struct
{
  gint64 version;
  const char *language;
  char *notices;
} Profile;

typedef struct
{
  const char *channel;
  char *address;
} AddressChange;

static void
address_change_clear (AddressChange *self)
{
  g_free (self->address);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AddressChange, address_change_clear)

static JsonArray *
read_consents (KabTransaction *tx, const KabApiContext *context, const char *user, GError **error)
{
  g_autoptr (GPtrArray) consents = kab_users_list_consents (tx, user, error);
  JsonArray *array;

  if (consents == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < consents->len; i++)
    {
      const KabConsent *consent = consents->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "document", consent->document);
      json_object_set_string_member (object, "version", consent->version);
      kab_api_json_set_parsed (
          object, "title", kab_api_publication_get_title (context->publication, consent->document));
      kab_api_json_set_time (object, "acceptedAt", consent->accepted_at);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
fill_notices (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return kab_notice_preferences_fill (json_node_get_object (node));
}

/* `Profile` of docs/openapi.yaml as it is now. */
static KabResponse *
answer (KabTransaction *tx, const KabApiContext *context, const char *id, GError **error)
{
  g_autoptr (KabUser) user = kab_users_get (tx, id, error);
  JsonArray *consents = user != NULL ? read_consents (tx, context, id, error) : NULL;
  g_autofree char *tag = NULL;
  KabResponse *response;
  JsonObject *object;

  if (consents == NULL)
    return NULL;
  object = json_object_new ();
  json_object_set_int_member (object, "version", user->version);
  json_object_set_string_member (object, "name", user->name);
  json_object_set_string_member (object, "email", user->email);
  json_object_set_string_member (object, "phone", user->phone != NULL ? user->phone : "");
  kab_api_json_set_parsed (object, "citizenships", user->citizenships);
  json_object_set_string_member (object, "language", user->language);
  json_object_set_object_member (object, "notices", fill_notices (user->notices));
  json_object_set_array_member (object, "consents", consents);
  response = kab_response_new_json (200, object);
  tag = g_strdup_printf ("%" G_GINT64_FORMAT, user->version);
  kab_response_set_etag (response, tag);
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
  return answer (tx, context, caller->id, error);
}

static KabResponse *
get_profile (KabRequest *request, gpointer user_data, GError **error)
{
  return kab_api_read (user_data, request, run_get, NULL, error);
}

static KabResponse *
run_save (KabTransaction *tx,
          const KabCaller *caller,
          KabRequest *request,
          const KabApiContext *context,
          gpointer data,
          GError **error)
{
  const Profile *profile = data;

  if (!kab_users_save_profile (tx, caller, profile->version, profile->language, profile->notices,
                               error))
    return NULL;
  return answer (tx, context, caller->id, error);
}

/* The preferences as they are stored, or NULL. */
static char *
read_notices (KabRequest *request, GError **error)
{
  GError *local_error = NULL;
  JsonObject *notices =
      kab_json_get_object (kab_request_get_json (request), "notices", &local_error);
  g_autoptr (JsonObject) filled = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (notices != NULL && !kab_notice_preferences_check (notices, &local_error))
    kab_json_prefix_pointer (&local_error, "notices");
  if (local_error != NULL)
    {
      kab_api_json_take_error (error, local_error);
      return NULL;
    }
  filled = kab_notice_preferences_fill (notices);
  node = json_node_init_object (json_node_alloc (), filled);
  return json_to_string (node, FALSE);
}

static KabResponse *
save_profile (KabRequest *request, gpointer user_data, GError **error)
{
  static const char *const members[] = { "language", "notices", NULL };
  const KabApiContext *context = user_data;
  Profile profile = { .version = kab_api_get_if_match (request, error) };
  KabResponse *response;

  if (profile.version == 0 || !kab_api_json_check (request, members, error))
    return NULL;
  profile.language = kab_api_json_get_text (request, "language", LANGUAGE_CHARS_MAX, error);
  if (profile.language == NULL)
    return NULL;
  if (!g_strv_contains (kab_bank_data_get_languages (context->bank), profile.language))
    {
      kab_api_json_refuse (error, "/language", KAB_FORM_CODE_NOT_AN_OPTION);
      return NULL;
    }
  profile.notices = read_notices (request, error);
  if (profile.notices == NULL)
    return NULL;
  response = kab_api_write (context, request, run_save, &profile, error);
  g_free (profile.notices);
  return response;
}

static gboolean
read_address_change (KabRequest *request, AddressChange *change, GError **error)
{
  static const char *const members[] = { "channel", "address", "password", NULL };
  const char *address;
  KabCheck check;

  if (!kab_api_json_check (request, members, error) ||
      !kab_api_codes_get_channel (request, &change->channel, error))
    return FALSE;
  address = kab_api_json_get_text (request, "address", ADDRESS_CHARS_MAX, error);
  if (address == NULL)
    return FALSE;
  check = kab_address_check (change->channel, address);
  if (check != KAB_CHECK_OK)
    return kab_api_json_refuse (error, "/address", kab_check_code (check));
  change->address = kab_address_normalise (change->channel, address);
  return TRUE;
}

static gboolean
confirm_password (KabRequest *request, const KabApiContext *context, GError **error)
{
  const char *typed = kab_api_json_get_text (request, "password", PASSWORD_CHARS_MAX, error);
  char *password;
  g_autoptr (KabUser) user = NULL;

  if (typed == NULL)
    return FALSE;
  password = kab_password_policy_normalise (typed);
  if (password == NULL)
    return kab_api_json_refuse (error, "/password", "password-wrong");
  user = kab_api_password_confirm (context, kab_authenticator_get_caller (request), password,
                                   "/password", error);
  kab_secrets_free_text (password);
  return user != NULL;
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
  gint64 expires_at;
  g_autofree char *id = kab_address_changes_create (tx, &context->codes, caller, change->channel,
                                                    change->address, &expires_at, error);
  g_autofree char *target = NULL;
  JsonObject *object;

  if (id == NULL)
    return NULL;
  target = kab_address_mask (change->channel, change->address);
  object = json_object_new ();
  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "target", target);
  kab_api_json_set_time (object, "expiresAt", expires_at);
  return kab_response_new_json (201, object);
}

static KabResponse *
create_address_change (KabRequest *request, gpointer user_data, GError **error)
{
  g_auto (AddressChange) change = { 0 };

  if (!read_address_change (request, &change, error) ||
      !confirm_password (request, user_data, error))
    return NULL;
  return kab_api_write (user_data, request, run_address_change, &change, error);
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

  if (!kab_address_changes_confirm (tx, &context->codes, caller,
                                    kab_request_get_parameter (request, "id"), data, &verdict,
                                    &tries_left, error))
    return NULL;
  return verdict == KAB_CODE_RIGHT ? answer (tx, context, caller->id, error)
                                   : kab_api_codes_refuse (verdict, tries_left);
}

static KabResponse *
confirm_address_change (KabRequest *request, gpointer user_data, GError **error)
{
  static const char *const members[] = { "code", NULL };
  const char *code;

  if (!kab_api_json_check (request, members, error))
    return NULL;
  code = kab_api_json_get_text (request, "code", CODE_CHARS_MAX, error);
  if (code == NULL)
    return NULL;
  return kab_api_write (user_data, request, run_confirmation, (gpointer) code, error);
}

void
kab_api_profile_add_routes (KabRouter *router, const KabApiContext *context)
{
  static const KabRoute routes[] = {
    { KAB_METHOD_GET, "/v1/profile", "getProfile", get_profile, ANY_SESSION,
      .answer = KAB_ANSWER_JSON },
    { KAB_METHOD_PUT, "/v1/profile", "saveProfile", save_profile, ANY_SESSION,
      KAB_ROUTE_NEEDS_IF_MATCH, KAB_BODY_JSON, KAB_ANSWER_JSON },
    { KAB_METHOD_POST, "/v1/profile/address-changes", "createAddressChange", create_address_change,
      KAB_ACCESS_CLIENT, KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY, KAB_BODY_JSON, KAB_ANSWER_JSON },
    { KAB_METHOD_POST, "/v1/profile/address-changes/{id}/confirmation", "confirmAddressChange",
      confirm_address_change, KAB_ACCESS_CLIENT, KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY, KAB_BODY_JSON,
      KAB_ANSWER_JSON },
  };

  kab_router_add (router, routes, G_N_ELEMENTS (routes), (gpointer) context);
}

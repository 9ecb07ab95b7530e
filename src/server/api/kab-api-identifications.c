/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way to the identification provider, and its notices back (§9). */

#include "kab-api-json.h"
#include "kab-api-operation.h"
#include "kab-api.h"
#include "kab-identification-notices.h"
#include "kab-identifications.h"
#include "kab-json.h"
#include "kab-log.h"
#include "kab-time.h"
#include "kab-users.h"

/* The provider's own usual time; long enough to begin, too short to be passed on. */
#define LINK_SECONDS 1800

#define RETRY_SECONDS    5
#define NOTICE_BYTES_MAX (64 * 1024)

typedef struct
{
  KabIdentification *identification; /* (owned) */
  KabUser *user;                     /* (owned) */
  char *provider_id;                 /* (owned) */
  char *url;                         /* (owned) */
  const KabApiContext *context;
  KabRequest *request;
} Link;

static void
link_clear (Link *self)
{
  g_clear_pointer (&self->identification, kab_identification_free);
  g_clear_pointer (&self->user, kab_user_free);
  g_free (self->provider_id);
  g_free (self->url);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Link, link_clear)

static gboolean
load_link (KabTransaction *tx, gpointer data, GError **error)
{
  Link *link = data;
  const KabCaller *caller = kab_authenticator_get_caller (link->request);

  g_clear_pointer (&link->identification, kab_identification_free);
  g_clear_pointer (&link->user, kab_user_free);
  link->identification = kab_identification_load (
      tx, kab_request_get_parameter (link->request, "id"), caller->id, error);
  if (link->identification == NULL ||
      !kab_identifications_check_open (tx, link->identification, error))
    return FALSE;
  link->user = kab_users_get (tx, caller->id, error);
  return link->user != NULL;
}

static gboolean
take_provider_error (GError *reason, GError **error)
{
  kab_log (KAB_LOG_WARNING, "identification-provider-failed",
           KAB_LOG_STR ("reason", reason->message), NULL);
  kab_problem_set_retry (error, KAB_PROBLEM_PROVIDER_UNAVAILABLE, RETRY_SECONDS);
  g_error_free (reason);
  return FALSE;
}

/* Outside of any transaction: the provider may take its time. */
static gboolean
ask_provider (Link *link, GError **error)
{
  KabIdentificationProvider *provider = link->context->identification;
  const KabIdentificationRequest request = {
    .person_id = link->identification->id,
    .is_video = link->identification->kind == KAB_IDENTIFICATION_VIDEO,
    .email = link->user->email,
    .phone = link->user->phone,
    .language = link->user->language,
  };
  GError *reason = NULL;

  if (provider == NULL)
    {
      kab_problem_set_retry (error, KAB_PROBLEM_PROVIDER_UNAVAILABLE, RETRY_SECONDS);
      return FALSE;
    }
  if (link->identification->provider_id != NULL)
    link->provider_id = g_strdup (link->identification->provider_id);
  else
    link->provider_id = kab_identification_provider_enroll (provider, &request, &reason);
  if (link->provider_id != NULL)
    link->url = kab_identification_provider_make_link (provider, &request, LINK_SECONDS, &reason);
  return link->url != NULL || take_provider_error (reason, error);
}

static KabResponse *
run_link (KabTransaction *tx,
          const KabCaller *caller,
          KabRequest *request,
          const KabApiContext *context,
          gpointer data,
          GError **error)
{
  const Link *link = data;
  JsonObject *object;

  if (!kab_identifications_start (tx, context->bank, caller, link->identification->id,
                                  link->provider_id, error))
    return NULL;
  object = json_object_new ();
  json_object_set_string_member (object, "url", link->url);
  kab_api_json_set_time (object, "expiresAt", kab_tx_get_now (tx) + LINK_SECONDS * KAB_TIME_SECOND);
  return kab_response_new_json (201, object);
}

static KabResponse *
create_link (KabRequest *request, gpointer user_data, GError **error)
{
  const KabApiContext *context = user_data;
  g_auto (Link) link = { .context = context, .request = request };

  if (!kab_store_read (context->store, load_link, &link, error) || !ask_provider (&link, error))
    return NULL;
  return kab_api_write (context, request, run_link, &link, error);
}

static gboolean
take_notice (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_identification_notices_take (tx, data, error);
}

/* Answers at once: the provider waits ten seconds and repeats what it thinks is lost. */
static KabResponse *
take_sumsub_notice (KabRequest *request, gpointer user_data, GError **error)
{
  const KabApiContext *context = user_data;
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  GBytes *body = kab_request_get_body (request);
  g_autoptr (KabIdentificationNotice) notice = NULL;
  GError *reason = NULL;

  if (body == NULL)
    body = empty;
  if (!kab_sumsub_notice_check (&context->notice_rules,
                                kab_request_get_header (request, "x-payload-digest-alg"),
                                kab_request_get_header (request, "x-payload-digest"), body))
    {
      kab_problem_set (error, KAB_PROBLEM_UNAUTHENTICATED, NULL);
      return NULL;
    }
  notice = kab_sumsub_notice_read (&context->notice_rules, body, &reason);
  if (reason != NULL)
    {
      kab_api_json_take_error (error, reason);
      return NULL;
    }
  if (notice != NULL && !kab_store_write (context->store, take_notice, notice, error))
    return NULL;
  return kab_response_new_json (200, json_object_new ());
}

void
kab_api_identifications_add_routes (KabRouter *router, const KabApiContext *context)
{
  static const KabRoute routes[] = {
    { KAB_METHOD_POST, "/v1/identifications/{id}/link", "createIdentificationLink", create_link,
      KAB_ACCESS_CLIENT, KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY, KAB_BODY_NONE, KAB_ANSWER_JSON },
    { KAB_METHOD_POST, "/v1/webhooks/sumsub", "sumsubWebhook", take_sumsub_notice,
      KAB_ACCESS_PUBLIC, KAB_ROUTE_PLAIN, KAB_BODY_BYTES, KAB_ANSWER_JSON,
      .body_limit = NOTICE_BYTES_MAX },
  };

  kab_router_add (router, routes, G_N_ELEMENTS (routes), (gpointer) context);
}

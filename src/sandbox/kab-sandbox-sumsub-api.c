/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-sumsub-api.h"

#include "kab-sandbox-crypto.h"
#include "kab-sandbox-json.h"

#include <string.h>

#define LINK_SECONDS  1800
#define TOKEN_SECONDS 600

typedef struct
{
  KabSandboxSumsub *sumsub;
  KabSandboxRequest *request;
  char **values; /* what the stars of the route stood for */
} Call;

static void
refuse (Call *call, guint status, const char *description)
{
  kab_sandbox_guard_refuse (call->request, status, 0, NULL, description);
}

static gint64
now (Call *call)
{
  return kab_sandbox_script_get_time (kab_sandbox_sumsub_get_script (call->sumsub));
}

static gboolean
require_level (Call *call, const char *level)
{
  g_autofree char *description = NULL;

  if (kab_sandbox_sumsub_has_level (level))
    return TRUE;
  description = g_strdup_printf ("Level '%s' is not found", level ? level : "");
  refuse (call, level ? 404 : 400, description);
  return FALSE;
}

static KabSandboxApplicant *
require_applicant (Call *call)
{
  KabSandboxApplicant *applicant = kab_sandbox_sumsub_find (call->sumsub, call->values[0]);

  if (!applicant)
    refuse (call, 404, "Applicant not found");
  return applicant;
}

static JsonObject *
require_body (Call *call, const KabSandboxField *fields, gsize n_fields)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object =
      kab_sandbox_json_parse (kab_sandbox_request_get_body (call->request), &error);

  if (object && kab_sandbox_json_check (object, fields, n_fields, &error))
    return g_steal_pointer (&object);
  refuse (call, 400, error->message);
  return NULL;
}

static void
reply_ok (Call *call)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "ok", 1);
  kab_sandbox_request_reply_object (call->request, 200, object);
}

/* A lifetime from a text or from a number's default; 0 when it is wrong. */
static gint64
parse_lifetime (const char *text, gint64 fallback)
{
  gint64 seconds = fallback;

  if (text && !g_ascii_string_to_signed (text, 10, 1, 30 * 24 * 3600, &seconds, NULL))
    return 0;
  return seconds;
}

/* As it is, or, when a lie was ordered, with the other answer. */
static KabSandboxApplicant *
as_told (Call *call, KabSandboxApplicant *applicant)
{
  KabSandboxScript *script = kab_sandbox_sumsub_get_script (call->sumsub);
  const char *outcome = kab_sandbox_applicant_get_outcome (applicant);
  g_autoptr (JsonObject) memory = NULL;
  KabSandboxApplicant *other;

  if (!outcome || !kab_sandbox_script_take (script, "sumsub", "status-disagrees"))
    return g_object_ref (applicant);
  memory = kab_sandbox_applicant_to_json (applicant);
  other = kab_sandbox_applicant_new_from_json (memory);
  kab_sandbox_applicant_review (
      other,
      kab_sandbox_applicant_result_of (other, g_str_equal (outcome, "green") ? "retry" : "green"),
      now (call));
  return other;
}

static void
create_applicant (Call *call)
{
  static const KabSandboxField fields[] = {
    { "externalUserId", 's', TRUE },
    { "email", 's' },
    { "phone", 's' },
    { "fixedInfo", 'o' },
    { "lang", 's' },
    { "type", 's' },
    { "sourceKey", 's' },
    { "metadata", 'a' },
  };
  static const KabSandboxField info_fields[] = {
    { "firstName", 's' },    { "lastName", 's' },     { "middleName", 's' },
    { "dob", 's' },          { "country", 's' },      { "nationality", 's' },
    { "gender", 's' },       { "placeOfBirth", 's' }, { "countryOfBirth", 's' },
    { "taxResidence", 's' }, { "tin", 's' },          { "addresses", 'a' },
  };
  const char *level = kab_sandbox_request_get_query (call->request, "levelName");
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *info;
  const char *user, *country, *birth;
  KabSandboxApplicant *applicant;

  if (!require_level (call, level) || !(body = require_body (call, fields, G_N_ELEMENTS (fields))))
    return;
  user = kab_sandbox_json_text (body, "externalUserId");
  info = kab_sandbox_json_member (body, "fixedInfo");
  country = kab_sandbox_json_text (info, "country");
  birth = kab_sandbox_json_text (info, "dob");
  applicant = kab_sandbox_sumsub_find_user (call->sumsub, user);
  if (info && !kab_sandbox_json_check (info, info_fields, G_N_ELEMENTS (info_fields), &error))
    refuse (call, 400, error->message);
  else if (!*user || (country && !g_regex_match_simple ("^[A-Z]{3}$", country, 0, 0)) ||
           (birth && !g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\d$", birth, 0, 0)))
    refuse (call, 400, "externalUserId is empty, country is not alpha-3, or dob is no date");
  else if (applicant)
    {
      g_autofree char *text =
          g_strdup_printf ("Applicant with external user id '%s' already exists: %s", user,
                           kab_sandbox_applicant_get_id (applicant));
      refuse (call, 409, text);
    }
  else
    {
      applicant = kab_sandbox_sumsub_create (call->sumsub, user, level, body);
      kab_sandbox_request_reply_object (call->request, 201,
                                        kab_sandbox_applicant_describe (applicant));
    }
}

static void
reply_link (Call *call, KabSandboxLink *link, gint64 seconds)
{
  g_autofree char *url = NULL;

  link->expires = now (call) + seconds * G_USEC_PER_SEC;
  url = kab_sandbox_sumsub_add_link (call->sumsub, link);
  kab_sandbox_request_reply_object (call->request, 200,
                                    kab_sandbox_json_strings ("url", url, NULL));
}

static void
create_link (Call *call)
{
  static const KabSandboxField fields[] = {
    { "levelName", 's', TRUE }, { "userId", 's', TRUE },     { "applicantIdentifiers", 'o' },
    { "ttlInSecs", 'i' },       { "externalActionId", 's' }, { "redirect", 'o' },
  };
  static const KabSandboxField redirect_fields[] = {
    { "successUrl", 's' },
    { "rejectUrl", 's' },
    { "signKey", 's' },
    { "allowedQueryParams", 'a' },
  };
  g_autoptr (JsonObject) body = require_body (call, fields, G_N_ELEMENTS (fields));
  g_autoptr (GError) error = NULL;
  JsonObject *redirect = body ? kab_sandbox_json_member (body, "redirect") : NULL;
  const char *level, *user;
  KabSandboxLink *link;
  gint64 seconds;

  if (!body || !require_level (call, level = kab_sandbox_json_text (body, "levelName")))
    return;
  user = kab_sandbox_json_text (body, "userId");
  seconds = json_object_get_int_member_with_default (body, "ttlInSecs", LINK_SECONDS);
  if (redirect &&
      !kab_sandbox_json_check (redirect, redirect_fields, G_N_ELEMENTS (redirect_fields), &error))
    {
      refuse (call, 400, error->message);
      return;
    }
  if (!*user || seconds < 1 || seconds > 30 * 24 * 3600)
    {
      refuse (call, 400, "userId is empty or ttlInSecs is out of range");
      return;
    }
  link = g_new0 (KabSandboxLink, 1);
  link->external_user_id = g_strdup (user);
  link->level = g_strdup (level);
  link->language = g_strdup (kab_sandbox_request_get_query (call->request, "lang"));
  link->success_url = g_strdup (kab_sandbox_json_text (redirect, "successUrl"));
  link->reject_url = g_strdup (kab_sandbox_json_text (redirect, "rejectUrl"));
  link->sign_key = g_strdup (kab_sandbox_json_text (redirect, "signKey"));
  reply_link (call, link, seconds);
}

static void
create_legacy_link (Call *call)
{
  const char *user = kab_sandbox_request_get_query (call->request, "externalUserId");
  gint64 seconds =
      parse_lifetime (kab_sandbox_request_get_query (call->request, "ttlInSecs"), LINK_SECONDS);
  g_autoptr (JsonObject) body = NULL;
  KabSandboxLink *link;

  if (!require_level (call, call->values[0]) || !(body = require_body (call, NULL, 0)))
    return;
  if (!user || !*user || !seconds)
    {
      refuse (call, 400, "externalUserId is missing or ttlInSecs is out of range");
      return;
    }
  link = g_new0 (KabSandboxLink, 1);
  link->external_user_id = g_strdup (user);
  link->level = g_strdup (call->values[0]);
  link->language = g_strdup (kab_sandbox_request_get_query (call->request, "lang"));
  reply_link (call, link, seconds);
}

static void
reply_token (Call *call, const char *user)
{
  g_autofree char *random = kab_sandbox_random_token (24);
  g_autofree char *token = g_strconcat ("_act-sbx-", random, NULL);

  kab_sandbox_request_reply_object (
      call->request, 200, kab_sandbox_json_strings ("token", token, "userId", user, NULL));
}

static void
create_token (Call *call)
{
  static const KabSandboxField fields[] = { { "userId", 's', TRUE },
                                            { "levelName", 's', TRUE },
                                            { "ttlInSecs", 'i' },
                                            { "applicantIdentifiers", 'o' } };
  g_autoptr (JsonObject) body = require_body (call, fields, G_N_ELEMENTS (fields));

  if (body && require_level (call, kab_sandbox_json_text (body, "levelName")))
    reply_token (call, kab_sandbox_json_text (body, "userId"));
}

static void
create_token_by_query (Call *call)
{
  const char *user = kab_sandbox_request_get_query (call->request, "userId");

  if (!user ||
      !parse_lifetime (kab_sandbox_request_get_query (call->request, "ttlInSecs"), TOKEN_SECONDS))
    refuse (call, 400, "userId is missing or ttlInSecs is out of range");
  else if (require_level (call, kab_sandbox_request_get_query (call->request, "levelName")))
    reply_token (call, user);
}

static void
get_applicant (Call *call)
{
  KabSandboxApplicant *applicant = require_applicant (call);
  g_autoptr (KabSandboxApplicant) told = applicant ? as_told (call, applicant) : NULL;

  if (told)
    kab_sandbox_request_reply_object (call->request, 200, kab_sandbox_applicant_describe (told));
}

static void
get_applicant_of_user (Call *call)
{
  KabSandboxApplicant *applicant = kab_sandbox_sumsub_find_user (call->sumsub, call->values[0]);
  g_autoptr (KabSandboxApplicant) told = applicant ? as_told (call, applicant) : NULL;

  if (told)
    kab_sandbox_request_reply_object (call->request, 200, kab_sandbox_applicant_describe (told));
  else
    refuse (call, 404, "Applicant not found");
}

static void
find_applicant_of_user (Call *call)
{
  KabSandboxApplicant *applicant = kab_sandbox_sumsub_find_user (call->sumsub, call->values[0]);
  JsonObject *object = json_object_new ();

  json_object_set_boolean_member (object, "exists", applicant != NULL);
  if (applicant)
    json_object_set_object_member (object, "applicant", kab_sandbox_applicant_describe (applicant));
  kab_sandbox_request_reply_object (call->request, 200, object);
}

static void
get_status (Call *call)
{
  KabSandboxApplicant *applicant = require_applicant (call);
  g_autoptr (KabSandboxApplicant) told = applicant ? as_told (call, applicant) : NULL;

  if (told)
    kab_sandbox_request_reply_object (call->request, 200,
                                      kab_sandbox_applicant_describe_status (told, now (call)));
}

static void
get_steps (Call *call)
{
  KabSandboxApplicant *applicant = require_applicant (call);

  if (applicant)
    kab_sandbox_request_reply_object (call->request, 200,
                                      kab_sandbox_applicant_describe_steps (applicant));
}

static void
get_reasons (Call *call)
{
  KabSandboxApplicant *applicant = require_applicant (call);

  if (applicant)
    kab_sandbox_request_reply_object (call->request, 200,
                                      kab_sandbox_applicant_describe_reasons (applicant));
}

static void
ask_for_check (Call *call)
{
  KabSandboxApplicant *applicant = require_applicant (call);

  if (!applicant)
    return;
  if (kab_sandbox_applicant_is_busy (applicant))
    refuse (call, 409, "The applicant is being checked already");
  else if (!kab_sandbox_applicant_is_complete_request (applicant))
    refuse (call, 409, "Not all required steps have been given");
  else
    {
      kab_sandbox_applicant_start_review (applicant, NULL, now (call));
      kab_sandbox_sumsub_changed (call->sumsub, applicant, "applicantPending");
      reply_ok (call);
    }
}

static void
reset_applicant (Call *call)
{
  KabSandboxApplicant *applicant = require_applicant (call);

  if (!applicant)
    return;
  if (kab_sandbox_applicant_is_busy (applicant))
    {
      refuse (call, 409, "The applicant is being checked");
      return;
    }
  kab_sandbox_applicant_reset (applicant);
  kab_sandbox_sumsub_changed (call->sumsub, applicant, "applicantReset");
  reply_ok (call);
}

static void
move_to_level (Call *call)
{
  KabSandboxApplicant *applicant = require_applicant (call);
  const char *level = kab_sandbox_request_get_query (call->request, "name");

  if (!applicant || !require_level (call, level))
    return;
  if (kab_sandbox_applicant_is_busy (applicant))
    {
      refuse (call, 409, "The applicant is being checked");
      return;
    }
  kab_sandbox_applicant_set_level (applicant, level);
  kab_sandbox_sumsub_changed (call->sumsub, applicant, "applicantLevelChanged");
  kab_sandbox_request_reply_object (call->request, 200, kab_sandbox_applicant_describe (applicant));
}

/* approve, reject and init by the bank: a body, at least {}, and patience just after pending. */
static KabSandboxApplicant *
begin_override (Call *call)
{
  static const KabSandboxField fields[] = { { "rejectLabels", 'a' },
                                            { "reviewRejectType", 's' },
                                            { "clientComment", 's' },
                                            { "note", 's' },
                                            { "moderationComment", 's' } };
  KabSandboxApplicant *applicant = require_applicant (call);
  g_autoptr (JsonObject) body =
      applicant ? require_body (call, fields, G_N_ELEMENTS (fields)) : NULL;

  if (!body)
    return NULL;
  if (kab_sandbox_script_take (kab_sandbox_sumsub_get_script (call->sumsub), "sumsub", "busy"))
    {
      SoupServerMessage *message = kab_sandbox_request_get_message (call->request);

      soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                    "Retry-After", "1");
      refuse (call, 409, "The applicant is being changed, try again");
      return NULL;
    }
  return applicant;
}

static void
override (Call *call, const char *outcome)
{
  KabSandboxApplicant *applicant = begin_override (call);

  if (applicant && kab_sandbox_sumsub_play (call->sumsub, applicant, outcome, NULL))
    reply_ok (call);
}

static void
approve (Call *call)
{
  override (call, "green");
}

static void
reject (Call *call)
{
  override (call, "final");
}

static void
start_anew (Call *call)
{
  override (call, "reset");
}

static void
complete_test (Call *call)
{
  static const KabSandboxField fields[] = { { "reviewAnswer", 's', TRUE },
                                            { "rejectLabels", 'a', TRUE },
                                            { "reviewRejectType", 's' },
                                            { "clientComment", 's' },
                                            { "moderationComment", 's' } };
  KabSandboxApplicant *applicant = require_applicant (call);
  g_autoptr (JsonObject) body =
      applicant ? require_body (call, fields, G_N_ELEMENTS (fields)) : NULL;
  const char *answer = body ? kab_sandbox_json_text (body, "reviewAnswer") : NULL;
  const char *type = body ? kab_sandbox_json_text (body, "reviewRejectType") : NULL;

  if (!body)
    return;
  if (!(g_str_equal (answer, "GREEN") && !type) &&
      !(g_str_equal (answer, "RED") &&
        (g_strcmp0 (type, "RETRY") == 0 || g_strcmp0 (type, "FINAL") == 0)))
    {
      refuse (call, 400, "reviewAnswer is GREEN, or RED with reviewRejectType RETRY or FINAL");
      return;
    }
  kab_sandbox_applicant_review (applicant, g_steal_pointer (&body), now (call));
  kab_sandbox_sumsub_changed (call->sumsub, applicant, "applicantReviewed");
  reply_ok (call);
}

static const struct
{
  const char *method, *pattern;
  void (*handle) (Call *call);
} routes[] = {
  { "POST", "/resources/applicants", create_applicant },
  { "POST", "/resources/sdkIntegrations/levels/-/websdkLink", create_link },
  { "POST", "/resources/sdkIntegrations/levels/*/websdkLink", create_legacy_link },
  { "POST", "/resources/accessTokens/sdk", create_token },
  { "POST", "/resources/accessTokens", create_token_by_query },
  { "GET", "/resources/applicants/-;externalUserId=*/one", get_applicant_of_user },
  { "GET", "/resources/applicants/-/byExternalUserId/*", find_applicant_of_user },
  { "GET", "/resources/applicants/*/one", get_applicant },
  { "GET", "/resources/applicants/*/status", get_status },
  { "GET", "/resources/applicants/*/requiredIdDocsStatus", get_steps },
  { "GET", "/resources/moderationStates/-;applicantId=*", get_reasons },
  { "POST", "/resources/applicants/*/status/pending", ask_for_check },
  { "POST", "/resources/applicants/*/status/testCompleted", complete_test },
  { "POST", "/resources/applicants/*/reset", reset_applicant },
  { "POST", "/resources/applicants/*/moveToLevel", move_to_level },
  { "POST", "/resources/applicants/*/-/approve", approve },
  { "POST", "/resources/applicants/*/-/reject", reject },
  { "POST", "/resources/applicants/*/-/init", start_anew },
};

static void
handle_call (KabSandboxRequest *request, gpointer data)
{
  KabSandboxSumsub *sumsub = data;

  if (!kab_sandbox_guard_admit (kab_sandbox_sumsub_get_guard (sumsub), request))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_auto (GStrv) values = NULL;

      if (kab_sandbox_request_match (request, routes[i].method, routes[i].pattern, &values))
        {
          Call call = { sumsub, request, values };

          routes[i].handle (&call);
          return;
        }
    }
  kab_sandbox_guard_refuse (request, 404, 0, NULL, "There is no such call");
}

/**
 * kab_sandbox_sumsub_api_serve:
 * @sumsub: the provider
 * @http: where to answer
 *
 * Answers the provider's calls, under /resources as in life. The applicant's upload of pictures
 * isn't among them: the page stands in for it.
 */
void
kab_sandbox_sumsub_api_serve (KabSandboxSumsub *sumsub, KabSandboxHttp *http)
{
  kab_sandbox_http_serve (http, "/resources", 0, "sumsub", handle_call, sumsub);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * KabSumsub:
 *
 * The identification provider Sumsub: applicants by level, links to its page, reviews. Every call
 * is signed (developer documentation, "Authentication").
 */

#include "kab-sumsub.h"

#include <string.h>

#include "kab-domain-json.h"
#include "kab-json.h"
#include "kab-provider-http.h"
#include "kab-sumsub-review.h"
#include "kab-time.h"

#define TIMEOUT_MS       10000
#define ANSWER_BYTES_MAX (1024 * 1024)
#define ANSWER_DEPTH_MAX 32
#define URL_CHARS_MAX    2000

struct _KabSumsub
{
  GObject parent_instance;

  char *base_url;
  char *token;
  char *secret;
  char *level_photo;
  char *level_video;
  guint timeout_ms;
};

static void kab_sumsub_provider_init (KabIdentificationProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KabSumsub,
                               kab_sumsub,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KAB_TYPE_IDENTIFICATION_PROVIDER,
                                                      kab_sumsub_provider_init))

/* What a refusal is to the bank. */
static gboolean
check_status (guint status, GError **error)
{
  KabProviderError code;

  if (status >= 200 && status < 300)
    return TRUE;
  switch (status)
    {
    case 404:
      code = KAB_PROVIDER_ERROR_NOT_FOUND;
      break;
    case 409:
      code = KAB_PROVIDER_ERROR_EXISTS;
      break;
    case 408:
    case 429:
      code = KAB_PROVIDER_ERROR_UNAVAILABLE;
      break;
    default:
      code = status >= 500   ? KAB_PROVIDER_ERROR_UNAVAILABLE
             : status >= 400 ? KAB_PROVIDER_ERROR_REFUSED
                             : KAB_PROVIDER_ERROR_GARBAGE;
    }
  g_set_error (error, KAB_PROVIDER_ERROR, (int) code, "Sumsub answered with %u", status);
  return FALSE;
}

static JsonObject *
parse_answer (GBytes *bytes, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GError) reason = NULL;
  JsonObject *object = kab_json_parse_object (data != NULL ? data : "", length, ANSWER_BYTES_MAX,
                                              ANSWER_DEPTH_MAX, &reason);

  if (object == NULL)
    g_set_error (error, KAB_PROVIDER_ERROR, KAB_PROVIDER_ERROR_GARBAGE,
                 "Sumsub answered with no object: %s", kab_json_error_code (reason->code));
  return object;
}

/* @body is NULL for a GET. */
static JsonObject *
call (KabSumsub *self, const char *path, const char *body, GError **error)
{
  const char *method = body != NULL ? "POST" : "GET";
  gint64 now = kab_clock_now () / KAB_TIME_SECOND;
  g_autofree char *url = g_strconcat (self->base_url, path, NULL);
  g_autofree char *signature = kab_sumsub_sign (self->secret, now, method, path, body);
  g_autofree char *token = g_strconcat ("X-App-Token: ", self->token, NULL);
  g_autofree char *timestamp = g_strdup_printf ("X-App-Access-Ts: %" G_GINT64_FORMAT, now);
  g_autofree char *digest = g_strconcat ("X-App-Access-Sig: ", signature, NULL);
  const char *headers[] = {
    token, timestamp, digest, "Accept: application/json", "Content-Type: application/json", NULL
  };
  const KabProviderCall request = { method, url, headers, body, self->timeout_ms };
  g_autoptr (GBytes) answer = NULL;
  guint status;

  answer = kab_provider_http_send (&request, &status, error);
  if (answer == NULL || !check_status (status, error))
    return NULL;
  return parse_answer (answer, error);
}

static void
set_text (JsonObject *object, const char *member, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
}

static const char *
level_of (KabSumsub *self, gboolean is_video)
{
  return is_video ? self->level_video : self->level_photo;
}

/* An id goes into paths, so it is let in only when it looks like one. */
static gboolean
is_id (const char *id)
{
  gsize length = strspn (id, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_");

  return length > 0 && length <= 64 && id[length] == '\0';
}

static gboolean
fail_garbage (GError **error, const char *message)
{
  g_set_error_literal (error, KAB_PROVIDER_ERROR, KAB_PROVIDER_ERROR_GARBAGE, message);
  return FALSE;
}

static char *
read_applicant_id (JsonObject *answer, const char *person_id, GError **error)
{
  const char *id = kab_json_get_string (answer, "id", 64, NULL);
  const char *person = kab_json_get_string (answer, "externalUserId", 128, NULL);

  if (id != NULL && is_id (id) && g_strcmp0 (person, person_id) == 0)
    return g_strdup (id);
  fail_garbage (error, "An applicant without id, or another one");
  return NULL;
}

static char *
find_applicant (KabSumsub *self, const char *person_id, GError **error)
{
  g_autofree char *path =
      g_strdup_printf ("/resources/applicants/-;externalUserId=%s/one", person_id);
  g_autoptr (JsonObject) answer = call (self, path, NULL, error);

  return answer != NULL ? read_applicant_id (answer, person_id, error) : NULL;
}

static char *
kab_sumsub_enroll (KabIdentificationProvider *provider,
                   const KabIdentificationRequest *request,
                   GError **error)
{
  KabSumsub *self = KAB_SUMSUB (provider);
  g_autofree char *level = g_uri_escape_string (level_of (self, request->is_video), NULL, FALSE);
  g_autofree char *path = g_strconcat ("/resources/applicants?levelName=", level, NULL);
  g_autoptr (JsonObject) body = json_object_new ();
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (GError) local_error = NULL;

  set_text (body, "externalUserId", request->person_id);
  set_text (body, "email", request->email);
  set_text (body, "phone", request->phone);
  set_text (body, "lang", request->language);
  text = kab_domain_json_write (body);
  answer = call (self, path, text, &local_error);
  if (answer != NULL)
    return read_applicant_id (answer, request->person_id, error);
  if (g_error_matches (local_error, KAB_PROVIDER_ERROR, KAB_PROVIDER_ERROR_EXISTS))
    return find_applicant (self, request->person_id, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
is_web_address (KabSumsub *self, const char *url)
{
  if (url == NULL || !g_uri_is_valid (url, G_URI_FLAGS_NONE, NULL))
    return FALSE;
  return g_str_has_prefix (url, "https://") ||
         (g_str_has_prefix (self->base_url, "http://") && g_str_has_prefix (url, "http://"));
}

static char *
kab_sumsub_make_link (KabIdentificationProvider *provider,
                      const KabIdentificationRequest *request,
                      guint seconds,
                      GError **error)
{
  KabSumsub *self = KAB_SUMSUB (provider);
  g_autofree char *path =
      g_strdup_printf ("/resources/sdkIntegrations/levels/-/websdkLink?lang=%s", request->language);
  g_autoptr (JsonObject) body = json_object_new ();
  JsonObject *identifiers = json_object_new ();
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) answer = NULL;
  const char *url;

  set_text (identifiers, "email", request->email);
  set_text (identifiers, "phone", request->phone);
  set_text (body, "levelName", level_of (self, request->is_video));
  set_text (body, "userId", request->person_id);
  json_object_set_object_member (body, "applicantIdentifiers", identifiers);
  json_object_set_int_member (body, "ttlInSecs", seconds);
  text = kab_domain_json_write (body);
  answer = call (self, path, text, error);
  if (answer == NULL)
    return NULL;
  url = kab_json_get_string (answer, "url", URL_CHARS_MAX, NULL);
  if (is_web_address (self, url))
    return g_strdup (url);
  fail_garbage (error, "A link without an address");
  return NULL;
}

static KabIdentificationReview *
kab_sumsub_review (KabIdentificationProvider *provider,
                   const char *provider_id,
                   gboolean is_video,
                   GError **error)
{
  KabSumsub *self = KAB_SUMSUB (provider);
  g_autofree char *path = NULL;
  g_autoptr (JsonObject) answer = NULL;

  if (!is_id (provider_id))
    {
      fail_garbage (error, "No id of an applicant");
      return NULL;
    }
  path = g_strdup_printf ("/resources/applicants/%s/one", provider_id);
  answer = call (self, path, NULL, error);
  return answer != NULL ? kab_sumsub_review_read (answer, level_of (self, is_video), error) : NULL;
}

static gboolean
kab_sumsub_reset (KabIdentificationProvider *provider, const char *provider_id, GError **error)
{
  KabSumsub *self = KAB_SUMSUB (provider);
  g_autofree char *path = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!is_id (provider_id))
    return fail_garbage (error, "No id of an applicant");
  path = g_strdup_printf ("/resources/applicants/%s/reset", provider_id);
  answer = call (self, path, "", &local_error);
  if (answer != NULL)
    return TRUE;
  if (g_error_matches (local_error, KAB_PROVIDER_ERROR, KAB_PROVIDER_ERROR_EXISTS))
    local_error->code = KAB_PROVIDER_ERROR_BUSY;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static void
kab_sumsub_finalize (GObject *object)
{
  KabSumsub *self = KAB_SUMSUB (object);

  g_free (self->base_url);
  g_free (self->token);
  g_free (self->secret);
  g_free (self->level_photo);
  g_free (self->level_video);
  G_OBJECT_CLASS (kab_sumsub_parent_class)->finalize (object);
}

static void
kab_sumsub_provider_init (KabIdentificationProviderInterface *iface)
{
  iface->enroll = kab_sumsub_enroll;
  iface->make_link = kab_sumsub_make_link;
  iface->review = kab_sumsub_review;
  iface->reset = kab_sumsub_reset;
}

static void
kab_sumsub_class_init (KabSumsubClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_sumsub_finalize;
}

static void
kab_sumsub_init (KabSumsub *self)
{
}

/**
 * kab_sumsub_new:
 *
 * Returns: (transfer full): the provider; it makes no call yet
 */
KabSumsub *
kab_sumsub_new (const KabSumsubSettings *settings)
{
  KabSumsub *self = g_object_new (KAB_TYPE_SUMSUB, NULL);

  self->base_url = g_strdup (settings->base_url);
  if (g_str_has_suffix (self->base_url, "/"))
    self->base_url[strlen (self->base_url) - 1] = '\0';
  self->token = g_strdup (settings->token);
  self->secret = g_strdup (settings->secret);
  self->level_photo = g_strdup (settings->level_photo);
  self->level_video = g_strdup (settings->level_video);
  self->timeout_ms = settings->timeout_ms > 0 ? settings->timeout_ms : TIMEOUT_MS;
  return self;
}

/**
 * kab_sumsub_sign:
 * @timestamp: seconds since 1970
 * @path: path and query as they are sent
 * @body: (nullable): as it is sent
 *
 * Returns: (transfer full): X-App-Access-Sig, the lower-case HMAC-SHA256 of all of it
 */
char *
kab_sumsub_sign (const char *secret,
                 gint64 timestamp,
                 const char *method,
                 const char *path,
                 const char *body)
{
  g_autofree char *message = g_strdup_printf ("%" G_GINT64_FORMAT "%s%s%s", timestamp, method, path,
                                              body != NULL ? body : "");

  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret),
                                    message, -1);
}

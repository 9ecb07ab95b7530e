/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-sms-gateway.h"

#include <json-glib/json-glib.h>

#include "kab-curl.h"
#include "kab-delivery.h"
#include "kab-secrets.h"

struct _KabSmsGateway
{
  char *url;
  char *authorization;
  char *sender;
};

/**
 * kab_sms_gateway_new:
 * @url: the gateway's address; messages are posted to `messages` below it
 * @token: a bearer token
 * @sender: a number, or a name of at most 11 letters and digits
 *
 * Returns: (transfer full): a gateway, which several threads may use
 */
KabSmsGateway *
kab_sms_gateway_new (const char *url, const char *token, const char *sender)
{
  KabSmsGateway *self = g_new0 (KabSmsGateway, 1);

  self->url = g_str_has_suffix (url, "/") ? g_strconcat (url, "messages", NULL)
                                          : g_strconcat (url, "/messages", NULL);
  self->authorization = g_strconcat ("Authorization: Bearer ", token, NULL);
  self->sender = g_strdup (sender);
  return self;
}

void
kab_sms_gateway_free (KabSmsGateway *self)
{
  g_free (self->url);
  kab_secrets_free_text (self->authorization);
  g_free (self->sender);
  g_free (self);
}

static char *
write_body (KabSmsGateway *self, const char *to, const char *text, const char *reference)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "to", to);
  json_object_set_string_member (object, "from", self->sender);
  json_object_set_string_member (object, "text", text);
  json_object_set_string_member (object, "reference", reference);
  json_node_take_object (node, object);
  return json_to_string (node, FALSE);
}

/* What the gateway says beside its status is of no use here. */
static size_t
answer_dropped_cb (char *data, size_t size, size_t count, void *user_data)
{
  return size * count;
}

static gboolean
report (CURLcode result, long status, GError **error)
{
  gboolean is_final =
      result == CURLE_OK && (status == 400 || status == 404 || status == 422 || status == 410);

  if (result == CURLE_OK && status >= 200 && status < 300)
    return TRUE;
  g_set_error (error, KAB_DELIVERY_ERROR,
               is_final ? KAB_DELIVERY_ERROR_PERMANENT : KAB_DELIVERY_ERROR_TEMPORARY,
               "SMS gateway %ld: %s", status,
               result == CURLE_OK ? "refused" : curl_easy_strerror (result));
  return FALSE;
}

/**
 * kab_sms_gateway_send:
 * @to: E.164
 * @reference: the same for every delivery of this message
 *
 * Hands a text message to the gateway and waits for the answer; blocks.
 *
 * Returns: %FALSE with an error of %KAB_DELIVERY_ERROR
 */
gboolean
kab_sms_gateway_send (KabSmsGateway *self,
                      const char *to,
                      const char *text,
                      const char *reference,
                      GError **error)
{
  char *body = write_body (self, to, text, reference);
  struct curl_slist *headers = curl_slist_append (NULL, "Content-Type: application/json");
  CURL *curl = kab_curl_new ();
  CURLcode result;
  long status = 0;

  headers = curl_slist_append (headers, self->authorization);
  curl_easy_setopt (curl, CURLOPT_URL, self->url);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt (curl, CURLOPT_POSTFIELDS, body);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, answer_dropped_cb);
  result = curl_easy_perform (curl);
  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_cleanup (curl);
  curl_slist_free_all (headers);
  kab_secrets_free_text (body);
  return report (result, status, error);
}

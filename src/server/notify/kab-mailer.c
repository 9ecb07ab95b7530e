/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-mailer.h"

#include <curl/curl.h>
#include <string.h>

#include "kab-curl.h"
#include "kab-delivery.h"
#include "kab-secrets.h"

struct _KabMailer
{
  KabMailServer server;
  char *url;
};

typedef struct
{
  const char *data;
  gsize left;
} Upload;

/**
 * kab_mailer_new:
 * @server: where mails are handed in; copied
 *
 * Returns: (transfer full): a mailer, which several threads may use
 */
KabMailer *
kab_mailer_new (const KabMailServer *server)
{
  KabMailer *self = g_new0 (KabMailer, 1);

  self->server.host = g_strdup (server->host);
  self->server.port = server->port;
  self->server.starttls = server->starttls;
  self->server.ca_file = g_strdup (server->ca_file);
  self->server.user = g_strdup (server->user);
  self->server.password = g_strdup (server->password);
  self->url = g_strdup_printf ("smtp://%s:%u", server->host, server->port);
  return self;
}

void
kab_mailer_free (KabMailer *self)
{
  g_free (self->server.host);
  g_free (self->server.ca_file);
  g_free (self->server.user);
  kab_secrets_free_text (self->server.password);
  g_free (self->url);
  g_free (self);
}

static size_t
body_wanted_cb (char *buffer, size_t size, size_t count, void *user_data)
{
  Upload *upload = user_data;
  gsize length = MIN (size * count, upload->left);

  memcpy (buffer, upload->data, length);
  upload->data += length;
  upload->left -= length;
  return length;
}

static void
set_options (KabMailer *self,
             CURL *curl,
             const KabMail *mail,
             struct curl_slist *receivers,
             Upload *upload)
{
  curl_easy_setopt (curl, CURLOPT_URL, self->url);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "smtp");
  curl_easy_setopt (curl, CURLOPT_USE_SSL,
                    (long) (self->server.starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
  if (self->server.ca_file != NULL)
    curl_easy_setopt (curl, CURLOPT_CAINFO, self->server.ca_file);
  if (self->server.user != NULL)
    {
      curl_easy_setopt (curl, CURLOPT_USERNAME, self->server.user);
      curl_easy_setopt (curl, CURLOPT_PASSWORD, self->server.password);
    }
  curl_easy_setopt (curl, CURLOPT_MAIL_FROM, mail->from);
  curl_easy_setopt (curl, CURLOPT_MAIL_RCPT, receivers);
  curl_easy_setopt (curl, CURLOPT_READFUNCTION, body_wanted_cb);
  curl_easy_setopt (curl, CURLOPT_READDATA, upload);
  curl_easy_setopt (curl, CURLOPT_UPLOAD, 1L);
}

/* A refusal of the receiver or of the mail is final (RFC 5321, 4.2.1); one of our name and
 * password, or of the connection, is a matter of operations and is tried again. */
static gboolean
report (CURLcode result, long reply, GError **error)
{
  gboolean is_final = reply >= 550 && reply < 560 && result == CURLE_SEND_ERROR;

  if (result == CURLE_OK)
    return TRUE;
  g_set_error (error, KAB_DELIVERY_ERROR,
               is_final ? KAB_DELIVERY_ERROR_PERMANENT : KAB_DELIVERY_ERROR_TEMPORARY,
               "SMTP %ld: %s", reply, curl_easy_strerror (result));
  return FALSE;
}

/**
 * kab_mailer_send:
 *
 * Hands a mail in and waits for the answer; blocks.
 *
 * Returns: %FALSE with an error of %KAB_DELIVERY_ERROR
 */
gboolean
kab_mailer_send (KabMailer *self, const KabMail *mail, GError **error)
{
  g_autoptr (GBytes) message = kab_mail_message_compose (mail, error);
  struct curl_slist *receivers;
  Upload upload;
  CURLcode result;
  CURL *curl;
  long reply = 0;

  if (message == NULL)
    return FALSE;
  upload.data = g_bytes_get_data (message, &upload.left);
  curl = kab_curl_new ();
  receivers = curl_slist_append (NULL, mail->to);
  set_options (self, curl, mail, receivers, &upload);
  result = curl_easy_perform (curl);
  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &reply);
  curl_slist_free_all (receivers);
  curl_easy_cleanup (curl);
  return report (result, reply, error);
}

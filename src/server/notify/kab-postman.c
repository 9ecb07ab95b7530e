/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-postman.h"

#include "kab-delivery.h"
#include "kab-notice-payload.h"
#include "kab-notice-texts.h"
#include "kab-secrets.h"

struct _KabPostman
{
  KabMailer *mailer;
  KabSmsGateway *gateway;
  char *bank;
  char *from;
  GBytes *secret_key;
};

/**
 * kab_postman_new:
 * @mailer: (transfer full): for mails
 * @gateway: (transfer full): for text messages
 * @bank: the bank's name
 * @from: the sender's e-mail address
 * @secret_key: the server's key, which secrets are sealed with
 *
 * Returns: (transfer full): a postman, which several threads may use
 */
KabPostman *
kab_postman_new (KabMailer *mailer,
                 KabSmsGateway *gateway,
                 const char *bank,
                 const char *from,
                 GBytes *secret_key)
{
  KabPostman *self = g_new0 (KabPostman, 1);

  self->mailer = mailer;
  self->gateway = gateway;
  self->bank = g_strdup (bank);
  self->from = g_strdup (from);
  self->secret_key = g_bytes_ref (secret_key);
  return self;
}

void
kab_postman_free (KabPostman *self)
{
  kab_mailer_free (self->mailer);
  kab_sms_gateway_free (self->gateway);
  g_free (self->bank);
  g_free (self->from);
  g_bytes_unref (self->secret_key);
  g_free (self);
}

/* A code that has expired on the way only confuses, so it isn't delivered any more. */
static KabNoticePayload *
open_payload (KabPostman *self, const KabOutboxMessage *message, gint64 now, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (KabNoticePayload) payload =
      kab_notice_payload_read (message->payload, self->secret_key, &local_error);

  if (payload == NULL)
    {
      g_set_error (error, KAB_DELIVERY_ERROR, KAB_DELIVERY_ERROR_PERMANENT,
                   "The notice can't be read: %s", local_error->message);
      return NULL;
    }
  if (payload->secret != NULL && payload->expires_at <= now)
    {
      g_set_error_literal (error, KAB_DELIVERY_ERROR, KAB_DELIVERY_ERROR_PERMANENT,
                           "The secret has expired before it could be delivered");
      return NULL;
    }
  return g_steal_pointer (&payload);
}

static KabNoticeValues
get_values (KabPostman *self, const KabOutboxMessage *message, const KabNoticePayload *payload)
{
  const GTimeSpan lifetime =
      payload->secret != NULL ? payload->expires_at - message->created_at : 0;

  return (KabNoticeValues) { .bank = self->bank,
                             .secret = payload->secret,
                             .minutes = (guint) (MAX (lifetime, 0) / G_TIME_SPAN_MINUTE) };
}

/**
 * kab_postman_deliver_mail:
 * @message: of the kind %KAB_OUTBOX_MAIL
 * @now: microseconds since 1970
 * @postman: a #KabPostman
 *
 * A #KabOutboxDeliver.
 */
gboolean
kab_postman_deliver_mail (const KabOutboxMessage *message,
                          gint64 now,
                          gpointer postman,
                          GError **error)
{
  KabPostman *self = postman;
  g_autoptr (KabNoticePayload) payload = open_payload (self, message, now, error);
  g_autofree char *subject = NULL;
  KabNoticeValues values;
  gboolean is_sent;
  char *text;

  if (payload == NULL)
    return FALSE;
  subject = kab_notice_texts_subject (payload->kind, payload->language, self->bank);
  values = get_values (self, message, payload);
  text = kab_notice_texts_mail (payload->kind, payload->language, &values);
  is_sent = kab_mailer_send (self->mailer,
                             &(KabMail) { .from_name = self->bank,
                                          .from = self->from,
                                          .to = payload->address,
                                          .subject = subject,
                                          .text = text,
                                          .reference = message->dedupe_key,
                                          .sent_at = now },
                             error);
  kab_secrets_free_text (text);
  return is_sent;
}

/**
 * kab_postman_deliver_sms:
 * @message: of the kind %KAB_OUTBOX_SMS
 * @now: microseconds since 1970
 * @postman: a #KabPostman
 *
 * A #KabOutboxDeliver.
 */
gboolean
kab_postman_deliver_sms (const KabOutboxMessage *message,
                         gint64 now,
                         gpointer postman,
                         GError **error)
{
  KabPostman *self = postman;
  g_autoptr (KabNoticePayload) payload = open_payload (self, message, now, error);
  KabNoticeValues values;
  gboolean is_sent;
  char *text;

  if (payload == NULL)
    return FALSE;
  values = get_values (self, message, payload);
  text = kab_notice_texts_sms (payload->kind, payload->language, &values);
  is_sent =
      kab_sms_gateway_send (self->gateway, payload->address, text, message->dedupe_key, error);
  kab_secrets_free_text (text);
  return is_sent;
}

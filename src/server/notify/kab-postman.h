/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-mailer.h"
#include "kab-outbox.h"
#include "kab-sms-gateway.h"

G_BEGIN_DECLS

/**
 * KabPostman:
 *
 * Turns notices of the outbox into words and hands them to the mail server and the SMS gateway.
 */
typedef struct _KabPostman KabPostman;

KabPostman *kab_postman_new (KabMailer *mailer,
                             KabSmsGateway *gateway,
                             const char *bank,
                             const char *from,
                             GBytes *secret_key);
void kab_postman_free (KabPostman *self);
gboolean kab_postman_deliver_mail (const KabOutboxMessage *message,
                                   gint64 now,
                                   gpointer postman,
                                   GError **error);
gboolean kab_postman_deliver_sms (const KabOutboxMessage *message,
                                  gint64 now,
                                  gpointer postman,
                                  GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabPostman, kab_postman_free)

G_END_DECLS

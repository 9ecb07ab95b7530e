/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-mail-message.h"

G_BEGIN_DECLS

/**
 * KabMailServer:
 * @starttls: whether the connection has to be encrypted; without it nothing is
 * @ca_file: (nullable): certificates to trust instead of the system's
 * @user: (nullable): user name, if the server asks
 * @password: (nullable): its password
 *
 * Where mails are handed in (RFC 6409).
 */
typedef struct
{
  char *host;
  guint port;
  gboolean starttls;
  char *ca_file;
  char *user;
  char *password;
} KabMailServer;

typedef struct _KabMailer KabMailer;

KabMailer *kab_mailer_new (const KabMailServer *server);
void kab_mailer_free (KabMailer *self);
gboolean kab_mailer_send (KabMailer *self, const KabMail *mail, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabMailer, kab_mailer_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabSandboxMail:
 * @from: (owned): the sender as the reader sees it
 * @subject: (owned): the subject, decoded
 * @text: (owned): the plain text, decoded
 *
 * What a reader sees of a mail.
 */
typedef struct
{
  char *from;
  char *subject;
  char *text;
} KabSandboxMail;

KabSandboxMail *kab_sandbox_mail_new (GBytes *source);
void kab_sandbox_mail_free (KabSandboxMail *mail);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabSandboxMail, kab_sandbox_mail_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabMail:
 * @from_name: the sender as the reader sees it
 * @from: the sender's address
 * @to: the receiver's address
 * @reference: the same for every delivery of this mail; becomes its Message-ID
 * @sent_at: microseconds since 1970
 *
 * A mail of plain text.
 */
typedef struct
{
  const char *from_name;
  const char *from;
  const char *to;
  const char *subject;
  const char *text;
  const char *reference;
  gint64 sent_at;
} KabMail;

GBytes *kab_mail_message_compose (const KabMail *mail, GError **error);

G_END_DECLS

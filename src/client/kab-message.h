/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-record.h"
#include "kab-file.h"

G_BEGIN_DECLS

#define KAB_TYPE_MESSAGE (kab_message_get_type ())

/**
 * KabMessage:
 *
 * A message between the client and the bank.
 */
G_DECLARE_FINAL_TYPE (KabMessage, kab_message, KAB, MESSAGE, KabRecord)

/** An empty one, to be filled by kab_record_update_from_json(). Returns: (transfer full) */
KabMessage *kab_message_new (void);

/** #KabMessage:id: its id. Returns: (transfer none) */
const char *kab_message_get_id (KabMessage *self);
/** #KabMessage:from: `client` or `bank`. Returns: (transfer none) */
const char *kab_message_get_from (KabMessage *self);
/** #KabMessage:author: name of the employee. Returns: (transfer none) (nullable) */
const char *kab_message_get_author (KabMessage *self);
/** #KabMessage:text: what is said: plain text. Returns: (transfer none) */
const char *kab_message_get_text (KabMessage *self);
/** #KabMessage:sent-at: when it was sent. Returns: (transfer none) (nullable) */
GDateTime *kab_message_get_sent_at (KabMessage *self);
/** #KabMessage:read: whether the other side read it. */
gboolean kab_message_get_read (KabMessage *self);
/** #KabMessage:attachments: its files. Returns: (transfer none) a GListModel of KabFile */
GListModel *kab_message_get_attachments (KabMessage *self);

G_END_DECLS

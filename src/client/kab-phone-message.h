/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define KAB_TYPE_PHONE_MESSAGE (kab_phone_message_get_type ())

/**
 * KabPhoneMessage:
 *
 * A text message or mail that arrived at the phone of the demo bank. It never changes.
 */
G_DECLARE_FINAL_TYPE (KabPhoneMessage, kab_phone_message, KAB, PHONE_MESSAGE, GObject)

/** From what the sandbox sends. Returns: (transfer full) (nullable) NULL when it isn't understood
 */
KabPhoneMessage *kab_phone_message_new_from_json (JsonObject *object);

gint64 kab_phone_message_get_id (KabPhoneMessage *self);
/** Whether it is a mail, else a text message. */
gboolean kab_phone_message_is_mail (KabPhoneMessage *self);

/* Returns: (transfer none) each; the subject is empty for text messages. */
const char *kab_phone_message_get_from (KabPhoneMessage *self);
const char *kab_phone_message_get_to (KabPhoneMessage *self);
const char *kab_phone_message_get_subject (KabPhoneMessage *self);
const char *kab_phone_message_get_text (KabPhoneMessage *self);

/** When it arrived, microseconds since 1970 in UTC; 0 when not said. */
gint64 kab_phone_message_get_time (KabPhoneMessage *self);

/** The first six digits in a row in its text, a code (A2). Returns: (transfer none) (nullable) */
const char *kab_phone_message_get_code (KabPhoneMessage *self);

G_END_DECLS

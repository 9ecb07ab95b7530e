/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * KabReply:
 *
 * The answer to a call that succeeded (2xx). Reference counted.
 */
typedef struct _KabReply KabReply;

void kab_reply_unref (KabReply *self);

guint kab_reply_get_status (KabReply *self);

/** The ETag as it came. Returns: (transfer none) (nullable) */
const char *kab_reply_get_etag (KabReply *self);

/** A header of the answer. Returns: (transfer none) (nullable) */
const char *kab_reply_get_header (KabReply *self, const char *name);

/** The JSON object. Returns: (transfer none) (nullable) NULL for 204 and for bytes */
JsonObject *kab_reply_get_object (KabReply *self);

/** The bytes when bytes were expected. Returns: (transfer none) (nullable) */
GBytes *kab_reply_get_bytes (KabReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabReply, kab_reply_unref)

G_END_DECLS

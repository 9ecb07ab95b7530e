/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes of the server's key, which codes are hashed with. */
#define KAB_SECRETS_KEY_SIZE 32

char *kab_secrets_new_token (char kind);
GBytes *kab_secrets_hash_token (const char *token);
char *kab_secrets_new_code (void);
GBytes *kab_secrets_hash_code (GBytes *key,
                               const char *purpose,
                               const char *subject,
                               const char *channel,
                               const char *code);
char *kab_secrets_new_temporary_password (void);
void
kab_secrets_derive_key (gconstpointer key, gsize key_size, const char *purpose, guint8 *derived);
GBytes *kab_secrets_seal (const guint8 *key, gconstpointer plain, gsize size);
GBytes *kab_secrets_unseal (const guint8 *key, GBytes *sealed);
void kab_secrets_free_text (char *text);

G_END_DECLS

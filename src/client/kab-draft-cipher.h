/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabDraftCipher:
 *
 * Seals drafts with XChaCha20-Poly1305 under one key that lies in locked memory. A sealed draft opens
 * only under the name it was sealed for.
 */
typedef struct _KabDraftCipher KabDraftCipher;

/** @key: as made by kab_draft_cipher_make_key(). Returns: (transfer full) (nullable) NULL when it's no key */
KabDraftCipher *kab_draft_cipher_new (const char *key);
void kab_draft_cipher_free (KabDraftCipher *self);

/** A fresh key as text for the secret service. Returns: (transfer full) for kab_secret_free() */
char *kab_draft_cipher_make_key (void);

/** A file name for @key that tells nothing without the key. Returns: (transfer full) */
char *kab_draft_cipher_make_name (KabDraftCipher *self, const char *key);

/** Returns: (transfer full) */
GBytes *kab_draft_cipher_seal (KabDraftCipher *self, const char *name, GBytes *plain);

/** Returns: (transfer full) (nullable) NULL when it was damaged, moved or sealed under another key */
GBytes *kab_draft_cipher_open (KabDraftCipher *self, const char *name, GBytes *sealed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabDraftCipher, kab_draft_cipher_free)

G_END_DECLS

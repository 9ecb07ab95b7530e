/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * A copy of @secret in memory that is locked against swapping.
 *
 * Returns: (transfer full) (nullable)
 */
char *kab_secret_dup (const char *secret);

/** Wipes and frees what kab_secret_dup() gave. NULL is fine. */
void kab_secret_free (char *secret);

/** Replaces *@place by a copy of @secret, which may be NULL, wiping the old one. */
void kab_secret_take (char **place, const char *secret);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Stands before libsodium's Argon2id (the linker's --wrap): sees what is asked of it, and holds it.
 * A test that counts computations says more than one that measures them. */

/* Notes what is asked from now on. */
void kab_test_argon2_watch (void);

/* What was asked since, a line each: "hash", or "compare" with the parameters and the length of the
 * password. */
char *kab_test_argon2_take (void);

/* Keeps every computation from ending, and lets them go on. */
void kab_test_argon2_hold (void);
void kab_test_argon2_let_go (void);

/* How many were computed at the same time, at most. */
guint kab_test_argon2_get_most_at_once (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *kab_sandbox_hmac_hex (GChecksumType algorithm, const char *key, GBytes *message);
char *kab_sandbox_request_digest (const char *secret,
                                  const char *timestamp,
                                  const char *method,
                                  const char *target,
                                  GBytes *body);
char *kab_sandbox_jwt_hs256 (const char *header, const char *claims, const char *key);
gboolean kab_sandbox_equal (const char *a, const char *b);
char *kab_sandbox_random_hex (gsize n_bytes);
char *kab_sandbox_random_token (gsize n_bytes);

G_END_DECLS

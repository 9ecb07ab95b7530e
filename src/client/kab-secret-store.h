/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KabSecretKind:
 * @KAB_SECRET_SESSION: the token of a session, schema org.kabinets.Kabinets.Session
 * @KAB_SECRET_JOURNAL: the key of the draft journal, schema org.kabinets.Kabinets.Journal
 */
typedef enum
{
  KAB_SECRET_SESSION,
  KAB_SECRET_JOURNAL,
} KabSecretKind;

/**
 * Keeps @secret for @bank (its base URI) in the user's secret service, replacing what was there.
 * NULL as @secret forgets it. Never writes it anywhere else: where there is no secret service, or
 * it is locked and the user doesn't open it, this fails and the app goes on without.
 *
 * The finish function returns FALSE with an error of libsecret, G_DBUS_ERROR or G_IO_ERROR;
 * tolerate it.
 */
void kab_secret_store_async (KabSecretKind kind,
                             const char *bank,
                             const char *secret,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean kab_secret_store_finish (GAsyncResult *result, GError **error);

/** Looks up what was kept for @bank. */
void kab_secret_lookup_async (KabSecretKind kind,
                              const char *bank,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/**
 * Returns: (transfer full) (nullable) to be freed with kab_secret_free(); NULL without an error
 * when nothing was kept, NULL with an error as of kab_secret_store_finish()
 */
char *kab_secret_lookup_finish (GAsyncResult *result, GError **error);

G_END_DECLS

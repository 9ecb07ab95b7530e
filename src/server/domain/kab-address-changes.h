/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-caller.h"
#include "kab-codes.h"

G_BEGIN_DECLS

char *kab_address_changes_create (KabTransaction *tx,
                                  const KabCodes *codes,
                                  const KabCaller *caller,
                                  const char *channel,
                                  const char *address,
                                  gint64 *expires_at,
                                  GError **error);
gboolean kab_address_changes_confirm (KabTransaction *tx,
                                      const KabCodes *codes,
                                      const KabCaller *caller,
                                      const char *id,
                                      const char *code,
                                      KabCodeVerdict *verdict,
                                      gint64 *tries_left,
                                      GError **error);

G_END_DECLS

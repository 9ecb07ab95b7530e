/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-store.h"

G_BEGIN_DECLS

gboolean kab_upkeep_check_history (KabStore *store, GError **error);
gboolean kab_upkeep_retry_outbox (KabStore *store, GError **error);

G_END_DECLS

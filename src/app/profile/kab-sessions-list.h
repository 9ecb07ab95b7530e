/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kab-api.h"

G_BEGIN_DECLS

#define KAB_TYPE_SESSIONS_LIST (kab_sessions_list_get_type ())
G_DECLARE_FINAL_TYPE (KabSessionsList, kab_sessions_list, KAB, SESSIONS_LIST, AdwBin)

GtkWidget *kab_sessions_list_new (KabApi *api);

G_END_DECLS

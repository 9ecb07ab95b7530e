/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kab-idle-timer.h"

G_BEGIN_DECLS

#define KAB_TYPE_IDLE_GUARD (kab_idle_guard_get_type ())
G_DECLARE_FINAL_TYPE (KabIdleGuard, kab_idle_guard, KAB, IDLE_GUARD, GObject)

KabIdleGuard *kab_idle_guard_new (GtkWidget *window, KabIdleTimer *timer);

G_END_DECLS

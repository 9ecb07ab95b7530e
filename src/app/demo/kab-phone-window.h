/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kab-phone-feed.h"

G_BEGIN_DECLS

#define KAB_TYPE_PHONE_WINDOW (kab_phone_window_get_type ())
G_DECLARE_FINAL_TYPE (KabPhoneWindow, kab_phone_window, KAB, PHONE_WINDOW, AdwWindow)

GtkWidget *kab_phone_window_new (GListModel *messages);

G_END_DECLS

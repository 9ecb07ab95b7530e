/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "kab-client-data.h"

G_BEGIN_DECLS

#define KAB_TYPE_MESSAGE_NOTIFIER (kab_message_notifier_get_type ())
G_DECLARE_FINAL_TYPE (KabMessageNotifier, kab_message_notifier, KAB, MESSAGE_NOTIFIER, GObject)

KabMessageNotifier *kab_message_notifier_new (GtkApplication *application, KabClientData *data);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "kab-api.h"
#include "kab-onboarding.h"

G_BEGIN_DECLS

gboolean kab_withdrawal_is_possible (KabOnboarding *onboarding);
void kab_withdrawal_ask (GtkWidget *page, KabApi *api, KabOnboarding *onboarding);

G_END_DECLS

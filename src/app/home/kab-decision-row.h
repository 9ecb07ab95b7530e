/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kab-service-decision.h"

G_BEGIN_DECLS

GtkWidget *kab_decision_row_new (KabServiceDecision *decision, const char *phone);

G_END_DECLS

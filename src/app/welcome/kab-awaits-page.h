/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-page.h"
#include "welcome/kab-awaits-model.h"

G_BEGIN_DECLS

#define KAB_TYPE_AWAITS_PAGE (kab_awaits_page_get_type ())
G_DECLARE_FINAL_TYPE (KabAwaitsPage, kab_awaits_page, KAB, AWAITS_PAGE, KabPage)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-page.h"
#include "home/kab-home-model.h"

G_BEGIN_DECLS

#define KAB_TYPE_HOME_PAGE (kab_home_page_get_type ())
G_DECLARE_FINAL_TYPE (KabHomePage, kab_home_page, KAB, HOME_PAGE, KabPage)

G_END_DECLS

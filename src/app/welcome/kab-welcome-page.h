/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_WELCOME_PAGE (kab_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (KabWelcomePage, kab_welcome_page, KAB, WELCOME_PAGE, KabPage)

G_END_DECLS

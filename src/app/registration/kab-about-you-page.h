/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_ABOUT_YOU_PAGE (kab_about_you_page_get_type ())
G_DECLARE_FINAL_TYPE (KabAboutYouPage, kab_about_you_page, KAB, ABOUT_YOU_PAGE, KabPage)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_PROFILE_PAGE (kab_profile_page_get_type ())
G_DECLARE_FINAL_TYPE (KabProfilePage, kab_profile_page, KAB, PROFILE_PAGE, KabPage)

G_END_DECLS

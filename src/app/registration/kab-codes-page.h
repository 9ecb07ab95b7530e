/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_CODES_PAGE (kab_codes_page_get_type ())
G_DECLARE_FINAL_TYPE (KabCodesPage, kab_codes_page, KAB, CODES_PAGE, KabPage)

G_END_DECLS

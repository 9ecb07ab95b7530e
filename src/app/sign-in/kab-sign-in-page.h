/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_SIGN_IN_PAGE (kab_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (KabSignInPage, kab_sign_in_page, KAB, SIGN_IN_PAGE, KabPage)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_RECOVERY_CODE_PAGE (kab_recovery_code_page_get_type ())
G_DECLARE_FINAL_TYPE (KabRecoveryCodePage, kab_recovery_code_page, KAB, RECOVERY_CODE_PAGE, KabPage)

G_END_DECLS

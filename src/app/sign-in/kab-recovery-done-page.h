/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_RECOVERY_DONE_PAGE (kab_recovery_done_page_get_type ())
G_DECLARE_FINAL_TYPE (KabRecoveryDonePage, kab_recovery_done_page, KAB, RECOVERY_DONE_PAGE, KabPage)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "application/kab-application-model.h"
#include "common/kab-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_APPLICATION_PAGE (kab_application_page_get_type ())
G_DECLARE_FINAL_TYPE (KabApplicationPage, kab_application_page, KAB, APPLICATION_PAGE, KabPage)

G_END_DECLS

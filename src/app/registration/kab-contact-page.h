/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_CONTACT_PAGE (kab_contact_page_get_type ())
G_DECLARE_FINAL_TYPE (KabContactPage, kab_contact_page, KAB, CONTACT_PAGE, KabPage)

G_END_DECLS

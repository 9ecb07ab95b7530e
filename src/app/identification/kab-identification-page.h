/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-page.h"
#include "identification/kab-identification-model.h"

G_BEGIN_DECLS

#define KAB_TYPE_IDENTIFICATION_PAGE (kab_identification_page_get_type ())
G_DECLARE_FINAL_TYPE (KabIdentificationPage,
                      kab_identification_page,
                      KAB,
                      IDENTIFICATION_PAGE,
                      KabPage)

G_END_DECLS

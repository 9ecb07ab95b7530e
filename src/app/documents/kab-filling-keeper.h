/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/kab-document-model.h"
#include "preview/kab-preview-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_FILLING_KEEPER (kab_filling_keeper_get_type ())
G_DECLARE_FINAL_TYPE (KabFillingKeeper, kab_filling_keeper, KAB, FILLING_KEEPER, GObject)

KabFillingKeeper *kab_filling_keeper_new (KabPreviewPage *page, KabDocumentModel *model);

G_END_DECLS

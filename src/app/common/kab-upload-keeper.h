/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-attachments.h"
#include "kab-draft-journal.h"

G_BEGIN_DECLS

#define KAB_TYPE_UPLOAD_KEEPER (kab_upload_keeper_get_type ())
G_DECLARE_FINAL_TYPE (KabUploadKeeper, kab_upload_keeper, KAB, UPLOAD_KEEPER, GObject)

KabUploadKeeper *
kab_upload_keeper_new (KabAttachments *attachments, KabDraftJournal *journal, const char *key);
void kab_upload_keeper_keep_until_saved (KabUploadKeeper *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-attachments.h"

G_BEGIN_DECLS

char *kab_file_refusal_text (KabAttachments *files, const GError *error);

G_END_DECLS

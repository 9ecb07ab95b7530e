/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-file-rules.h"

G_BEGIN_DECLS

gboolean kab_file_content_is (KabFileFormat format, const guint8 *head, gsize length);

G_END_DECLS

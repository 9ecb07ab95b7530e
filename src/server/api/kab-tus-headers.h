/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-request.h"

G_BEGIN_DECLS

#define KAB_TUS_VERSION         "1.0.0"
#define KAB_TUS_CHECKSUM_SIZE   32
#define KAB_TUS_CHECKSUM_METHOD "sha256"

gboolean kab_tus_check_version (KabRequest *request, GError **error);
char *kab_tus_read_metadata (const char *metadata, const char *key, GError **error);
gboolean kab_tus_read_checksum (const char *header, guint8 *checksum, GError **error);
char *kab_tus_format_expiry (gint64 time);

G_END_DECLS

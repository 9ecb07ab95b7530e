/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-connection.h"

G_BEGIN_DECLS

/* "Kab1" */
#define KAB_SQLITE_APPLICATION_ID 1264673329

gboolean kab_sqlite_folder_check (const char *path, GError **error);
gboolean kab_file_system_is_remote (gint64 type);
gboolean kab_sqlite_file_check (KabConnection *connection, GError **error);
gboolean kab_sqlite_file_check_migrated (KabConnection *connection, gint64 version, GError **error);

G_END_DECLS

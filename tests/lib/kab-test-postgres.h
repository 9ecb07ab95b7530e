/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * kab_test_postgres_new_database:
 *
 * Starts, at the first call of a test program, a PostgreSQL server of the program's own: in a
 * temporary folder, reachable through a Unix socket only, without fsync unless
 * `KABINETS_TEST_FSYNC=1` is set. A guardian ends it and removes the folder when the program
 * ends, however it ends. The test fails when there is no PostgreSQL.
 *
 * Returns: (transfer full): the URL of a new, empty database
 */
char *kab_test_postgres_new_database (void);

G_END_DECLS

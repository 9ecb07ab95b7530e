/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-connection.h"

#include <libpq-fe.h>

G_BEGIN_DECLS

#define KAB_POSTGRES_CHANNEL "kabinets"

PGconn *kab_postgres_connect (const char *url, GError **error);

G_END_DECLS

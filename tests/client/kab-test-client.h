/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-api.h"
#include "kab-test-server.h"

G_BEGIN_DECLS

/* Time-outs that a test can wait for. */
extern const KabTimeouts kab_test_timeouts;

/** An API for @server with kab_test_timeouts. Returns: (transfer full) */
KabApi *kab_test_api_new (KabTestServer *server);

/** Sends @request and waits. Returns: (transfer full) (nullable) */
KabReply *kab_test_api_send (KabApi *api, KabRequest *request, GError **error);

/** Gets @path and waits. Returns: (transfer full) (nullable) */
KabReply *kab_test_api_get (KabApi *api, const char *path, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-http-exchange.h"
#include "kab-response-private.h"

G_BEGIN_DECLS

enum MHD_Result kab_http_reply_queue (KabExchange *exchange,
                                      struct MHD_Connection *mhd,
                                      KabResponse *response,
                                      const char *request_id,
                                      gboolean closes);

G_END_DECLS

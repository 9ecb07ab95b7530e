/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabProviderCall:
 * @method: `GET` or `POST`
 * @url: of http only when it is a stand-in on this machine
 * @headers: (nullable) (array zero-terminated=1): lines such as `Accept: application/json`
 * @body: (nullable): of a POST
 * @timeout_ms: for all of it
 *
 * A call to an outside service.
 */
typedef struct
{
  const char *method;
  const char *url;
  const char *const *headers;
  const char *body;
  guint timeout_ms;
} KabProviderCall;

GBytes *kab_provider_http_send (const KabProviderCall *call, guint *status, GError **error);

G_END_DECLS

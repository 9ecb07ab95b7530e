/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _KabSmsGateway KabSmsGateway;

KabSmsGateway *kab_sms_gateway_new (const char *url, const char *token, const char *sender);
void kab_sms_gateway_free (KabSmsGateway *self);
gboolean kab_sms_gateway_send (KabSmsGateway *self,
                               const char *to,
                               const char *text,
                               const char *reference,
                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabSmsGateway, kab_sms_gateway_free)

G_END_DECLS

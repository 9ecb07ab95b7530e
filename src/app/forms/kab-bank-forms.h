/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-bank.h"
#include "kab-client-data.h"
#include "kab-form-context.h"
#include "kab-form-definition.h"

G_BEGIN_DECLS

void kab_bank_open_form_async (KabApi *api,
                               KabBank *bank,
                               const char *id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
KabFormDefinition *kab_bank_open_form_finish (KabApi *api, GAsyncResult *result, GError **error);
KabFormContext *kab_client_form_context (KabClientData *data, const char *const *services);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-bank-data.h"
#include "kab-response.h"

G_BEGIN_DECLS

/**
 * KabApiPublication:
 *
 * What the bank publishes, written once at the start. Besides being quick this is what makes it
 * safe: json-glib counts references without atomic operations, so that workers may read the bank's
 * JSON together, but must neither pass it on nor copy its nodes.
 */
typedef struct _KabApiPublication KabApiPublication;

KabApiPublication *kab_api_publication_new (KabBankData *bank, gboolean is_demo);
void kab_api_publication_free (KabApiPublication *self);
KabResponse *kab_api_publication_answer_bank (const KabApiPublication *self);
KabResponse *kab_api_publication_answer_form (const KabApiPublication *self, const char *id);
const char *kab_api_publication_get_title (const KabApiPublication *self, const char *document);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabApiPublication, kab_api_publication_free)

G_END_DECLS

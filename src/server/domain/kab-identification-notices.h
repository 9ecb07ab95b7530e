/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-transaction.h"

G_BEGIN_DECLS

/**
 * KabIdentificationNotice:
 * @key: the same for every delivery of the same notice
 * @person_id: whom it is about: the id of an identification
 * @provider_id: what the provider calls the person
 * @at: when the provider made it, microseconds since 1970
 *
 * A genuine notice that something has changed at the identification provider. It says nothing that
 * counts: the provider is asked.
 */
typedef struct
{
  char *key;
  char *person_id;
  char *provider_id;
  gint64 at;
} KabIdentificationNotice;

gboolean kab_identification_notices_take (KabTransaction *tx,
                                          const KabIdentificationNotice *notice,
                                          GError **error);
gboolean kab_identification_notices_prune (KabTransaction *tx, gint64 before, GError **error);
void kab_identification_notice_free (KabIdentificationNotice *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabIdentificationNotice, kab_identification_notice_free)

G_END_DECLS

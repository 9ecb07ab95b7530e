/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-identification-state.h"
#include "kab-transaction.h"

G_BEGIN_DECLS

typedef enum
{
  KAB_IDENTIFICATION_PHOTO,
  KAB_IDENTIFICATION_VIDEO,
  KAB_IDENTIFICATION_IN_PERSON,
} KabIdentificationKind;

/**
 * KabIdentification:
 * @user: (nullable): whose account it is; %NULL for a person without one
 * @person: the person's name
 * @provider_id: (nullable): what the provider calls the person, once it knows
 * @comment: what the provider or the bank says to the person
 * @labels: a JSON array of the provider's reasons
 * @event_at: time of the newest notice of the provider; older ones have no effect
 *
 * One identification of one person: a row of identifications.
 */
typedef struct
{
  char *id;
  char *application;
  char *user;
  char *person;
  KabIdentificationKind kind;
  KabIdentificationState state;
  char *provider_id;
  char *comment;
  char *labels;
  gint64 event_at;
  gint64 version;
  gint64 changed_at;
} KabIdentification;

KabIdentification *
kab_identification_load (KabTransaction *tx, const char *id, const char *user, GError **error);
GPtrArray *kab_identification_list (KabTransaction *tx, const char *application, GError **error);
const char *kab_identification_kind_name (KabIdentificationKind kind);
void kab_identification_free (KabIdentification *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabIdentification, kab_identification_free)

G_END_DECLS

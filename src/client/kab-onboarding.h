/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-record.h"
#include "kab-identification.h"
#include "kab-onboarding-stage.h"
#include "kab-service-decision.h"

G_BEGIN_DECLS

#define KAB_TYPE_ONBOARDING (kab_onboarding_get_type ())

/**
 * KabOnboarding:
 *
 * An application for services of the bank: its answers, its stages, its decisions. ("Application"
 * on the wire; here the word is taken by the program.)
 */
G_DECLARE_FINAL_TYPE (KabOnboarding, kab_onboarding, KAB, ONBOARDING, KabRecord)

/** An empty one, to be filled by kab_record_update_from_json(). Returns: (transfer full) */
KabOnboarding *kab_onboarding_new (void);

/** #KabOnboarding:id: its id. Returns: (transfer none) */
const char *kab_onboarding_get_id (KabOnboarding *self);
/** #KabOnboarding:version: its version, for If-Match. */
gint64 kab_onboarding_get_version (KabOnboarding *self);
/**
 * #KabOnboarding:state: `draft`, `submitted`, `in-progress`, `waiting-for-client`, `decided`,
 * `withdrawn` or `expired`. Returns: (transfer none)
 */
const char *kab_onboarding_get_state (KabOnboarding *self);
/** #KabOnboarding:form: id of the form definition. Returns: (transfer none) */
const char *kab_onboarding_get_form (KabOnboarding *self);
/** #KabOnboarding:services: codes of the services applied for. Returns: (transfer none) */
const char *const *kab_onboarding_get_services (KabOnboarding *self);
/** #KabOnboarding:answers: the answers as the bank has them. Returns: (transfer none) (nullable) */
JsonObject *kab_onboarding_get_answers (KabOnboarding *self);
/** #KabOnboarding:saved-at: when they were saved. Returns: (transfer none) (nullable) */
GDateTime *kab_onboarding_get_saved_at (KabOnboarding *self);
/** #KabOnboarding:submitted-at: when it was submitted. Returns: (transfer none) (nullable) */
GDateTime *kab_onboarding_get_submitted_at (KabOnboarding *self);
/**
 * #KabOnboarding:stages: the stages in order. Returns: (transfer none) a GListModel of
 * KabOnboardingStage
 */
GListModel *kab_onboarding_get_stages (KabOnboarding *self);
/** #KabOnboarding:documents-open: whether the documents can be worked on. */
gboolean kab_onboarding_get_documents_open (KabOnboarding *self);
/** #KabOnboarding:documents-total: how many documents there are. */
gint64 kab_onboarding_get_documents_total (KabOnboarding *self);
/**
 * #KabOnboarding:identifications: who has to identify. Returns: (transfer none) a GListModel of
 * KabIdentification
 */
GListModel *kab_onboarding_get_identifications (KabOnboarding *self);
/**
 * #KabOnboarding:decisions: the decisions so far. Returns: (transfer none) a GListModel of
 * KabServiceDecision
 */
GListModel *kab_onboarding_get_decisions (KabOnboarding *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-document-workflow.h"
#include "kab-identification-state.h"
#include "kab-money.h"
#include "kab-service.h"

G_BEGIN_DECLS

/**
 * KabStageKind:
 *
 * The six main stages (STG-1) in their order; signing is a part of the documents stage.
 */
typedef enum
{
  KAB_STAGE_INITIAL_INFORMATION,
  KAB_STAGE_PHOTO_IDENTIFICATION,
  KAB_STAGE_DOCUMENTS,
  KAB_STAGE_SIGNING,
  KAB_STAGE_FEE,
  KAB_STAGE_IDENTIFICATION, /* by video or in person, when the bank demands it (STG-2) */
  KAB_STAGE_DECISION,
  KAB_N_STAGES,
} KabStageKind;

/**
 * KabStageState:
 * @KAB_STAGE_UPCOMING: not yet, or not any more
 * @KAB_STAGE_CURRENT: under way; other persons or a service have it
 * @KAB_STAGE_NEEDS_YOU: the registrant has something to do
 * @KAB_STAGE_WAITING_FOR_BANK: the bank has something to do
 * @KAB_STAGE_DONE: completed
 * @KAB_STAGE_FAILED: an identification failed for good (FAI-1)
 */
typedef enum
{
  KAB_STAGE_UPCOMING,
  KAB_STAGE_CURRENT,
  KAB_STAGE_NEEDS_YOU,
  KAB_STAGE_WAITING_FOR_BANK,
  KAB_STAGE_DONE,
  KAB_STAGE_FAILED,
} KabStageState;

typedef struct
{
  KabStageKind kind;
  KabStageState state;
  gboolean is_sub_stage;
  guint minutes; /* what is still to do by the registrant, estimated */
} KabStage;

typedef enum
{
  KAB_DEMAND_NONE,
  KAB_DEMAND_VIDEO,
  KAB_DEMAND_IN_PERSON,
} KabIdentificationDemand;

typedef enum
{
  KAB_DECISION_PENDING,
  KAB_DECISION_POSITIVE,
  KAB_DECISION_NEGATIVE,
} KabDecision;

/**
 * KabJourneyActions:
 *
 * What the registrant can do now.
 */
typedef enum
{
  KAB_JOURNEY_CAN_EDIT_FORM = 1 << 0,
  KAB_JOURNEY_CAN_START_PHOTO = 1 << 1,
  KAB_JOURNEY_CAN_OPEN_DOCUMENTS = 1 << 2,
  KAB_JOURNEY_CAN_FILL_DOCUMENTS = 1 << 3,
  KAB_JOURNEY_CAN_APPROVE_PACKAGE = 1 << 4,
  KAB_JOURNEY_CAN_SIGN = 1 << 5,
  KAB_JOURNEY_CAN_PAY_FEE = 1 << 6,
  KAB_JOURNEY_CAN_START_VIDEO = 1 << 7,
  KAB_JOURNEY_CAN_BOOK_VISIT = 1 << 8,
  KAB_JOURNEY_CAN_ADD_SERVICE = 1 << 9,
} KabJourneyActions;

/**
 * KabJourneySettings:
 * @fee: the commission fee; 0 leaves the stage out (A12)
 * @offers_signing: whether the bank offers electronic signing of the final package
 * @may_mix_branches: whether renewal may be asked for together with new services (A6)
 * @expected_documents: how many questionnaires are usual, for the estimate before there are any
 *
 * What a bank decides for all applications.
 */
typedef struct
{
  KabMoney fee;
  gboolean offers_signing;
  gboolean may_mix_branches;
  guint expected_documents;
} KabJourneySettings;

/**
 * KabJourneyPerson:
 * @is_registrant: has registered and fills in the application
 * @represents_client: will represent the client before the bank (LGB-18)
 * @photo_demanded: must pass photo-identification though outside the group (A37)
 * @photo: photo-identification
 * @demand: what the bank demands in addition (VID-2, INP-1)
 * @demanded: the state of that
 * @has_signed: has signed the final package
 *
 * A person of the application.
 */
typedef struct
{
  gboolean is_registrant;
  gboolean represents_client;
  gboolean photo_demanded;
  KabIdentificationState photo;
  KabIdentificationDemand demand;
  KabIdentificationState demanded;
  gboolean has_signed;
} KabJourneyPerson;

/**
 * KabJourneyFacts:
 * @form_submitted: the application form was sent
 * @documents_opened: the documents page was open once; a repeated identification that is demanded
 *   later doesn't close it
 * @invoice_issued: the bank has issued the invoice for the fee
 * @is_closed: withdrawn or expired
 * @fee_paid_minor: what was paid of the fee, in minor units
 * @persons: (array length=n_persons) (nullable): the persons
 * @documents: (array length=n_documents) (nullable): the states of the documents
 * @decisions: what was decided on each service
 *
 * What has happened so far; all zero at the beginning.
 */
typedef struct
{
  gboolean form_submitted;
  gboolean documents_opened;
  gboolean invoice_issued;
  gboolean is_closed;
  gint64 fee_paid_minor;
  const KabJourneyPerson *persons;
  guint n_persons;
  const KabDocumentState *documents;
  guint n_documents;
  KabDecision decisions[KAB_N_SERVICES];
} KabJourneyFacts;

/**
 * KabJourney:
 * @services: the services that it is about
 * @group: who must identify and sign
 * @stages: the stages that apply, in their order
 * @n_stages: how many
 * @current: the index of the first stage that is not done; @n_stages when all are
 * @documents_open: whether the documents page is open (PID-9, A11)
 * @has_fee: whether a fee is due
 * @fee_remaining_minor: what is still to be paid of it, in minor units (FEE-5)
 * @steps_done: whether everything that comes before the decision is done
 * @identification_failed: whether an identification failed for good
 * @is_decided: whether every service has its decision
 * @is_closed: withdrawn or expired
 * @decisions: what was decided on each service
 * @actions: what the registrant can do now
 * @minutes: the estimates of all stages together
 *
 * The journey of one application, computed by kab_journey_compute(); a plain value.
 */
typedef struct
{
  KabServices services;
  KabIdentificationGroup group;
  KabStage stages[KAB_N_STAGES];
  guint n_stages;
  guint current;
  gboolean documents_open;
  gboolean has_fee;
  gint64 fee_remaining_minor;
  gboolean steps_done;
  gboolean identification_failed;
  gboolean is_decided;
  gboolean is_closed;
  KabDecision decisions[KAB_N_SERVICES];
  KabJourneyActions actions;
  guint minutes;
} KabJourney;

/**
 * KabJourneyError:
 * @KAB_JOURNEY_ERROR_SERVICE: the application does not ask for that service
 * @KAB_JOURNEY_ERROR_CLOSED: the application is withdrawn or expired
 * @KAB_JOURNEY_ERROR_DECIDED: the service has its decision
 * @KAB_JOURNEY_ERROR_STEPS: steps before the decision are missing (DEC-6)
 * @KAB_JOURNEY_ERROR_FAILED: an identification failed; only a refusal is possible
 */
typedef enum
{
  KAB_JOURNEY_ERROR_SERVICE,
  KAB_JOURNEY_ERROR_CLOSED,
  KAB_JOURNEY_ERROR_DECIDED,
  KAB_JOURNEY_ERROR_STEPS,
  KAB_JOURNEY_ERROR_FAILED,
} KabJourneyError;

#define KAB_JOURNEY_ERROR (kab_journey_error_quark ())

GQuark kab_journey_error_quark (void);
const char *kab_journey_error_code (KabJourneyError code);
gboolean kab_journey_compute (KabClientType type,
                              KabServices services,
                              const KabJourneySettings *settings,
                              const KabJourneyFacts *facts,
                              KabJourney *journey,
                              GError **error);
gboolean kab_journey_can_decide (const KabJourney *journey,
                                 KabService service,
                                 KabDecision decision,
                                 GError **error);
const KabStage *kab_journey_get_stage (const KabJourney *journey, KabStageKind kind);
gboolean kab_journey_must_identify (const KabJourney *journey, const KabJourneyPerson *person);
gboolean kab_journey_must_sign (const KabJourney *journey, const KabJourneyPerson *person);
const char *kab_stage_kind_code (KabStageKind kind);
gboolean kab_stage_kind_from_code (const char *code, KabStageKind *kind);
const char *kab_stage_state_code (KabStageState state);
gboolean kab_stage_state_from_code (const char *code, KabStageState *state);
const char *kab_decision_code (KabDecision decision);
gboolean kab_decision_from_code (const char *code, KabDecision *decision);

G_END_DECLS

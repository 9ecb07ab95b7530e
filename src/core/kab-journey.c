/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-journey.h"

#include <string.h>

/* Estimates in minutes: PID-8, LIM-9; the others from how long the forms take. */
#define MINUTES_DETAILS  5
#define MINUTES_PHOTO    5
#define MINUTES_DOCUMENT 5
#define MINUTES_SIGNING  5
#define MINUTES_VIDEO    10

/* What the functions below compute from; journey is filled stage by stage. */
typedef struct
{
  const KabJourneySettings *settings;
  const KabJourneyFacts *facts;
  const KabJourneyPerson *registrant; /* (nullable) */
  KabJourney *journey;
} Context;

G_DEFINE_QUARK (kab - journey - error - quark, kab_journey_error)

static gboolean
is_group_member (const KabJourney *journey, const KabJourneyPerson *person)
{
  return journey->group == KAB_GROUP_REPRESENTATIVES ? person->represents_client
                                                     : person->is_registrant;
}

static gboolean
awaits_person (KabIdentificationState state)
{
  return state == KAB_IDENTIFICATION_NOT_STARTED || state == KAB_IDENTIFICATION_REPEAT_REQUESTED;
}

static gboolean
registrant_must_identify (const Context *context)
{
  return context->registrant != NULL &&
         kab_journey_must_identify (context->journey, context->registrant);
}

static gboolean
registrant_must_sign (const Context *context)
{
  return context->registrant != NULL &&
         kab_journey_must_sign (context->journey, context->registrant) &&
         !context->registrant->has_signed;
}

static gboolean
registrant_has_demand (const Context *context)
{
  return context->registrant != NULL && context->registrant->demand != KAB_DEMAND_NONE;
}

static guint
count_documents (const Context *context, KabDocumentState state)
{
  guint n = 0;

  for (guint i = 0; i < context->facts->n_documents; i++)
    n += context->facts->documents[i] == state;

  return n;
}

static guint
count_client_work (const Context *context)
{
  guint n = 0;

  for (guint i = 0; i < context->facts->n_documents; i++)
    n += kab_document_state_is_client_work (context->facts->documents[i]);

  return n;
}

static KabStageState
photo_state (const Context *context)
{
  guint n_asked = 0;
  guint n_passed = 0;

  if (!context->facts->form_submitted)
    return KAB_STAGE_UPCOMING;

  for (guint i = 0; i < context->facts->n_persons; i++)
    {
      const KabJourneyPerson *person = &context->facts->persons[i];

      if (!kab_journey_must_identify (context->journey, person))
        continue;
      if (person->photo == KAB_IDENTIFICATION_FAILED)
        return KAB_STAGE_FAILED;
      n_asked++;
      n_passed += person->photo == KAB_IDENTIFICATION_PASSED;
    }

  if (n_asked > 0 && n_passed == n_asked)
    return KAB_STAGE_DONE;
  if (registrant_must_identify (context) && awaits_person (context->registrant->photo))
    return KAB_STAGE_NEEDS_YOU;

  return KAB_STAGE_CURRENT;
}

static KabStageState
documents_state (const Context *context)
{
  guint n_beyond = count_documents (context, KAB_DOCUMENT_READY_FOR_SIGNING) +
                   count_documents (context, KAB_DOCUMENT_SIGNING) +
                   count_documents (context, KAB_DOCUMENT_SIGNED);

  if (!context->journey->documents_open)
    return KAB_STAGE_UPCOMING;
  if (count_client_work (context) > 0)
    return KAB_STAGE_NEEDS_YOU;
  if (context->facts->n_documents > 0 && n_beyond == context->facts->n_documents)
    return KAB_STAGE_DONE;

  return KAB_STAGE_WAITING_FOR_BANK;
}

static KabStageState
signing_state (const Context *context)
{
  if (documents_state (context) != KAB_STAGE_DONE)
    return KAB_STAGE_UPCOMING;
  if (count_documents (context, KAB_DOCUMENT_SIGNED) == context->facts->n_documents)
    return KAB_STAGE_DONE;
  if (count_documents (context, KAB_DOCUMENT_READY_FOR_SIGNING) > 0 ||
      registrant_must_sign (context))
    return KAB_STAGE_NEEDS_YOU;

  return KAB_STAGE_CURRENT;
}

static KabStageState
fee_state (const Context *context)
{
  KabStageState before =
      context->settings->offers_signing ? signing_state (context) : documents_state (context);

  if (context->journey->fee_remaining_minor == 0)
    return KAB_STAGE_DONE;
  if (before != KAB_STAGE_DONE)
    return KAB_STAGE_UPCOMING;

  return context->facts->invoice_issued ? KAB_STAGE_NEEDS_YOU : KAB_STAGE_WAITING_FOR_BANK;
}

/* By video or in person: whoever the bank has asked, whenever it has (A22). */
static KabStageState
identification_state (const Context *context)
{
  gboolean all_passed = TRUE;

  for (guint i = 0; i < context->facts->n_persons; i++)
    {
      const KabJourneyPerson *person = &context->facts->persons[i];

      if (person->demand == KAB_DEMAND_NONE)
        continue;
      if (person->demanded == KAB_IDENTIFICATION_FAILED)
        return KAB_STAGE_FAILED;
      all_passed &= person->demanded == KAB_IDENTIFICATION_PASSED;
    }

  if (all_passed)
    return KAB_STAGE_DONE;
  if (!registrant_has_demand (context) ||
      context->registrant->demanded == KAB_IDENTIFICATION_PASSED)
    return KAB_STAGE_CURRENT;

  return awaits_person (context->registrant->demanded) ? KAB_STAGE_NEEDS_YOU
                                                       : KAB_STAGE_WAITING_FOR_BANK;
}

static KabStageState
decision_state (const Context *context)
{
  const KabJourney *journey = context->journey;

  if (journey->is_decided)
    return KAB_STAGE_DONE;

  return journey->steps_done || journey->identification_failed ? KAB_STAGE_WAITING_FOR_BANK
                                                               : KAB_STAGE_UPCOMING;
}

static gboolean
someone_has_demand (const KabJourneyFacts *facts)
{
  for (guint i = 0; i < facts->n_persons; i++)
    {
      if (facts->persons[i].demand != KAB_DEMAND_NONE)
        return TRUE;
    }

  return FALSE;
}

static guint
document_minutes (const Context *context)
{
  guint n = context->facts->n_documents > 0 ? count_client_work (context)
                                            : context->settings->expected_documents;

  return n * MINUTES_DOCUMENT;
}

/* Before the form is sent nobody knows the persons; the registrant is reckoned among them. */
static guint
stage_minutes (const Context *context, KabStageKind kind)
{
  gboolean is_known = context->facts->form_submitted;

  switch (kind)
    {
    case KAB_STAGE_INITIAL_INFORMATION:
      return MINUTES_DETAILS;
    case KAB_STAGE_PHOTO_IDENTIFICATION:
      return !is_known || (registrant_must_identify (context) &&
                           context->registrant->photo != KAB_IDENTIFICATION_PASSED)
                 ? MINUTES_PHOTO
                 : 0;
    case KAB_STAGE_DOCUMENTS:
      return document_minutes (context);
    case KAB_STAGE_SIGNING:
      return !is_known || registrant_must_sign (context) ? MINUTES_SIGNING : 0;
    case KAB_STAGE_IDENTIFICATION:
      return registrant_has_demand (context) && context->registrant->demand == KAB_DEMAND_VIDEO &&
                     context->registrant->demanded != KAB_IDENTIFICATION_PASSED
                 ? MINUTES_VIDEO
                 : 0;
    default:
      return 0;
    }
}

static void
add_stage (const Context *context, KabStageKind kind, KabStageState state)
{
  KabJourney *journey = context->journey;
  gboolean is_over =
      journey->is_closed || (journey->is_decided && kind != KAB_STAGE_IDENTIFICATION);
  gboolean is_settled = state == KAB_STAGE_DONE || state == KAB_STAGE_FAILED;
  KabStage *stage = &journey->stages[journey->n_stages++];

  stage->kind = kind;
  stage->state = is_over && !is_settled ? KAB_STAGE_UPCOMING : state;
  stage->is_sub_stage = kind == KAB_STAGE_SIGNING;
  stage->minutes = is_over || is_settled ? 0 : stage_minutes (context, kind);
  journey->minutes += stage->minutes;
}

/* The stages that come before the decision. */
static void
add_steps (const Context *context)
{
  KabJourney *journey = context->journey;
  const KabJourneyFacts *facts = context->facts;

  add_stage (context, KAB_STAGE_INITIAL_INFORMATION,
             facts->form_submitted ? KAB_STAGE_DONE : KAB_STAGE_NEEDS_YOU);
  add_stage (context, KAB_STAGE_PHOTO_IDENTIFICATION, photo_state (context));
  add_stage (context, KAB_STAGE_DOCUMENTS, documents_state (context));
  if (context->settings->offers_signing)
    add_stage (context, KAB_STAGE_SIGNING, signing_state (context));
  if (journey->has_fee)
    add_stage (context, KAB_STAGE_FEE, fee_state (context));
  if (someone_has_demand (facts))
    add_stage (context, KAB_STAGE_IDENTIFICATION, identification_state (context));

  journey->steps_done = TRUE;
  for (guint i = 0; i < journey->n_stages; i++)
    {
      journey->steps_done &= journey->stages[i].state == KAB_STAGE_DONE;
      journey->identification_failed |= journey->stages[i].state == KAB_STAGE_FAILED;
    }
}

static KabJourneyActions
identification_actions (const Context *context)
{
  const KabJourneyPerson *registrant = context->registrant;

  if (!registrant_has_demand (context) || !awaits_person (registrant->demanded))
    return 0;

  return registrant->demand == KAB_DEMAND_VIDEO ? KAB_JOURNEY_CAN_START_VIDEO
                                                : KAB_JOURNEY_CAN_BOOK_VISIT;
}

static KabJourneyActions
document_actions (const Context *context)
{
  KabJourneyActions actions = KAB_JOURNEY_CAN_OPEN_DOCUMENTS;

  if (count_client_work (context) > 0)
    actions |= KAB_JOURNEY_CAN_FILL_DOCUMENTS;
  if (!context->settings->offers_signing)
    return actions;
  if (count_documents (context, KAB_DOCUMENT_READY_FOR_SIGNING) > 0)
    actions |= KAB_JOURNEY_CAN_APPROVE_PACKAGE;
  if (count_documents (context, KAB_DOCUMENT_SIGNING) > 0 && registrant_must_sign (context))
    actions |= KAB_JOURNEY_CAN_SIGN;

  return actions;
}

static KabJourneyActions
step_actions (const Context *context)
{
  KabJourneyActions actions = 0;

  if (!context->facts->form_submitted)
    return KAB_JOURNEY_CAN_EDIT_FORM;

  /* One that was begun can be taken up again through the same link. */
  if (registrant_must_identify (context) &&
      (awaits_person (context->registrant->photo) ||
       context->registrant->photo == KAB_IDENTIFICATION_IN_PROGRESS))
    actions |= KAB_JOURNEY_CAN_START_PHOTO;
  if (context->journey->documents_open)
    actions |= document_actions (context);
  if (context->journey->has_fee && fee_state (context) == KAB_STAGE_NEEDS_YOU)
    actions |= KAB_JOURNEY_CAN_PAY_FEE;
  if (context->journey->steps_done)
    actions |= KAB_JOURNEY_CAN_ADD_SERVICE;

  return actions | identification_actions (context);
}

static KabJourneyActions
actions_now (const Context *context)
{
  const KabJourney *journey = context->journey;
  KabJourneyActions kept = KAB_JOURNEY_CAN_OPEN_DOCUMENTS | KAB_JOURNEY_CAN_ADD_SERVICE |
                           KAB_JOURNEY_CAN_START_VIDEO | KAB_JOURNEY_CAN_BOOK_VISIT;

  if (journey->is_closed)
    return journey->documents_open ? KAB_JOURNEY_CAN_OPEN_DOCUMENTS : 0;

  return journey->is_decided ? step_actions (context) & kept : step_actions (context);
}

static gboolean
is_decided (const KabJourneyFacts *facts, KabServices services)
{
  for (guint i = 0; i < KAB_N_SERVICES; i++)
    {
      if ((services & KAB_SERVICES (i)) != 0 && facts->decisions[i] == KAB_DECISION_PENDING)
        return FALSE;
    }

  return TRUE;
}

static const KabJourneyPerson *
find_registrant (const KabJourneyFacts *facts)
{
  for (guint i = 0; i < facts->n_persons; i++)
    {
      if (facts->persons[i].is_registrant)
        return &facts->persons[i];
    }

  return NULL;
}

static void
begin (const Context *context, KabServices services)
{
  const KabJourneyFacts *facts = context->facts;
  KabJourney *journey = context->journey;
  gint64 fee = context->settings->fee.minor;

  *journey = (KabJourney) {
    .services = services,
    .group = kab_services_get_group (services),
    .has_fee = fee > 0 && kab_services_have_fee (services),
    .is_decided = is_decided (facts, services),
    .is_closed = facts->is_closed,
  };
  memcpy (journey->decisions, facts->decisions, sizeof journey->decisions);

  if (journey->has_fee && facts->fee_paid_minor < fee)
    journey->fee_remaining_minor = fee - MAX (facts->fee_paid_minor, 0);
  journey->documents_open =
      facts->form_submitted && (facts->documents_opened || photo_state (context) == KAB_STAGE_DONE);
}

/**
 * kab_journey_compute:
 * @type: the type of client
 * @services: the services that were chosen
 * @settings: what the bank decides for all applications
 * @facts: (nullable): what has happened so far; %NULL for a preview before anything has
 * @journey: (out caller-allocates): the journey; untouched on failure
 * @error: an error of %KAB_CHECK_ERROR: one of the `KAB_CHECK_SERVICES_` values
 *
 * The decision table of §8.1 of the checklist, united over @services (A13). A pure function: the
 * same arguments give the same journey, on the server and in the application.
 *
 * Returns: whether these services may be chosen together
 */
gboolean
kab_journey_compute (KabClientType type,
                     KabServices services,
                     const KabJourneySettings *settings,
                     const KabJourneyFacts *facts,
                     KabJourney *journey,
                     GError **error)
{
  static const KabJourneyFacts nothing_yet = { 0 };
  Context context = {
    .settings = settings,
    .facts = facts != NULL ? facts : &nothing_yet,
    .journey = journey,
  };

  if (!kab_check_to_error (kab_services_check (services, type, settings->may_mix_branches), error))
    return FALSE;

  context.registrant = find_registrant (context.facts);
  begin (&context, services);
  add_steps (&context);
  add_stage (&context, KAB_STAGE_DECISION, decision_state (&context));
  journey->actions = actions_now (&context);

  while (journey->current < journey->n_stages &&
         journey->stages[journey->current].state == KAB_STAGE_DONE)
    journey->current++;

  return TRUE;
}

/**
 * kab_journey_can_decide:
 * @journey: a computed journey
 * @service: the service that is decided on
 * @decision: positive or negative
 * @error: an error of %KAB_JOURNEY_ERROR
 *
 * A decision comes after all required steps (DEC-6). An identification that failed for good ends
 * the steps, and leaves a refusal only. The services of an application are decided on
 * independently of each other (DEC-8).
 *
 * Returns: whether the bank may decide so now
 */
gboolean
kab_journey_can_decide (const KabJourney *journey,
                        KabService service,
                        KabDecision decision,
                        GError **error)
{
  KabJourneyError reason;

  g_return_val_if_fail (service < KAB_N_SERVICES, FALSE);
  g_return_val_if_fail (decision != KAB_DECISION_PENDING, FALSE);

  if ((journey->services & KAB_SERVICES (service)) == 0)
    reason = KAB_JOURNEY_ERROR_SERVICE;
  else if (journey->is_closed)
    reason = KAB_JOURNEY_ERROR_CLOSED;
  else if (journey->decisions[service] != KAB_DECISION_PENDING)
    reason = KAB_JOURNEY_ERROR_DECIDED;
  else if (journey->identification_failed && decision == KAB_DECISION_POSITIVE)
    reason = KAB_JOURNEY_ERROR_FAILED;
  else if (!journey->steps_done && !journey->identification_failed)
    reason = KAB_JOURNEY_ERROR_STEPS;
  else
    return TRUE;

  g_set_error_literal (error, KAB_JOURNEY_ERROR, (int) reason, kab_journey_error_code (reason));

  return FALSE;
}

/**
 * kab_journey_get_stage:
 * @journey: a computed journey
 * @kind: a stage
 *
 * Returns: (transfer none) (nullable): that stage of @journey; %NULL if it has none
 */
const KabStage *
kab_journey_get_stage (const KabJourney *journey, KabStageKind kind)
{
  for (guint i = 0; i < journey->n_stages; i++)
    {
      if (journey->stages[i].kind == kind)
        return &journey->stages[i];
    }

  return NULL;
}

/**
 * kab_journey_must_identify:
 * @journey: a computed journey
 * @person: a person of the application
 *
 * Returns: whether @person must pass photo-identification (PID-1, PID-4, A37)
 */
gboolean
kab_journey_must_identify (const KabJourney *journey, const KabJourneyPerson *person)
{
  return is_group_member (journey, person) || person->photo_demanded;
}

/**
 * kab_journey_must_sign:
 * @journey: a computed journey
 * @person: a person of the application
 *
 * Returns: whether @person is invited to sign the final package (SGN-4)
 */
gboolean
kab_journey_must_sign (const KabJourney *journey, const KabJourneyPerson *person)
{
  return is_group_member (journey, person);
}

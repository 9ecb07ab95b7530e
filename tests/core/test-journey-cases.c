/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "journey-bank.h"

/* A case that is taken through its stages; the journey is computed anew after each change. */
typedef struct
{
  KabServices services;
  KabJourneySettings settings;
  KabJourneyFacts facts;
  KabJourneyPerson persons[3];
  KabDocumentState documents[3];
  KabJourney journey;
} Case;

static void
begin (Case *self, KabServices services, guint n_persons)
{
  *self = (Case) { .services = services, .settings = bank };
  self->persons[0].is_registrant = TRUE;
  for (guint i = 0; i < n_persons; i++)
    self->persons[i].represents_client = services >= KAB_SERVICES (KAB_SERVICE_ACCOUNT);
  self->facts.persons = self->persons;
  self->facts.n_persons = n_persons;
  self->facts.documents = self->documents;
}

/* Compares with "kind=state" words, in the order of the stages, and with the actions. */
static void
expect (Case *self, const char *stages, KabJourneyActions actions)
{
  g_autoptr (GString) found = g_string_new (NULL);

  compute (self->services, &self->settings, &self->facts, &self->journey);
  for (guint i = 0; i < self->journey.n_stages; i++)
    {
      const KabStage *stage = &self->journey.stages[i];

      g_string_append_printf (found, "%s%s=%s", i > 0 ? " " : "", kab_stage_kind_code (stage->kind),
                              kab_stage_state_code (stage->state));
      g_assert_cmpint (stage->is_sub_stage, ==, stage->kind == KAB_STAGE_SIGNING);
    }
  g_assert_cmpstr (found->str, ==, stages);
  g_assert_cmphex (self->journey.actions, ==, actions);
}

static void
expect_decision (Case *self, KabService service, KabDecision decision, int reason)
{
  g_autoptr (GError) error = NULL;

  if (kab_journey_can_decide (&self->journey, service, decision, &error))
    g_assert_cmpint (reason, ==, -1);
  else
    g_assert_error (error, KAB_JOURNEY_ERROR, reason);
}

#define BEGUN "initial-information=done photo-identification=done "

/* Path 1 of §26: N1 to the account. */
static void
test_new_client (void)
{
  Case self;

  begin (&self, KAB_SERVICES (KAB_SERVICE_NEW_CLIENT), 1);
  expect (&self,
          "initial-information=needs-you photo-identification=upcoming documents=upcoming "
          "signing=upcoming fee=upcoming decision=upcoming",
          KAB_JOURNEY_CAN_EDIT_FORM);

  self.facts.form_submitted = TRUE;
  expect (&self,
          "initial-information=done photo-identification=needs-you documents=upcoming "
          "signing=upcoming fee=upcoming decision=upcoming",
          KAB_JOURNEY_CAN_START_PHOTO);
  g_assert_cmpuint (self.journey.current, ==, 1);
  g_assert_cmpuint (self.journey.minutes, ==, 5 + 10 + 5);

  self.persons[0].photo = KAB_IDENTIFICATION_IN_PROGRESS;
  expect (&self,
          "initial-information=done photo-identification=current documents=upcoming "
          "signing=upcoming fee=upcoming decision=upcoming",
          KAB_JOURNEY_CAN_START_PHOTO);
  g_assert_false (self.journey.documents_open);

  self.persons[0].photo = KAB_IDENTIFICATION_PASSED;
  expect (&self, BEGUN "documents=waiting-for-bank signing=upcoming fee=upcoming decision=upcoming",
          KAB_JOURNEY_CAN_OPEN_DOCUMENTS);
  g_assert_true (self.journey.documents_open);

  self.facts.n_documents = 2;
  self.documents[0] = KAB_DOCUMENT_PROCESSING;
  self.documents[1] = KAB_DOCUMENT_NEW;
  expect (&self, BEGUN "documents=needs-you signing=upcoming fee=upcoming decision=upcoming",
          KAB_JOURNEY_CAN_OPEN_DOCUMENTS | KAB_JOURNEY_CAN_FILL_DOCUMENTS);
  g_assert_cmpuint (kab_journey_get_stage (&self.journey, KAB_STAGE_DOCUMENTS)->minutes, ==, 5);

  self.documents[1] = KAB_DOCUMENT_READY_FOR_SIGNING;
  expect (&self, BEGUN "documents=waiting-for-bank signing=upcoming fee=upcoming decision=upcoming",
          KAB_JOURNEY_CAN_OPEN_DOCUMENTS | KAB_JOURNEY_CAN_APPROVE_PACKAGE);

  self.documents[0] = KAB_DOCUMENT_SIGNING;
  expect (&self, BEGUN "documents=done signing=needs-you fee=upcoming decision=upcoming",
          KAB_JOURNEY_CAN_OPEN_DOCUMENTS | KAB_JOURNEY_CAN_APPROVE_PACKAGE | KAB_JOURNEY_CAN_SIGN);

  self.documents[0] = self.documents[1] = KAB_DOCUMENT_SIGNED;
  self.persons[0].has_signed = TRUE;
  expect (&self, BEGUN "documents=done signing=done fee=waiting-for-bank decision=upcoming",
          KAB_JOURNEY_CAN_OPEN_DOCUMENTS);
  expect_decision (&self, KAB_SERVICE_NEW_CLIENT, KAB_DECISION_POSITIVE, KAB_JOURNEY_ERROR_STEPS);

  self.facts.invoice_issued = TRUE;
  self.facts.fee_paid_minor = FEE - 1;
  expect (&self, BEGUN "documents=done signing=done fee=needs-you decision=upcoming",
          KAB_JOURNEY_CAN_OPEN_DOCUMENTS | KAB_JOURNEY_CAN_PAY_FEE);
  g_assert_cmpint (self.journey.fee_remaining_minor, ==, 1);
  expect_decision (&self, KAB_SERVICE_NEW_CLIENT, KAB_DECISION_POSITIVE, KAB_JOURNEY_ERROR_STEPS);
  expect_decision (&self, KAB_SERVICE_NEW_CLIENT, KAB_DECISION_NEGATIVE, KAB_JOURNEY_ERROR_STEPS);

  self.facts.fee_paid_minor = FEE;
  expect (&self, BEGUN "documents=done signing=done fee=done decision=waiting-for-bank",
          KAB_JOURNEY_CAN_OPEN_DOCUMENTS | KAB_JOURNEY_CAN_ADD_SERVICE);
  g_assert_true (self.journey.steps_done);
  g_assert_cmpuint (self.journey.minutes, ==, 0);
  expect_decision (&self, KAB_SERVICE_NEW_CLIENT, KAB_DECISION_POSITIVE, -1);
  expect_decision (&self, KAB_SERVICE_NEW_CLIENT, KAB_DECISION_NEGATIVE, -1);
  expect_decision (&self, KAB_SERVICE_CARD_USER, KAB_DECISION_POSITIVE, KAB_JOURNEY_ERROR_SERVICE);

  self.facts.decisions[KAB_SERVICE_NEW_CLIENT] = KAB_DECISION_POSITIVE;
  expect (&self, BEGUN "documents=done signing=done fee=done decision=done",
          KAB_JOURNEY_CAN_OPEN_DOCUMENTS | KAB_JOURNEY_CAN_ADD_SERVICE);
  g_assert_cmpuint (self.journey.current, ==, self.journey.n_stages);
  expect_decision (&self, KAB_SERVICE_NEW_CLIENT, KAB_DECISION_NEGATIVE, KAB_JOURNEY_ERROR_DECIDED);

  /* A22: a demand after the decision is a task of its own */
  self.persons[0].demand = KAB_DEMAND_VIDEO;
  expect (&self,
          BEGUN "documents=done signing=done fee=done identification=needs-you decision=done",
          KAB_JOURNEY_CAN_OPEN_DOCUMENTS | KAB_JOURNEY_CAN_START_VIDEO);
  g_assert_cmpuint (self.journey.minutes, ==, 10);
}

/* A bank without signing and without a fee: fewer stages. */
static void
test_short_way (void)
{
  Case self;

  begin (&self, KAB_SERVICES (KAB_SERVICE_NEW_CLIENT), 1);
  self.settings.offers_signing = FALSE;
  self.settings.fee.minor = 0;
  self.facts.form_submitted = TRUE;
  self.persons[0].photo = KAB_IDENTIFICATION_PASSED;
  self.facts.n_documents = 1;
  self.documents[0] = KAB_DOCUMENT_PROCESSING;
  expect (&self, BEGUN "documents=waiting-for-bank decision=upcoming",
          KAB_JOURNEY_CAN_OPEN_DOCUMENTS);
  g_assert_false (self.journey.has_fee);

  self.documents[0] = KAB_DOCUMENT_READY_FOR_SIGNING;
  expect (&self, BEGUN "documents=done decision=waiting-for-bank",
          KAB_JOURNEY_CAN_OPEN_DOCUMENTS | KAB_JOURNEY_CAN_ADD_SERVICE);
  expect_decision (&self, KAB_SERVICE_NEW_CLIENT, KAB_DECISION_POSITIVE, -1);
}

/* Path 4 of §26: two services, two decisions (DEC-8). */
static void
test_two_decisions (void)
{
  const KabServices both =
      KAB_SERVICES (KAB_SERVICE_CARD_USER) | KAB_SERVICES (KAB_SERVICE_INTERNET_BANK_USER);
  Case self;

  begin (&self, both, 1);
  self.facts.form_submitted = TRUE;
  self.persons[0].photo = KAB_IDENTIFICATION_PASSED;
  self.facts.n_documents = 1;
  self.documents[0] = KAB_DOCUMENT_SIGNED;
  self.facts.decisions[KAB_SERVICE_CARD_USER] = KAB_DECISION_POSITIVE;
  expect (&self, BEGUN "documents=done signing=done decision=waiting-for-bank",
          KAB_JOURNEY_CAN_OPEN_DOCUMENTS | KAB_JOURNEY_CAN_ADD_SERVICE);
  expect_decision (&self, KAB_SERVICE_CARD_USER, KAB_DECISION_NEGATIVE, KAB_JOURNEY_ERROR_DECIDED);
  expect_decision (&self, KAB_SERVICE_INTERNET_BANK_USER, KAB_DECISION_NEGATIVE, -1);

  self.facts.decisions[KAB_SERVICE_INTERNET_BANK_USER] = KAB_DECISION_NEGATIVE;
  expect (&self, BEGUN "documents=done signing=done decision=done",
          KAB_JOURNEY_CAN_OPEN_DOCUMENTS | KAB_JOURNEY_CAN_ADD_SERVICE);
}

/* Three people of a company; the registrant is none of its representatives (A37). */
static void
test_representatives (void)
{
  Case self;

  begin (&self, KAB_SERVICES (KAB_SERVICE_ACQUIRING), 3);
  self.persons[0].represents_client = FALSE;
  self.facts.form_submitted = TRUE;
  expect (&self,
          "initial-information=done photo-identification=current documents=upcoming "
          "signing=upcoming decision=upcoming",
          0);
  g_assert_cmpuint (self.journey.minutes, ==, 10);

  self.persons[1].photo = KAB_IDENTIFICATION_PASSED;
  self.persons[2].photo = KAB_IDENTIFICATION_REPEAT_REQUESTED;
  expect (&self,
          "initial-information=done photo-identification=current documents=upcoming "
          "signing=upcoming decision=upcoming",
          0);

  self.persons[0].photo_demanded = TRUE;
  expect (&self,
          "initial-information=done photo-identification=needs-you documents=upcoming "
          "signing=upcoming decision=upcoming",
          KAB_JOURNEY_CAN_START_PHOTO);

  self.persons[0].photo = self.persons[2].photo = KAB_IDENTIFICATION_PASSED;
  self.facts.n_documents = 1;
  self.documents[0] = KAB_DOCUMENT_SIGNING;
  expect (&self, BEGUN "documents=done signing=current decision=upcoming",
          KAB_JOURNEY_CAN_OPEN_DOCUMENTS);

  /* path 15: one must repeat; what was opened stays open, and the decision waits */
  self.facts.documents_opened = TRUE;
  self.documents[0] = KAB_DOCUMENT_SIGNED;
  self.persons[1].photo = KAB_IDENTIFICATION_REPEAT_REQUESTED;
  expect (&self,
          "initial-information=done photo-identification=current documents=done signing=done "
          "decision=upcoming",
          KAB_JOURNEY_CAN_OPEN_DOCUMENTS);
  g_assert_cmpuint (self.journey.current, ==, 1);
}

/* LD with LA: every representative instead of the registrant only (A6, A13). */
static void
test_widest_group (void)
{
  Case self;

  begin (&self, KAB_SERVICES (KAB_SERVICE_RENEWAL), 2);
  self.facts.form_submitted = TRUE;
  self.persons[0].photo = KAB_IDENTIFICATION_PASSED;
  compute (self.services, &self.settings, &self.facts, &self.journey);
  g_assert_true (self.journey.documents_open);
  g_assert_false (kab_journey_must_identify (&self.journey, &self.persons[1]));
  g_assert_false (kab_journey_must_sign (&self.journey, &self.persons[1]));

  self.services |= KAB_SERVICES (KAB_SERVICE_ACCOUNT);
  compute (self.services, &self.settings, &self.facts, &self.journey);
  g_assert_false (self.journey.documents_open);
  g_assert_true (kab_journey_must_identify (&self.journey, &self.persons[1]));
  g_assert_true (kab_journey_must_sign (&self.journey, &self.persons[1]));
  g_assert_true (self.journey.has_fee);
}

/* Nobody in the group is not everybody in it. */
static void
test_nobody (void)
{
  Case self;

  begin (&self, KAB_SERVICES (KAB_SERVICE_ACCOUNT), 0);
  self.facts.form_submitted = TRUE;
  compute (self.services, &self.settings, &self.facts, &self.journey);
  g_assert_false (self.journey.documents_open);
}

/* Path 7 of §26: in person demanded, failed, not opened. */
static void
test_failed_identification (void)
{
  Case self;

  begin (&self, KAB_SERVICES (KAB_SERVICE_SAFEGUARDING), 1);
  self.facts.form_submitted = TRUE;
  self.persons[0].photo = KAB_IDENTIFICATION_PASSED;
  self.persons[0].demand = KAB_DEMAND_IN_PERSON;
  expect (&self,
          BEGUN "documents=waiting-for-bank signing=upcoming fee=upcoming identification=needs-you "
                "decision=upcoming",
          KAB_JOURNEY_CAN_OPEN_DOCUMENTS | KAB_JOURNEY_CAN_BOOK_VISIT);

  self.persons[0].demanded = KAB_IDENTIFICATION_IN_PROGRESS;
  expect (&self,
          BEGUN "documents=waiting-for-bank signing=upcoming fee=upcoming "
                "identification=waiting-for-bank decision=upcoming",
          KAB_JOURNEY_CAN_OPEN_DOCUMENTS);

  self.persons[0].demanded = KAB_IDENTIFICATION_FAILED;
  expect (&self,
          BEGUN "documents=waiting-for-bank signing=upcoming fee=upcoming identification=failed "
                "decision=waiting-for-bank",
          KAB_JOURNEY_CAN_OPEN_DOCUMENTS);
  expect_decision (&self, KAB_SERVICE_SAFEGUARDING, KAB_DECISION_POSITIVE,
                   KAB_JOURNEY_ERROR_FAILED);
  expect_decision (&self, KAB_SERVICE_SAFEGUARDING, KAB_DECISION_NEGATIVE, -1);

  self.facts.decisions[KAB_SERVICE_SAFEGUARDING] = KAB_DECISION_NEGATIVE;
  expect (&self,
          BEGUN "documents=upcoming signing=upcoming fee=upcoming identification=failed "
                "decision=done",
          KAB_JOURNEY_CAN_OPEN_DOCUMENTS);

  begin (&self, KAB_SERVICES (KAB_SERVICE_CARD_USER), 1);
  self.facts.form_submitted = TRUE;
  self.persons[0].photo = KAB_IDENTIFICATION_FAILED;
  expect (&self,
          "initial-information=done photo-identification=failed documents=upcoming "
          "signing=upcoming decision=waiting-for-bank",
          0);
}

/* A demand blocks the decision while it is open (A22). */
static void
test_video_blocks (void)
{
  Case self;

  begin (&self, KAB_SERVICES (KAB_SERVICE_ACQUIRING), 2);
  self.facts.form_submitted = TRUE;
  self.persons[0].photo = self.persons[1].photo = KAB_IDENTIFICATION_PASSED;
  self.facts.n_documents = 1;
  self.documents[0] = KAB_DOCUMENT_SIGNED;
  self.persons[1].demand = KAB_DEMAND_VIDEO;
  expect (&self, BEGUN "documents=done signing=done identification=current decision=upcoming",
          KAB_JOURNEY_CAN_OPEN_DOCUMENTS);
  expect_decision (&self, KAB_SERVICE_ACQUIRING, KAB_DECISION_NEGATIVE, KAB_JOURNEY_ERROR_STEPS);

  self.persons[1].demanded = KAB_IDENTIFICATION_PASSED;
  expect (&self, BEGUN "documents=done signing=done identification=done decision=waiting-for-bank",
          KAB_JOURNEY_CAN_OPEN_DOCUMENTS | KAB_JOURNEY_CAN_ADD_SERVICE);
  expect_decision (&self, KAB_SERVICE_ACQUIRING, KAB_DECISION_POSITIVE, -1);

  self.facts.is_closed = TRUE;
  expect (&self, BEGUN "documents=done signing=done identification=done decision=upcoming",
          KAB_JOURNEY_CAN_OPEN_DOCUMENTS);
  expect_decision (&self, KAB_SERVICE_ACQUIRING, KAB_DECISION_POSITIVE, KAB_JOURNEY_ERROR_CLOSED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey-cases/new-client", test_new_client);
  g_test_add_func ("/journey-cases/short-way", test_short_way);
  g_test_add_func ("/journey-cases/two-decisions", test_two_decisions);
  g_test_add_func ("/journey-cases/representatives", test_representatives);
  g_test_add_func ("/journey-cases/widest-group", test_widest_group);
  g_test_add_func ("/journey-cases/nobody", test_nobody);
  g_test_add_func ("/journey-cases/failed-identification", test_failed_identification);
  g_test_add_func ("/journey-cases/video-blocks", test_video_blocks);

  return g_test_run ();
}

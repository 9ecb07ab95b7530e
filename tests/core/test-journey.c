/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-journey.h"

#include <string.h>

#define FEE 15000

static const KabJourneySettings bank = {
  .fee = { FEE, "EUR" },
  .offers_signing = TRUE,
  .may_mix_branches = TRUE,
  .expected_documents = 2,
};

/* The decision table of §8.1, row by row: a column is a service, in the order of the guide. */
static const struct
{
  const char *row;
  const char *cells[KAB_N_SERVICES];
} table[] = {
  { "service", { "N1", "N2", "N3", "LA", "LB", "LC", "LD", "LE" } },
  { "client type",
    { "natural", "natural", "natural", "legal", "legal", "legal", "legal", "legal" } },
  { "form", { "4", "4", "4", "7", "7", "7", "6", "6" } },
  { "website", { "-", "-", "-", "-", "-", "Y", "optional", "Y" } },
  { "initial information", { "Y", "Y", "Y", "Y", "Y", "Y", "Y", "Y" } },
  { "identity copy", { "-", "Y", "Y", "-", "-", "-", "Y", "Y" } },
  { "photo-identification: who",
    { "person", "person", "person", "representatives", "representatives", "representatives",
      "registrant", "registrant" } },
  { "documents", { "Y", "Y", "Y", "Y", "Y", "Y", "Y", "Y" } },
  { "signing", { "Y", "Y", "Y", "Y", "Y", "Y", "Y", "Y" } },
  { "fee", { "Y", "-", "-", "Y", "Y", "-", "-", "-" } },
  { "video or in person, not demanded", { "-", "-", "-", "-", "-", "-", "-", "-" } },
  { "video or in person, demanded", { "Y", "Y", "Y", "Y", "Y", "Y", "Y", "Y" } },
  { "after signing",
    { "fee", "decision", "decision", "fee", "fee", "decision", "decision", "decision" } },
  { "decision",
    { "account-opening", "card-issuing", "user-activation", "account-opening", "account-opening",
      "service-connection", "document-renewal", "document-renewal" } },
};

static const char *
applies (gboolean does)
{
  return does ? "Y" : "-";
}

static void
compute (KabServices               services,
         const KabJourneySettings *settings,
         const KabJourneyFacts    *facts,
         KabJourney               *journey)
{
  KabClientType type = services & (KAB_SERVICES (KAB_SERVICE_ACCOUNT) - 1) ? KAB_CLIENT_NATURAL
                                                                           : KAB_CLIENT_LEGAL;
  g_autoptr (GError) error = NULL;

  kab_journey_compute (type, services, settings, facts, journey, &error);
  g_assert_no_error (error);
}

static const char *
after_signing (const KabJourney *journey)
{
  for (guint i = 0; i + 1 < journey->n_stages; i++)
    {
      if (journey->stages[i].kind == KAB_STAGE_SIGNING)
        return kab_stage_kind_code (journey->stages[i + 1].kind);
    }

  return "nothing";
}

/* What the code says for a cell of the table. */
static const char *
cell (KabService  service,
      const char *row)
{
  static const char *const forms[] = { "4", "6", "7" };
  static const char *const rules[] = { "-", "optional", "Y" };
  const KabJourneyPerson asked = { .is_registrant = TRUE, .represents_client = TRUE,
                                   .demand = KAB_DEMAND_VIDEO };
  const KabJourneyFacts demanded = { .persons = &asked, .n_persons = 1 };
  const KabServiceInfo *info = kab_service_get_info (service);
  KabServices services = KAB_SERVICES (service);
  KabJourney preview, with_demand;

  compute (services, &bank, NULL, &preview);
  compute (services, &bank, &demanded, &with_demand);

  if (g_str_equal (row, "service"))
    return info->code;
  if (g_str_equal (row, "client type"))
    return kab_client_type_code (info->client_type);
  if (g_str_equal (row, "form"))
    return forms[info->branch];
  if (g_str_equal (row, "website"))
    return rules[kab_services_get_website_rule (services)];
  if (g_str_equal (row, "initial information"))
    return applies (kab_journey_get_stage (&preview, KAB_STAGE_INITIAL_INFORMATION) != NULL);
  if (g_str_equal (row, "identity copy"))
    return applies (kab_services_need_identity_copy (services));
  if (g_str_equal (row, "photo-identification: who"))
    return kab_identification_group_code (preview.group);
  if (g_str_equal (row, "documents"))
    return applies (kab_journey_get_stage (&preview, KAB_STAGE_DOCUMENTS) != NULL);
  if (g_str_equal (row, "signing"))
    return applies (kab_journey_get_stage (&preview, KAB_STAGE_SIGNING) != NULL);
  if (g_str_equal (row, "fee"))
    return applies (kab_journey_get_stage (&preview, KAB_STAGE_FEE) != NULL);
  if (g_str_equal (row, "video or in person, not demanded"))
    return applies (kab_journey_get_stage (&preview, KAB_STAGE_IDENTIFICATION) != NULL);
  if (g_str_equal (row, "video or in person, demanded"))
    return applies (kab_journey_get_stage (&with_demand, KAB_STAGE_IDENTIFICATION) != NULL);
  if (g_str_equal (row, "after signing"))
    return after_signing (&preview);
  if (g_str_equal (row, "decision"))
    return kab_decision_kind_code (info->decision);

  g_error ("no row %s", row);
}

static void
test_table (void)
{
  for (gsize row = 0; row < G_N_ELEMENTS (table); row++)
    {
      for (guint service = 0; service < KAB_N_SERVICES; service++)
        {
          const char *found = cell (service, table[row].row);

          if (!g_str_equal (found, table[row].cells[service]))
            g_error ("%s of %s: %s instead of %s", table[row].row, table[0].cells[service], found,
                     table[row].cells[service]);
        }
    }
}

/* Whether the table has "Y" for one of the services. */
static gboolean
table_unites (const char *row,
              KabServices services)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if (!g_str_equal (table[i].row, row))
        continue;
      for (guint service = 0; service < KAB_N_SERVICES; service++)
        {
          if ((services & KAB_SERVICES (service)) && g_str_equal (table[i].cells[service], "Y"))
            return TRUE;
        }
      return FALSE;
    }

  g_assert_not_reached ();
}

static void
assert_union (KabServices services)
{
  KabJourney journey;
  guint previous = 0;

  compute (services, &bank, NULL, &journey);
  g_assert_cmpuint (journey.services, ==, services);
  g_assert_cmpint (journey.has_fee, ==, table_unites ("fee", services));
  g_assert_cmpint (kab_services_need_identity_copy (services), ==,
                   table_unites ("identity copy", services));
  g_assert_cmpint (kab_services_get_website_rule (services) == KAB_FIELD_REQUIRED, ==,
                   table_unites ("website", services));
  g_assert_cmpuint (journey.n_stages, ==, 5u + journey.has_fee);
  g_assert_cmpint (journey.stages[journey.n_stages - 1].kind, ==, KAB_STAGE_DECISION);
  g_assert_cmpuint (journey.current, ==, 0);
  g_assert_cmpint (journey.actions, ==, KAB_JOURNEY_CAN_EDIT_FORM);
  g_assert_cmpuint (journey.minutes, ==, 25);

  for (guint i = 1; i < journey.n_stages; i++)
    {
      g_assert_cmpuint (journey.stages[i].kind, >, previous);
      previous = journey.stages[i].kind;
    }

  /* the widest group: one service more never makes it narrower */
  for (guint service = 0; service < KAB_N_SERVICES; service++)
    {
      gboolean is_chosen = (services & KAB_SERVICES (service)) != 0;
      int reason = is_chosen ? (int) KAB_JOURNEY_ERROR_STEPS : (int) KAB_JOURNEY_ERROR_SERVICE;

      if (is_chosen)
        g_assert_cmpuint (journey.group, >=, kab_service_get_info (service)->group);
      for (KabDecision decision = KAB_DECISION_POSITIVE; decision <= KAB_DECISION_NEGATIVE;
           decision++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_false (kab_journey_can_decide (&journey, service, decision, &error));
          g_assert_error (error, KAB_JOURNEY_ERROR, reason);
        }
    }
}

static void
test_all_combinations (void)
{
  const KabServices natural = KAB_SERVICES (KAB_SERVICE_ACCOUNT) - 1;
  KabJourneySettings strict = bank;
  guint n_valid = 0;

  strict.may_mix_branches = FALSE;
  for (KabServices services = 0; services <= KAB_SERVICES_ALL; services++)
    {
      KabServices renewal = services & (KAB_SERVICES (KAB_SERVICE_RENEWAL) |
                                        KAB_SERVICES (KAB_SERVICE_ECOMMERCE_RENEWAL));
      gboolean is_natural = (services & natural) != 0;
      gboolean is_legal = (services & ~natural) != 0;

      for (KabClientType type = KAB_CLIENT_NATURAL; type <= KAB_CLIENT_LEGAL; type++)
        {
          gboolean fits = type == KAB_CLIENT_NATURAL ? !is_legal : !is_natural;
          KabCheck expected = services == 0 ? KAB_CHECK_SERVICES_EMPTY
                              : !fits       ? KAB_CHECK_SERVICES_CLIENT_TYPE
                                            : KAB_CHECK_OK;
          KabCheck unmixed = expected == KAB_CHECK_OK && renewal != 0 && renewal != services
                               ? KAB_CHECK_SERVICES_MIXED
                               : expected;
          g_autoptr (GError) error = NULL;
          g_autoptr (GError) strict_error = NULL;
          KabJourney journey;

          kab_journey_compute (type, services, &bank, NULL, &journey, &error);
          kab_journey_compute (type, services, &strict, NULL, &journey, &strict_error);
          g_assert_cmpint (error != NULL ? error->code : 0, ==, expected);
          g_assert_cmpint (strict_error != NULL ? strict_error->code : 0, ==, unmixed);
          n_valid += expected == KAB_CHECK_OK;
        }
      if (services != 0 && is_natural != is_legal)
        assert_union (services);
    }

  /* 2³ − 1 of persons and 2⁵ − 1 of companies */
  g_assert_cmpuint (n_valid, ==, 7 + 31);
}

static void
test_codes (void)
{
  KabServices services;
  g_auto (GStrv) codes = NULL;

  g_assert_true (kab_services_from_codes ((const char *[]) { "LC", "LA", NULL }, &services));
  codes = kab_services_to_codes (services);
  g_assert_cmpstrv (codes, ((const char *[]) { "LA", "LC", NULL }));
  g_assert_cmpuint (kab_services_count (services), ==, 2);
  g_assert_false (kab_services_from_codes ((const char *[]) { "LC", "LC", NULL }, &services));
  g_assert_false (kab_services_from_codes ((const char *[]) { "N4", NULL }, &services));
  g_assert_true (kab_services_from_codes ((const char *[]) { NULL }, &services));
  g_assert_cmpuint (services, ==, 0);
}

static void
test_stage_codes (void)
{
  KabStageKind kind;
  KabStageState state;
  KabDecision decision;

  for (guint i = 0; i < KAB_N_STAGES; i++)
    {
      g_assert_true (kab_stage_kind_from_code (kab_stage_kind_code (i), &kind));
      g_assert_cmpint (kind, ==, i);
    }
  for (guint i = 0; i <= KAB_STAGE_FAILED; i++)
    {
      g_assert_true (kab_stage_state_from_code (kab_stage_state_code (i), &state));
      g_assert_cmpint (state, ==, i);
    }
  for (guint i = 0; i <= KAB_DECISION_NEGATIVE; i++)
    {
      g_assert_true (kab_decision_from_code (kab_decision_code (i), &decision));
      g_assert_cmpint (decision, ==, i);
    }
  g_assert_false (kab_stage_kind_from_code ("video", &kind));
  g_assert_false (kab_stage_state_from_code (NULL, &state));
  g_assert_false (kab_decision_from_code ("", &decision));
}

/* A case that is taken through its stages; the journey is computed anew after each change. */
typedef struct
{
  KabServices        services;
  KabJourneySettings settings;
  KabJourneyFacts    facts;
  KabJourneyPerson   persons[3];
  KabDocumentState   documents[3];
  KabJourney         journey;
} Case;

static void
begin (Case        *self,
       KabServices  services,
       guint        n_persons)
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
expect (Case              *self,
        const char        *stages,
        KabJourneyActions  actions)
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
expect_decision (Case            *self,
                 KabService       service,
                 KabDecision      decision,
                 int              reason)
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
  expect_decision (&self, KAB_SERVICE_NEW_CLIENT, KAB_DECISION_NEGATIVE,
                   KAB_JOURNEY_ERROR_DECIDED);

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
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/table", test_table);
  g_test_add_func ("/journey/all-combinations", test_all_combinations);
  g_test_add_func ("/journey/codes", test_codes);
  g_test_add_func ("/journey/stage-codes", test_stage_codes);
  g_test_add_func ("/journey/new-client", test_new_client);
  g_test_add_func ("/journey/short-way", test_short_way);
  g_test_add_func ("/journey/two-decisions", test_two_decisions);
  g_test_add_func ("/journey/representatives", test_representatives);
  g_test_add_func ("/journey/widest-group", test_widest_group);
  g_test_add_func ("/journey/nobody", test_nobody);
  g_test_add_func ("/journey/failed-identification", test_failed_identification);
  g_test_add_func ("/journey/video-blocks", test_video_blocks);

  return g_test_run ();
}

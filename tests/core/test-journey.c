/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "journey-bank.h"

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
cell (KabService service, const char *row)
{
  static const char *const forms[] = { "4", "6", "7" };
  static const char *const rules[] = { "-", "optional", "Y" };
  const KabJourneyPerson asked = { .is_registrant = TRUE,
                                   .represents_client = TRUE,
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
table_unites (const char *row, KabServices services)
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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/table", test_table);
  g_test_add_func ("/journey/all-combinations", test_all_combinations);
  g_test_add_func ("/journey/codes", test_codes);
  g_test_add_func ("/journey/stage-codes", test_stage_codes);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-service.h"

/* §8.1 of the checklist; A8 and A31 for the web address, A12 for the fee of a new client. */
static const KabServiceInfo infos[KAB_N_SERVICES] = {
  [KAB_SERVICE_NEW_CLIENT] = {
    "N1", KAB_CLIENT_NATURAL, KAB_FORM_BRANCH_NATURAL, KAB_FIELD_HIDDEN, FALSE, KAB_GROUP_PERSON,
    TRUE, KAB_DECISION_ACCOUNT_OPENING,
  },
  [KAB_SERVICE_CARD_USER] = {
    "N2", KAB_CLIENT_NATURAL, KAB_FORM_BRANCH_NATURAL, KAB_FIELD_HIDDEN, TRUE, KAB_GROUP_PERSON,
    FALSE, KAB_DECISION_CARD_ISSUING,
  },
  [KAB_SERVICE_INTERNET_BANK_USER] = {
    "N3", KAB_CLIENT_NATURAL, KAB_FORM_BRANCH_NATURAL, KAB_FIELD_HIDDEN, TRUE, KAB_GROUP_PERSON,
    FALSE, KAB_DECISION_USER_ACTIVATION,
  },
  [KAB_SERVICE_ACCOUNT] = {
    "LA", KAB_CLIENT_LEGAL, KAB_FORM_BRANCH_COMPANY, KAB_FIELD_HIDDEN, FALSE,
    KAB_GROUP_REPRESENTATIVES, TRUE, KAB_DECISION_ACCOUNT_OPENING,
  },
  [KAB_SERVICE_SAFEGUARDING] = {
    "LB", KAB_CLIENT_LEGAL, KAB_FORM_BRANCH_COMPANY, KAB_FIELD_HIDDEN, FALSE,
    KAB_GROUP_REPRESENTATIVES, TRUE, KAB_DECISION_ACCOUNT_OPENING,
  },
  [KAB_SERVICE_ACQUIRING] = {
    "LC", KAB_CLIENT_LEGAL, KAB_FORM_BRANCH_COMPANY, KAB_FIELD_REQUIRED, FALSE,
    KAB_GROUP_REPRESENTATIVES, FALSE, KAB_DECISION_SERVICE_CONNECTION,
  },
  [KAB_SERVICE_RENEWAL] = {
    "LD", KAB_CLIENT_LEGAL, KAB_FORM_BRANCH_RENEWAL, KAB_FIELD_OPTIONAL, TRUE,
    KAB_GROUP_REGISTRANT, FALSE, KAB_DECISION_DOCUMENT_RENEWAL,
  },
  [KAB_SERVICE_ECOMMERCE_RENEWAL] = {
    "LE", KAB_CLIENT_LEGAL, KAB_FORM_BRANCH_RENEWAL, KAB_FIELD_REQUIRED, TRUE,
    KAB_GROUP_REGISTRANT, FALSE, KAB_DECISION_DOCUMENT_RENEWAL,
  },
};

static const char *const client_type_codes[] = {
  [KAB_CLIENT_NATURAL] = "natural",
  [KAB_CLIENT_LEGAL] = "legal",
};

static gboolean
contains (KabServices services, KabService service)
{
  return (services & KAB_SERVICES (service)) != 0;
}

/**
 * kab_service_get_info:
 * @service: a service
 *
 * Returns: (transfer none): what the decision table says about it
 */
const KabServiceInfo *
kab_service_get_info (KabService service)
{
  g_return_val_if_fail (service < KAB_N_SERVICES, NULL);

  return &infos[service];
}

/**
 * kab_service_from_code:
 * @code: (nullable): a code from the wire, such as "N1"
 * @service: (out): the service
 *
 * Returns: whether there is one
 */
gboolean
kab_service_from_code (const char *code, KabService *service)
{
  for (guint i = 0; i < KAB_N_SERVICES; i++)
    {
      if (g_strcmp0 (infos[i].code, code) == 0)
        {
          *service = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * kab_client_type_code:
 * @type: a type of client
 *
 * Returns: (transfer none): "natural" or "legal"
 */
const char *
kab_client_type_code (KabClientType type)
{
  g_return_val_if_fail (type < G_N_ELEMENTS (client_type_codes), NULL);

  return client_type_codes[type];
}

/**
 * kab_client_type_from_code:
 * @code: (nullable): a code from the wire
 * @type: (out): the type of client
 *
 * Returns: whether there is one
 */
gboolean
kab_client_type_from_code (const char *code, KabClientType *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (client_type_codes); i++)
    {
      if (g_strcmp0 (client_type_codes[i], code) == 0)
        {
          *type = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * kab_decision_kind_code:
 * @kind: a final stage
 *
 * Returns: (transfer none): its code on the wire
 */
const char *
kab_decision_kind_code (KabDecisionKind kind)
{
  static const char *const codes[] = {
    [KAB_DECISION_ACCOUNT_OPENING] = "account-opening",
    [KAB_DECISION_SERVICE_CONNECTION] = "service-connection",
    [KAB_DECISION_DOCUMENT_RENEWAL] = "document-renewal",
    [KAB_DECISION_CARD_ISSUING] = "card-issuing",
    [KAB_DECISION_USER_ACTIVATION] = "user-activation",
  };

  g_return_val_if_fail (kind < G_N_ELEMENTS (codes), NULL);

  return codes[kind];
}

/**
 * kab_identification_group_code:
 * @group: who must identify
 *
 * Returns: (transfer none): its code on the wire
 */
const char *
kab_identification_group_code (KabIdentificationGroup group)
{
  static const char *const codes[] = {
    [KAB_GROUP_PERSON] = "person",
    [KAB_GROUP_REGISTRANT] = "registrant",
    [KAB_GROUP_REPRESENTATIVES] = "representatives",
  };

  g_return_val_if_fail (group < G_N_ELEMENTS (codes), NULL);

  return codes[group];
}

/**
 * kab_services_check:
 * @services: the services that were chosen
 * @type: the type of client who chose them
 * @may_mix: whether the bank allows LD or LE together with LA, LB or LC (A6)
 *
 * Returns: %KAB_CHECK_OK, %KAB_CHECK_SERVICES_EMPTY, %KAB_CHECK_SERVICES_CLIENT_TYPE or
 *   %KAB_CHECK_SERVICES_MIXED
 */
KabCheck
kab_services_check (KabServices services, KabClientType type, gboolean may_mix)
{
  gboolean renews = FALSE;
  gboolean begins = FALSE;

  if ((services & KAB_SERVICES_ALL) == 0)
    return KAB_CHECK_SERVICES_EMPTY;
  if ((services & ~KAB_SERVICES_ALL) != 0)
    return KAB_CHECK_SERVICES_CLIENT_TYPE;

  for (guint i = 0; i < KAB_N_SERVICES; i++)
    {
      if (!contains (services, i))
        continue;
      if (infos[i].client_type != type)
        return KAB_CHECK_SERVICES_CLIENT_TYPE;
      renews |= infos[i].branch == KAB_FORM_BRANCH_RENEWAL;
      begins |= infos[i].branch == KAB_FORM_BRANCH_COMPANY;
    }

  return renews && begins && !may_mix ? KAB_CHECK_SERVICES_MIXED : KAB_CHECK_OK;
}

/**
 * kab_services_from_codes:
 * @codes: (array zero-terminated=1): codes from the wire
 * @services: (out): the set of them; untouched on failure
 *
 * Returns: whether every code is known and given once
 */
gboolean
kab_services_from_codes (const char *const *codes, KabServices *services)
{
  KabServices read = 0;

  for (guint i = 0; codes[i] != NULL; i++)
    {
      KabService service;

      if (!kab_service_from_code (codes[i], &service) || contains (read, service))
        return FALSE;
      read |= KAB_SERVICES (service);
    }
  *services = read;

  return TRUE;
}

/**
 * kab_services_to_codes:
 * @services: a set of services
 *
 * Returns: (transfer full) (array zero-terminated=1): their codes, in the order of #KabService
 */
char **
kab_services_to_codes (KabServices services)
{
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();

  for (guint i = 0; i < KAB_N_SERVICES; i++)
    {
      if (contains (services, i))
        g_strv_builder_add (codes, infos[i].code);
    }

  return g_strv_builder_end (codes);
}

/**
 * kab_services_get_group:
 * @services: a set of services
 *
 * Returns: the widest group that one of @services asks for (A13)
 */
KabIdentificationGroup
kab_services_get_group (KabServices services)
{
  KabIdentificationGroup group = KAB_GROUP_PERSON;

  for (guint i = 0; i < KAB_N_SERVICES; i++)
    {
      if (contains (services, i))
        group = MAX (group, infos[i].group);
    }

  return group;
}

/**
 * kab_services_have_fee:
 * @services: a set of services
 *
 * Returns: whether one of @services bears the commission fee (A13)
 */
gboolean
kab_services_have_fee (KabServices services)
{
  for (guint i = 0; i < KAB_N_SERVICES; i++)
    {
      if (contains (services, i) && infos[i].has_fee)
        return TRUE;
    }

  return FALSE;
}

/**
 * kab_services_need_identity_copy:
 * @services: a set of services
 *
 * Returns: whether one of @services asks for the copy with a handwritten note (NAT-11, LGA-9, A5)
 */
gboolean
kab_services_need_identity_copy (KabServices services)
{
  for (guint i = 0; i < KAB_N_SERVICES; i++)
    {
      if (contains (services, i) && infos[i].needs_identity_copy)
        return TRUE;
    }

  return FALSE;
}

/**
 * kab_services_get_website_rule:
 * @services: a set of services
 *
 * Returns: the strictest rule for the web address that one of @services has (A8, A31)
 */
KabFieldRule
kab_services_get_website_rule (KabServices services)
{
  KabFieldRule rule = KAB_FIELD_HIDDEN;

  for (guint i = 0; i < KAB_N_SERVICES; i++)
    {
      if (contains (services, i))
        rule = MAX (rule, infos[i].website);
    }

  return rule;
}

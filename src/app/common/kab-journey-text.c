/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-journey-text.h"

#include <glib/gi18n.h>

/* The journey in words: services, stages and what each asks of whom. */

typedef struct
{
  const char *title;
  const char *meaning;
} ServiceText;

static const ServiceText services[KAB_N_SERVICES] = {
  [KAB_SERVICE_NEW_CLIENT] = { N_("Become a client"), N_("An account of your own at this bank") },
  [KAB_SERVICE_CARD_USER] = { N_("Use an additional payment card"),
                              N_("A card to the account of somebody who is a client already") },
  [KAB_SERVICE_INTERNET_BANK_USER] = { N_("Use the internet bank for somebody"),
                                       N_("For a person or company that is a client already") },
  [KAB_SERVICE_ACCOUNT] = { N_("Business account"),
                            N_("A current account for the company’s business") },
  [KAB_SERVICE_SAFEGUARDING] = { N_("Safeguarding account"),
                                 N_("For payment institutions and crypto-asset services") },
  [KAB_SERVICE_ACQUIRING] = { N_("Accept payments"), N_("For a merchant who sells online") },
  [KAB_SERVICE_RENEWAL] = { N_("Renew the company’s documents"),
                            N_("Also when a representative or owner changes") },
  [KAB_SERVICE_ECOMMERCE_RENEWAL] = { N_("Renew the documents of an online shop"),
                                      N_("Also when a representative or owner changes") },
};

static const char *const stage_titles[KAB_N_STAGES] = {
  [KAB_STAGE_INITIAL_INFORMATION] = N_("Details"),
  [KAB_STAGE_PHOTO_IDENTIFICATION] = N_("Photo-identification"),
  [KAB_STAGE_DOCUMENTS] = N_("Documents"),
  [KAB_STAGE_SIGNING] = N_("Signing of documents"),
  [KAB_STAGE_FEE] = N_("Fee"),
  [KAB_STAGE_IDENTIFICATION] = N_("Identification by video or in person"),
  [KAB_STAGE_DECISION] = N_("Decision by the bank"),
};

static const char *const decisions[] = {
  [KAB_DECISION_ACCOUNT_OPENING] = N_("Opening of the account"),
  [KAB_DECISION_SERVICE_CONNECTION] = N_("Connecting of the service"),
  [KAB_DECISION_DOCUMENT_RENEWAL] = N_("Renewal of the documents"),
  [KAB_DECISION_CARD_ISSUING] = N_("Issuing of the card"),
  [KAB_DECISION_USER_ACTIVATION] = N_("Activation of the internet-bank user"),
};

/**
 * kab_service_get_title:
 * @service: a service
 *
 * Returns: (transfer none): what somebody wants who chooses it, in the current language
 */
const char *
kab_service_get_title (KabService service)
{
  g_return_val_if_fail ((guint) service < KAB_N_SERVICES, "");

  return _ (services[service].title);
}

/**
 * kab_service_get_meaning:
 * @service: a service
 *
 * Returns: (transfer none): a few words more about it
 */
const char *
kab_service_get_meaning (KabService service)
{
  g_return_val_if_fail ((guint) service < KAB_N_SERVICES, "");

  return _ (services[service].meaning);
}

/**
 * kab_stage_get_title:
 * @kind: a stage
 *
 * Returns: (transfer none): its title, in the current language
 */
const char *
kab_stage_get_title (KabStageKind kind)
{
  g_return_val_if_fail ((guint) kind < KAB_N_STAGES, "");

  return _ (stage_titles[kind]);
}

static const char *
get_identification_meaning (KabIdentificationGroup group)
{
  switch (group)
    {
    case KAB_GROUP_REPRESENTATIVES:
      return _("Everybody who will represent the company, each with passport or ID card and a "
                "camera, any time of day.");
    case KAB_GROUP_PERSON:
    case KAB_GROUP_REGISTRANT:
    default:
      return _("With your passport or ID card and a camera, any time of day.");
    }
}

static char *
dup_decision_meaning (const KabJourney *journey)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint told = 0;

  for (guint i = 0; i < KAB_N_SERVICES; i++)
    {
      KabDecisionKind kind = kab_service_get_info (i)->decision;

      if (!(journey->services & KAB_SERVICES (i)) || (told & (1u << kind)))
        continue;
      told |= 1u << kind;
      if (text->len > 0)
        g_string_append (text, ", ");
      g_string_append (text, _ (decisions[kind]));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * kab_stage_dup_meaning:
 * @journey: a journey
 * @kind: one of its stages
 *
 * Returns: (transfer full): who does what in that stage, and which papers it needs
 */
char *
kab_stage_dup_meaning (const KabJourney *journey, KabStageKind kind)
{
  switch (kind)
    {
    case KAB_STAGE_INITIAL_INFORMATION:
      if (kab_services_need_identity_copy (journey->services))
        return g_strdup (_("Your contacts and the application form. Have ready a copy of your "
                            "identity document with a note in your own hand."));
      return g_strdup (_("Your contacts and the application form."));
    case KAB_STAGE_PHOTO_IDENTIFICATION:
      return g_strdup (get_identification_meaning (journey->group));
    case KAB_STAGE_DOCUMENTS:
      return g_strdup (_("The bank’s questionnaires, filled in right here."));
    case KAB_STAGE_SIGNING:
      return g_strdup (_("You look at the final documents and sign them electronically."));
    case KAB_STAGE_FEE:
      return g_strdup (_("By the invoice that the bank sends you."));
    case KAB_STAGE_IDENTIFICATION:
      return g_strdup (_("The bank arranges the time with you."));
    case KAB_STAGE_DECISION:
      return dup_decision_meaning (journey);
    case KAB_N_STAGES:
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * kab_minutes_text:
 * @minutes: an estimate
 *
 * Returns: (transfer full): "about 5 minutes"
 */
char *
kab_minutes_text (guint minutes)
{
  return g_strdup_printf (ngettext ("about %u minute", "about %u minutes", minutes), minutes);
}

/**
 * kab_minutes_short_text:
 * @minutes: an estimate
 *
 * Returns: (transfer full): "5 min", for where there is little room; say kab_minutes_text()
 */
char *
kab_minutes_short_text (guint minutes)
{
  return g_strdup_printf (_("%u min"), minutes);
}

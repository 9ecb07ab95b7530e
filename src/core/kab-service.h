/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-check.h"

G_BEGIN_DECLS

/**
 * KabService:
 *
 * The eight services that an application may ask for; a set of them is a #KabServices.
 */
typedef enum
{
  KAB_SERVICE_NEW_CLIENT,         /* N1 */
  KAB_SERVICE_CARD_USER,          /* N2 */
  KAB_SERVICE_INTERNET_BANK_USER, /* N3 */
  KAB_SERVICE_ACCOUNT,            /* LA */
  KAB_SERVICE_SAFEGUARDING,       /* LB */
  KAB_SERVICE_ACQUIRING,          /* LC */
  KAB_SERVICE_RENEWAL,            /* LD */
  KAB_SERVICE_ECOMMERCE_RENEWAL,  /* LE */
  KAB_N_SERVICES,
} KabService;

/* Bits 1 << KabService. */
typedef guint KabServices;

#define KAB_SERVICES(service) (1u << (service))
#define KAB_SERVICES_ALL      ((1u << KAB_N_SERVICES) - 1)

typedef enum
{
  KAB_CLIENT_NATURAL,
  KAB_CLIENT_LEGAL,
} KabClientType;

/**
 * KabFormBranch:
 *
 * Which application form a service needs: §4, §6 or §7 of the guide.
 */
typedef enum
{
  KAB_FORM_BRANCH_NATURAL,
  KAB_FORM_BRANCH_RENEWAL, /* branch A: LD, LE */
  KAB_FORM_BRANCH_COMPANY, /* branch B: LA, LB, LC */
} KabFormBranch;

/**
 * KabIdentificationGroup:
 *
 * Who must identify, is asked for a video call and signs; from the narrowest to the widest.
 */
typedef enum
{
  KAB_GROUP_PERSON,          /* the person who applies */
  KAB_GROUP_REGISTRANT,      /* the representative who registered */
  KAB_GROUP_REPRESENTATIVES, /* all who will represent the client before the bank (LGB-18) */
} KabIdentificationGroup;

/**
 * KabDecisionKind:
 *
 * The final stage of a service, DEC-1 to DEC-5.
 */
typedef enum
{
  KAB_DECISION_ACCOUNT_OPENING,
  KAB_DECISION_SERVICE_CONNECTION,
  KAB_DECISION_DOCUMENT_RENEWAL,
  KAB_DECISION_CARD_ISSUING,
  KAB_DECISION_USER_ACTIVATION,
} KabDecisionKind;

typedef enum
{
  KAB_FIELD_HIDDEN,
  KAB_FIELD_OPTIONAL,
  KAB_FIELD_REQUIRED,
} KabFieldRule;

/**
 * KabServiceInfo:
 * @code: the code on the wire: N1 N2 N3 LA LB LC LD LE
 * @client_type: who may ask for it
 * @branch: the form that it needs
 * @website: whether that form asks for a web address
 * @needs_identity_copy: whether a copy of the identity document with a handwritten note is due
 * @group: who must identify
 * @has_fee: whether the commission fee is due
 * @decision: its final stage
 *
 * A row of the decision table (§8.1 of the checklist).
 */
typedef struct
{
  const char *code;
  KabClientType client_type;
  KabFormBranch branch;
  KabFieldRule website;
  gboolean needs_identity_copy;
  KabIdentificationGroup group;
  gboolean has_fee;
  KabDecisionKind decision;
} KabServiceInfo;

const KabServiceInfo *kab_service_get_info (KabService service);
gboolean kab_service_from_code (const char *code, KabService *service);
const char *kab_client_type_code (KabClientType type);
gboolean kab_client_type_from_code (const char *code, KabClientType *type);
const char *kab_decision_kind_code (KabDecisionKind kind);
const char *kab_identification_group_code (KabIdentificationGroup group);

KabCheck kab_services_check (KabServices services, KabClientType type, gboolean may_mix);
gboolean kab_services_from_codes (const char *const *codes, KabServices *services);
char **kab_services_to_codes (KabServices services);
KabIdentificationGroup kab_services_get_group (KabServices services);
gboolean kab_services_have_fee (KabServices services);
gboolean kab_services_need_identity_copy (KabServices services);
KabFieldRule kab_services_get_website_rule (KabServices services);

G_END_DECLS

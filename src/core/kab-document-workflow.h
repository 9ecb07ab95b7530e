/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabDocumentState:
 *
 * The seven statuses of a document (STS-1 to STS-7), and that of one that doesn't exist yet. From
 * %KAB_DOCUMENT_READY_FOR_SIGNING on, the client's document work is over.
 */
typedef enum
{
  KAB_DOCUMENT_NONE,
  KAB_DOCUMENT_NEW,
  KAB_DOCUMENT_PROCESSING,
  KAB_DOCUMENT_INFORMATION_NEEDED,
  KAB_DOCUMENT_DRAFT,
  KAB_DOCUMENT_READY_FOR_SIGNING,
  KAB_DOCUMENT_SIGNING,
  KAB_DOCUMENT_SIGNED,
  KAB_N_DOCUMENT_STATES,
} KabDocumentState;

typedef enum
{
  KAB_DOCUMENT_BY_CLIENT,
  KAB_DOCUMENT_BY_EMPLOYEE,
  KAB_DOCUMENT_BY_SYSTEM, /* the server itself and the signing service */
  KAB_N_DOCUMENT_ACTORS,
} KabDocumentActor;

/**
 * KabDocumentAction:
 *
 * What can be done with a document. The first group leaves its state alone.
 */
typedef enum
{
  KAB_DOCUMENT_VIEW,         /* see that it exists, its state and dates */
  KAB_DOCUMENT_VIEW_CONTENT, /* see its content and versions */
  KAB_DOCUMENT_EDIT,
  KAB_DOCUMENT_ADD_FILES,
  KAB_DOCUMENT_COMMENT,           /* note something for a later request of information */
  KAB_DOCUMENT_DOWNLOAD_PACKAGE,  /* save the final package */
  KAB_DOCUMENT_OPEN_SIGNING_LINK, /* go to the signing service */
  KAB_DOCUMENT_REMIND,            /* remind the signers */
  KAB_DOCUMENT_ARCHIVE,

  KAB_DOCUMENT_CREATE_REQUESTED,    /* a blank questionnaire (A16) */
  KAB_DOCUMENT_SAVE,                /* «Saglabāt» */
  KAB_DOCUMENT_SUBMIT,              /* «Iesniegt» */
  KAB_DOCUMENT_REQUEST_INFORMATION, /* with a comment on a field */
  KAB_DOCUMENT_SEND_PACKAGE,        /* the final package, for approval */
  KAB_DOCUMENT_APPROVE,             /* «Saskaņot»; an employee records one given otherwise */
  KAB_DOCUMENT_REQUEST_CHANGES,     /* «Lūgt izmaiņas» (A17) */
  KAB_DOCUMENT_REPLACE_PACKAGE,     /* for repeated approval */
  KAB_DOCUMENT_UPLOAD_SIGNED,       /* signed with an own signature (A18) */
  KAB_DOCUMENT_VERIFY_SIGNATURE,    /* the uploaded package is found to be signed well */
  KAB_DOCUMENT_REPORT_ALL_SIGNED,   /* the signing service has all signatures */
  KAB_N_DOCUMENT_ACTIONS,
} KabDocumentAction;

/* Bits 1 << KabDocumentAction. */
typedef guint KabDocumentActions;

#define KAB_DOCUMENT_ACTIONS(action) (1u << (action))

/**
 * KabDocumentError:
 * @KAB_DOCUMENT_ERROR_ACTOR: this actor never does that
 * @KAB_DOCUMENT_ERROR_LOCKED: the bank is working on it; the client waits
 * @KAB_DOCUMENT_ERROR_SIGNED: it is signed; everything later goes through messages
 * @KAB_DOCUMENT_ERROR_STATE: not in this state
 */
typedef enum
{
  KAB_DOCUMENT_ERROR_ACTOR,
  KAB_DOCUMENT_ERROR_LOCKED,
  KAB_DOCUMENT_ERROR_SIGNED,
  KAB_DOCUMENT_ERROR_STATE,
} KabDocumentError;

#define KAB_DOCUMENT_ERROR (kab_document_error_quark ())

GQuark kab_document_error_quark (void);
const char *kab_document_error_code (KabDocumentError code);
const char *kab_document_state_name (KabDocumentState state);
gboolean kab_document_state_from_name (const char *name, KabDocumentState *state);
const char *kab_document_action_name (KabDocumentAction action);
gboolean kab_document_action_from_name (const char *name, KabDocumentAction *action);
gboolean kab_document_state_is_client_work (KabDocumentState state);
KabDocumentActions kab_document_workflow_actions (KabDocumentState state, KabDocumentActor actor);
gboolean kab_document_workflow_apply (KabDocumentState state,
                                      KabDocumentActor actor,
                                      KabDocumentAction action,
                                      KabDocumentState *new_state,
                                      GError **error);

G_END_DECLS

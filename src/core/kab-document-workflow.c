/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-document-workflow.h"

typedef struct
{
  KabDocumentState from;
  KabDocumentActor actor;
  KabDocumentAction action;
  KabDocumentState to;
} Transition;

#define CLIENT   KAB_DOCUMENT_BY_CLIENT
#define EMPLOYEE KAB_DOCUMENT_BY_EMPLOYEE
#define SYSTEM   KAB_DOCUMENT_BY_SYSTEM

/* §11.1 of the checklist. */
static const Transition transitions[] = {
  { KAB_DOCUMENT_NONE, CLIENT, KAB_DOCUMENT_SAVE, KAB_DOCUMENT_NEW },
  { KAB_DOCUMENT_NONE, CLIENT, KAB_DOCUMENT_SUBMIT, KAB_DOCUMENT_PROCESSING },
  { KAB_DOCUMENT_NONE, EMPLOYEE, KAB_DOCUMENT_CREATE_REQUESTED, KAB_DOCUMENT_NEW },
  { KAB_DOCUMENT_NONE, SYSTEM, KAB_DOCUMENT_CREATE_REQUESTED, KAB_DOCUMENT_NEW },

  { KAB_DOCUMENT_NEW, CLIENT, KAB_DOCUMENT_SAVE, KAB_DOCUMENT_NEW },
  { KAB_DOCUMENT_NEW, CLIENT, KAB_DOCUMENT_SUBMIT, KAB_DOCUMENT_PROCESSING },

  { KAB_DOCUMENT_PROCESSING, EMPLOYEE, KAB_DOCUMENT_REQUEST_INFORMATION,
    KAB_DOCUMENT_INFORMATION_NEEDED },
  { KAB_DOCUMENT_PROCESSING, EMPLOYEE, KAB_DOCUMENT_SEND_PACKAGE, KAB_DOCUMENT_READY_FOR_SIGNING },

  { KAB_DOCUMENT_INFORMATION_NEEDED, CLIENT, KAB_DOCUMENT_SAVE, KAB_DOCUMENT_DRAFT },
  { KAB_DOCUMENT_INFORMATION_NEEDED, CLIENT, KAB_DOCUMENT_SUBMIT, KAB_DOCUMENT_PROCESSING },

  { KAB_DOCUMENT_DRAFT, CLIENT, KAB_DOCUMENT_SAVE, KAB_DOCUMENT_DRAFT },
  { KAB_DOCUMENT_DRAFT, CLIENT, KAB_DOCUMENT_SUBMIT, KAB_DOCUMENT_PROCESSING },

  { KAB_DOCUMENT_READY_FOR_SIGNING, CLIENT, KAB_DOCUMENT_APPROVE, KAB_DOCUMENT_SIGNING },
  { KAB_DOCUMENT_READY_FOR_SIGNING, EMPLOYEE, KAB_DOCUMENT_APPROVE, KAB_DOCUMENT_SIGNING },
  { KAB_DOCUMENT_READY_FOR_SIGNING, CLIENT, KAB_DOCUMENT_REQUEST_CHANGES,
    KAB_DOCUMENT_READY_FOR_SIGNING },
  { KAB_DOCUMENT_READY_FOR_SIGNING, EMPLOYEE, KAB_DOCUMENT_REPLACE_PACKAGE,
    KAB_DOCUMENT_READY_FOR_SIGNING },

  { KAB_DOCUMENT_SIGNING, EMPLOYEE, KAB_DOCUMENT_REPLACE_PACKAGE, KAB_DOCUMENT_READY_FOR_SIGNING },
  { KAB_DOCUMENT_SIGNING, CLIENT, KAB_DOCUMENT_UPLOAD_SIGNED, KAB_DOCUMENT_SIGNING },
  { KAB_DOCUMENT_SIGNING, EMPLOYEE, KAB_DOCUMENT_VERIFY_SIGNATURE, KAB_DOCUMENT_SIGNED },
  { KAB_DOCUMENT_SIGNING, SYSTEM, KAB_DOCUMENT_VERIFY_SIGNATURE, KAB_DOCUMENT_SIGNED },
  { KAB_DOCUMENT_SIGNING, SYSTEM, KAB_DOCUMENT_REPORT_ALL_SIGNED, KAB_DOCUMENT_SIGNED },
};

#define RIGHT(action) KAB_DOCUMENT_ACTIONS (KAB_DOCUMENT_##action)
#define READ          (RIGHT (VIEW) | RIGHT (VIEW_CONTENT))
#define WRITE         (RIGHT (EDIT) | RIGHT (ADD_FILES))

/* §11.2 of the checklist: what leaves the state alone. Unsent content is the client's own (A19). */
static const KabDocumentActions rights[KAB_N_DOCUMENT_ACTORS][KAB_N_DOCUMENT_STATES] = {
  [CLIENT] = {
    [KAB_DOCUMENT_NONE] = WRITE,
    [KAB_DOCUMENT_NEW] = READ | WRITE,
    [KAB_DOCUMENT_PROCESSING] = READ,
    [KAB_DOCUMENT_INFORMATION_NEEDED] = READ | WRITE,
    [KAB_DOCUMENT_DRAFT] = READ | WRITE,
    [KAB_DOCUMENT_READY_FOR_SIGNING] = READ,
    [KAB_DOCUMENT_SIGNING] = READ | RIGHT (DOWNLOAD_PACKAGE) | RIGHT (OPEN_SIGNING_LINK),
    [KAB_DOCUMENT_SIGNED] = READ | RIGHT (DOWNLOAD_PACKAGE),
  },
  [EMPLOYEE] = {
    [KAB_DOCUMENT_NEW] = RIGHT (VIEW),
    [KAB_DOCUMENT_PROCESSING] = READ | RIGHT (COMMENT),
    [KAB_DOCUMENT_INFORMATION_NEEDED] = READ,
    [KAB_DOCUMENT_DRAFT] = RIGHT (VIEW),
    [KAB_DOCUMENT_READY_FOR_SIGNING] = READ,
    [KAB_DOCUMENT_SIGNING] = READ | RIGHT (REMIND),
    [KAB_DOCUMENT_SIGNED] = READ | RIGHT (DOWNLOAD_PACKAGE) | RIGHT (ARCHIVE),
  },
};

static const char *const state_names[KAB_N_DOCUMENT_STATES] = {
  [KAB_DOCUMENT_NONE] = "none",
  [KAB_DOCUMENT_NEW] = "new",
  [KAB_DOCUMENT_PROCESSING] = "processing",
  [KAB_DOCUMENT_INFORMATION_NEEDED] = "information-needed",
  [KAB_DOCUMENT_DRAFT] = "draft",
  [KAB_DOCUMENT_READY_FOR_SIGNING] = "ready-for-signing",
  [KAB_DOCUMENT_SIGNING] = "signing",
  [KAB_DOCUMENT_SIGNED] = "signed",
};

static const char *const action_names[KAB_N_DOCUMENT_ACTIONS] = {
  [KAB_DOCUMENT_VIEW] = "view",
  [KAB_DOCUMENT_VIEW_CONTENT] = "view-content",
  [KAB_DOCUMENT_EDIT] = "edit",
  [KAB_DOCUMENT_ADD_FILES] = "add-files",
  [KAB_DOCUMENT_COMMENT] = "comment",
  [KAB_DOCUMENT_DOWNLOAD_PACKAGE] = "download-package",
  [KAB_DOCUMENT_OPEN_SIGNING_LINK] = "open-signing-link",
  [KAB_DOCUMENT_REMIND] = "remind",
  [KAB_DOCUMENT_ARCHIVE] = "archive",
  [KAB_DOCUMENT_CREATE_REQUESTED] = "create-requested",
  [KAB_DOCUMENT_SAVE] = "save",
  [KAB_DOCUMENT_SUBMIT] = "submit",
  [KAB_DOCUMENT_REQUEST_INFORMATION] = "request-information",
  [KAB_DOCUMENT_SEND_PACKAGE] = "send-package",
  [KAB_DOCUMENT_APPROVE] = "approve",
  [KAB_DOCUMENT_REQUEST_CHANGES] = "request-changes",
  [KAB_DOCUMENT_REPLACE_PACKAGE] = "replace-package",
  [KAB_DOCUMENT_UPLOAD_SIGNED] = "upload-signed",
  [KAB_DOCUMENT_VERIFY_SIGNATURE] = "verify-signature",
  [KAB_DOCUMENT_REPORT_ALL_SIGNED] = "report-all-signed",
};

G_DEFINE_QUARK (kab - document - error - quark, kab_document_error)

static gboolean
find_name (const char *const *names, guint n_names, const char *name, guint *found)
{
  for (guint i = 0; i < n_names; i++)
    {
      if (g_strcmp0 (names[i], name) == 0)
        {
          *found = i;
          return TRUE;
        }
    }

  return FALSE;
}

static const Transition *
find_transition (KabDocumentState state, KabDocumentActor actor, KabDocumentAction action)
{
  for (gsize i = 0; i < G_N_ELEMENTS (transitions); i++)
    {
      const Transition *transition = &transitions[i];

      if (transition->from == state && transition->actor == actor && transition->action == action)
        return transition;
    }

  return NULL;
}

static gboolean
ever_does (KabDocumentActor actor, KabDocumentAction action)
{
  for (guint state = 0; state < KAB_N_DOCUMENT_STATES; state++)
    {
      if (kab_document_workflow_actions (state, actor) & KAB_DOCUMENT_ACTIONS (action))
        return TRUE;
    }

  return FALSE;
}

static KabDocumentError
reason_against (KabDocumentState state, KabDocumentActor actor, KabDocumentAction action)
{
  if (!ever_does (actor, action))
    return KAB_DOCUMENT_ERROR_ACTOR;
  if (state == KAB_DOCUMENT_SIGNED)
    return KAB_DOCUMENT_ERROR_SIGNED;
  if (state == KAB_DOCUMENT_PROCESSING && actor == CLIENT)
    return KAB_DOCUMENT_ERROR_LOCKED;

  return KAB_DOCUMENT_ERROR_STATE;
}

/**
 * kab_document_error_code:
 * @code: a code of %KAB_DOCUMENT_ERROR
 *
 * Returns: (transfer none): its stable name on the wire
 */
const char *
kab_document_error_code (KabDocumentError code)
{
  static const char *const codes[] = {
    [KAB_DOCUMENT_ERROR_ACTOR] = "document-actor",
    [KAB_DOCUMENT_ERROR_LOCKED] = "document-locked",
    [KAB_DOCUMENT_ERROR_SIGNED] = "document-signed",
    [KAB_DOCUMENT_ERROR_STATE] = "document-state",
  };

  g_return_val_if_fail ((guint) code < G_N_ELEMENTS (codes), NULL);

  return codes[code];
}

/**
 * kab_document_state_name:
 * @state: a state
 *
 * Returns: (transfer none): its name on the wire and in storage
 */
const char *
kab_document_state_name (KabDocumentState state)
{
  g_return_val_if_fail (state < KAB_N_DOCUMENT_STATES, NULL);

  return state_names[state];
}

/**
 * kab_document_state_from_name:
 * @name: (nullable): a name from the wire or storage
 * @state: (out): the state, never %KAB_DOCUMENT_NONE
 *
 * Returns: whether there is one
 */
gboolean
kab_document_state_from_name (const char *name, KabDocumentState *state)
{
  guint found;

  if (!find_name (state_names, KAB_N_DOCUMENT_STATES, name, &found) || found == KAB_DOCUMENT_NONE)
    return FALSE;
  *state = found;

  return TRUE;
}

/**
 * kab_document_action_name:
 * @action: an action
 *
 * Returns: (transfer none): its name on the wire and in the history
 */
const char *
kab_document_action_name (KabDocumentAction action)
{
  g_return_val_if_fail (action < KAB_N_DOCUMENT_ACTIONS, NULL);

  return action_names[action];
}

/**
 * kab_document_action_from_name:
 * @name: (nullable): a name from the wire
 * @action: (out): the action
 *
 * Returns: whether there is one
 */
gboolean
kab_document_action_from_name (const char *name, KabDocumentAction *action)
{
  guint found;

  if (!find_name (action_names, KAB_N_DOCUMENT_ACTIONS, name, &found))
    return FALSE;
  *action = found;

  return TRUE;
}

/**
 * kab_document_state_is_client_work:
 * @state: a state
 *
 * Returns: whether the client may fill the document in and submit it (STS-9)
 */
gboolean
kab_document_state_is_client_work (KabDocumentState state)
{
  return state == KAB_DOCUMENT_NEW || state == KAB_DOCUMENT_INFORMATION_NEEDED ||
         state == KAB_DOCUMENT_DRAFT;
}

/**
 * kab_document_workflow_actions:
 * @state: the state of a document
 * @actor: who asks
 *
 * Returns: everything that @actor may do now
 */
KabDocumentActions
kab_document_workflow_actions (KabDocumentState state, KabDocumentActor actor)
{
  KabDocumentActions actions;

  g_return_val_if_fail (state < KAB_N_DOCUMENT_STATES, 0);
  g_return_val_if_fail (actor < KAB_N_DOCUMENT_ACTORS, 0);

  actions = rights[actor][state];
  for (gsize i = 0; i < G_N_ELEMENTS (transitions); i++)
    {
      if (transitions[i].from == state && transitions[i].actor == actor)
        actions |= KAB_DOCUMENT_ACTIONS (transitions[i].action);
    }

  return actions;
}

/**
 * kab_document_workflow_apply:
 * @state: the state of a document
 * @actor: who acts
 * @action: what is done
 * @new_state: (out): the state afterwards, which may be the same; untouched on failure
 * @error: an error of %KAB_DOCUMENT_ERROR
 *
 * The one place that changes the state of a document; whatever §11.1 and §11.2 of the checklist
 * don't allow is refused.
 *
 * Returns: whether @actor may do @action
 */
gboolean
kab_document_workflow_apply (KabDocumentState state,
                             KabDocumentActor actor,
                             KabDocumentAction action,
                             KabDocumentState *new_state,
                             GError **error)
{
  const Transition *transition;
  KabDocumentError reason;

  g_return_val_if_fail (state < KAB_N_DOCUMENT_STATES, FALSE);
  g_return_val_if_fail (actor < KAB_N_DOCUMENT_ACTORS, FALSE);
  g_return_val_if_fail (action < KAB_N_DOCUMENT_ACTIONS, FALSE);

  transition = find_transition (state, actor, action);
  if (transition != NULL || (rights[actor][state] & KAB_DOCUMENT_ACTIONS (action)) != 0)
    {
      *new_state = transition != NULL ? transition->to : state;
      return TRUE;
    }

  reason = reason_against (state, actor, action);
  g_set_error (error, KAB_DOCUMENT_ERROR, (int) reason, "%s: %s in state %s",
               kab_document_error_code (reason), action_names[action], state_names[state]);

  return FALSE;
}

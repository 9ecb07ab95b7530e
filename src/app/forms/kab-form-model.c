/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/kab-form-model.h"

#include <string.h>

#include "common/kab-error-text.h"
#include "common/kab-upload-keeper.h"
#include "forms/kab-form-answers.h"
#include "forms/kab-form-words.h"
#include "kab-json-copy.h"

/**
 * KabFormModel:
 *
 * A form while it is filled: its answers as they are typed, what they amount to, which fields were
 * left and so may show what is wrong with them, what the bank refused, and what it says to a field.
 * Places are JSON pointers into the answers: "/birth_date", "/residences/0/country".
 *
 * Signals: "changed" when the person changed an answer; "updated" whenever anything that is shown
 * may be different.
 */
struct _KabFormModel
{
  GObject parent_instance;

  KabFormDefinition *definition; /* (owned) */
  KabFormContext *context;       /* (owned) */
  JsonObject *answers;           /* (owned): never changed in place */
  KabFormEvaluation *evaluation; /* (owned) */
  GHashTable *left;              /* (owned): set of pointers */
  GHashTable *refusals;          /* (owned): pointer → Refusal */
  GHashTable *comments;          /* (owned): pointer → text */
  GHashTable *attachments;       /* (owned): pointer → KabAttachments */
  KabApi *api;                   /* (owned) (nullable) */
  KabDraftJournal *journal;      /* (owned) (nullable) */
  char *files_key;               /* (owned) (nullable) */
  GPtrArray *keepers;            /* (owned) (element-type KabUploadKeeper) */
  gboolean read_only;
  gboolean quiet;
};

typedef struct
{
  char *code;         /* (owned) */
  JsonObject *params; /* (owned) (nullable) */
} Refusal;

enum
{
  CHANGED,
  UPDATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabFormModel, kab_form_model, G_TYPE_OBJECT)

static void
refusal_free (Refusal *refusal)
{
  g_free (refusal->code);
  g_clear_pointer (&refusal->params, json_object_unref);
  g_free (refusal);
}

static void
evaluate (KabFormModel *self)
{
  g_clear_pointer (&self->evaluation, kab_form_evaluation_free);
  self->evaluation = kab_form_evaluation_new (self->definition, self->answers, self->context);
}

/* @answers: (transfer full) */
static void
take_answers (KabFormModel *self, JsonObject *answers)
{
  g_clear_pointer (&self->answers, json_object_unref);
  self->answers = answers;
  evaluate (self);
}

static gboolean
is_below (gpointer key, gpointer value, gpointer pointer)
{
  gsize length = strlen (pointer);

  return strncmp (key, pointer, length) == 0 &&
         (((char *) key)[length] == '/' || ((char *) key)[length] == '\0');
}

static void
kab_form_model_finalize (GObject *object)
{
  KabFormModel *self = KAB_FORM_MODEL (object);

  g_clear_pointer (&self->evaluation, kab_form_evaluation_free);
  g_clear_pointer (&self->answers, json_object_unref);
  g_clear_pointer (&self->context, kab_form_context_free);
  g_clear_pointer (&self->definition, kab_form_definition_unref);
  g_hash_table_unref (self->left);
  g_hash_table_unref (self->refusals);
  g_hash_table_unref (self->comments);
  g_ptr_array_unref (self->keepers);
  g_hash_table_unref (self->attachments);
  g_clear_object (&self->api);
  g_clear_object (&self->journal);
  g_free (self->files_key);

  G_OBJECT_CLASS (kab_form_model_parent_class)->finalize (object);
}

static void
kab_form_model_class_init (KabFormModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_form_model_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[UPDATED] = g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_form_model_init (KabFormModel *self)
{
  self->left = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->refusals =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) refusal_free);
  self->comments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->attachments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->keepers = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * kab_form_model_new:
 * @definition: a form
 * @answers: (nullable): its answers so far; copied. %NULL begins with the form's defaults
 * @context: (transfer full): the day and the facts
 *
 * Returns: (transfer full): the form, ready to be filled
 */
KabFormModel *
kab_form_model_new (KabFormDefinition *definition, JsonObject *answers, KabFormContext *context)
{
  KabFormModel *self = g_object_new (KAB_TYPE_FORM_MODEL, NULL);

  self->definition = kab_form_definition_ref (definition);
  self->context = context;
  take_answers (self,
                answers != NULL ? kab_json_copy (answers) : kab_form_answers_new (definition));

  return self;
}

/* What a getter returns belongs to the form. */
KabFormDefinition *
kab_form_model_get_definition (KabFormModel *self)
{
  g_return_val_if_fail (KAB_IS_FORM_MODEL (self), NULL);

  return self->definition;
}

/**
 * kab_form_model_get_evaluation:
 * @self: a form
 *
 * Returns: (transfer none): what the answers amount to, until the next change
 */
KabFormEvaluation *
kab_form_model_get_evaluation (KabFormModel *self)
{
  g_return_val_if_fail (KAB_IS_FORM_MODEL (self), NULL);

  return self->evaluation;
}

/**
 * kab_form_model_get_answers:
 * @self: a form
 *
 * Returns: (transfer none): the answers as they are saved: in their normal form, without those of
 *   fields that are hidden; until the next change
 */
JsonObject *
kab_form_model_get_answers (KabFormModel *self)
{
  g_return_val_if_fail (KAB_IS_FORM_MODEL (self), NULL);

  return kab_form_evaluation_get_answers (self->evaluation);
}

/**
 * kab_form_model_set_answers:
 * @self: a form
 * @answers: other answers, such as those from another device; copied
 */
void
kab_form_model_set_answers (KabFormModel *self, JsonObject *answers)
{
  g_return_if_fail (KAB_IS_FORM_MODEL (self));

  take_answers (self, kab_json_copy (answers));
  g_hash_table_remove_all (self->refusals);
  g_signal_emit (self, signals[UPDATED], 0);
}

/**
 * kab_form_model_get_answer:
 * @self: a form
 * @pointer: the place of an answer
 *
 * Returns: (transfer none) (nullable): the answer as it was typed
 */
JsonNode *
kab_form_model_get_answer (KabFormModel *self, const char *pointer)
{
  g_autofree char *member = NULL;
  JsonObject *owner;

  g_return_val_if_fail (KAB_IS_FORM_MODEL (self), NULL);

  owner = kab_form_answers_find_owner (self->answers, pointer, &member);

  return owner != NULL ? json_object_get_member (owner, member) : NULL;
}

/**
 * kab_form_model_take_answer:
 * @self: a form
 * @pointer: the place of an answer
 * @answer: (transfer full) (nullable): what was typed or chosen there; %NULL for nothing
 *
 * Until the field is left it shows no problem.
 */
void
kab_form_model_take_answer (KabFormModel *self, const char *pointer, JsonNode *answer)
{
  g_autoptr (JsonObject) answers = NULL;
  g_autoptr (JsonNode) taken = answer;
  g_autofree char *member = NULL;
  JsonObject *owner;

  g_return_if_fail (KAB_IS_FORM_MODEL (self));

  answers = kab_json_copy (self->answers);
  owner = kab_form_answers_find_owner (answers, pointer, &member);
  if (owner == NULL)
    return;

  if (taken != NULL)
    json_object_set_member (owner, member, g_steal_pointer (&taken));
  else
    json_object_remove_member (owner, member);
  g_hash_table_foreach_remove (self->left, is_below, (gpointer) pointer);
  g_hash_table_foreach_remove (self->refusals, is_below, (gpointer) pointer);
  take_answers (self, g_steal_pointer (&answers));
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[UPDATED], 0);
}

/**
 * kab_form_model_get_read_only:
 * @self: a form
 *
 * Returns: whether it can only be read, such as after it was submitted
 */
gboolean
kab_form_model_get_read_only (KabFormModel *self)
{
  g_return_val_if_fail (KAB_IS_FORM_MODEL (self), TRUE);

  return self->read_only;
}

/* Before the form is shown: a view doesn't change from one to the other. */
void
kab_form_model_set_read_only (KabFormModel *self, gboolean read_only)
{
  g_return_if_fail (KAB_IS_FORM_MODEL (self));

  self->read_only = read_only;
}

/**
 * kab_form_model_get_quiet:
 * @self: a form
 *
 * Returns: whether many fields are marked at once, so that none of them speaks for itself
 */
gboolean
kab_form_model_get_quiet (KabFormModel *self)
{
  g_return_val_if_fail (KAB_IS_FORM_MODEL (self), TRUE);

  return self->quiet;
}

/**
 * kab_form_model_get_api:
 * @self: a form
 *
 * Returns: (transfer none) (nullable): where its files are sent to
 */
KabApi *
kab_form_model_get_api (KabFormModel *self)
{
  g_return_val_if_fail (KAB_IS_FORM_MODEL (self), NULL);

  return self->api;
}

/**
 * kab_form_model_send_files:
 * @self: a form
 * @api: the line to the bank; files can be added from now on
 * @journal: (nullable): where it is kept which of them are on their way
 * @key: what is filled in, in the journal
 *
 * Files that weren't there when the program ended go on when the same form is opened again.
 */
void
kab_form_model_send_files (KabFormModel *self,
                           KabApi *api,
                           KabDraftJournal *journal,
                           const char *key)
{
  g_return_if_fail (KAB_IS_FORM_MODEL (self));

  g_set_object (&self->api, api);
  g_set_object (&self->journal, journal);
  g_set_str (&self->files_key, key);
}

static void
keep_files (KabFormModel *self, KabAttachments *attachments, const char *pointer)
{
  g_autofree char *key = NULL;

  if (self->journal == NULL)
    return;

  key = g_strconcat ("files/", self->files_key, pointer, NULL);
  g_ptr_array_add (self->keepers, kab_upload_keeper_new (attachments, self->journal, key));
}

/**
 * kab_form_model_get_attachments:
 * @self: a form with kab_form_model_send_files()
 * @pointer: the place of an answer that is files
 *
 * Returns: (transfer none): those files, also while they are on their way
 */
KabAttachments *
kab_form_model_get_attachments (KabFormModel *self, const char *pointer)
{
  KabAttachments *attachments;
  const KabFormField *field;

  g_return_val_if_fail (KAB_IS_FORM_MODEL (self), NULL);

  attachments = g_hash_table_lookup (self->attachments, pointer);
  if (attachments == NULL)
    {
      field = kab_form_definition_find_field (self->definition, pointer);
      attachments = kab_attachments_new (self->api, kab_form_field_get_max_count (field));
      g_hash_table_insert (self->attachments, g_strdup (pointer), attachments);
      keep_files (self, attachments, pointer);
    }

  return attachments;
}

/**
 * kab_form_model_is_sending:
 * @self: a form
 *
 * Returns: whether a file is still on its way
 */
gboolean
kab_form_model_is_sending (KabFormModel *self)
{
  GHashTableIter iter;
  gpointer attachments;

  g_return_val_if_fail (KAB_IS_FORM_MODEL (self), FALSE);

  g_hash_table_iter_init (&iter, self->attachments);
  while (g_hash_table_iter_next (&iter, NULL, &attachments))
    {
      if (kab_attachments_get_busy (attachments))
        return TRUE;
    }

  return FALSE;
}

/**
 * kab_form_model_leave:
 * @self: a form
 * @pointer: the place of an answer
 *
 * The person went on from that field: from now on it shows what is wrong with it.
 */
void
kab_form_model_leave (KabFormModel *self, const char *pointer)
{
  g_return_if_fail (KAB_IS_FORM_MODEL (self));

  if (g_hash_table_add (self->left, g_strdup (pointer)))
    g_signal_emit (self, signals[UPDATED], 0);
}

/**
 * kab_form_model_show_problems:
 * @self: a form
 * @below: the place of an entry of a group, or "" for the whole form
 *
 * Lets every field show what is wrong with it or missing, after an attempt to submit.
 */
void
kab_form_model_show_problems (KabFormModel *self, const char *below)
{
  GPtrArray *problems;

  g_return_if_fail (KAB_IS_FORM_MODEL (self));

  problems = kab_form_evaluation_get_problems (self->evaluation);
  for (guint i = 0; i < problems->len; i++)
    {
      const KabFormProblem *problem = problems->pdata[i];

      if (is_below (problem->pointer, NULL, (gpointer) below))
        g_hash_table_add (self->left, g_strdup (problem->pointer));
    }
  self->quiet = TRUE;
  g_signal_emit (self, signals[UPDATED], 0);
  self->quiet = FALSE;
}

static gboolean
was_left (KabFormModel *self, const char *pointer)
{
  return g_hash_table_contains (self->left, pointer);
}

/* A problem below a field, such as of one file, is the field's too. */
static const KabFormProblem *
find_problem (KabFormModel *self, const char *pointer)
{
  const KabFormState *state = kab_form_evaluation_find_state (self->evaluation, pointer);

  if (state == NULL || !state->visible)
    return NULL;
  for (guint i = 0; i < state->problems->len; i++)
    {
      const KabFormProblem *problem = state->problems->pdata[i];

      if (was_left (self, pointer) || was_left (self, problem->pointer))
        return problem;
    }

  return NULL;
}

/**
 * kab_form_model_dup_error:
 * @self: a form
 * @pointer: the place of an answer
 *
 * Returns: (transfer full) (nullable): what to show as wrong there now
 */
char *
kab_form_model_dup_error (KabFormModel *self, const char *pointer)
{
  const KabFormProblem *problem;
  const Refusal *refusal;

  g_return_val_if_fail (KAB_IS_FORM_MODEL (self), NULL);

  problem = find_problem (self, pointer);
  if (problem != NULL)
    return kab_form_words_dup_problem (self->definition, problem);
  refusal = g_hash_table_lookup (self->refusals, pointer);

  return refusal != NULL ? kab_error_text (refusal->code, refusal->params) : NULL;
}

/**
 * kab_form_model_refuse:
 * @self: a form
 * @pointer: the place of an answer
 * @code: why the bank doesn't take it
 * @params: (nullable): what the text for @code needs
 *
 * Shows a refusal of the bank until that answer is changed.
 */
void
kab_form_model_refuse (KabFormModel *self,
                       const char *pointer,
                       const char *code,
                       JsonObject *params)
{
  Refusal *refusal;

  g_return_if_fail (KAB_IS_FORM_MODEL (self));

  refusal = g_new0 (Refusal, 1);
  refusal->code = g_strdup (code);
  refusal->params = params != NULL ? json_object_ref (params) : NULL;
  g_hash_table_insert (self->refusals, g_strdup (pointer), refusal);
  self->quiet = TRUE;
  g_signal_emit (self, signals[UPDATED], 0);
  self->quiet = FALSE;
}

/**
 * kab_form_model_get_first_error:
 * @self: a form
 *
 * Returns: (transfer none) (nullable): the place of the first answer that is missing, wrong or
 *   refused
 */
const char *
kab_form_model_get_first_error (KabFormModel *self)
{
  GPtrArray *states;

  g_return_val_if_fail (KAB_IS_FORM_MODEL (self), NULL);

  states = kab_form_evaluation_get_states (self->evaluation);
  for (guint i = 0; i < states->len; i++)
    {
      const KabFormState *state = states->pdata[i];

      if (state->visible &&
          (state->problems->len > 0 || g_hash_table_contains (self->refusals, state->pointer)))
        return state->pointer;
    }

  return NULL;
}

/**
 * kab_form_model_get_comment:
 * @self: a form
 * @pointer: the place of an answer
 *
 * Returns: (transfer none) (nullable): what the bank says to it
 */
const char *
kab_form_model_get_comment (KabFormModel *self, const char *pointer)
{
  g_return_val_if_fail (KAB_IS_FORM_MODEL (self), NULL);

  return g_hash_table_lookup (self->comments, pointer);
}

/**
 * kab_form_model_set_comment:
 * @self: a form
 * @pointer: the place of an answer
 * @comment: what the bank says to it (STF-3); one more is added to what it said before
 */
void
kab_form_model_set_comment (KabFormModel *self, const char *pointer, const char *comment)
{
  const char *before;

  g_return_if_fail (KAB_IS_FORM_MODEL (self));

  before = g_hash_table_lookup (self->comments, pointer);
  g_hash_table_replace (self->comments, g_strdup (pointer),
                        before != NULL ? g_strdup_printf ("%s\n%s", before, comment)
                                       : g_strdup (comment));
  g_signal_emit (self, signals[UPDATED], 0);
}

/* Before the comments of a later request take their place. */
void
kab_form_model_clear_comments (KabFormModel *self)
{
  g_return_if_fail (KAB_IS_FORM_MODEL (self));

  g_hash_table_remove_all (self->comments);
  g_signal_emit (self, signals[UPDATED], 0);
}

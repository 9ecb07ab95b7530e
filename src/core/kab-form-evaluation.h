/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-form-context.h"
#include "kab-form-definition.h"

G_BEGIN_DECLS

/**
 * KabFormEvaluation:
 *
 * What a form's answers amount to on a day: which fields are visible, required
 * and filled, what is missing or wrong, and the answers as they are stored.
 * Made by a pure function of definition, answers and context; it holds codes,
 * never texts. Immutable.
 */
typedef struct _KabFormEvaluation KabFormEvaluation;

/**
 * KabFormProblemKind:
 * @KAB_FORM_PROBLEM_MISSING: a required answer isn't there; a draft may be stored
 * @KAB_FORM_PROBLEM_WRONG: an answer breaks a rule; a draft may be stored
 * @KAB_FORM_PROBLEM_MALFORMED: what no form view would send: an unknown member
 *   or a value of the wrong type; a draft is refused too
 */
typedef enum
{
  KAB_FORM_PROBLEM_MISSING,
  KAB_FORM_PROBLEM_WRONG,
  KAB_FORM_PROBLEM_MALFORMED,
} KabFormProblemKind;

/* Stable codes, on the wire and in docs/errors.md; beside them stand those of
 * kab_check_code() for the checks and dates. In brackets: the parameters. */
#define KAB_FORM_CODE_REQUIRED         "required"
#define KAB_FORM_CODE_TYPE             "type" /* expected */
#define KAB_FORM_CODE_UNKNOWN_MEMBER   "unknown-member"
#define KAB_FORM_CODE_TEXT_CHARACTERS  "text-characters"
#define KAB_FORM_CODE_TOO_SHORT        "too-short" /* minimum */
#define KAB_FORM_CODE_TOO_LONG         "too-long"  /* maximum */
#define KAB_FORM_CODE_TOO_FEW          "too-few"   /* minimum */
#define KAB_FORM_CODE_TOO_MANY         "too-many"  /* maximum */
#define KAB_FORM_CODE_TOO_YOUNG        "too-young" /* minimum */
#define KAB_FORM_CODE_NOT_AN_OPTION    "not-an-option"
#define KAB_FORM_CODE_DUPLICATE        "duplicate"
#define KAB_FORM_CODE_SAME             "same" /* other: a field id */
#define KAB_FORM_CODE_NUMBER_FORMAT    "number-format"
#define KAB_FORM_CODE_NUMBER_DECIMALS  "number-decimals"  /* maximum */
#define KAB_FORM_CODE_NUMBER_TOO_SMALL "number-too-small" /* minimum */
#define KAB_FORM_CODE_NUMBER_TOO_LARGE "number-too-large" /* maximum */
#define KAB_FORM_CODE_URL              "url-format"
#define KAB_FORM_CODE_RULE             "rule" /* rule: an id */

/**
 * KabFormProblem:
 * @pointer: where, as a JSON pointer into the answers (RFC 6901)
 * @field: (nullable): the field; %NULL for an unknown member
 * @kind: how bad it is
 * @code: a stable code
 * @params: (nullable): what the code's text needs
 *
 * Read only; owned by the evaluation.
 */
typedef struct
{
  char *pointer;
  const KabFormField *field;
  KabFormProblemKind kind;
  const char *code;
  JsonObject *params;
} KabFormProblem;

/**
 * KabFormState:
 * @pointer: the answer's JSON pointer, such as "/residences/0/country"
 * @field: its field
 * @visible: whether the field is shown
 * @required: whether an answer is needed
 * @filled: whether there is one, right or wrong
 * @problems: (element-type KabFormProblem): what is missing or wrong with it
 *
 * Read only; owned by the evaluation.
 */
typedef struct
{
  char *pointer;
  const KabFormField *field;
  gboolean visible;
  gboolean required;
  gboolean filled;
  GPtrArray *problems;
} KabFormState;

KabFormEvaluation *kab_form_evaluation_new (KabFormDefinition *definition,
                                            JsonObject *answers,
                                            const KabFormContext *context);
void kab_form_evaluation_free (KabFormEvaluation *self);
gboolean kab_form_evaluation_is_complete (KabFormEvaluation *self);
gboolean kab_form_evaluation_is_storable (KabFormEvaluation *self);
gboolean kab_form_evaluation_is_section_visible (KabFormEvaluation *self,
                                                 const KabFormSection *section);
GPtrArray *kab_form_evaluation_get_states (KabFormEvaluation *self);
const KabFormState *kab_form_evaluation_find_state (KabFormEvaluation *self, const char *pointer);
GPtrArray *kab_form_evaluation_get_problems (KabFormEvaluation *self);
guint kab_form_evaluation_count_problems (KabFormEvaluation *self, KabFormProblemKind kind);
JsonObject *kab_form_evaluation_get_answers (KabFormEvaluation *self);
JsonNode *kab_form_evaluation_dup_errors (KabFormEvaluation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabFormEvaluation, kab_form_evaluation_free)

G_END_DECLS

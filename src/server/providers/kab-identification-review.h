/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabIdentificationOutcome:
 * @KAB_OUTCOME_GONE: the provider knows the person no more
 * @KAB_OUTCOME_WAITING: the person has not done everything yet
 * @KAB_OUTCOME_UNDER_WAY: the provider is at it, or waits for somebody else
 * @KAB_OUTCOME_PASSED: identified
 * @KAB_OUTCOME_REPEAT: the person may try again
 * @KAB_OUTCOME_FAILED: refused for good
 */
typedef enum
{
  KAB_OUTCOME_GONE,
  KAB_OUTCOME_WAITING,
  KAB_OUTCOME_UNDER_WAY,
  KAB_OUTCOME_PASSED,
  KAB_OUTCOME_REPEAT,
  KAB_OUTCOME_FAILED,
} KabIdentificationOutcome;

/**
 * KabIdentificationReview:
 * @person_id: (nullable): whom it is about: the bank's id
 * @comment: what may be shown to the person
 * @labels: reasons of a refusal, as stable words
 *
 * What an identification provider says of a person.
 */
typedef struct
{
  KabIdentificationOutcome outcome;
  char *person_id;
  char *comment;
  char **labels;
} KabIdentificationReview;

void kab_identification_review_free (KabIdentificationReview *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabIdentificationReview, kab_identification_review_free)

G_END_DECLS

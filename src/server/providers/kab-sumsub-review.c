/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What Sumsub's states mean (developer documentation, "Applicant statuses", "Review results"). */

#include "kab-sumsub-review.h"

#include "kab-json.h"
#include "kab-log.h"
#include "kab-provider-error.h"

#define TEXT_CHARS_MAX  2000
#define LABELS_MAX      32
#define LABEL_CHARS_MAX 64

static const char *
get_text (JsonObject *object, const char *member)
{
  const char *text =
      object != NULL ? kab_json_get_string (object, member, TEXT_CHARS_MAX, NULL) : NULL;

  return text != NULL ? text : "";
}

static char **
read_labels (JsonObject *result)
{
  char **labels = NULL;

  if (kab_json_has (result, "rejectLabels"))
    labels = kab_json_get_strings (result, "rejectLabels", LABELS_MAX, LABEL_CHARS_MAX, NULL);
  return labels != NULL ? labels : g_new0 (char *, 1);
}

/* Only an answer to a completed review counts; a YELLOW one is none. */
static gboolean
read_outcome (JsonObject *result, KabIdentificationOutcome *outcome, GError **error)
{
  const char *answer = get_text (result, "reviewAnswer");
  const char *type = get_text (result, "reviewRejectType");

  if (g_str_equal (answer, "GREEN"))
    *outcome = KAB_OUTCOME_PASSED;
  else if (!g_str_equal (answer, "RED"))
    *outcome = KAB_OUTCOME_UNDER_WAY;
  else if (g_str_equal (type, "RETRY"))
    *outcome = KAB_OUTCOME_REPEAT;
  else if (g_str_equal (type, "FINAL"))
    *outcome = KAB_OUTCOME_FAILED;
  else
    {
      g_set_error_literal (error, KAB_PROVIDER_ERROR, KAB_PROVIDER_ERROR_GARBAGE,
                           "A refusal is neither RETRY nor FINAL");
      return FALSE;
    }
  return TRUE;
}

/**
 * kab_sumsub_review_read:
 * @applicant: what `GET /resources/applicants/{id}/one` answers
 * @level: the level that has to be passed
 *
 * The moderator's comment may be shown to the person; clientComment is for the bank's eyes only and
 * is not read at all.
 *
 * Returns: (transfer full): the review, or %NULL with %KAB_PROVIDER_ERROR_GARBAGE
 */
KabIdentificationReview *
kab_sumsub_review_read (JsonObject *applicant, const char *level, GError **error)
{
  g_autoptr (KabIdentificationReview) self = g_new0 (KabIdentificationReview, 1);
  JsonObject *review = kab_json_get_object (applicant, "review", NULL);
  const char *status = get_text (review, "reviewStatus");
  JsonObject *result = review != NULL && kab_json_has (review, "reviewResult")
                           ? kab_json_get_object (review, "reviewResult", NULL)
                           : NULL;

  self->person_id = g_strdup (get_text (applicant, "externalUserId"));
  self->comment = g_strdup ("");
  self->labels = g_new0 (char *, 1);
  if (*self->person_id == '\0' || *status == '\0')
    {
      g_set_error_literal (error, KAB_PROVIDER_ERROR, KAB_PROVIDER_ERROR_GARBAGE,
                           "An applicant without externalUserId or reviewStatus");
      return NULL;
    }
  if (g_str_equal (status, "init"))
    self->outcome = KAB_OUTCOME_WAITING;
  else if (!g_str_equal (status, "completed") || result == NULL)
    self->outcome = KAB_OUTCOME_UNDER_WAY;
  else if (!g_str_equal (get_text (review, "levelName"), level))
    {
      self->outcome = KAB_OUTCOME_UNDER_WAY;
      kab_log (KAB_LOG_WARNING, "identification-other-level", NULL);
    }
  else if (!read_outcome (result, &self->outcome, error))
    return NULL;
  if (self->outcome == KAB_OUTCOME_REPEAT || self->outcome == KAB_OUTCOME_FAILED)
    {
      g_set_str (&self->comment, get_text (result, "moderationComment"));
      g_strfreev (self->labels);
      self->labels = read_labels (result);
    }
  return g_steal_pointer (&self);
}

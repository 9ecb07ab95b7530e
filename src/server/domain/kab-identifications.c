/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one place that changes an identification (PID, INP, FAI, REP). */

#include "kab-identifications.h"

#include "kab-case.h"
#include "kab-domain-json.h"
#include "kab-form-evaluation.h"
#include "kab-notices.h"
#include "kab-outbox.h"
#include "kab-problem.h"
#include "kab-store.h"
#include "kab-time.h"
#include "kab-trace.h"

/* When to look again whether the provider has been told. */
#define RESET_SECONDS 5

#define MAY_START(state)                                                                           \
  ((state) == KAB_IDENTIFICATION_NOT_STARTED || (state) == KAB_IDENTIFICATION_REPEAT_REQUESTED)

/**
 * kab_demanded_from_name:
 * @name: from the wire
 */
gboolean
kab_demanded_from_name (const char *name, KabDemanded *demanded)
{
  static const char *const names[] = {
    [KAB_DEMANDED_REPEAT_PHOTO] = "repeat-photo",
    [KAB_DEMANDED_VIDEO] = "video",
    [KAB_DEMANDED_IN_PERSON] = "in-person",
    [KAB_DEMANDED_FAILED] = "failed",
    [KAB_DEMANDED_PASSED] = "passed",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i], name) == 0)
      {
        *demanded = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
trace (KabTransaction *tx,
       const KabCaller *caller,
       const KabIdentification *self,
       const char *action,
       GError **error)
{
  g_autoptr (JsonObject) params = json_object_new ();
  const KabTrace entry = { caller, self->user, action, "identification", self->id, 0, params };

  json_object_set_string_member (params, "kind", kab_identification_kind_name (self->kind));
  return kab_trace_add (tx, &entry, error) &&
         (self->user == NULL || kab_trace_tell (tx, self->user, "identification-changed",
                                                "identification", self->id, self->version, error));
}

/* Who has no account is reached by the invitation, not by notices. */
static gboolean
notify (KabTransaction *tx, const KabIdentification *self, KabNoticeKind notice, GError **error)
{
  return self->user == NULL || kab_notices_add (tx, notice, self->user, error);
}

static gboolean
notify_state (KabTransaction *tx, const KabIdentification *self, GError **error)
{
  switch (self->state)
    {
    case KAB_IDENTIFICATION_FAILED:
      return notify (tx, self, KAB_NOTICE_IDENTIFICATION_FAILED, error);
    case KAB_IDENTIFICATION_REPEAT_REQUESTED:
      return notify (tx, self, KAB_NOTICE_IDENTIFICATION_REPEAT, error);
    default:
      return TRUE;
    }
}

static const char *
action_of (KabIdentificationState state)
{
  static const char *const actions[KAB_N_IDENTIFICATION_STATES] = {
    [KAB_IDENTIFICATION_NOT_STARTED] = "identification-reset",
    [KAB_IDENTIFICATION_IN_PROGRESS] = "identification-started",
    [KAB_IDENTIFICATION_PASSED] = "identification-passed",
    [KAB_IDENTIFICATION_FAILED] = "identification-failed",
    [KAB_IDENTIFICATION_REPEAT_REQUESTED] = "identification-repeat-requested",
  };

  return actions[state];
}

/* Changes the state as far as the rules allow it, with all that goes with it. */
static gboolean
change (KabTransaction *tx,
        KabBankData *bank,
        const KabCaller *caller,
        KabIdentification *self,
        KabIdentificationState target,
        KabIdentificationActor actor,
        const char *comment,
        const char *labels,
        GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (!kab_identification_state_change (&self->state, target, actor, &reason))
    {
      kab_problem_set (error, KAB_PROBLEM_CONFLICT, "%s", reason->message);
      return FALSE;
    }
  self->version++;
  return kab_tx_change_one (tx, error,
                            "UPDATE identifications SET state = ?, comment = ?, labels = ?,"
                            " version = ?, changed_at = ? WHERE id = ?",
                            KAB_TEXT (kab_identification_state_name (self->state)),
                            KAB_TEXT (comment), KAB_TEXT (labels), KAB_INT (self->version),
                            KAB_INT (kab_tx_get_now (tx)), KAB_TEXT (self->id)) &&
         trace (tx, caller, self, action_of (self->state), error) &&
         notify_state (tx, self, error) && kab_case_refresh (tx, bank, self->application, error);
}

/* @changed_at: since when it is in its state */
static gboolean
insert (KabTransaction *tx, const KabIdentification *self, gint64 changed_at, GError **error)
{
  return kab_tx_exec (tx, error,
                      "INSERT INTO identifications (id, application_id, user_id, person, kind,"
                      " state, comment, created_at, changed_at)"
                      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                      KAB_TEXT (self->id), KAB_TEXT (self->application), KAB_TEXT (self->user),
                      KAB_TEXT (self->person), KAB_TEXT (kab_identification_kind_name (self->kind)),
                      KAB_TEXT (kab_identification_state_name (self->state)),
                      KAB_TEXT (self->comment), KAB_INT (kab_tx_get_now (tx)),
                      KAB_INT (changed_at));
}

/* Whether the person's newest photo-identification has passed and is still good (A23), and since
 * when. */
static gboolean
is_identified (KabTransaction *tx,
               KabBankData *bank,
               const char *user,
               gboolean *identified,
               gint64 *since,
               GError **error)
{
  const gint64 days = json_object_get_int_member_with_default (kab_bank_data_get_information (bank),
                                                               "photo_identification_days", 0);
  g_autoptr (KabRows) rows = kab_tx_query (
      tx, error,
      "SELECT state, changed_at FROM identifications WHERE user_id = ? AND kind = 'photo'"
      " ORDER BY changed_at DESC, id DESC LIMIT 1",
      KAB_TEXT (user));

  if (rows == NULL)
    return FALSE;
  *identified = kab_rows_next (rows) && g_str_equal (kab_rows_text (rows, "state"), "passed");
  if (!*identified)
    return TRUE;
  *since = kab_rows_int (rows, "changed_at");
  *identified = *since > kab_tx_get_now (tx) - days * KAB_TIME_DAY;
  return TRUE;
}

/**
 * kab_identifications_add_photo:
 * @application: one that was just submitted
 * @person: the registrant's name
 *
 * Asks the registrant for the photo-identification (PID-1); who has passed it lately needs not
 * repeat it (A23), and it gets no younger by that.
 */
gboolean
kab_identifications_add_photo (KabTransaction *tx,
                               KabBankData *bank,
                               const KabApplication *application,
                               const char *person,
                               GError **error)
{
  g_autofree char *id = kab_store_make_id ();
  gint64 since = kab_tx_get_now (tx);
  gboolean identified;
  KabIdentification row = {
    .id = id,
    .application = application->id,
    .user = application->user,
    .person = (char *) person,
    .kind = KAB_IDENTIFICATION_PHOTO,
    .state = KAB_IDENTIFICATION_NOT_STARTED,
    .comment = (char *) "",
  };

  if (!is_identified (tx, bank, application->user, &identified, &since, error))
    return FALSE;
  if (identified)
    kab_identification_state_change (&row.state, KAB_IDENTIFICATION_PASSED,
                                     KAB_IDENTIFICATION_BY_BANK, NULL);
  return insert (tx, &row, identified ? since : kab_tx_get_now (tx), error);
}

/* Whether the identification's application goes on, or went on to a decision (A22). */
static gboolean
goes_on (KabTransaction *tx,
         const KabIdentification *identification,
         gboolean *result,
         GError **error)
{
  g_autoptr (KabApplication) application =
      kab_application_load (tx, identification->application, NULL, error);

  if (application == NULL)
    return FALSE;
  *result = application->state != KAB_APPLICATION_WITHDRAWN &&
            application->state != KAB_APPLICATION_EXPIRED;
  return TRUE;
}

/* Whether the provider has yet to be told to begin anew: it would forget an attempt that was made
 * before. */
static gboolean
awaits_reset (KabTransaction *tx, const char *id, gboolean *result, GError **error)
{
  g_autoptr (KabRows) rows =
      kab_tx_query (tx, error,
                    "SELECT id FROM outbox WHERE kind = ? AND order_key = ? AND state = 'pending'"
                    " AND payload LIKE '%\"action\":\"reset\"%' LIMIT 1",
                    KAB_TEXT (KAB_OUTBOX_IDENTIFICATION), KAB_TEXT (id));

  if (rows == NULL)
    return FALSE;
  *result = kab_rows_next (rows);
  return TRUE;
}

/**
 * kab_identifications_check_open:
 *
 * Returns: whether the person may go to the provider now, or %FALSE with
 *   %KAB_PROBLEM_IDENTIFICATION_CLOSED, or with %KAB_PROBLEM_PROVIDER_UNAVAILABLE when the provider
 *   hasn't yet been told to begin anew
 */
gboolean
kab_identifications_check_open (KabTransaction *tx,
                                const KabIdentification *identification,
                                GError **error)
{
  gboolean is_wanted, is_early;

  if (!goes_on (tx, identification, &is_wanted, error) ||
      !awaits_reset (tx, identification->id, &is_early, error))
    return FALSE;
  if (!(MAY_START (identification->state) ||
        identification->state == KAB_IDENTIFICATION_IN_PROGRESS) ||
      identification->kind == KAB_IDENTIFICATION_IN_PERSON || !is_wanted)
    kab_problem_set (error, KAB_PROBLEM_IDENTIFICATION_CLOSED, NULL);
  else if (is_early)
    kab_problem_set_retry (error, KAB_PROBLEM_PROVIDER_UNAVAILABLE, RESET_SECONDS);
  else
    return TRUE;
  return FALSE;
}

/**
 * kab_identifications_start:
 * @id: an identification of the caller's
 * @provider_id: what the provider calls the person
 *
 * Notes that the person has a link to the provider (PID-2).
 */
gboolean
kab_identifications_start (KabTransaction *tx,
                           KabBankData *bank,
                           const KabCaller *caller,
                           const char *id,
                           const char *provider_id,
                           GError **error)
{
  g_autoptr (KabIdentification) self = kab_identification_load (tx, id, caller->id, error);

  if (self == NULL || !kab_identifications_check_open (tx, self, error) ||
      !kab_tx_change_one (tx, error, "UPDATE identifications SET provider_id = ? WHERE id = ?",
                          KAB_TEXT (provider_id), KAB_TEXT (id)))
    return FALSE;
  return !MAY_START (self->state) ||
         change (tx, bank, caller, self, KAB_IDENTIFICATION_IN_PROGRESS,
                 KAB_IDENTIFICATION_BY_PERSON, self->comment, self->labels, error);
}

static gboolean
is_same_person (const KabIdentification *a, const KabIdentification *b)
{
  if (a->user != NULL || b->user != NULL)
    return g_strcmp0 (a->user, b->user) == 0;
  return g_str_equal (a->person, b->person);
}

static KabIdentification *
find_of_person (GPtrArray *list, const KabIdentification *person, gboolean photo)
{
  for (guint i = list->len; i > 0; i--)
    {
      KabIdentification *other = list->pdata[i - 1];

      if (is_same_person (other, person) && (other->kind == KAB_IDENTIFICATION_PHOTO) == photo)
        return other;
    }
  return NULL;
}

/* What the provider found before no longer counts: notices from before are ignored, and the
 * provider is told to begin anew. */
static gboolean
repeat_photo (KabTransaction *tx,
              KabBankData *bank,
              const KabCaller *caller,
              KabIdentification *photo,
              const char *note,
              GError **error)
{
  g_autoptr (JsonObject) payload = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_string_member (payload, "action", "reset");
  json_object_set_string_member (payload, "identification", photo->id);
  text = kab_domain_json_write (payload);
  return change (tx, bank, caller, photo, KAB_IDENTIFICATION_REPEAT_REQUESTED,
                 KAB_IDENTIFICATION_BY_BANK, note, "[]", error) &&
         kab_tx_exec (tx, error, "UPDATE identifications SET event_at = ? WHERE id = ?",
                      KAB_INT (kab_tx_get_now (tx)), KAB_TEXT (photo->id)) &&
         (photo->provider_id == NULL ||
          kab_outbox_add (tx,
                          &(KabOutboxNew) { .kind = KAB_OUTBOX_IDENTIFICATION,
                                            .payload = text,
                                            .order_key = photo->id },
                          error));
}

/* A further identification, in place of one that was demanded before and not begun. */
static gboolean
demand_other (KabTransaction *tx,
              KabBankData *bank,
              const KabCaller *caller,
              const KabIdentification *person,
              const KabIdentification *before,
              KabIdentificationKind kind,
              const char *note,
              GError **error)
{
  g_autofree char *id = kab_store_make_id ();
  const KabIdentification self = {
    .id = id,
    .application = person->application,
    .user = person->user,
    .person = person->person,
    .kind = kind,
    .state = KAB_IDENTIFICATION_NOT_STARTED,
    .comment = (char *) note,
    .version = 1,
  };

  if (before != NULL && before->kind == kind && before->state != KAB_IDENTIFICATION_PASSED &&
      before->state != KAB_IDENTIFICATION_FAILED)
    {
      kab_problem_set (error, KAB_PROBLEM_CONFLICT, "It is demanded already");
      return FALSE;
    }
  if (before != NULL && before->state == KAB_IDENTIFICATION_NOT_STARTED &&
      !kab_tx_exec (tx, error, "DELETE FROM identifications WHERE id = ?", KAB_TEXT (before->id)))
    return FALSE;
  return insert (tx, &self, kab_tx_get_now (tx), error) &&
         trace (tx, caller, &self, "identification-demanded", error) &&
         (kind != KAB_IDENTIFICATION_IN_PERSON ||
          notify (tx, &self, KAB_NOTICE_IDENTIFICATION_IN_PERSON, error)) &&
         kab_case_refresh (tx, bank, self.application, error);
}

static KabIdentification *
find_demanded_person (GPtrArray *list, const char *id, GError **error)
{
  for (guint i = 0; i < list->len; i++)
    if (g_str_equal (((KabIdentification *) list->pdata[i])->id, id))
      return list->pdata[i];
  kab_problem_set_field (error, KAB_PROBLEM_VALIDATION_FAILED, "/person",
                         KAB_FORM_CODE_NOT_AN_OPTION);
  return NULL;
}

/* After the decision only what belongs to the business relationship may still be asked (A22). */
static gboolean
check_demandable (const KabApplication *application, KabDemanded demanded, GError **error)
{
  if (!kab_application_state_is_closed (application->state) ||
      (application->state == KAB_APPLICATION_DECIDED && demanded != KAB_DEMANDED_REPEAT_PHOTO))
    return TRUE;
  kab_problem_set (error, KAB_PROBLEM_CONFLICT, "The application is closed");
  return FALSE;
}

/**
 * kab_identifications_demand:
 * @caller: an employee
 * @id: an identification of the application's, which tells the person
 * @demanded: what the bank wants of the person or declares
 * @note: what the person is told; may be empty
 *
 * Returns: %FALSE with %KAB_PROBLEM_CONFLICT when the present state doesn't allow it
 */
gboolean
kab_identifications_demand (KabTransaction *tx,
                            KabBankData *bank,
                            const KabCaller *caller,
                            const char *application,
                            const char *id,
                            KabDemanded demanded,
                            const char *note,
                            GError **error)
{
  g_autoptr (KabApplication) row = kab_application_load (tx, application, NULL, error);
  g_autoptr (GPtrArray) list =
      row != NULL ? kab_identification_list (tx, application, error) : NULL;
  KabIdentification *person;

  if (list == NULL || !check_demandable (row, demanded, error))
    return FALSE;
  person = find_demanded_person (list, id, error);
  if (person == NULL)
    return FALSE;
  switch (demanded)
    {
    case KAB_DEMANDED_REPEAT_PHOTO:
      return repeat_photo (tx, bank, caller, find_of_person (list, person, TRUE), note, error);
    case KAB_DEMANDED_VIDEO:
      return demand_other (tx, bank, caller, person, find_of_person (list, person, FALSE),
                           KAB_IDENTIFICATION_VIDEO, note, error);
    case KAB_DEMANDED_IN_PERSON:
      return demand_other (tx, bank, caller, person, find_of_person (list, person, FALSE),
                           KAB_IDENTIFICATION_IN_PERSON, note, error);
    case KAB_DEMANDED_FAILED:
      return change (tx, bank, caller, person, KAB_IDENTIFICATION_FAILED,
                     KAB_IDENTIFICATION_BY_BANK, note, "[]", error);
    case KAB_DEMANDED_PASSED:
    default:
      return change (tx, bank, caller, person, KAB_IDENTIFICATION_PASSED,
                     KAB_IDENTIFICATION_BY_BANK, note, "[]", error);
    }
}

static KabIdentificationState
target_of (KabIdentificationOutcome outcome)
{
  switch (outcome)
    {
    case KAB_OUTCOME_UNDER_WAY:
      return KAB_IDENTIFICATION_IN_PROGRESS;
    case KAB_OUTCOME_PASSED:
      return KAB_IDENTIFICATION_PASSED;
    case KAB_OUTCOME_REPEAT:
      return KAB_IDENTIFICATION_REPEAT_REQUESTED;
    case KAB_OUTCOME_FAILED:
      return KAB_IDENTIFICATION_FAILED;
    case KAB_OUTCOME_GONE:
    case KAB_OUTCOME_WAITING:
    default:
      return KAB_IDENTIFICATION_NOT_STARTED;
    }
}

/**
 * kab_identifications_review:
 * @event_at: time of the notice that made the server ask
 * @review: what the provider said then
 *
 * Applies a result. What the rules don't allow to a provider, such as taking back a result that the
 * bank has, has no effect; nor has a review that a newer notice or demand has overtaken, or one of
 * an application that was withdrawn or has expired meanwhile.
 */
gboolean
kab_identifications_review (KabTransaction *tx,
                            KabBankData *bank,
                            const char *id,
                            gint64 event_at,
                            const KabIdentificationReview *review,
                            GError **error)
{
  g_autoptr (KabIdentification) self = kab_identification_load (tx, id, NULL, error);
  g_autofree char *labels = NULL;
  KabIdentificationState target = target_of (review->outcome);
  KabIdentificationState tried;
  gboolean is_wanted;

  if (self == NULL || !goes_on (tx, self, &is_wanted, error))
    return FALSE;
  tried = self->state;
  if (!is_wanted || event_at < self->event_at)
    return TRUE;
  /* Whatever the state is: a link for somebody who is gone leads nowhere. */
  if (review->outcome == KAB_OUTCOME_GONE &&
      !kab_tx_exec (tx, error, "UPDATE identifications SET provider_id = NULL WHERE id = ?",
                    KAB_TEXT (id)))
    return FALSE;
  if (target == self->state ||
      !kab_identification_state_change (&tried, target, KAB_IDENTIFICATION_BY_PROVIDER, NULL))
    return TRUE;
  labels = kab_domain_json_write_strings ((const char *const *) review->labels);
  return change (tx, bank, NULL, self, target, KAB_IDENTIFICATION_BY_PROVIDER, review->comment,
                 labels, error);
}

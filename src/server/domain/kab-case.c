/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The facts of an application in the store, given to the journey's rules. */

#include "kab-case.h"

#include "kab-document-requests.h"
#include "kab-document.h"
#include "kab-events.h"
#include "kab-trace.h"

/**
 * kab_case_offers_signing:
 *
 * Returns: whether the bank offers electronic signing of the final package
 */
gboolean
kab_case_offers_signing (KabBankData *bank)
{
  return json_object_get_boolean_member_with_default (kab_bank_data_get_information (bank),
                                                      "signing_offered", FALSE);
}

static void
read_settings (KabBankData *bank, KabServices services, KabJourneySettings *settings)
{
  JsonObject *information = kab_bank_data_get_information (bank);
  g_autoptr (GPtrArray) forms = kab_document_requests_list (bank, services);

  *settings = (KabJourneySettings) {
    .offers_signing = kab_case_offers_signing (bank),
    .may_mix_branches =
        json_object_get_boolean_member_with_default (information, "services_mix", TRUE),
    .expected_documents = forms->len,
  };
  kab_money_from_json (json_object_get_object_member (information, "fee"), &settings->fee, NULL);
}

/* A photo-identification, or the newest demand of another kind. */
static void
read_identification (KabJourneyPerson *person, const char *kind, KabIdentificationState state)
{
  if (g_str_equal (kind, "photo"))
    person->photo = state;
  else
    {
      person->demand = g_str_equal (kind, "video") ? KAB_DEMAND_VIDEO : KAB_DEMAND_IN_PERSON;
      person->demanded = state;
    }
}

static gboolean
load_persons (KabCase *self, KabTransaction *tx, const KabApplication *application, GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query (
      tx, error,
      "SELECT COALESCE (user_id, person) AS who, user_id, kind, state FROM identifications"
      " WHERE application_id = ? ORDER BY created_at, id",
      KAB_TEXT (application->id));
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (rows == NULL)
    return FALSE;
  while (kab_rows_next (rows))
    {
      const char *who = kab_rows_text (rows, "who");
      KabIdentificationState state = KAB_IDENTIFICATION_NOT_STARTED;
      gpointer place;

      if (!g_hash_table_lookup_extended (places, who, NULL, &place))
        {
          const KabJourneyPerson person = {
            .is_registrant = g_strcmp0 (kab_rows_text (rows, "user_id"), application->user) == 0,
            .represents_client = TRUE,
          };

          place = GUINT_TO_POINTER (self->persons->len);
          g_array_append_val (self->persons, person);
          g_hash_table_insert (places, g_strdup (who), place);
        }
      kab_identification_state_from_name (kab_rows_text (rows, "state"), &state);
      read_identification (
          &g_array_index (self->persons, KabJourneyPerson, GPOINTER_TO_UINT (place)),
          kab_rows_text (rows, "kind"), state);
    }
  return TRUE;
}

static gboolean
load_documents (KabCase *self, KabTransaction *tx, const char *application, GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query (
      tx, error, "SELECT state FROM documents WHERE application_id = ? ORDER BY position",
      KAB_TEXT (application));

  if (rows == NULL)
    return FALSE;
  while (kab_rows_next (rows))
    {
      KabDocumentState state;

      if (kab_document_state_from_name (kab_rows_text (rows, "state"), &state))
        g_array_append_val (self->documents, state);
    }
  return TRUE;
}

static gboolean
load_decisions (KabCase *self, KabTransaction *tx, const char *application, GError **error)
{
  g_autoptr (KabRows) rows =
      kab_tx_query (tx, error, "SELECT service, outcome FROM decisions WHERE application_id = ?",
                    KAB_TEXT (application));

  if (rows == NULL)
    return FALSE;
  while (kab_rows_next (rows))
    {
      KabService service;

      if (kab_service_from_code (kab_rows_text (rows, "service"), &service))
        kab_decision_from_code (kab_rows_text (rows, "outcome"), &self->facts.decisions[service]);
    }
  return TRUE;
}

/**
 * kab_case_facts_load:
 *
 * Returns: (transfer full): what has happened to the application and what follows from it (§8.1),
 *   or %NULL with an error of the store
 */
KabCase *
kab_case_facts_load (KabTransaction *tx,
                     KabBankData *bank,
                     const KabApplication *application,
                     GError **error)
{
  g_autoptr (KabCase) self = g_new0 (KabCase, 1);
  KabJourneySettings settings;

  self->persons = g_array_new (FALSE, TRUE, sizeof (KabJourneyPerson));
  self->documents = g_array_new (FALSE, TRUE, sizeof (KabDocumentState));
  if (!load_persons (self, tx, application, error) ||
      !load_documents (self, tx, application->id, error) ||
      !load_decisions (self, tx, application->id, error))
    return NULL;
  self->facts.form_submitted = application->submitted_at > 0;
  self->facts.documents_opened = application->documents_opened;
  self->facts.is_closed = application->state == KAB_APPLICATION_WITHDRAWN ||
                          application->state == KAB_APPLICATION_EXPIRED;
  self->facts.persons = (const KabJourneyPerson *) self->persons->data;
  self->facts.n_persons = self->persons->len;
  self->facts.documents = (const KabDocumentState *) self->documents->data;
  self->facts.n_documents = self->documents->len;
  read_settings (bank, application->services, &settings);
  kab_journey_compute (application->client_type, application->services, &settings, &self->facts,
                       &self->journey, NULL);
  return g_steal_pointer (&self);
}

static gboolean
has_stage (const KabJourney *journey, KabStageState state)
{
  for (guint i = 0; i < journey->n_stages; i++)
    if (journey->stages[i].state == state)
      return TRUE;
  return FALSE;
}

static gboolean
has_begun (const KabCase *self)
{
  for (guint i = 0; i < self->persons->len; i++)
    {
      const KabJourneyPerson *person = &g_array_index (self->persons, KabJourneyPerson, i);

      if (person->photo != KAB_IDENTIFICATION_NOT_STARTED || person->demand != KAB_DEMAND_NONE)
        return TRUE;
    }
  return FALSE;
}

/* The state of the application as a whole (A36). Submitted is what it stays until something has
 * happened after it. */
static KabApplicationState
find_state (const KabCase *self, KabApplicationState now)
{
  const KabJourney *journey = &self->journey;

  if (kab_application_state_is_closed (now) ||
      (now == KAB_APPLICATION_SUBMITTED && !has_begun (self)))
    return now;
  if (journey->is_decided)
    return KAB_APPLICATION_DECIDED;
  return has_stage (journey, KAB_STAGE_NEEDS_YOU) ? KAB_APPLICATION_WAITING_FOR_CLIENT
                                                  : KAB_APPLICATION_IN_PROGRESS;
}

/* The bank comes first: a document that was sent can be worked on while others are being filled. */
static const char *
find_waited_for (const KabCase *self)
{
  const KabJourney *journey = &self->journey;

  if (!journey->is_decided && !journey->is_closed)
    for (guint i = 0; i < self->documents->len; i++)
      if (g_array_index (self->documents, KabDocumentState, i) == KAB_DOCUMENT_PROCESSING)
        return "bank";
  if (has_stage (journey, KAB_STAGE_WAITING_FOR_BANK))
    return "bank";
  return has_stage (journey, KAB_STAGE_NEEDS_YOU) ? "client" : "nobody";
}

static gboolean
open_documents (KabTransaction *tx, KabBankData *bank, KabApplication *application, GError **error)
{
  application->documents_opened = TRUE;
  return kab_document_requests_create (tx, bank, application, error);
}

static gboolean
write_state (KabTransaction *tx,
             KabApplication *application,
             KabApplicationState state,
             const char *waits_for,
             GError **error)
{
  gint64 since = g_str_equal (waits_for, application->waits_for) ? application->waiting_since
                                                                 : kab_tx_get_now (tx);

  if (state != application->state &&
      !kab_application_state_change (&application->state, state, error))
    return FALSE;
  return kab_tx_change_one (
      tx, error,
      "UPDATE applications SET state = ?, waits_for = ?, waiting_since = ?, documents_opened = ?,"
      " version = version + 1 WHERE id = ?",
      KAB_TEXT (kab_application_state_name (application->state)), KAB_TEXT (waits_for),
      KAB_INT (since), KAB_BOOL (application->documents_opened), KAB_TEXT (application->id));
}

/* They stay to be read; those who look on are told that there is nothing to do any more. */
static gboolean
close_documents (KabTransaction *tx, const char *application, GError **error)
{
  g_autoptr (GPtrArray) documents = kab_document_list (tx, application, error);

  if (documents == NULL)
    return FALSE;
  for (guint i = 0; i < documents->len; i++)
    {
      const KabDocument *document = documents->pdata[i];

      if (!document->is_closed &&
          !kab_trace_tell (tx, document->user, "document-changed", "document", document->id,
                           document->version + 1, error))
        return FALSE;
    }
  return kab_tx_exec (tx, error,
                      "UPDATE documents SET closed = 1, version = version + 1"
                      " WHERE application_id = ? AND closed = 0",
                      KAB_TEXT (application));
}

/**
 * kab_case_refresh:
 * @application: its id
 *
 * Has to be called after every change of an application's identifications, documents or decisions:
 * opens the documents page when it is time (PID-9, A11), brings the application's state up to date
 * (A36), closes its documents when it has ended, counts its version, and tells client and staff.
 */
gboolean
kab_case_refresh (KabTransaction *tx, KabBankData *bank, const char *application, GError **error)
{
  g_autoptr (KabApplication) row = kab_application_load (tx, application, NULL, error);
  g_autoptr (KabCase) self = row != NULL ? kab_case_facts_load (tx, bank, row, error) : NULL;

  if (self == NULL)
    return FALSE;
  if (self->journey.documents_open && !row->documents_opened && !self->facts.is_closed)
    {
      if (!open_documents (tx, bank, row, error))
        return FALSE;
      g_clear_pointer (&self, kab_case_free);
      self = kab_case_facts_load (tx, bank, row, error);
      if (self == NULL)
        return FALSE;
    }
  return write_state (tx, row, find_state (self, row->state), find_waited_for (self), error) &&
         (!kab_application_state_is_closed (row->state) || close_documents (tx, row->id, error)) &&
         kab_trace_tell (tx, row->user, "application-changed", "application", row->id,
                         row->version + 1, error) &&
         kab_trace_tell (tx, KAB_AUDIENCE_STAFF, "case-changed", "application", row->id,
                         row->version + 1, error);
}

void
kab_case_free (KabCase *self)
{
  g_array_unref (self->persons);
  g_array_unref (self->documents);
  g_free (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* `Application` of docs/openapi.yaml. */

#include "kab-application-view.h"

#include "kab-domain-json.h"
#include "kab-identification.h"

/* When the parts of an application were done. */
typedef struct
{
  gint64 photo;
  gint64 identification;
  gint64 documents;
  gint64 decision;
} Times;

static JsonObject *
describe_identification (const KabIdentification *self, const KabApplication *application)
{
  JsonObject *object = json_object_new ();
  g_auto (GStrv) labels = kab_domain_json_read_strings (self->labels);

  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "person", self->person);
  json_object_set_boolean_member (object, "mine", g_strcmp0 (self->user, application->user) == 0);
  json_object_set_string_member (object, "kind", kab_identification_kind_name (self->kind));
  json_object_set_string_member (object, "state", kab_identification_state_name (self->state));
  json_object_set_string_member (object, "comment", self->comment);
  json_object_set_array_member (object, "labels",
                                kab_domain_json_new_strings ((const char *const *) labels));
  kab_domain_json_set_time (object, "changedAt", self->changed_at);
  json_object_set_int_member (object, "version", self->version);
  return object;
}

static JsonArray *
view_identifications (KabTransaction *tx,
                      const KabApplication *application,
                      Times *times,
                      GError **error)
{
  g_autoptr (GPtrArray) list = kab_identification_list (tx, application->id, error);
  JsonArray *array;

  if (list == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < list->len; i++)
    {
      const KabIdentification *self = list->pdata[i];
      gint64 *time =
          self->kind == KAB_IDENTIFICATION_PHOTO ? &times->photo : &times->identification;

      *time = MAX (*time, self->changed_at);
      json_array_add_object_element (array, describe_identification (self, application));
    }
  return array;
}

static JsonArray *
view_decisions (KabTransaction *tx, const char *application, Times *times, GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query (tx, error,
                                           "SELECT service, outcome, decided_at FROM decisions"
                                           " WHERE application_id = ? ORDER BY decided_at, service",
                                           KAB_TEXT (application));
  JsonArray *array;

  if (rows == NULL)
    return NULL;
  array = json_array_new ();
  while (kab_rows_next (rows))
    {
      JsonObject *decision = json_object_new ();

      times->decision = kab_rows_int (rows, "decided_at");
      json_object_set_string_member (decision, "service", kab_rows_text (rows, "service"));
      json_object_set_string_member (decision, "outcome", kab_rows_text (rows, "outcome"));
      kab_domain_json_set_time (decision, "decidedAt", times->decision);
      json_array_add_object_element (array, decision);
    }
  return array;
}

static gint64
done_at (const Times *times, const KabApplication *application, KabStageKind kind)
{
  switch (kind)
    {
    case KAB_STAGE_INITIAL_INFORMATION:
      return application->submitted_at;
    case KAB_STAGE_PHOTO_IDENTIFICATION:
      return times->photo;
    case KAB_STAGE_DOCUMENTS:
      return times->documents;
    case KAB_STAGE_IDENTIFICATION:
      return times->identification;
    case KAB_STAGE_DECISION:
      return times->decision;
    default:
      return 0;
    }
}

static JsonArray *
view_stages (const KabCase *facts, const KabApplication *application, const Times *times)
{
  const KabJourney *journey = &facts->journey;
  JsonArray *stages = json_array_new ();

  for (guint i = 0; i < journey->n_stages; i++)
    {
      const KabStage *stage = &journey->stages[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "stage", kab_stage_kind_code (stage->kind));
      json_object_set_string_member (object, "state", kab_stage_state_code (stage->state));
      if (stage->state == KAB_STAGE_DONE)
        kab_domain_json_set_time (object, "doneAt", done_at (times, application, stage->kind));
      json_array_add_object_element (stages, object);
    }
  return stages;
}

static gint64
count_done (const KabCase *facts)
{
  gint64 done = 0;

  for (guint i = 0; i < facts->documents->len; i++)
    done += g_array_index (facts->documents, KabDocumentState, i) >= KAB_DOCUMENT_READY_FOR_SIGNING;
  return done;
}

static void
set_own_members (JsonObject *object, const KabApplication *application, gboolean for_staff)
{
  g_auto (GStrv) services = kab_services_to_codes (application->services);
  gboolean is_hidden = for_staff && application->state == KAB_APPLICATION_DRAFT;

  json_object_set_string_member (object, "id", application->id);
  json_object_set_int_member (object, "version", application->version);
  json_object_set_string_member (object, "state", kab_application_state_name (application->state));
  json_object_set_string_member (object, "form", application->form);
  json_object_set_string_member (object, "formVersion", application->form_version);
  json_object_set_array_member (object, "services",
                                kab_domain_json_new_strings ((const char *const *) services));
  json_object_set_object_member (object, "answers",
                                 is_hidden ? json_object_new ()
                                           : kab_domain_json_read (application->answers));
  kab_domain_json_set_time (object, "savedAt", application->saved_at);
  kab_domain_json_set_time (object, "submittedAt", application->submitted_at);
}

static gboolean
read_documents_time (KabTransaction *tx, const char *application, gint64 *time, GError **error)
{
  return kab_tx_query_int (tx, time, error,
                           "SELECT MAX (changed_at) FROM documents WHERE application_id = ?",
                           KAB_TEXT (application));
}

/**
 * kab_application_view:
 * @for_staff: whether an employee looks: they don't see the answers of a draft (A19)
 *
 * Returns: (transfer full): the application as it is shown, or %NULL with an error of the store
 */
JsonObject *
kab_application_view (KabTransaction *tx,
                      KabBankData *bank,
                      const KabApplication *application,
                      gboolean for_staff,
                      GError **error)
{
  g_autoptr (KabCase) facts = kab_case_facts_load (tx, bank, application, error);
  g_autoptr (JsonArray) identifications = NULL;
  g_autoptr (JsonArray) decisions = NULL;
  Times times = { 0 };
  JsonObject *object;

  if (facts == NULL || !read_documents_time (tx, application->id, &times.documents, error))
    return NULL;
  identifications = view_identifications (tx, application, &times, error);
  decisions = identifications != NULL ? view_decisions (tx, application->id, &times, error) : NULL;
  if (decisions == NULL)
    return NULL;
  object = json_object_new ();
  set_own_members (object, application, for_staff);
  json_object_set_array_member (object, "stages", view_stages (facts, application, &times));
  json_object_set_boolean_member (object, "documentsOpen", facts->journey.documents_open);
  json_object_set_int_member (object, "documentsTotal", facts->documents->len);
  json_object_set_int_member (object, "documentsDone", count_done (facts));
  json_object_set_array_member (object, "identifications", g_steal_pointer (&identifications));
  json_object_set_array_member (object, "decisions", g_steal_pointer (&decisions));
  return object;
}

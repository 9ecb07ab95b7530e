/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-applicant.h"

#include "kab-sandbox-json.h"

#define CLIENT_ID "kabinets"

/* Reads what is remembered, so that the views need no access to the members. */
static gint64
number (JsonObject *memory, const char *name)
{
  return json_object_get_int_member_with_default (memory, name, 0);
}

static void
set_time (JsonObject *object, const char *name, gint64 time)
{
  g_autofree char *text = time ? kab_sandbox_applicant_format_time (time, FALSE) : NULL;

  if (text)
    json_object_set_string_member (object, name, text);
}

static JsonObject *
describe_review (JsonObject *memory)
{
  JsonObject *review = kab_sandbox_json_strings (
      "reviewId", kab_sandbox_json_text (memory, "inspectionId"), "attemptId",
      kab_sandbox_json_text (memory, "id"), "levelName", kab_sandbox_json_text (memory, "level"),
      "reviewStatus", kab_sandbox_json_text (memory, "status"), NULL);
  JsonObject *result = kab_sandbox_json_member (memory, "result");

  json_object_set_int_member (review, "attemptCnt", number (memory, "attempts"));
  json_object_set_int_member (review, "priority", 0);
  set_time (review, "createDate", number (memory, "created"));
  set_time (review, "reviewDate", number (memory, "reviewed"));
  if (result)
    json_object_set_object_member (review, "reviewResult", json_object_ref (result));
  return review;
}

static JsonObject *
describe_required (void)
{
  static const char *const documents[] = { "PASSPORT", "ID_CARD", NULL };
  static const char *const selfie[] = { "SELFIE", NULL };
  JsonObject *required = json_object_new ();
  JsonArray *sets = json_array_new ();
  JsonObject *identity = kab_sandbox_json_strings ("idDocSetType", "IDENTITY", NULL);
  JsonObject *face = kab_sandbox_json_strings ("idDocSetType", "SELFIE", NULL);

  json_object_set_array_member (identity, "types", kab_sandbox_json_array (documents));
  json_object_set_array_member (face, "types", kab_sandbox_json_array (selfie));
  json_array_add_object_element (sets, identity);
  json_array_add_object_element (sets, face);
  json_object_set_array_member (required, "docSets", sets);
  return required;
}

/**
 * kab_sandbox_applicant_format_time:
 * @time: microseconds since 1970
 * @milliseconds: whether to give them
 *
 * Returns: (transfer full): the provider's notation of a time in UTC
 */
char *
kab_sandbox_applicant_format_time (gint64 time, gboolean milliseconds)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autofree char *seconds = g_date_time_format (moment, "%Y-%m-%d %H:%M:%S");

  if (milliseconds)
    return g_strdup_printf ("%s.%03d", seconds, (int) (time / 1000 % 1000));
  return g_strconcat (seconds, "+0000", NULL);
}

/**
 * kab_sandbox_applicant_describe:
 * @self: an applicant
 *
 * Returns: (transfer full): the whole profile, as GET …/one gives it
 */
JsonObject *
kab_sandbox_applicant_describe (KabSandboxApplicant *self)
{
  g_autoptr (JsonObject) memory = kab_sandbox_applicant_to_json (self);
  JsonObject *profile = kab_sandbox_json_member (memory, "profile");
  JsonObject *object = kab_sandbox_json_strings (
      "id", kab_sandbox_applicant_get_id (self), "clientId", CLIENT_ID, "inspectionId",
      kab_sandbox_json_text (memory, "inspectionId"), "externalUserId",
      kab_sandbox_applicant_get_external_id (self), "type", "individual", "env", "sandbox", NULL);
  g_autoptr (GList) members = json_object_get_members (profile);

  for (GList *l = members; l; l = l->next)
    if (!json_object_has_member (object, l->data))
      json_object_set_member (object, l->data, json_object_dup_member (profile, l->data));
  set_time (object, "createdAt", number (memory, "created"));
  json_object_set_object_member (object, "requiredIdDocs", describe_required ());
  json_object_set_object_member (object, "review", describe_review (memory));
  return object;
}

/**
 * kab_sandbox_applicant_describe_status:
 * @self: an applicant
 * @now: microseconds since 1970
 *
 * Returns: (transfer full): the review, as GET …/status gives it
 */
JsonObject *
kab_sandbox_applicant_describe_status (KabSandboxApplicant *self, gint64 now)
{
  g_autoptr (JsonObject) memory = kab_sandbox_applicant_to_json (self);
  JsonObject *review = describe_review (memory);
  gint64 pending = number (memory, "pendingSince");

  if (pending)
    json_object_set_int_member (review, "elapsedSincePendingMs", (now - pending) / 1000);
  return review;
}

/**
 * kab_sandbox_applicant_describe_steps:
 * @self: an applicant
 *
 * Returns: (transfer full): a member per step, null until it was given
 */
JsonObject *
kab_sandbox_applicant_describe_steps (KabSandboxApplicant *self)
{
  static const char *const steps[] = { "IDENTITY", "SELFIE" };
  g_autoptr (JsonObject) memory = kab_sandbox_applicant_to_json (self);
  JsonObject *result = kab_sandbox_json_member (memory, "result");
  JsonObject *object = json_object_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      JsonObject *step;

      if (!json_object_get_boolean_member (memory, "documentsGiven") && !result)
        {
          json_object_set_null_member (object, steps[i]);
          continue;
        }
      step = kab_sandbox_json_strings ("country", "LVA", "idDocType",
                                       i == 0 ? "PASSPORT" : "SELFIE", NULL);
      if (result)
        json_object_set_object_member (step, "reviewResult", json_object_ref (result));
      json_object_set_object_member (object, steps[i], step);
    }
  return object;
}

/**
 * kab_sandbox_applicant_describe_reasons:
 * @self: an applicant
 *
 * Returns: (transfer full): the finer reasons of a refusal, as GET moderationStates gives them
 */
JsonObject *
kab_sandbox_applicant_describe_reasons (KabSandboxApplicant *self)
{
  g_autoptr (JsonObject) memory = kab_sandbox_applicant_to_json (self);
  JsonObject *result = kab_sandbox_json_member (memory, "result");
  g_auto (GStrv) labels = result ? kab_sandbox_json_texts (result, "rejectLabels") : NULL;
  JsonObject *object =
      kab_sandbox_json_strings ("applicantId", kab_sandbox_applicant_get_id (self), "state",
                                kab_sandbox_applicant_get_status (self), NULL);
  g_autoptr (GStrvBuilder) buttons = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  for (gsize i = 0; labels && labels[i]; i++)
    g_strv_builder_take (buttons, g_ascii_strdown (labels[i], -1));
  ids = g_strv_builder_end (buttons);
  json_object_set_array_member (object, "buttonIds",
                                kab_sandbox_json_array ((const char *const *) ids));
  return object;
}

/**
 * kab_sandbox_applicant_describe_event:
 * @self: an applicant
 * @type: type of a notice
 * @sandbox_mode: what it says about the provider
 * @now: microseconds since 1970
 *
 * A notice carries no personal data. It has a member that no documentation names, because a
 * provider adds such at any time.
 *
 * Returns: (transfer full): the body of the notice
 */
JsonObject *
kab_sandbox_applicant_describe_event (KabSandboxApplicant *self,
                                      const char *type,
                                      gboolean sandbox_mode,
                                      gint64 now)
{
  g_autoptr (JsonObject) memory = kab_sandbox_applicant_to_json (self);
  g_autofree char *correlation = g_uuid_string_random ();
  g_autofree char *at = kab_sandbox_applicant_format_time (now, TRUE);
  JsonObject *result = kab_sandbox_json_member (memory, "result");
  JsonObject *event = kab_sandbox_json_strings (
      "applicantId", kab_sandbox_applicant_get_id (self), "inspectionId",
      kab_sandbox_json_text (memory, "inspectionId"), "correlationId", correlation,
      "externalUserId", kab_sandbox_applicant_get_external_id (self), "levelName",
      kab_sandbox_json_text (memory, "level"), "type", type, "applicantType", "individual",
      "reviewStatus", kab_sandbox_applicant_get_status (self), "createdAtMs", at, "clientId",
      CLIENT_ID, "addedLater", "unknown members are to be ignored", NULL);

  json_object_set_boolean_member (event, "sandboxMode", sandbox_mode);
  json_object_set_boolean_member (event, "testMode", FALSE);
  if (result)
    json_object_set_object_member (event, "reviewResult", json_object_ref (result));
  return event;
}

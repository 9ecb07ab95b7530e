/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-applicant.h"

#include "kab-sandbox-crypto.h"
#include "kab-sandbox-json.h"

/**
 * KabSandboxApplicant:
 *
 * A person as the identification provider knows them. reviewStatus is one of init, pending,
 * queued, prechecked, onHold, awaitingUser, awaitingService, completed; the answer counts only
 * when it is completed (Sumsub, "Applicant statuses").
 */
struct _KabSandboxApplicant
{
  GObject parent_instance;

  char *id;               /* (owned) */
  char *inspection_id;    /* (owned) */
  char *external_user_id; /* (owned) */
  char *level;            /* (owned) */
  char *status;           /* (owned) */
  char *plan;             /* (owned) (nullable) what the person chose, until it is told */
  JsonObject *profile;    /* (owned) what the bank gave */
  JsonObject *result;     /* (owned) (nullable) */
  gboolean documents_given;
  gint64 created; /* microseconds since 1970, as all times here */
  gint64 pending_since;
  gint64 reviewed;
  gint64 attempts;
};

G_DEFINE_FINAL_TYPE (KabSandboxApplicant, kab_sandbox_applicant, G_TYPE_OBJECT)

static void
kab_sandbox_applicant_finalize (GObject *object)
{
  KabSandboxApplicant *self = KAB_SANDBOX_APPLICANT (object);

  g_free (self->id);
  g_free (self->inspection_id);
  g_free (self->external_user_id);
  g_free (self->level);
  g_free (self->status);
  g_free (self->plan);
  g_clear_pointer (&self->profile, json_object_unref);
  g_clear_pointer (&self->result, json_object_unref);
  G_OBJECT_CLASS (kab_sandbox_applicant_parent_class)->finalize (object);
}

static void
kab_sandbox_applicant_class_init (KabSandboxApplicantClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_sandbox_applicant_finalize;
}

static void
kab_sandbox_applicant_init (KabSandboxApplicant *self)
{
  self->status = g_strdup ("init");
}

/**
 * kab_sandbox_applicant_new:
 * @external_user_id: the bank's own id of the person
 * @level: which checks are made
 * @profile: (transfer none): members that the bank gave (email, phone, fixedInfo, lang …)
 * @now: microseconds since 1970
 *
 * Returns: (transfer full): an applicant who has given nothing yet
 */
KabSandboxApplicant *
kab_sandbox_applicant_new (const char *external_user_id,
                           const char *level,
                           JsonObject *profile,
                           gint64 now)
{
  KabSandboxApplicant *self = g_object_new (KAB_TYPE_SANDBOX_APPLICANT, NULL);

  self->id = kab_sandbox_random_hex (12);
  self->inspection_id = kab_sandbox_random_hex (12);
  self->external_user_id = g_strdup (external_user_id);
  self->level = g_strdup (level);
  self->profile = json_object_ref (profile);
  self->created = now;
  return self;
}

/**
 * kab_sandbox_applicant_new_from_json:
 * @object: what kab_sandbox_applicant_to_json() made
 *
 * Returns: (transfer full) (nullable): the applicant, or %NULL when a member is missing
 */
KabSandboxApplicant *
kab_sandbox_applicant_new_from_json (JsonObject *object)
{
  g_autoptr (KabSandboxApplicant) self = g_object_new (KAB_TYPE_SANDBOX_APPLICANT, NULL);
  JsonObject *profile = kab_sandbox_json_member (object, "profile");
  JsonObject *result = kab_sandbox_json_member (object, "result");

  self->id = g_strdup (kab_sandbox_json_text (object, "id"));
  self->inspection_id = g_strdup (kab_sandbox_json_text (object, "inspectionId"));
  self->external_user_id = g_strdup (kab_sandbox_json_text (object, "externalUserId"));
  self->level = g_strdup (kab_sandbox_json_text (object, "level"));
  self->plan = g_strdup (kab_sandbox_json_text (object, "plan"));
  g_set_str (&self->status, kab_sandbox_json_text (object, "status"));
  if (!self->id || !self->inspection_id || !self->external_user_id || !self->level ||
      !self->status || !profile)
    return NULL;
  self->profile = json_object_ref (profile);
  self->result = result ? json_object_ref (result) : NULL;
  self->documents_given =
      json_object_get_boolean_member_with_default (object, "documentsGiven", FALSE);
  self->created = json_object_get_int_member_with_default (object, "created", 0);
  self->pending_since = json_object_get_int_member_with_default (object, "pendingSince", 0);
  self->reviewed = json_object_get_int_member_with_default (object, "reviewed", 0);
  self->attempts = json_object_get_int_member_with_default (object, "attempts", 0);
  return g_steal_pointer (&self);
}

/**
 * kab_sandbox_applicant_to_json:
 * @self: an applicant
 *
 * Returns: (transfer full): everything to remember
 */
JsonObject *
kab_sandbox_applicant_to_json (KabSandboxApplicant *self)
{
  JsonObject *object = kab_sandbox_json_strings (
      "id", self->id, "inspectionId", self->inspection_id, "externalUserId", self->external_user_id,
      "level", self->level, "status", self->status, "plan", self->plan, NULL);

  json_object_set_object_member (object, "profile", json_object_ref (self->profile));
  if (self->result)
    json_object_set_object_member (object, "result", json_object_ref (self->result));
  json_object_set_boolean_member (object, "documentsGiven", self->documents_given);
  json_object_set_int_member (object, "created", self->created);
  json_object_set_int_member (object, "pendingSince", self->pending_since);
  json_object_set_int_member (object, "reviewed", self->reviewed);
  json_object_set_int_member (object, "attempts", self->attempts);
  return object;
}

/**
 * kab_sandbox_applicant_get_id:
 * @self: an applicant
 *
 * Returns: (transfer none): the provider's id, 24 digits and lower-case letters
 */
const char *
kab_sandbox_applicant_get_id (KabSandboxApplicant *self)
{
  return self->id;
}

/**
 * kab_sandbox_applicant_get_external_id:
 * @self: an applicant
 *
 * Returns: (transfer none): the bank's id of the person
 */
const char *
kab_sandbox_applicant_get_external_id (KabSandboxApplicant *self)
{
  return self->external_user_id;
}

/**
 * kab_sandbox_applicant_get_level:
 * @self: an applicant
 *
 * Returns: (transfer none): which checks are made
 */
const char *
kab_sandbox_applicant_get_level (KabSandboxApplicant *self)
{
  return self->level;
}

/**
 * kab_sandbox_applicant_get_status:
 * @self: an applicant
 *
 * Returns: (transfer none): the reviewStatus
 */
const char *
kab_sandbox_applicant_get_status (KabSandboxApplicant *self)
{
  return self->status;
}

/**
 * kab_sandbox_applicant_get_outcome:
 * @self: an applicant
 *
 * Returns: (nullable): "green", "retry" or "final", or %NULL before the review is completed
 */
const char *
kab_sandbox_applicant_get_outcome (KabSandboxApplicant *self)
{
  if (!self->result || !g_str_equal (self->status, "completed"))
    return NULL;
  if (g_strcmp0 (kab_sandbox_json_text (self->result, "reviewAnswer"), "GREEN") == 0)
    return "green";
  return g_strcmp0 (kab_sandbox_json_text (self->result, "reviewRejectType"), "FINAL") == 0
             ? "final"
             : "retry";
}

/**
 * kab_sandbox_applicant_get_plan:
 * @self: an applicant
 *
 * Returns: (nullable): how the running review will end: "green", "retry" or "final"
 */
const char *
kab_sandbox_applicant_get_plan (KabSandboxApplicant *self)
{
  return self->plan;
}

/**
 * kab_sandbox_applicant_is_busy:
 * @self: an applicant
 *
 * Returns: whether a check is under way, so that reset and change of level are refused
 */
gboolean
kab_sandbox_applicant_is_busy (KabSandboxApplicant *self)
{
  static const char *const busy[] = { "pending", "queued", "prechecked", "onHold", NULL };

  return g_strv_contains (busy, self->status);
}

/**
 * kab_sandbox_applicant_is_complete_request:
 * @self: an applicant
 *
 * Returns: whether every required step has been given, so that a check can be asked for
 */
gboolean
kab_sandbox_applicant_is_complete_request (KabSandboxApplicant *self)
{
  return self->documents_given;
}

/**
 * kab_sandbox_applicant_set_status:
 * @self: an applicant
 * @status: a reviewStatus
 */
void
kab_sandbox_applicant_set_status (KabSandboxApplicant *self, const char *status)
{
  g_set_str (&self->status, status);
}

/**
 * kab_sandbox_applicant_set_level:
 * @self: an applicant
 * @level: a known level
 *
 * Another level asks for other steps, so the applicant starts anew.
 */
void
kab_sandbox_applicant_set_level (KabSandboxApplicant *self, const char *level)
{
  g_set_str (&self->level, level);
  kab_sandbox_applicant_reset (self);
}

/**
 * kab_sandbox_applicant_start_review:
 * @self: an applicant
 * @plan: (nullable): how it will end, or %NULL when nobody has chosen
 * @now: microseconds since 1970
 *
 * The person has given everything: the check begins.
 */
void
kab_sandbox_applicant_start_review (KabSandboxApplicant *self, const char *plan, gint64 now)
{
  g_set_str (&self->plan, plan);
  g_set_str (&self->status, "pending");
  self->documents_given = TRUE;
  self->pending_since = now;
  self->attempts++;
}

/**
 * kab_sandbox_applicant_review:
 * @self: an applicant
 * @result: (transfer full): the reviewResult
 * @now: microseconds since 1970
 *
 * Ends the check. After a refusal with RETRY everything has to be given again.
 */
void
kab_sandbox_applicant_review (KabSandboxApplicant *self, JsonObject *result, gint64 now)
{
  g_clear_pointer (&self->result, json_object_unref);
  g_clear_pointer (&self->plan, g_free);
  self->result = result;
  self->reviewed = now;
  g_set_str (&self->status, "completed");
  if (g_strcmp0 (kab_sandbox_applicant_get_outcome (self), "retry") == 0)
    self->documents_given = FALSE;
}

/**
 * kab_sandbox_applicant_reset:
 * @self: an applicant
 *
 * Forgets what was given and the result.
 */
void
kab_sandbox_applicant_reset (KabSandboxApplicant *self)
{
  g_clear_pointer (&self->result, json_object_unref);
  g_clear_pointer (&self->plan, g_free);
  g_set_str (&self->status, "init");
  self->documents_given = FALSE;
}

/* What the applicant is told, in the language that the bank gave. */
static const char *
comment_on (KabSandboxApplicant *self, gboolean final)
{
  static const struct
  {
    const char *language;
    const char *unclear;
    const char *forged;
  } comments[] = {
    { "en", "The photo of your document is not sharp. Please take it again in good light.",
      "We could not confirm that the document is genuine." },
    { "lv", "Dokumenta fotoattēls nav ass. Lūdzu, nofotografējiet vēlreiz labā apgaismojumā.",
      "Mēs nevarējām pārliecināties, ka dokuments ir īsts." },
    { "ru", "Фотография документа нечёткая. Сфотографируйте его ещё раз при хорошем освещении.",
      "Мы не смогли подтвердить подлинность документа." },
  };
  const char *language = kab_sandbox_json_text (self->profile, "lang");
  gsize found = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (comments); i++)
    if (g_strcmp0 (comments[i].language, language) == 0)
      found = i;
  return final ? comments[found].forged : comments[found].unclear;
}

/**
 * kab_sandbox_applicant_result_of:
 * @self: whom it is about
 * @outcome: "green", "retry" or "final"
 *
 * Returns: (transfer full) (nullable): a reviewResult as the provider gives it, or %NULL when
 *   @outcome is another word
 */
JsonObject *
kab_sandbox_applicant_result_of (KabSandboxApplicant *self, const char *outcome)
{
  static const char *const unclear[] = { "UNSATISFACTORY_PHOTOS", "BAD_SELFIE", NULL };
  static const char *const forged[] = { "FORGERY", NULL };
  JsonObject *result;
  gboolean final = g_strcmp0 (outcome, "final") == 0;

  if (g_strcmp0 (outcome, "green") == 0)
    return kab_sandbox_json_strings ("reviewAnswer", "GREEN", NULL);
  if (!final && g_strcmp0 (outcome, "retry") != 0)
    return NULL;
  result = kab_sandbox_json_strings (
      "reviewAnswer", "RED", "reviewRejectType", final ? "FINAL" : "RETRY", "moderationComment",
      comment_on (self, final), "clientComment",
      "For the bank's eyes only: set by the simulated provider.", NULL);
  json_object_set_array_member (result, "rejectLabels",
                                kab_sandbox_json_array (final ? forged : unclear));
  json_object_set_array_member (result, "buttonIds", json_array_new ());
  return result;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sumsub's webhooks (developer documentation, "Webhooks"). */

#include "kab-sumsub-notice.h"

#include <sodium.h>
#include <string.h>

#include "kab-json.h"
#include "kab-time.h"

#define BODY_DEPTH_MAX 16
#define TEXT_CHARS_MAX 128

static const struct
{
  const char *name;
  GChecksumType type;
} algorithms[] = {
  { "HMAC_SHA1_HEX", G_CHECKSUM_SHA1 },
  { "HMAC_SHA256_HEX", G_CHECKSUM_SHA256 },
  { "HMAC_SHA512_HEX", G_CHECKSUM_SHA512 },
};

/* After these the person may stand differently; all others are taken and left alone. */
static const char *const followed[] = {
  "applicantPending",
  "applicantPrechecked",
  "applicantOnHold",
  "applicantReviewed",
  "applicantAwaitingUser",
  "applicantAwaitingService",
  "applicantReset",
  "applicantDeleted",
  "applicantLevelChanged",
  "applicantWorkflowFailed",
  "applicantWorkflowCompleted",
  "videoIdentStatusChanged",
  NULL,
};

/**
 * kab_sumsub_notice_check:
 * @algorithm: (nullable): `x-payload-digest-alg`
 * @digest: (nullable): `x-payload-digest`
 * @body: as it came
 *
 * Returns: whether the digest is of an algorithm that is good enough, and right; compared in
 *   constant time
 */
gboolean
kab_sumsub_notice_check (const KabSumsubNoticeRules *rules,
                         const char *algorithm,
                         const char *digest,
                         GBytes *body)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (body, &size);

  if (algorithm == NULL || digest == NULL || rules->secret == NULL || *rules->secret == '\0' ||
      !g_strv_contains ((const char *const *) rules->algorithms, algorithm))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (algorithms); i++)
    {
      g_autofree char *right = NULL;

      if (!g_str_equal (algorithms[i].name, algorithm))
        continue;
      right = g_compute_hmac_for_data (algorithms[i].type, (const guchar *) rules->secret,
                                       strlen (rules->secret), data, size);
      return strlen (digest) == strlen (right) &&
             sodium_memcmp (digest, right, strlen (right)) == 0;
    }
  return FALSE;
}

/**
 * kab_sumsub_time_parse:
 * @text: "2026-01-31 12:34:56.789", UTC
 * @time: (out): microseconds since 1970
 */
gboolean
kab_sumsub_time_parse (const char *text, gint64 *time)
{
  g_autofree char *standard = NULL;

  if (strlen (text) != strlen ("2026-01-31 12:34:56.789") || text[10] != ' ')
    return FALSE;
  standard = g_strdup_printf ("%.10sT%sZ", text, text + 11);
  return kab_time_parse (standard, time, NULL);
}

static gboolean
is_ours (const KabSumsubNoticeRules *rules, JsonObject *object)
{
  gboolean sandbox_mode = FALSE;
  gboolean test_mode = FALSE;

  if (kab_json_has (object, "sandboxMode"))
    kab_json_get_boolean (object, "sandboxMode", &sandbox_mode, NULL);
  if (kab_json_has (object, "testMode"))
    kab_json_get_boolean (object, "testMode", &test_mode, NULL);
  return sandbox_mode == rules->sandbox_mode && !test_mode;
}

/**
 * kab_sumsub_notice_read:
 * @body: that was checked
 *
 * Members that nobody has described are skipped: a provider adds some at any time.
 *
 * Returns: (transfer full) (nullable): the notice; %NULL without an error when it is none to
 *   follow: of another kind, a trial, or of the provider's sandbox in production and the other way
 *   round; %NULL with %KAB_JSON_ERROR when a member is missing
 */
KabIdentificationNotice *
kab_sumsub_notice_read (const KabSumsubNoticeRules *rules, GBytes *body, GError **error)
{
  g_autoptr (KabIdentificationNotice) self = g_new0 (KabIdentificationNotice, 1);
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  g_autoptr (JsonObject) object =
      kab_json_parse_object (data != NULL ? data : "", size, size + 1, BODY_DEPTH_MAX, error);
  const char *type, *correlation, *at;

  if (object == NULL)
    return NULL;
  type = kab_json_get_string (object, "type", TEXT_CHARS_MAX, error);
  if (type == NULL || !g_strv_contains (followed, type) || !is_ours (rules, object))
    return NULL;
  correlation = kab_json_get_string (object, "correlationId", TEXT_CHARS_MAX, error);
  at = correlation ? kab_json_get_string (object, "createdAtMs", TEXT_CHARS_MAX, error) : NULL;
  if (at != NULL)
    self->person_id =
        g_strdup (kab_json_get_string (object, "externalUserId", TEXT_CHARS_MAX, error));
  if (self->person_id != NULL)
    self->provider_id =
        g_strdup (kab_json_get_string (object, "applicantId", TEXT_CHARS_MAX, error));
  if (self->provider_id == NULL)
    return NULL;
  self->key = g_strdup_printf ("sumsub %s %s %s", correlation, type, at);
  if (kab_sumsub_time_parse (at, &self->at))
    return g_steal_pointer (&self);
  g_set_error_literal (error, KAB_JSON_ERROR, KAB_JSON_ERROR_RANGE, "createdAtMs is no time");
  return NULL;
}

/**
 * kab_sumsub_notice_rules_clear:
 *
 * Wipes the secret and frees what the rules own.
 */
void
kab_sumsub_notice_rules_clear (KabSumsubNoticeRules *rules)
{
  if (rules->secret != NULL)
    sodium_memzero (rules->secret, strlen (rules->secret));
  g_clear_pointer (&rules->secret, g_free);
  g_clear_pointer (&rules->algorithms, g_strfreev);
}

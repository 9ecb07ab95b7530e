/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the server asks and tells the identification provider by itself. */

#include "kab-identification-jobs.h"

#include <string.h>

#include "kab-api-context.h"
#include "kab-identifications.h"
#include "kab-json.h"

#define PAYLOAD_BYTES_MAX 1024
#define PAYLOAD_DEPTH_MAX 2
#define TEXT_CHARS_MAX    64

typedef struct
{
  KabBankData *bank;
  const char *id;
  gint64 at;
  KabIdentificationReview *review; /* (nullable) */
  KabIdentification *identification;
} Work;

static gboolean
load (KabTransaction *tx, gpointer data, GError **error)
{
  Work *work = data;

  g_clear_pointer (&work->identification, kab_identification_free);
  work->identification = kab_identification_load (tx, work->id, NULL, error);
  return work->identification != NULL;
}

static gboolean
apply (KabTransaction *tx, gpointer data, GError **error)
{
  Work *work = data;

  return kab_identifications_review (tx, work->bank, work->id, work->at, work->review, error);
}

static KabIdentificationReview *
new_gone (const char *id)
{
  KabIdentificationReview *review = g_new0 (KabIdentificationReview, 1);

  review->outcome = KAB_OUTCOME_GONE;
  review->person_id = g_strdup (id);
  review->comment = g_strdup ("");
  review->labels = g_new0 (char *, 1);
  return review;
}

/* Asks outside of any transaction, then writes what it was told. */
static gboolean
review (KabStore *store, KabIdentificationProvider *provider, Work *work, GError **error)
{
  const KabIdentification *self = work->identification;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (KabIdentificationReview) found = NULL;

  if (self->provider_id == NULL || work->at < self->event_at)
    return TRUE;
  found = kab_identification_provider_review (provider, self->provider_id,
                                              self->kind == KAB_IDENTIFICATION_VIDEO, &local_error);
  if (g_error_matches (local_error, KAB_PROVIDER_ERROR, KAB_PROVIDER_ERROR_NOT_FOUND))
    found = new_gone (work->id);
  else if (found == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!g_str_equal (found->person_id, work->id))
    {
      g_set_error_literal (error, KAB_PROVIDER_ERROR, KAB_PROVIDER_ERROR_GARBAGE,
                           "The applicant is another person");
      return FALSE;
    }
  work->review = found;
  return kab_store_write (store, apply, work, error);
}

static gboolean
reset (KabIdentificationProvider *provider, const KabIdentification *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (self->provider_id == NULL ||
      kab_identification_provider_reset (provider, self->provider_id, &local_error) ||
      g_error_matches (local_error, KAB_PROVIDER_ERROR, KAB_PROVIDER_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * kab_identification_jobs_deliver:
 * @message: of the kind %KAB_OUTBOX_IDENTIFICATION
 * @context: a #KabApiContext with a provider
 *
 * A #KabOutboxDeliver: does what the message asks for; doing it twice is harmless.
 */
gboolean
kab_identification_jobs_deliver (const KabOutboxMessage *message,
                                 gint64 now,
                                 gpointer context,
                                 GError **error)
{
  g_autoptr (JsonObject) payload = kab_json_parse_object (
      message->payload, strlen (message->payload), PAYLOAD_BYTES_MAX, PAYLOAD_DEPTH_MAX, error);
  const char *action =
      payload != NULL ? kab_json_get_string (payload, "action", TEXT_CHARS_MAX, error) : NULL;
  const KabApiContext *api = context;
  Work work = { .bank = api->bank };
  g_autoptr (GError) local_error = NULL;
  gboolean done;

  if (action != NULL)
    work.id = kab_json_get_string (payload, "identification", TEXT_CHARS_MAX, error);
  if (work.id == NULL)
    return FALSE;
  if (!kab_store_read (api->store, load, &work, &local_error))
    {
      if (g_error_matches (local_error, KAB_STORE_ERROR, KAB_STORE_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (g_str_equal (action, "reset"))
    done = reset (api->identification, work.identification, error);
  else
    done = kab_json_get_integer (payload, "at", 0, KAB_JSON_INTEGER_MAX, &work.at, error) &&
           review (api->store, api->identification, &work, error);
  kab_identification_free (work.identification);
  return done;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-identification-notices.h"

#include "kab-domain-json.h"
#include "kab-identifications.h"
#include "kab-outbox.h"

static gboolean
add_job (KabTransaction *tx, const KabIdentificationNotice *notice, GError **error)
{
  g_autoptr (JsonObject) payload = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_string_member (payload, "action", "review");
  json_object_set_string_member (payload, "identification", notice->person_id);
  json_object_set_int_member (payload, "at", notice->at);
  text = kab_domain_json_write (payload);
  return kab_outbox_add (tx,
                         &(KabOutboxNew) { .kind = KAB_OUTBOX_IDENTIFICATION,
                                           .payload = text,
                                           .order_key = notice->person_id },
                         error);
}

/**
 * kab_identification_notices_take:
 *
 * Takes a notice: the provider will be asked about the person. A repeated one, one that is older
 * than another that was taken, and one about somebody unknown have no effect.
 *
 * Returns: %FALSE with an error of the store
 */
gboolean
kab_identification_notices_take (KabTransaction *tx,
                                 const KabIdentificationNotice *notice,
                                 GError **error)
{
  if (!kab_tx_exec (tx, error,
                    "INSERT INTO provider_notices (key, received_at) VALUES (?, ?)"
                    " ON CONFLICT DO NOTHING",
                    KAB_TEXT (notice->key), KAB_INT (kab_tx_get_now (tx))))
    return FALSE;
  if (kab_tx_get_changed (tx) == 0)
    return TRUE;
  if (!kab_tx_exec (tx, error,
                    "UPDATE identifications SET event_at = ?1, provider_id = ?2"
                    " WHERE id = ?3 AND event_at <= ?1 AND kind <> 'in-person'"
                    " AND (provider_id IS NULL OR provider_id = ?2)",
                    KAB_INT (notice->at), KAB_TEXT (notice->provider_id),
                    KAB_TEXT (notice->person_id)))
    return FALSE;
  return kab_tx_get_changed (tx) == 0 || add_job (tx, notice, error);
}

/**
 * kab_identification_notices_prune:
 *
 * Forgets notices that came before; the provider gives up repeating within a day.
 */
gboolean
kab_identification_notices_prune (KabTransaction *tx, gint64 before, GError **error)
{
  return kab_tx_exec (tx, error, "DELETE FROM provider_notices WHERE received_at < ?",
                      KAB_INT (before));
}

void
kab_identification_notice_free (KabIdentificationNotice *self)
{
  g_free (self->key);
  g_free (self->person_id);
  g_free (self->provider_id);
  g_free (self);
}

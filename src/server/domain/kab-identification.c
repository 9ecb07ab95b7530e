/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-identification.h"

#define COLUMNS                                                                                    \
  "id, application_id, user_id, person, kind, state, provider_id, comment, labels, event_at,"      \
  " version, changed_at"

static const char *const kind_names[] = {
  [KAB_IDENTIFICATION_PHOTO] = "photo",
  [KAB_IDENTIFICATION_VIDEO] = "video",
  [KAB_IDENTIFICATION_IN_PERSON] = "in-person",
};

/**
 * kab_identification_kind_name:
 *
 * Returns: (transfer none): the kind on the wire and in the store
 */
const char *
kab_identification_kind_name (KabIdentificationKind kind)
{
  return kind_names[kind];
}

static KabIdentification *
read_row (KabRows *rows)
{
  KabIdentification *self = g_new0 (KabIdentification, 1);
  const char *kind = kab_rows_text (rows, "kind");

  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    if (g_str_equal (kind, kind_names[i]))
      self->kind = i;
  self->id = kab_rows_dup_text (rows, "id");
  self->application = kab_rows_dup_text (rows, "application_id");
  self->user = kab_rows_dup_text (rows, "user_id");
  self->person = kab_rows_dup_text (rows, "person");
  kab_identification_state_from_name (kab_rows_text (rows, "state"), &self->state);
  self->provider_id = kab_rows_dup_text (rows, "provider_id");
  self->comment = kab_rows_dup_text (rows, "comment");
  self->labels = kab_rows_dup_text (rows, "labels");
  self->event_at = kab_rows_int (rows, "event_at");
  self->version = kab_rows_int (rows, "version");
  self->changed_at = kab_rows_int (rows, "changed_at");
  return self;
}

/**
 * kab_identification_load:
 * @user: (nullable): only when it is this user's
 *
 * Returns: (transfer full): the identification, or %NULL with %KAB_STORE_ERROR_NOT_FOUND
 */
KabIdentification *
kab_identification_load (KabTransaction *tx, const char *id, const char *user, GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query_one (
      tx, error, "SELECT " COLUMNS " FROM identifications WHERE id = ?", KAB_TEXT (id));

  if (rows == NULL)
    return NULL;
  if (user == NULL || g_strcmp0 (kab_rows_text (rows, "user_id"), user) == 0)
    return read_row (rows);
  g_set_error_literal (error, KAB_STORE_ERROR, KAB_STORE_ERROR_NOT_FOUND, "It is somebody else's");
  return NULL;
}

/**
 * kab_identification_list:
 *
 * Returns: (transfer full) (element-type KabIdentification): those of an application, in the order
 *   in which they were asked for
 */
GPtrArray *
kab_identification_list (KabTransaction *tx, const char *application, GError **error)
{
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kab_identification_free);
  g_autoptr (KabRows) rows = kab_tx_query (tx, error,
                                           "SELECT " COLUMNS " FROM identifications"
                                           " WHERE application_id = ? ORDER BY created_at, id",
                                           KAB_TEXT (application));

  if (rows == NULL)
    return NULL;
  while (kab_rows_next (rows))
    g_ptr_array_add (list, read_row (rows));
  return g_steal_pointer (&list);
}

void
kab_identification_free (KabIdentification *self)
{
  g_free (self->id);
  g_free (self->application);
  g_free (self->user);
  g_free (self->person);
  g_free (self->provider_id);
  g_free (self->comment);
  g_free (self->labels);
  g_free (self);
}

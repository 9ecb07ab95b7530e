/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-application.h"

#include "kab-domain-json.h"

#define COLUMNS                                                                                    \
  "a.id, a.user_id, u.client_type, a.form, a.form_version, a.services, a.answers, a.state,"        \
  " a.waits_for, a.waiting_since, a.documents_opened, a.version, a.created_at, a.saved_at,"        \
  " a.submitted_at"

#define TABLES "applications a JOIN users u ON u.id = a.user_id"

/**
 * kab_application_read_services:
 * @text: a JSON array of codes
 */
KabServices
kab_application_read_services (const char *text)
{
  g_auto (GStrv) codes = kab_domain_json_read_strings (text);
  KabServices services = 0;
  KabService service;

  for (gsize i = 0; codes[i] != NULL; i++)
    if (kab_service_from_code (codes[i], &service))
      services |= KAB_SERVICES (service);
  return services;
}

/**
 * kab_application_write_services:
 *
 * Returns: (transfer full): a JSON array of codes
 */
char *
kab_application_write_services (KabServices services)
{
  g_auto (GStrv) codes = kab_services_to_codes (services);

  return kab_domain_json_write_strings ((const char *const *) codes);
}

static KabApplication *
read_row (KabRows *rows)
{
  KabApplication *self = g_new0 (KabApplication, 1);

  self->id = kab_rows_dup_text (rows, "id");
  self->user = kab_rows_dup_text (rows, "user_id");
  kab_client_type_from_code (kab_rows_text (rows, "client_type"), &self->client_type);
  self->form = kab_rows_dup_text (rows, "form");
  self->form_version = kab_rows_dup_text (rows, "form_version");
  self->services = kab_application_read_services (kab_rows_text (rows, "services"));
  self->answers = kab_rows_dup_text (rows, "answers");
  kab_application_state_from_name (kab_rows_text (rows, "state"), &self->state);
  self->waits_for = kab_rows_dup_text (rows, "waits_for");
  self->waiting_since = kab_rows_int (rows, "waiting_since");
  self->documents_opened = kab_rows_bool (rows, "documents_opened");
  self->version = kab_rows_int (rows, "version");
  self->created_at = kab_rows_int (rows, "created_at");
  self->saved_at = kab_rows_int (rows, "saved_at");
  self->submitted_at = kab_rows_int (rows, "submitted_at");
  return self;
}

/**
 * kab_application_load:
 * @user: (nullable): only when it is this user's
 *
 * Returns: (transfer full): the application, or %NULL with %KAB_STORE_ERROR_NOT_FOUND
 */
KabApplication *
kab_application_load (KabTransaction *tx, const char *id, const char *user, GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query_one (
      tx, error, "SELECT " COLUMNS " FROM " TABLES " WHERE a.id = ?", KAB_TEXT (id));

  if (rows == NULL)
    return NULL;
  if (user == NULL || g_str_equal (kab_rows_text (rows, "user_id"), user))
    return read_row (rows);
  g_set_error_literal (error, KAB_STORE_ERROR, KAB_STORE_ERROR_NOT_FOUND, "It is somebody else's");
  return NULL;
}

/**
 * kab_application_list:
 * @created_before: only those that come after this place, together with @id_before; %G_MAXINT64 for
 *   the beginning
 *
 * Returns: (transfer full) (element-type KabApplication): a user's applications, newest first
 */
GPtrArray *
kab_application_list (KabTransaction *tx,
                      const char *user,
                      gint64 created_before,
                      const char *id_before,
                      guint limit,
                      GError **error)
{
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kab_application_free);
  g_autoptr (KabRows) rows = kab_tx_query (
      tx, error,
      "SELECT " COLUMNS " FROM " TABLES " WHERE a.user_id = ? AND (a.created_at, a.id) < (?, ?)"
      " ORDER BY a.created_at DESC, a.id DESC LIMIT ?",
      KAB_TEXT (user), KAB_INT (created_before), KAB_TEXT (id_before), KAB_INT (limit));

  if (rows == NULL)
    return NULL;
  while (kab_rows_next (rows))
    g_ptr_array_add (list, read_row (rows));
  return g_steal_pointer (&list);
}

void
kab_application_free (KabApplication *self)
{
  g_free (self->id);
  g_free (self->user);
  g_free (self->form);
  g_free (self->form_version);
  g_free (self->answers);
  g_free (self->waits_for);
  g_free (self);
}

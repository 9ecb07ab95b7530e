/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/kab-bank-forms.h"

#include "kab-bank-operations.h"
#include "kab-time.h"

/* Forms as the bank gives them. */

static KabFormCatalog *
create_catalog (KabBank *bank, GError **error)
{
  JsonObject *information = kab_bank_get_catalog (bank);
  g_autoptr (JsonNode) root = NULL;

  if (information == NULL)
    return kab_form_catalog_new ();

  root = json_node_init_object (json_node_alloc (), information);

  return kab_form_catalog_new_from_node (root, "bank", error);
}

static void
form_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) form = kab_form_load_finish (KAB_API (source), result, &error);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (KabFormCatalog) catalog = NULL;
  KabFormDefinition *definition = NULL;

  if (form != NULL)
    catalog = create_catalog (g_task_get_task_data (task), &error);
  if (catalog != NULL)
    {
      root = json_node_init_object (json_node_alloc (), form);
      definition = kab_form_definition_new_from_node (root, "form", catalog, &error);
    }
  if (definition == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, definition, (GDestroyNotify) kab_form_definition_unref);
}

/**
 * kab_bank_open_form_async:
 * @api: the line to the bank
 * @bank: what the form takes its lists from
 * @id: the form's id
 *
 * Loads a form. Finish: (transfer full), or %NULL with KAB_API_ERROR, or with KAB_FORM_ERROR when
 * this program doesn't understand the form
 */
void
kab_bank_open_form_async (KabApi *api,
                          KabBank *bank,
                          const char *id,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (api, cancellable, callback, user_data);

  g_task_set_source_tag (task, kab_bank_open_form_async);
  g_task_set_task_data (task, g_object_ref (bank), g_object_unref);
  kab_form_load_async (api, id, cancellable, form_loaded_cb, task);
}

KabFormDefinition *
kab_bank_open_form_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, api), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * kab_client_form_context:
 * @data: what is known of who is signed in
 * @services: (nullable): the services that the form is about, as far as they are known
 *
 * Returns: (transfer full): what a form of that person is evaluated in
 */
KabFormContext *
kab_client_form_context (KabClientData *data, const char *const *services)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  KabProfile *profile = kab_client_data_get_profile (data);
  const char *client_type = kab_session_get_client_type (kab_client_data_get_session (data));
  KabFormContext *context;
  GDate today;

  g_date_clear (&today, 1);
  kab_clock_today (zone, &today);
  context = kab_form_context_new (&today);
  if (client_type != NULL)
    kab_form_context_set_fact (context, KAB_FORM_FACT_CLIENT_TYPE, client_type);
  if (profile != NULL && kab_profile_get_citizenships (profile) != NULL)
    kab_form_context_set_facts (context, KAB_FORM_FACT_CITIZENSHIPS,
                                kab_profile_get_citizenships (profile));
  if (services != NULL)
    kab_form_context_set_facts (context, KAB_FORM_FACT_SERVICES, services);

  return context;
}

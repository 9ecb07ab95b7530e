/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The questionnaires that an application has to be filled in with (DOC-1, A16). */

#include "kab-document-requests.h"

#include "kab-document-workflow.h"
#include "kab-domain-json.h"
#include "kab-store.h"
#include "kab-trace.h"

/**
 * kab_document_requests_list:
 *
 * Returns: (transfer container) (element-type utf8): the forms that `bank.json` asks for with these
 *   services, each once, in the order of the services
 */
GPtrArray *
kab_document_requests_list (KabBankData *bank, KabServices services)
{
  g_auto (GStrv) codes = kab_services_to_codes (services);
  GPtrArray *forms = g_ptr_array_new ();

  for (gsize i = 0; codes[i] != NULL; i++)
    {
      JsonObject *service = kab_bank_data_find_service (bank, codes[i]);
      JsonArray *wanted = service != NULL && json_object_has_member (service, "documents")
                              ? json_object_get_array_member (service, "documents")
                              : NULL;

      for (guint j = 0; wanted != NULL && j < json_array_get_length (wanted); j++)
        {
          const char *form = json_array_get_string_element (wanted, j);

          if (!g_ptr_array_find_with_equal_func (forms, form, g_str_equal, NULL))
            g_ptr_array_add (forms, (gpointer) form);
        }
    }
  return forms;
}

static char *
write_title (KabFormDefinition *definition)
{
  const char *const *languages = kab_form_definition_get_languages (definition);
  g_autoptr (JsonObject) title = json_object_new ();

  for (gsize i = 0; languages[i] != NULL; i++)
    json_object_set_string_member (title, languages[i],
                                   kab_form_definition_get_title (definition, languages[i]));
  return kab_domain_json_write (title);
}

static gboolean
create_one (KabTransaction *tx,
            KabBankData *bank,
            const KabApplication *application,
            const char *form,
            guint position,
            GError **error)
{
  KabFormDefinition *definition = kab_bank_data_find_form (bank, form);
  const char *kind = kab_bank_data_get_document_kind (kab_bank_data_find_form_entry (bank, form));
  g_autofree char *id = kab_store_make_id ();
  g_autofree char *title = write_title (definition);
  g_autoptr (JsonObject) params = json_object_new ();
  const gint64 now = kab_tx_get_now (tx);
  KabDocumentState state;
  const KabTrace trace = {
    NULL, application->user, "document-requested", "document", id, 0, params
  };

  if (!kab_document_workflow_apply (KAB_DOCUMENT_NONE, KAB_DOCUMENT_BY_SYSTEM,
                                    KAB_DOCUMENT_CREATE_REQUESTED, &state, error))
    return FALSE;
  json_object_set_string_member (params, "form", form);
  return kab_tx_exec (tx, error,
                      "INSERT INTO documents (id, application_id, user_id, form, kind, title,"
                      " position, state, created_at, changed_at)"
                      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?9, ?9)",
                      KAB_TEXT (id), KAB_TEXT (application->id), KAB_TEXT (application->user),
                      KAB_TEXT (form), KAB_TEXT (kind), KAB_TEXT (title), KAB_INT (position),
                      KAB_TEXT (kab_document_state_name (state)), KAB_INT (now)) &&
         kab_trace_add (tx, &trace, error) &&
         kab_trace_tell (tx, application->user, "document-changed", "document", id, 1, error);
}

/**
 * kab_document_requests_create:
 * @application: one whose documents page opens now
 *
 * Asks for every questionnaire that the services need: new and not filled (A16).
 */
gboolean
kab_document_requests_create (KabTransaction *tx,
                              KabBankData *bank,
                              const KabApplication *application,
                              GError **error)
{
  g_autoptr (GPtrArray) forms = kab_document_requests_list (bank, application->services);

  for (guint i = 0; i < forms->len; i++)
    if (!create_one (tx, bank, application, forms->pdata[i], i, error))
      return FALSE;
  return TRUE;
}

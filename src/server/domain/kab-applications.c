/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client does with applications: begin, save, submit (NAT-12, NAT-13, A36). */

#include "kab-applications.h"

#include "kab-answers.h"
#include "kab-attachments.h"
#include "kab-case.h"
#include "kab-domain-json.h"
#include "kab-identifications.h"
#include "kab-problem.h"
#include "kab-store.h"
#include "kab-trace.h"

static gboolean
trace (KabTransaction *tx,
       const KabCaller *caller,
       const char *id,
       const char *action,
       GError **error)
{
  const KabTrace entry = { caller, caller->id, action, "application", id, 0, NULL };

  return kab_trace_add (tx, &entry, error);
}

/* Only an application form, and the one for this type of client. */
static gboolean
check_form (KabTransaction *tx,
            KabBankData *bank,
            const char *user,
            const char *form,
            GError **error)
{
  JsonObject *entry = kab_bank_data_find_form_entry (bank, form);
  g_autoptr (KabRows) rows =
      kab_tx_query_one (tx, error, "SELECT client_type FROM users WHERE id = ?", KAB_TEXT (user));

  if (rows == NULL)
    return FALSE;
  if (entry != NULL && g_str_equal (json_object_get_string_member (entry, "use"), "application") &&
      g_str_equal (json_object_get_string_member (entry, "client_type"),
                   kab_rows_text (rows, "client_type")))
    return TRUE;
  return kab_problem_set_field (error, KAB_PROBLEM_VALIDATION_FAILED, "/form",
                                KAB_FORM_CODE_NOT_AN_OPTION);
}

/* A new one may be begun when no other is open, or its steps are done (SVC-1). */
static gboolean
check_none_open (KabTransaction *tx, KabBankData *bank, const char *user, GError **error)
{
  g_autoptr (GPtrArray) applications =
      kab_application_list (tx, user, G_MAXINT64, "", G_MAXINT32, error);

  if (applications == NULL)
    return FALSE;
  for (guint i = 0; i < applications->len; i++)
    {
      const KabApplication *application = applications->pdata[i];
      g_autoptr (KabCase) facts = NULL;

      if (kab_application_state_is_closed (application->state))
        continue;
      facts = kab_case_facts_load (tx, bank, application, error);
      if (facts == NULL)
        return FALSE;
      if (facts->journey.actions & KAB_JOURNEY_CAN_ADD_SERVICE)
        continue;
      kab_problem_set (error, KAB_PROBLEM_APPLICATION_OPEN, NULL);
      return FALSE;
    }
  return TRUE;
}

/* Replaces the files that belong to the application by those that the answers name. */
static gboolean
set_files (KabTransaction *tx,
           const char *application,
           const char *user,
           KabFormDefinition *definition,
           JsonObject *answers,
           GError **error)
{
  g_autoptr (GPtrArray) uploads = kab_answers_list_uploads (definition, answers);

  if (!kab_tx_exec (tx, error, "DELETE FROM application_files WHERE application_id = ?",
                    KAB_TEXT (application)))
    return FALSE;
  for (guint i = 0; i < uploads->len; i++)
    {
      const KabAnswerUpload *upload = uploads->pdata[i];

      if (!kab_attachment_check (tx, user, upload->file, upload->pointer, error) ||
          !kab_tx_exec (tx, error,
                        "INSERT INTO application_files (application_id, file_id) VALUES (?, ?)"
                        " ON CONFLICT DO NOTHING",
                        KAB_TEXT (application), KAB_TEXT (upload->file)))
        return FALSE;
    }
  return TRUE;
}

/**
 * kab_applications_create:
 * @form: id of a definition
 * @answers: what is known already; wrong answers are kept
 *
 * Begins a draft.
 *
 * Returns: (transfer full): it, or %NULL with %KAB_PROBLEM_APPLICATION_OPEN or
 *   %KAB_PROBLEM_VALIDATION_FAILED
 */
KabApplication *
kab_applications_create (KabTransaction *tx,
                         KabBankData *bank,
                         const KabCaller *caller,
                         const char *form,
                         JsonObject *answers,
                         GError **error)
{
  const KabServices services = kab_answers_get_services (answers);
  g_autoptr (KabFormEvaluation) evaluation = NULL;
  g_autofree char *id = kab_store_make_id ();
  g_autofree char *text = kab_domain_json_write (answers);
  g_autofree char *codes = kab_application_write_services (services);
  g_autofree char *form_version = NULL;
  KabFormDefinition *definition;

  if (!check_form (tx, bank, caller->id, form, error) ||
      !check_none_open (tx, bank, caller->id, error))
    return NULL;
  definition = kab_bank_data_find_form (bank, form);
  evaluation = kab_answers_evaluate (tx, bank, form, caller->id, services, answers, error);
  if (evaluation == NULL || !kab_answers_check_storable (evaluation, error))
    return NULL;
  form_version = g_strdup_printf ("%u", kab_form_definition_get_version (definition));
  if (!kab_tx_exec (tx, error,
                    "INSERT INTO applications (id, user_id, form, form_version, services, answers,"
                    " state, waiting_since, created_at, saved_at)"
                    " VALUES (?, ?, ?, ?, ?, ?, 'draft', ?7, ?7, ?7) ON CONFLICT DO NOTHING",
                    KAB_TEXT (id), KAB_TEXT (caller->id), KAB_TEXT (form), KAB_TEXT (form_version),
                    KAB_TEXT (codes), KAB_TEXT (text), KAB_INT (kab_tx_get_now (tx))))
    return NULL;
  if (kab_tx_get_changed (tx) == 0)
    {
      kab_problem_set (error, KAB_PROBLEM_APPLICATION_OPEN, NULL);
      return NULL;
    }
  if (!set_files (tx, id, caller->id, definition, kab_form_evaluation_get_answers (evaluation),
                  error) ||
      !trace (tx, caller, id, "application-created", error) ||
      !kab_trace_tell (tx, caller->id, "application-changed", "application", id, 1, error))
    return NULL;
  return kab_application_load (tx, id, caller->id, error);
}

/* The caller's draft in the version that was seen. */
static KabApplication *
load_draft (KabTransaction *tx,
            const KabCaller *caller,
            const char *id,
            gint64 version,
            GError **error)
{
  g_autoptr (KabApplication) application = kab_application_load (tx, id, caller->id, error);

  if (application == NULL)
    return NULL;
  if (application->state != KAB_APPLICATION_DRAFT)
    kab_problem_set (error, KAB_PROBLEM_APPLICATION_LOCKED, NULL);
  else if (application->version != version)
    kab_problem_set (error, KAB_PROBLEM_VERSION_CONFLICT, NULL);
  else
    return g_steal_pointer (&application);
  return NULL;
}

/* Whoever came between the look and the change has won. */
static gboolean
check_changed (KabTransaction *tx, GError **error)
{
  if (kab_tx_get_changed (tx) == 1)
    return TRUE;
  kab_problem_set (error, KAB_PROBLEM_VERSION_CONFLICT, NULL);
  return FALSE;
}

/**
 * kab_applications_save:
 * @version: the version that was seen (If-Match)
 * @answers: all of them; wrong ones are kept, malformed ones refused
 *
 * Saves a draft (NAT-13).
 *
 * Returns: (transfer full): it, or %NULL with %KAB_PROBLEM_APPLICATION_LOCKED,
 *   %KAB_PROBLEM_VERSION_CONFLICT or %KAB_PROBLEM_VALIDATION_FAILED
 */
KabApplication *
kab_applications_save (KabTransaction *tx,
                       KabBankData *bank,
                       const KabCaller *caller,
                       const char *id,
                       gint64 version,
                       JsonObject *answers,
                       GError **error)
{
  const KabServices services = kab_answers_get_services (answers);
  const KabTrace entry = { caller, caller->id, "application-saved", "application", id, 0, NULL };
  g_autoptr (KabApplication) application = load_draft (tx, caller, id, version, error);
  g_autoptr (KabFormEvaluation) evaluation = NULL;
  g_autofree char *text = kab_domain_json_write (answers);
  g_autofree char *codes = kab_application_write_services (services);
  g_autofree char *form_version = NULL;
  KabFormDefinition *definition;

  if (application == NULL)
    return NULL;
  evaluation =
      kab_answers_evaluate (tx, bank, application->form, caller->id, services, answers, error);
  if (evaluation == NULL || !kab_answers_check_storable (evaluation, error))
    return NULL;
  definition = kab_bank_data_find_form (bank, application->form);
  form_version = g_strdup_printf ("%u", kab_form_definition_get_version (definition));
  if (!kab_tx_exec (tx, error,
                    "UPDATE applications SET answers = ?, services = ?, form_version = ?,"
                    " saved_at = ?, version = version + 1"
                    " WHERE id = ? AND version = ? AND state = 'draft'",
                    KAB_TEXT (text), KAB_TEXT (codes), KAB_TEXT (form_version),
                    KAB_INT (kab_tx_get_now (tx)), KAB_TEXT (id), KAB_INT (version)) ||
      !check_changed (tx, error) ||
      !set_files (tx, id, caller->id, definition, kab_form_evaluation_get_answers (evaluation),
                  error) ||
      !kab_trace_add_save (tx, &entry, error) ||
      !kab_trace_tell (tx, caller->id, "application-changed", "application", id, version + 1,
                       error))
    return NULL;
  return kab_application_load (tx, id, caller->id, error);
}

static gboolean
check_services (KabBankData *bank,
                const KabApplication *application,
                KabServices services,
                GError **error)
{
  gboolean may_mix = json_object_get_boolean_member_with_default (
      kab_bank_data_get_information (bank), "services_mix", TRUE);
  KabCheck check = kab_services_check (services, application->client_type, may_mix);

  return check == KAB_CHECK_OK || kab_problem_set_field (error, KAB_PROBLEM_VALIDATION_FAILED,
                                                         "/services", kab_check_code (check));
}

/* The account gets the name of the application, which is the first to say it. */
static gboolean
take_name (KabTransaction *tx,
           KabBankData *bank,
           const KabApplication *application,
           JsonObject *answers,
           char **name,
           GError **error)
{
  KabFormDefinition *definition = kab_bank_data_find_form (bank, application->form);
  gint64 version = 0;

  *name = kab_answers_dup_name (definition, answers);
  if (*name == NULL)
    {
      *name = g_strdup ("");
      return TRUE;
    }
  return kab_tx_query_int (tx, &version, error,
                           "UPDATE users SET name = ?, version = version + 1 WHERE id = ?"
                           " RETURNING version",
                           KAB_TEXT (*name), KAB_TEXT (application->user)) &&
         kab_trace_tell (tx, application->user, "profile-changed", "user", application->user,
                         version, error);
}

static gboolean
mark_submitted (KabTransaction *tx,
                KabApplication *application,
                JsonObject *answers,
                KabServices services,
                GError **error)
{
  g_autofree char *text = kab_domain_json_write (answers);
  g_autofree char *codes = kab_application_write_services (services);

  return kab_application_state_change (&application->state, KAB_APPLICATION_SUBMITTED, error) &&
         kab_tx_exec (tx, error,
                      "UPDATE applications SET answers = ?, services = ?, state = ?,"
                      " submitted_at = ?4, saved_at = ?4 WHERE id = ?5 AND version = ?6",
                      KAB_TEXT (text), KAB_TEXT (codes),
                      KAB_TEXT (kab_application_state_name (application->state)),
                      KAB_INT (kab_tx_get_now (tx)), KAB_TEXT (application->id),
                      KAB_INT (application->version)) &&
         check_changed (tx, error);
}

/**
 * kab_applications_submit:
 * @version: the version that was seen (If-Match)
 *
 * Sends what was saved (NAT-12). The photo-identification of the person becomes possible.
 *
 * Returns: (transfer full): the application, or %NULL with %KAB_PROBLEM_FORM_INVALID and an error
 *   for each answer
 */
KabApplication *
kab_applications_submit (KabTransaction *tx,
                         KabBankData *bank,
                         const KabCaller *caller,
                         const char *id,
                         gint64 version,
                         GError **error)
{
  g_autoptr (KabApplication) application = load_draft (tx, caller, id, version, error);
  g_autoptr (KabFormEvaluation) evaluation = NULL;
  g_autoptr (JsonObject) given = NULL;
  g_autofree char *name = NULL;
  JsonObject *answers;
  KabServices services;

  if (application == NULL)
    return NULL;
  given = kab_domain_json_read (application->answers);
  evaluation = kab_answers_evaluate (tx, bank, application->form, caller->id, application->services,
                                     given, error);
  if (evaluation == NULL || !kab_answers_check_complete (evaluation, error))
    return NULL;
  answers = kab_form_evaluation_get_answers (evaluation);
  services = kab_answers_get_services (answers);
  if (!check_services (bank, application, services, error) ||
      !mark_submitted (tx, application, answers, services, error) ||
      !set_files (tx, id, caller->id, kab_bank_data_find_form (bank, application->form), answers,
                  error) ||
      !take_name (tx, bank, application, answers, &name, error) ||
      !kab_identifications_add_photo (tx, bank, application, name, error) ||
      !trace (tx, caller, id, "application-submitted", error) ||
      !kab_case_refresh (tx, bank, id, error))
    return NULL;
  return kab_application_load (tx, id, caller->id, error);
}

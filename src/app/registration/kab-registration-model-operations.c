/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "registration/kab-registration-model-private.h"

#include "kab-registration-operations.h"
#include "kab-request.h"

/* What a registration asks of the bank. */

static void
resumed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  KabRegistrationModel *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (KabRegistration) registration =
      kab_registration_resume_finish (KAB_API (source), result, &error);

  if (g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_UNAUTHORIZED))
    {
      g_clear_pointer (&self->token, g_free);
      kab_registration_model_save (self);
    }
  if (registration != NULL)
    kab_registration_model_set_registration (self, registration);
  g_task_return_boolean (task, registration != NULL);
}

/**
 * kab_registration_model_resume_async:
 * @self: a registration
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Takes up a registration whose codes were sent before the application ended.
 */
void
kab_registration_model_resume_async (KabRegistrationModel *self,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task;

  g_return_if_fail (KAB_IS_REGISTRATION_MODEL (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, kab_registration_model_resume_async);
  if (self->token == NULL || self->registration != NULL)
    {
      g_task_return_boolean (task, FALSE);
      g_object_unref (task);
      return;
    }

  kab_registration_resume_async (kab_access_get_api (self->access), self->token, NULL, resumed_cb,
                                 task);
}

/* Returns: whether it waits for its codes again */
gboolean
kab_registration_model_resume_finish (KabRegistrationModel *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  KabRegistrationModel *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (KabRegistration) registration =
      kab_registration_create_finish (KAB_API (source), result, &error);

  if (registration == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  kab_registration_model_set_registration (self, registration);
  g_task_return_boolean (task, TRUE);
}

/**
 * kab_registration_model_create_async:
 * @self: a registration
 * @password: the password; not kept
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Sends everything; two codes go out (CON-7).
 */
void
kab_registration_model_create_async (KabRegistrationModel *self,
                                     const char *password,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  const char *citizenships[3] = { NULL };
  g_autofree char *key = kab_idempotency_key_new ();
  KabRegistrationDetails details;
  GTask *task;

  g_return_if_fail (KAB_IS_REGISTRATION_MODEL (self));

  citizenships[0] = self->citizenship;
  if (self->has_second)
    citizenships[1] = self->citizenship_2;
  details = (KabRegistrationDetails) {
    .client_type = self->client_type,
    .citizenships = citizenships,
    .legal_documents = kab_bank_get_legal_documents (kab_access_get_bank (self->access)),
    .email = self->email,
    .phone = self->phone,
    .password = password,
    .language = kab_language_get_current (kab_access_get_language (self->access)),
  };
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, kab_registration_model_create_async);
  kab_registration_create_async (kab_access_get_api (self->access), &details, key, NULL, created_cb,
                                 task);
}

/* Returns: whether the codes were sent; else with the error of kab_registration_create_finish() */
gboolean
kab_registration_model_create_finish (KabRegistrationModel *self,
                                      GAsyncResult *result,
                                      GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
forget_draft (KabRegistrationModel *self)
{
  g_clear_handle_id (&self->save_source, g_source_remove);
  kab_draft_journal_remove (kab_access_get_journal (self->access), KAB_REGISTRATION_DRAFT_KEY);
}

/* The same codes are the same request, so that an answer that was lost is given again. */
static const char *
get_key (KabRegistrationModel *self, const char *email_code, const char *phone_code)
{
  g_autofree char *codes = g_strconcat (email_code, " ", phone_code, NULL);

  if (g_set_str (&self->key_codes, codes) || self->key == NULL)
    {
      g_free (self->key);
      self->key = kab_idempotency_key_new ();
    }

  return self->key;
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  KabRegistrationModel *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (KabSession) session =
      kab_registration_confirm_finish (KAB_API (source), result, &error);

  if (session == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  forget_draft (self);
  g_task_return_boolean (task, TRUE);
  kab_access_enter_new (self->access, session);
}

/**
 * kab_registration_model_confirm_async:
 * @self: a registration whose codes were sent
 * @email_code: six digits
 * @phone_code: six digits
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finishes the registration: the account exists and its session has begun (CON-9).
 */
void
kab_registration_model_confirm_async (KabRegistrationModel *self,
                                      const char *email_code,
                                      const char *phone_code,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  GTask *task;

  g_return_if_fail (KAB_IS_REGISTRATION_MODEL (self));
  g_return_if_fail (self->registration != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, kab_registration_model_confirm_async);
  kab_registration_confirm_async (kab_access_get_api (self->access), self->registration, email_code,
                                  phone_code, get_key (self, email_code, phone_code), NULL,
                                  confirmed_cb, task);
}

/* Returns: whether the account was made; else the error of kab_registration_confirm_finish() */
gboolean
kab_registration_model_confirm_finish (KabRegistrationModel *self,
                                       GAsyncResult *result,
                                       GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

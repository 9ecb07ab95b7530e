/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-legal-document.h"
#include "kab-registration.h"
#include "sign-in/kab-access.h"

G_BEGIN_DECLS

#define KAB_TYPE_REGISTRATION_MODEL (kab_registration_model_get_type ())
G_DECLARE_FINAL_TYPE (KabRegistrationModel,
                      kab_registration_model,
                      KAB,
                      REGISTRATION_MODEL,
                      GObject)

KabRegistrationModel *kab_registration_model_new (KabAccess *access);

KabAccess *kab_registration_model_get_access (KabRegistrationModel *self);
KabRegistration *kab_registration_model_get_registration (KabRegistrationModel *self);
const char *kab_registration_model_get_client_type (KabRegistrationModel *self);
gboolean kab_registration_model_offers_companies (KabRegistrationModel *self);
gboolean kab_registration_model_is_read (KabRegistrationModel *self, KabLegalDocument *document);
void kab_registration_model_set_read (KabRegistrationModel *self, KabLegalDocument *document);
gint64 kab_registration_model_to_local_time (KabRegistrationModel *self, GDateTime *time);

void kab_registration_model_resume_async (KabRegistrationModel *self,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean kab_registration_model_resume_finish (KabRegistrationModel *self, GAsyncResult *result);

void kab_registration_model_create_async (KabRegistrationModel *self,
                                          const char *password,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean kab_registration_model_create_finish (KabRegistrationModel *self,
                                               GAsyncResult *result,
                                               GError **error);

void kab_registration_model_confirm_async (KabRegistrationModel *self,
                                           const char *email_code,
                                           const char *phone_code,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
gboolean kab_registration_model_confirm_finish (KabRegistrationModel *self,
                                                GAsyncResult *result,
                                                GError **error);

G_END_DECLS

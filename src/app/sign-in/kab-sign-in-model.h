/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sign-in/kab-access.h"

G_BEGIN_DECLS

#define KAB_TYPE_SIGN_IN_MODEL (kab_sign_in_model_get_type ())
G_DECLARE_FINAL_TYPE (KabSignInModel, kab_sign_in_model, KAB, SIGN_IN_MODEL, GObject)

KabSignInModel *kab_sign_in_model_new (KabAccess *access);
KabAccess *kab_sign_in_model_get_access (KabSignInModel *self);

G_END_DECLS

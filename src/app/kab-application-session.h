/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/kab-window.h"
#include "sign-in/kab-access.h"

G_BEGIN_DECLS

#define KAB_TYPE_APPLICATION_SESSION (kab_application_session_get_type ())
G_DECLARE_FINAL_TYPE (KabApplicationSession,
                      kab_application_session,
                      KAB,
                      APPLICATION_SESSION,
                      GObject)

KabApplicationSession *kab_application_session_new (KabWindow *window, KabAccess *access);

G_END_DECLS

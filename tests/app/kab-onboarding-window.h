/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-app-walk.h"
#include "kab-onboarding-fixture.h"

G_BEGIN_DECLS

/**
 * KabOnboardingWindow:
 *
 * The application's window with somebody signed in, on the home page.
 */
typedef struct
{
  KabApplication *application;
  KabWindow *window;
  KabOnboardingFixture *bank;
} KabOnboardingWindow;

KabOnboardingWindow *kab_onboarding_window_new (const char *application, KabDraftJournal *journal);
void kab_onboarding_window_free (KabOnboardingWindow *self);
GtkWidget *kab_onboarding_window_get_page (KabOnboardingWindow *self);
gpointer kab_onboarding_window_get_model (KabOnboardingWindow *self);
void kab_onboarding_window_wait_for (KabOnboardingWindow *self, GType type, const char *text);

G_END_DECLS

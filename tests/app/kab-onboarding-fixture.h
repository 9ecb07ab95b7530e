/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "kab-bank.h"
#include "kab-client-data.h"
#include "kab-draft-journal.h"
#include "kab-form-definition.h"
#include "kab-test-server.h"

G_BEGIN_DECLS

/**
 * KabOnboardingFixture:
 *
 * Somebody who is signed in at a bank that does what the test tells it, with the forms of the demo
 * bank.
 */
typedef struct
{
  KabTestServer *server;
  KabApi *api;
  KabSession *session;
  KabBank *bank;
  KabClientData *data;
} KabOnboardingFixture;

KabOnboardingFixture *kab_onboarding_fixture_new (const char *application);
void kab_onboarding_fixture_free (KabOnboardingFixture *self);
void kab_onboarding_fixture_change (KabOnboardingFixture *self, const char *application);
void kab_onboarding_fixture_serve_form (KabOnboardingFixture *self, const char *id);
char *kab_onboarding_fixture_draft (guint version, const char *answers);
char *kab_onboarding_fixture_application (guint version,
                                          const char *state,
                                          const char *stages,
                                          const char *identifications,
                                          const char *decisions);
KabFormDefinition *kab_onboarding_fixture_load_form (const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabOnboardingFixture, kab_onboarding_fixture_free)

G_END_DECLS

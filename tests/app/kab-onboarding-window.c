/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-onboarding-window.h"

#include <glib/gi18n.h>

#include "home/kab-home.h"

/* Somebody with @application (nullable), as JSON. */
KabOnboardingWindow *
kab_onboarding_window_new (const char *application, KabDraftJournal *journal)
{
  KabOnboardingWindow *self = g_new0 (KabOnboardingWindow, 1);
  g_autoptr (KabClientModel) client = NULL;

  self->application = kab_app_fixture_start ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  self->window = kab_application_get_window (self->application);
  self->bank = kab_onboarding_fixture_new (application);
  kab_app_fixture_fill_bank (kab_window_get_bank (self->window));
  client = kab_client_model_new (kab_window_get_bank (self->window), "Anna Bērziņa");
  kab_client_model_add_section (client,
                                kab_home_section_new (self->bank->data, self->bank->bank, journal));
  kab_client_model_add_section (
      client, kab_app_fixture_section ("documents", N_("Documents"), "folder-documents-symbolic"));
  kab_home_add_routes (self->window);
  kab_window_set_client (self->window, client);
  gtk_window_present (GTK_WINDOW (self->window));
  kab_app_fixture_wait_frame (GTK_WIDGET (self->window));

  return self;
}

void
kab_onboarding_window_free (KabOnboardingWindow *self)
{
  kab_app_fixture_stop (self->application);
  kab_onboarding_fixture_free (self->bank);
  g_free (self);
}

/* The page on top. */
GtkWidget *
kab_onboarding_window_get_page (KabOnboardingWindow *self)
{
  return GTK_WIDGET (adw_navigation_view_get_visible_page (kab_window_get_view (self->window)));
}

gpointer
kab_onboarding_window_get_model (KabOnboardingWindow *self)
{
  return kab_page_get_model (KAB_PAGE (kab_onboarding_window_get_page (self)));
}

/* Until there is such a widget on screen. */
void
kab_onboarding_window_wait_for (KabOnboardingWindow *self, GType type, const char *text)
{
  kab_app_wait_until (kab_app_find (GTK_WIDGET (self->window), type, text) != NULL);
}

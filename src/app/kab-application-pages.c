/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-application-pages.h"

#include <glib/gi18n.h>

#include "documents/kab-documents-section.h"
#include "home/kab-home.h"
#include "messages/kab-messages-section.h"
#include "profile/kab-profile-page.h"
#include "registration/kab-about-you-page.h"
#include "registration/kab-registration-model.h"
#include "sign-in/kab-sign-in-model.h"
#include "sign-in/kab-sign-in-page.h"
#include "welcome/kab-awaits-page.h"

/* Which pages there are: the targets of `win.show`, and the sections of a client. A feature adds
 * itself here. */

static KabAccess *
get_access (KabWindow *window)
{
  return kab_application_get_access (
      KAB_APPLICATION (gtk_window_get_application (GTK_WINDOW (window))));
}

static GObject *
create_awaits_model (KabWindow *window)
{
  return G_OBJECT (kab_awaits_model_new (kab_window_get_bank (window)));
}

static GObject *
create_registration_model (KabWindow *window)
{
  return G_OBJECT (kab_registration_model_new (get_access (window)));
}

static GObject *
create_sign_in_model (KabWindow *window)
{
  return G_OBJECT (kab_sign_in_model_new (get_access (window)));
}

static GObject *
ref_access (KabWindow *window)
{
  return g_object_ref (G_OBJECT (get_access (window)));
}

static const KabRoute routes[] = {
  { "awaits", kab_awaits_page_get_type, create_awaits_model },
  { "registration", kab_about_you_page_get_type, create_registration_model },
  { "sign-in", kab_sign_in_page_get_type, create_sign_in_model },
  { "profile", kab_profile_page_get_type, ref_access },
};

/**
 * kab_application_pages_add:
 * @window: a window of the application
 *
 * Tells it all pages.
 */
void
kab_application_pages_add (KabWindow *window)
{
  kab_window_add_routes (window, routes, G_N_ELEMENTS (routes));
  kab_home_add_routes (window);
}

/* The name, as soon as an application told it; the e-mail address until then. */
static void
show_name (KabClientModel *client, GParamSpec *pspec, KabProfile *profile)
{
  const char *name = kab_profile_get_name (profile);
  const char *email = kab_profile_get_email (profile);

  if (name != NULL && name[0] != '\0')
    g_object_set (client, "name", name, NULL);
  else if (email != NULL)
    g_object_set (client, "name", email, NULL);
}

/**
 * kab_application_pages_new_client:
 * @bank: the bank
 * @access: the way into it, signed in
 *
 * Returns: (transfer full): who is signed in, with all sections
 */
KabClientModel *
kab_application_pages_new_client (KabBankModel *bank, KabAccess *access)
{
  KabClientData *data = kab_access_get_data (access);
  KabDraftJournal *journal = kab_access_get_journal (access);
  KabProfile *profile = kab_client_data_get_profile (data);
  const char *name = kab_session_get_name (kab_access_get_session (access));
  KabClientModel *client =
      kab_client_model_new (bank, name != NULL && name[0] != '\0' ? name : _("Client"));

  kab_client_model_add_section (client,
                                kab_home_section_new (data, kab_access_get_bank (access), journal));
  kab_client_model_add_section (
      client, kab_documents_section_new (data, kab_access_get_bank (access), journal));
  kab_client_model_add_section (client, kab_messages_section_new (data, journal));
  g_signal_connect_object (profile, "notify", G_CALLBACK (show_name), client, G_CONNECT_SWAPPED);
  show_name (client, NULL, profile);

  return client;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "home/kab-home.h"

#include <glib/gi18n.h>

#include "application/kab-application-page.h"
#include "home/kab-home-page.h"
#include "identification/kab-identification-page.h"

/* The home section of who is signed in, and the places that it leads to: `application` and
 * `identification` for `win.show`. */

static KabHomeModel *
get_home (KabWindow *window)
{
  KabClientModel *client = kab_window_get_client (window);

  return KAB_HOME_MODEL (kab_section_get_model (kab_client_model_find_section (client, "home")));
}

static GObject *
create_application (KabWindow *window)
{
  KabHomeModel *home = get_home (window);

  return G_OBJECT (kab_application_model_new (kab_home_model_get_data (home),
                                              kab_home_model_get_bank (home),
                                              kab_home_model_get_journal (home)));
}

static GObject *
create_identification (KabWindow *window)
{
  return G_OBJECT (kab_identification_model_new (kab_home_model_get_data (get_home (window))));
}

static const KabRoute routes[] = {
  { "application", kab_application_page_get_type, create_application },
  { "identification", kab_identification_page_get_type, create_identification },
};

/**
 * kab_home_section_new:
 * @data: what the bank knows about who is signed in
 * @bank: the bank
 * @journal: (nullable): where unsent answers are kept
 *
 * Returns: (transfer full): the section `home`
 */
KabSection *
kab_home_section_new (KabClientData *data, KabBank *bank, KabDraftJournal *journal)
{
  g_autoptr (KabHomeModel) model = kab_home_model_new (data, bank, journal);

  return kab_section_new ("home", N_("Home"), "user-home-symbolic", KAB_TYPE_HOME_PAGE,
                          G_OBJECT (model));
}

/**
 * kab_home_add_routes:
 * @window: a window
 *
 * Lets `win.show` find the application form and the identification of a client who has the section
 * of kab_home_section_new().
 */
void
kab_home_add_routes (KabWindow *window)
{
  kab_window_add_routes (window, routes, G_N_ELEMENTS (routes));
}

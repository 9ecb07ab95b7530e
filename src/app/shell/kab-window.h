/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "common/kab-language.h"
#include "common/kab-page.h"
#include "shell/kab-client-model.h"

G_BEGIN_DECLS

#define KAB_TYPE_WINDOW (kab_window_get_type ())
G_DECLARE_FINAL_TYPE (KabWindow, kab_window, KAB, WINDOW, AdwApplicationWindow)

/**
 * KabRoute:
 * @name: the target of `win.show`
 * @page_type: what gives the type of the page, a subclass of #KabPage
 * @create_model: (nullable): makes the page's model when it is shown for the first time
 */
typedef struct
{
  const char *name;
  GType (*page_type) (void);
  GObject *(*create_model) (KabWindow *window);
} KabRoute;

KabWindow *kab_window_new (GtkApplication *application,
                           GSettings *settings,
                           KabLanguage *language,
                           KabBankModel *bank);

KabBankModel *kab_window_get_bank (KabWindow *self);
KabLanguage *kab_window_get_language (KabWindow *self);
KabClientModel *kab_window_get_client (KabWindow *self);
void kab_window_set_client (KabWindow *self, KabClientModel *client);
void kab_window_set_offline (KabWindow *self, gboolean offline);

void kab_window_add_routes (KabWindow *self, const KabRoute *routes, gsize n_routes);
gboolean kab_window_show (KabWindow *self, const char *name);
void kab_window_push (KabWindow *self, GType page_type, GObject *model);
AdwNavigationView *kab_window_get_view (KabWindow *self);
void kab_window_add_toast (KabWindow *self, AdwToast *toast);
void kab_window_tell (KabWindow *self, const char *message);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-app-walk.h"

GtkWidget *
kab_app_wait_for (GtkWidget  *root,
                  GType       type,
                  const char *text)
{
  GtkWidget *found = NULL;

  kab_app_wait_until ((found = kab_app_find (root, type, text)) != NULL);

  return found;
}

void
kab_app_type (GtkWidget  *root,
              const char *title,
              const char *text)
{
  GtkWidget *row = kab_app_find (root, ADW_TYPE_ENTRY_ROW, title);

  if (row == NULL)
    g_error ("No field is called %s", title);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

KabWindow *
kab_app_present (KabApplication *application)
{
  KabWindow *window = kab_application_get_window (application);

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  gtk_window_present (GTK_WINDOW (window));
  kab_app_fixture_wait_frame (GTK_WIDGET (window));

  return window;
}

KabPage *
kab_app_get_page (KabWindow *window)
{
  return KAB_PAGE (adw_navigation_view_get_visible_page (kab_window_get_view (window)));
}

void
kab_app_wait_page (KabWindow *window,
                   GType      type)
{
  kab_app_wait_until (G_TYPE_CHECK_INSTANCE_TYPE (kab_app_get_page (window), type));
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
}

/* The dialog on top, which has to come. */
AdwDialog *
kab_app_get_dialog (KabWindow *window)
{
  AdwDialog *dialog = NULL;

  kab_app_wait_until (
      (dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window))) != NULL);
  kab_app_fixture_wait_frame (GTK_WIDGET (dialog));

  return dialog;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What any libadwaita application pays for: a window with a header bar and 20
 * entry rows, as large as ours, that ends the program when it was first drawn.
 */

#include <adwaita.h>

#define N_ROWS 20

static GtkWidget *
create_rows (void)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  for (guint i = 1; i <= N_ROWS; i++)
    {
      g_autofree char *title = g_strdup_printf ("Row %u", i);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                                 g_object_new (ADW_TYPE_ENTRY_ROW, "title", title, NULL));
    }
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));

  return page;
}

static void
activated_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *view = adw_toolbar_view_new ();
  GdkSurface *surface;

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), create_rows ());
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));

  surface = gtk_native_get_surface (GTK_NATIVE (window));
  g_signal_connect_object (gdk_surface_get_frame_clock (surface), "after-paint",
                           G_CALLBACK (g_application_quit), application, G_CONNECT_SWAPPED);
}

int
main (int argc, char *argv[])
{
  g_autoptr (AdwApplication) application =
      adw_application_new ("org.kabinets.ReferenceWindow", G_APPLICATION_DEFAULT_FLAGS);

  g_signal_connect (application, "activate", G_CALLBACK (activated_cb), NULL);

  return g_application_run (G_APPLICATION (application), argc, argv);
}

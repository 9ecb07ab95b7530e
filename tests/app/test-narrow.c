/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-app-demo.h"
#include "kab-test-server.h"
#include "picture-pages.h"

/* Every page in a window as narrow as a phone, also with text at 200 %, of a bank in whose texts
 * there are & and <: nothing is wider than the window, and GTK has nothing to say. */

#define WIDTH  360
#define HEIGHT 720

static KabApplication *application;

static void check_children (GtkWidget *widget, GtkWidget *window);

/* What may be wider because it is looked at by scrolling sideways. */
static gboolean
scrolls_sideways (GtkWidget *widget)
{
  GtkPolicyType policy = GTK_POLICY_NEVER;

  if (GTK_IS_SCROLLED_WINDOW (widget))
    gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (widget), &policy, NULL);

  return policy == GTK_POLICY_AUTOMATIC || policy == GTK_POLICY_ALWAYS || GTK_IS_TEXT (widget);
}

/* Where in the window @widget is, for whoever has to find it. */
static char *
dup_path (GtkWidget *widget)
{
  g_autoptr (GString) path = g_string_new (gtk_widget_get_css_name (widget));

  while ((widget = gtk_widget_get_parent (widget)) != NULL)
    g_string_append_printf (path, " < %s", gtk_widget_get_css_name (widget));

  return g_string_free (g_steal_pointer (&path), FALSE);
}

static void
check_width (GtkWidget *widget, GtkWidget *window)
{
  graphene_rect_t bounds;

  /* A scrollbar reaches out a little to be caught more easily. */
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_can_target (widget) ||
      GTK_IS_SCROLLBAR (widget))
    return;

  g_assert_true (gtk_widget_compute_bounds (widget, window, &bounds));
  if (bounds.origin.x < -1 || bounds.origin.x + bounds.size.width > WIDTH + 1)
    {
      g_autofree char *path = dup_path (widget);

      g_test_fail ();
      g_test_message ("from %.0f to %.0f: %s", bounds.origin.x, bounds.origin.x + bounds.size.width,
                      path);
    }

  if (!scrolls_sideways (widget))
    check_children (widget, window);
}

static void
check_children (GtkWidget *widget, GtkWidget *window)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_width (child, window);
}

static void
check_page (const PicturePage *page, const char *language, int text_percent)
{
  KabWindow *window = kab_application_get_window (application);
  GtkWidget *shown;

  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * text_percent / 100, NULL);
  kab_language_set_current (kab_application_get_language (application), language);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH + 2 * KAB_APP_FRAME, HEIGHT);
  page->show (application, window);
  gtk_window_present (GTK_WINDOW (window));
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
  shown = page->find_window != NULL ? page->find_window () : GTK_WIDGET (window);
  kab_app_fixture_wait_frame (shown);

  /* A popover has a surface of its own, and scrolls. */
  if (!GTK_IS_POPOVER (shown))
    check_children (shown, shown);

  if (page->leave != NULL)
    page->leave ();
  kab_app_fixture_close (window);
  kab_bank_model_connect (kab_application_get_bank (application), NULL);
}

static void
test_page (gconstpointer user_data)
{
  application = kab_app_fixture_start ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  check_page (user_data, "ru", 100);
  check_page (user_data, "lv", 200);
  check_page (user_data, "ru", 200);
}

static void
add (const PicturePage *pages, gsize n_pages)
{
  for (gsize i = 0; i < n_pages; i++)
    {
      g_autofree char *path = g_strconcat ("/narrow/", pages[i].name, NULL);

      g_test_add_data_func (path, &pages[i], test_page);
    }
}

int
main (int argc, char **argv)
{
  kab_app_demo_init (&argc, &argv);
  kab_test_server_mark_texts ();
  add (picture_pages, picture_n_pages);
  add (picture_access_pages, picture_n_access_pages);

  return kab_app_demo_run ();
}

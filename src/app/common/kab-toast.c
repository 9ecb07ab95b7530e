/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-toast.h"

/* What is seen of @root: itself or something in it. */
static GtkWidget *
find_seen (GtkWidget *root, GType type)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_seen (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/**
 * kab_toast_show_in:
 * @view: where the pages of a window are
 * @toast: a short message
 *
 * Shows the message in the page that is seen, above its bottom bar.
 *
 * Returns: whether there is one, with a place for it
 */
gboolean
kab_toast_show_in (AdwNavigationView *view, AdwToast *toast)
{
  GtkWidget *page = GTK_WIDGET (adw_navigation_view_get_visible_page (view));
  GtkWidget *overlay = page != NULL ? find_seen (page, ADW_TYPE_TOAST_OVERLAY) : NULL;

  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), g_object_ref (toast));

  return overlay != NULL;
}

/* The pages that somebody who went away from a widget has before them. */
static GtkWidget *
find_other_view (void)
{
  GApplication *application = g_application_get_default ();
  GList *windows = GTK_IS_APPLICATION (application)
                       ? gtk_application_get_windows (GTK_APPLICATION (application))
                       : NULL;
  GtkWidget *view = NULL;

  for (; view == NULL && windows != NULL; windows = windows->next)
    view = find_seen (windows->data, ADW_TYPE_NAVIGATION_VIEW);

  return view;
}

static gboolean
show_at (GtkWidget *widget, AdwToast *toast)
{
  GtkWidget *view = gtk_widget_get_ancestor (widget, ADW_TYPE_NAVIGATION_VIEW);
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  if (view != NULL && kab_toast_show_in (ADW_NAVIGATION_VIEW (view), toast))
    return TRUE;
  if (overlay == NULL || !gtk_widget_get_mapped (overlay))
    return FALSE;

  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), g_object_ref (toast));

  return TRUE;
}

/**
 * kab_toast_show:
 * @widget: what it is about
 * @toast: (transfer full): a short message
 *
 * Shows the message in the page on top of the window, or in the dialog, that @widget is in; who
 * went away from there is told where they are now.
 *
 * Returns: whether there was a place for it
 */
gboolean
kab_toast_show (GtkWidget *widget, AdwToast *toast)
{
  g_autoptr (AdwToast) shown = toast;
  GtkWidget *view;

  adw_toast_set_use_markup (shown, FALSE);
  if (show_at (widget, shown))
    return TRUE;

  view = find_other_view ();

  return view != NULL && show_at (view, shown);
}

/**
 * kab_toast_tell:
 * @widget: what it is about
 * @message: plain text, in the current language
 *
 * Shows @message for a few seconds. Whatever must not be missed also stands in the page.
 */
void
kab_toast_tell (GtkWidget *widget, const char *message)
{
  kab_toast_show (widget, adw_toast_new (message));
}

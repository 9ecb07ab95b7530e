/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-app-walk.h"

static gboolean
has_label (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget))
    return g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (has_label (child, text))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_text (GtkWidget *widget, const char *text)
{
  return text == NULL || g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0 ||
         (ADW_IS_PREFERENCES_ROW (widget) &&
          g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), text) == 0) ||
         has_label (widget, text);
}

/* The first widget of @type below @root that is on screen and says @text (nullable: anything),
 * as its tooltip or title or in a label of its own. */
gpointer
kab_app_find (gpointer root, GType type, const char *text)
{
  GtkWidget *widget = root;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && has_text (widget, text))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gpointer found = kab_app_find (child, type, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* How many widgets of @type are on screen below @root. */
guint
kab_app_count (gpointer root, GType type)
{
  GtkWidget *widget = root;
  guint count = 0;

  if (!gtk_widget_get_mapped (widget))
    return 0;

  count = g_type_is_a (G_OBJECT_TYPE (widget), type);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count += kab_app_count (child, type);

  return count;
}

gpointer
kab_app_wait_for (gpointer root, GType type, const char *text)
{
  gpointer found = NULL;

  kab_app_wait_until ((found = kab_app_find (root, type, text)) != NULL);

  return found;
}

void
kab_app_press (gpointer root, const char *label)
{
  GtkWidget *button = kab_app_find (root, GTK_TYPE_BUTTON, label);

  if (button == NULL)
    g_error ("No button is called %s", label);
  g_assert_true (gtk_widget_is_sensitive (button));

  g_signal_emit_by_name (button, "clicked");
}

void
kab_app_type (gpointer root, const char *title, const char *text)
{
  GtkWidget *row = kab_app_find (root, ADW_TYPE_ENTRY_ROW, title);

  if (row == NULL)
    g_error ("No field is called %s", title);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static gboolean
has_words (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return *gtk_label_get_label (GTK_LABEL (widget)) != '\0';
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (has_words (child))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_name (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  /* The button of a menu button is named by it. */
  if (GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget)))
    accessible = GTK_ACCESSIBLE (gtk_widget_get_parent (widget));

  return gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY) ||
         has_words (widget);
}

static gboolean
is_control (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_focusable (widget) &&
         (GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_TEXT (widget) ||
          GTK_IS_TEXT_VIEW (widget) || GTK_IS_LIST_BOX_ROW (widget) || GTK_IS_SWITCH (widget));
}

/* Checks that no control below @root that is on screen is without a name. Returns: how many there
 * are. */
guint
kab_app_check_names (gpointer root)
{
  GtkWidget *widget = root;
  guint count = is_control (widget);

  if (count > 0 && !has_name (widget))
    g_error ("A %s in a %s has no name", G_OBJECT_TYPE_NAME (widget),
             G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count += kab_app_check_names (child);

  return count;
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
kab_app_wait_page (KabWindow *window, GType type)
{
  kab_app_wait_until (G_TYPE_CHECK_INSTANCE_TYPE (kab_app_get_page (window), type));
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
}

/* The dialog on top, which has to come. */
AdwDialog *
kab_app_get_dialog (KabWindow *window)
{
  AdwDialog *dialog = NULL;

  kab_app_wait_until ((dialog = adw_application_window_get_visible_dialog (
                           ADW_APPLICATION_WINDOW (window))) != NULL);
  kab_app_fixture_wait_frame (GTK_WIDGET (dialog));

  return dialog;
}

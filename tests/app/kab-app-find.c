/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-app-find.h"

#include <adwaita.h>

/* Finds widgets that are on screen by what is written on them. */

/* Also where the label is only a part of what is in the button. */
static gboolean
has_label (GtkWidget  *button,
           const char *text)
{
  GtkWidget *child = gtk_widget_get_first_child (button);

  return child != NULL && kab_app_find (child, GTK_TYPE_LABEL, text) != NULL;
}

static gboolean
says (GtkWidget  *widget,
      const char *text)
{
  if (text == NULL)
    return TRUE;
  if (GTK_IS_BUTTON (widget) &&
      (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), text) == 0 || has_label (widget, text)))
    return TRUE;
  if (GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), text) == 0)
    return TRUE;
  if (ADW_IS_PREFERENCES_ROW (widget) &&
      g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), text) == 0)
    return TRUE;

  return g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0;
}

/* The first widget of @type below @root that is on screen and says @text (nullable: anything). */
gpointer
kab_app_find (gpointer    root,
              GType       type,
              const char *text)
{
  GtkWidget *widget = root;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && says (widget, text))
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
kab_app_count (gpointer root,
               GType    type)
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

/* Presses the button below @root that says @text. */
void
kab_app_press (gpointer    root,
               const char *text)
{
  GtkWidget *button = kab_app_find (root, GTK_TYPE_BUTTON, text);

  if (button == NULL)
    g_error ("No button says “%s”", text);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shell/kab-focus-path.h"

static guint
index_of (GtkWidget *widget)
{
  guint index = 0;

  while ((widget = gtk_widget_get_prev_sibling (widget)) != NULL)
    index++;

  return index;
}

/**
 * kab_focus_path_get:
 * @root: a widget
 * @focus: (nullable): what has the focus
 *
 * Returns: (transfer full) (element-type guint): the way from @focus up to @root as positions among
 *   siblings; empty when @focus is not below @root
 */
GArray *
kab_focus_path_get (GtkWidget *root, GtkWidget *focus)
{
  GArray *path = g_array_new (FALSE, FALSE, sizeof (guint));

  if (focus == NULL || !gtk_widget_is_ancestor (focus, root))
    return path;

  for (GtkWidget *widget = focus; widget != root; widget = gtk_widget_get_parent (widget))
    {
      guint index = index_of (widget);

      g_array_append_val (path, index);
    }

  return path;
}

/**
 * kab_focus_path_follow:
 * @root: a widget that was built like the one the path was taken from
 * @path: (element-type guint): from kab_focus_path_get()
 *
 * Moves the focus to the widget at the end of the path, or as far along it as there are widgets.
 */
void
kab_focus_path_follow (GtkWidget *root, GArray *path)
{
  GtkWidget *widget = root;

  for (guint i = path->len; i > 0; i--)
    {
      GtkWidget *child = gtk_widget_get_first_child (widget);

      for (guint n = g_array_index (path, guint, i - 1); n > 0 && child != NULL; n--)
        child = gtk_widget_get_next_sibling (child);
      if (child == NULL)
        break;
      widget = child;
    }

  if (path->len > 0)
    gtk_widget_grab_focus (widget);
}

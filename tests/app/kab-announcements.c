/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-announcements.h"

#include <gtk/gtk.h>

/* What the application announces, kept for tests in place of GTK's own function: the test back end
 * of GTK 4.18 has none for it and crashes. */

static GPtrArray *announcements;

void
gtk_accessible_announce (GtkAccessible *self,
                         const char *message,
                         GtkAccessibleAnnouncementPriority priority)
{
  g_assert_true (GTK_IS_ACCESSIBLE (self));
  g_assert_nonnull (message);

  if (announcements == NULL)
    announcements = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (announcements, g_strdup (message));
}

guint
kab_announcements_count (void)
{
  return announcements != NULL ? announcements->len : 0;
}

/* (transfer none) (nullable) */
const char *
kab_announcements_latest (void)
{
  return kab_announcements_count () > 0 ? announcements->pdata[announcements->len - 1] : NULL;
}

void
kab_announcements_forget (void)
{
  g_clear_pointer (&announcements, g_ptr_array_unref);
}

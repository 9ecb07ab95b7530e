/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-reveal.h"

typedef struct
{
  GtkWidget *first; /* (weak) (nullable) */
  GtkWidget *last;  /* (weak) (nullable) */
} Reveal;

static void
reveal_free (gpointer data, GClosure *closure)
{
  Reveal *reveal = data;

  g_clear_weak_pointer (&reveal->first);
  g_clear_weak_pointer (&reveal->last);
  g_free (reveal);
}

static void
scroll_to (GtkWidget *widget)
{
  GtkWidget *viewport = widget != NULL ? gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT) : NULL;

  if (viewport != NULL && gtk_widget_get_mapped (widget))
    gtk_viewport_scroll_to (GTK_VIEWPORT (viewport), widget, NULL);
}

static void
painted_cb (GdkFrameClock *clock, Reveal *reveal)
{
  scroll_to (reveal->last);
  scroll_to (reveal->first);
  g_signal_handlers_disconnect_by_data (clock, reveal);
}

/**
 * kab_reveal:
 * @first: a widget
 * @last: the same, or one below it that belongs to it, such as what is wrong with a field
 *
 * Scrolls no further than it takes to have both in sight, as soon as they are laid out; @first
 * comes first where there isn't room for both.
 */
void
kab_reveal (GtkWidget *first, GtkWidget *last)
{
  GdkFrameClock *clock;
  Reveal *reveal;

  g_return_if_fail (GTK_IS_WIDGET (first));
  g_return_if_fail (GTK_IS_WIDGET (last));

  clock = gtk_widget_get_frame_clock (first);
  if (clock == NULL)
    return;

  reveal = g_new0 (Reveal, 1);
  g_set_weak_pointer (&reveal->first, first);
  g_set_weak_pointer (&reveal->last, last);
  g_signal_connect_data (clock, "after-paint", G_CALLBACK (painted_cb), reveal, reveal_free,
                         G_CONNECT_DEFAULT);
  gtk_widget_queue_draw (first);
}

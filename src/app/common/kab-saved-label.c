/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-saved-label.h"

#include <glib/gi18n.h>

#include "common/kab-local-text.h"

/**
 * KabSavedLabel:
 *
 * "Saved 14:02": whether what was typed is safe, for a header bar. Only a failure is announced;
 * being told of each saving would disturb.
 */
struct _KabSavedLabel
{
  AdwBin parent_instance;

  KabSavedState state;
  GtkImage *icon;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (KabSavedLabel, kab_saved_label, ADW_TYPE_BIN)

static void
kab_saved_label_class_init (KabSavedLabelClass *klass)
{
}

static void
kab_saved_label_init (KabSavedLabel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->icon = GTK_IMAGE (
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_widget_add_css_class (box, "saved");
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * kab_saved_state_of:
 * @autosave: the answers of a form
 *
 * Returns: where they are
 */
KabSavedState
kab_saved_state_of (KabAutosave *autosave)
{
  switch (kab_autosave_get_state (autosave))
    {
    case KAB_AUTOSAVE_SAVED:
      return KAB_SAVED_AT_BANK;
    case KAB_AUTOSAVE_OFFLINE:
      return kab_autosave_get_kept (autosave) ? KAB_SAVED_HERE : KAB_SAVED_FAILED;
    case KAB_AUTOSAVE_CONFLICT:
    case KAB_AUTOSAVE_FAILED:
      return KAB_SAVED_FAILED;
    case KAB_AUTOSAVE_CHANGED:
    case KAB_AUTOSAVE_SAVING:
    default:
      return KAB_SAVED_SAVING;
    }
}

/**
 * kab_saved_label_new:
 *
 * Returns: (transfer floating): a label that shows nothing yet
 */
GtkWidget *
kab_saved_label_new (void)
{
  return g_object_new (KAB_TYPE_SAVED_LABEL, NULL);
}

static const char *
get_icon_name (KabSavedState state)
{
  switch (state)
    {
    case KAB_SAVED_AT_BANK:
      return "object-select-symbolic";
    case KAB_SAVED_HERE:
      return "computer-symbolic";
    case KAB_SAVED_FAILED:
      return "dialog-warning-symbolic";
    case KAB_SAVED_NOTHING:
    case KAB_SAVED_SAVING:
    default:
      return "content-loading-symbolic";
    }
}

static char *
dup_text (KabSavedState state, gint64 time)
{
  g_autofree char *clock = kab_local_time_of_day (time);

  switch (state)
    {
    case KAB_SAVED_SAVING:
      return g_strdup (_("Saving…"));
    case KAB_SAVED_AT_BANK:
      return g_strdup_printf (_("Saved %s"), clock);
    case KAB_SAVED_HERE:
      return g_strdup_printf (_("Kept here %s"), clock);
    case KAB_SAVED_FAILED:
      return g_strdup (_("Not saved"));
    case KAB_SAVED_NOTHING:
    default:
      return g_strdup ("");
    }
}

/**
 * kab_saved_label_set:
 * @self: a label
 * @state: where the text is
 * @time: since when, in microseconds since 1970, UTC
 */
void
kab_saved_label_set (KabSavedLabel *self, KabSavedState state, gint64 time)
{
  g_autofree char *text = NULL;

  g_return_if_fail (KAB_IS_SAVED_LABEL (self));

  text = dup_text (state, time);
  gtk_image_set_from_icon_name (self->icon, get_icon_name (state));
  gtk_label_set_label (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self), state != KAB_SAVED_NOTHING);
  if (state == KAB_SAVED_FAILED && self->state != state)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  self->state = state;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-radio-row.h"

/**
 * KabRadioRow:
 *
 * One of several options in a list: its activatable widget is a radio button, which shows whether
 * it is chosen. To the keyboard and to a screen reader the row is the radio button: in a list the
 * button takes no arrow keys, and Tab comes only to the one that is chosen.
 */
struct _KabRadioRow
{
  AdwActionRow parent_instance;
};

G_DEFINE_FINAL_TYPE (KabRadioRow, kab_radio_row, ADW_TYPE_ACTION_ROW)

static void
show_checked (KabRadioRow *self, GtkCheckButton *check)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED,
                               gtk_check_button_get_active (check) ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                                                   : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
}

static void
checked_cb (GtkCheckButton *check, GParamSpec *pspec, KabRadioRow *self)
{
  show_checked (self, check);
}

static void
button_changed_cb (KabRadioRow *self)
{
  GtkWidget *button = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (self));

  if (!GTK_IS_CHECK_BUTTON (button))
    return;

  gtk_widget_set_can_focus (button, FALSE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  g_signal_connect_object (button, "notify::active", G_CALLBACK (checked_cb), self, 0);
  show_checked (self, GTK_CHECK_BUTTON (button));
}

static void
subtitle_changed_cb (KabRadioRow *self)
{
  const char *subtitle = adw_action_row_get_subtitle (ADW_ACTION_ROW (self));

  if (subtitle != NULL && subtitle[0] != '\0')
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    subtitle, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
kab_radio_row_class_init (KabRadioRowClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_RADIO);
}

static void
kab_radio_row_init (KabRadioRow *self)
{
  g_signal_connect (self, "notify::activatable-widget", G_CALLBACK (button_changed_cb), NULL);
  g_signal_connect (self, "notify::subtitle", G_CALLBACK (subtitle_changed_cb), NULL);
}

/**
 * kab_radio_row_new:
 *
 * Returns: (transfer floating): a row without a button
 */
GtkWidget *
kab_radio_row_new (void)
{
  return g_object_new (KAB_TYPE_RADIO_ROW, NULL);
}

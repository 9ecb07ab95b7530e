/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "profile/kab-notice-row.h"

#include <glib/gi18n.h>

/**
 * KabNoticeRow:
 *
 * A kind of notice and the channels it takes (SET-5). `chosen` is emitted when the person changed
 * one.
 */
struct _KabNoticeRow
{
  AdwPreferencesRow parent_instance;

  GtkWidget *title;
  GtkWidget *email;
  GtkWidget *sms;
  gboolean is_setting;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabNoticeRow, kab_notice_row, ADW_TYPE_PREFERENCES_ROW)

static void
toggled_cb (KabNoticeRow *self)
{
  if (!self->is_setting)
    g_signal_emit (self, signals[CHOSEN], 0);
}

static void
kab_notice_row_class_init (KabNoticeRowClass *klass)
{
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_notice_row_init (KabNoticeRow *self)
{
  GtkWidget *box = adw_wrap_box_new ();
  GtkWidget *checks = adw_wrap_box_new ();

  self->title = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->title), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->title), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  self->email = gtk_check_button_new_with_label (C_("channel", "E-mail"));
  self->sms = gtk_check_button_new_with_label (C_("channel", "Text message"));
  adw_wrap_box_append (ADW_WRAP_BOX (checks), self->email);
  adw_wrap_box_append (ADW_WRAP_BOX (checks), self->sms);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (checks), 12);
  adw_wrap_box_append (ADW_WRAP_BOX (box), self->title);
  adw_wrap_box_append (ADW_WRAP_BOX (box), checks);
  adw_wrap_box_set_justify (ADW_WRAP_BOX (box), ADW_JUSTIFY_SPREAD);
  adw_wrap_box_set_justify_last_line (ADW_WRAP_BOX (box), TRUE);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 12);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "notice");
  g_signal_connect_swapped (self->email, "toggled", G_CALLBACK (toggled_cb), self);
  g_signal_connect_swapped (self->sms, "toggled", G_CALLBACK (toggled_cb), self);
}

static void
name_check (GtkWidget *check, const char *kind)
{
  const char *channel = gtk_check_button_get_label (GTK_CHECK_BUTTON (check));
  g_autofree char *label = g_strdup_printf ("%s: %s", kind, channel);

  gtk_accessible_reset_relation (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/**
 * kab_notice_row_new:
 * @title: the kind of notice, in the current language
 *
 * Returns: (transfer floating): a row with no channel chosen
 */
GtkWidget *
kab_notice_row_new (const char *title)
{
  KabNoticeRow *self = g_object_new (KAB_TYPE_NOTICE_ROW, "title", title, NULL);

  gtk_label_set_label (GTK_LABEL (self->title), title);
  name_check (self->email, title);
  name_check (self->sms, title);

  return GTK_WIDGET (self);
}

/**
 * kab_notice_row_set:
 * @self: a row
 * @email: whether mail is chosen
 * @sms: whether text messages are
 *
 * Shows what the bank knows; `chosen` is not emitted.
 */
void
kab_notice_row_set (KabNoticeRow *self, gboolean email, gboolean sms)
{
  g_return_if_fail (KAB_IS_NOTICE_ROW (self));

  self->is_setting = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->email), email);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->sms), sms);
  self->is_setting = FALSE;
}

/**
 * kab_notice_row_get:
 * @self: a row
 * @email: (out): whether mail is chosen
 * @sms: (out): whether text messages are
 */
void
kab_notice_row_get (KabNoticeRow *self, gboolean *email, gboolean *sms)
{
  g_return_if_fail (KAB_IS_NOTICE_ROW (self));

  *email = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->email));
  *sms = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->sms));
}

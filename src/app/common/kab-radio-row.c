/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-radio-row.h"

/**
 * KabRadioRow:
 *
 * A row of a boxed list that is one of several to choose from. It is the radio button itself, for
 * the keyboard and for a screen reader; the one that it shows is a picture only. So it is one stop
 * of Tab, and each choice of a list is reached, by Tab and by the arrow keys.
 */
struct _KabRadioRow
{
  AdwActionRow parent_instance;

  GtkCheckButton *check;
};

enum
{
  PROP_ACTIVE = 1,
  PROP_GROUP,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KabRadioRow, kab_radio_row, ADW_TYPE_ACTION_ROW)

static void
show_state (KabRadioRow *self)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED,
                               gtk_check_button_get_active (self->check)
                                   ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                   : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
}

static void
toggled_cb (KabRadioRow *self)
{
  show_state (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
kab_radio_row_activate (AdwActionRow *row)
{
  kab_radio_row_set_active (KAB_RADIO_ROW (row), TRUE);
}

static void
kab_radio_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, kab_radio_row_get_active (KAB_RADIO_ROW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_radio_row_set_property (GObject *object,
                            guint property_id,
                            const GValue *value,
                            GParamSpec *pspec)
{
  KabRadioRow *self = KAB_RADIO_ROW (object);
  KabRadioRow *group;

  switch (property_id)
    {
    case PROP_ACTIVE:
      kab_radio_row_set_active (self, g_value_get_boolean (value));
      break;
    case PROP_GROUP:
      group = g_value_get_object (value);
      gtk_check_button_set_group (self->check, group != NULL ? group->check : NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
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
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kab_radio_row_get_property;
  object_class->set_property = kab_radio_row_set_property;
  ADW_ACTION_ROW_CLASS (klass)->activate = kab_radio_row_activate;

  properties[PROP_ACTIVE] =
      g_param_spec_boolean ("active", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /* One of the rows that it is chosen from. */
  properties[PROP_GROUP] =
      g_param_spec_object ("group", NULL, NULL, KAB_TYPE_RADIO_ROW,
                           G_PARAM_WRITABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_RADIO);
}

static void
kab_radio_row_init (KabRadioRow *self)
{
  self->check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->check), GTK_ALIGN_CENTER);
  /* Each for itself: a button that isn't focusable still says that it took the focus, and one that
   * can't be focused is still told to be focusable. */
  gtk_widget_set_focusable (GTK_WIDGET (self->check), FALSE);
  gtk_widget_set_can_focus (GTK_WIDGET (self->check), FALSE);
  gtk_widget_set_can_target (GTK_WIDGET (self->check), FALSE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  /* The relation to the subtitle would hide the description. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->check));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  g_signal_connect_object (self->check, "toggled", G_CALLBACK (toggled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::subtitle", G_CALLBACK (subtitle_changed_cb), NULL);
  show_state (self);
}

/**
 * kab_radio_row_new:
 * @group: (nullable): one of the rows that it is chosen from; %NULL for the first
 *
 * Returns: (transfer floating): the row, not chosen
 */
GtkWidget *
kab_radio_row_new (KabRadioRow *group)
{
  return g_object_new (KAB_TYPE_RADIO_ROW, "group", group, NULL);
}

/**
 * kab_radio_row_get_active:
 * @self: a row
 *
 * Returns: whether it is the chosen one
 */
gboolean
kab_radio_row_get_active (KabRadioRow *self)
{
  g_return_val_if_fail (KAB_IS_RADIO_ROW (self), FALSE);

  return gtk_check_button_get_active (self->check);
}

/**
 * kab_radio_row_set_active:
 * @self: a row
 * @active: whether it is the chosen one
 *
 * The others of its group then aren't.
 */
void
kab_radio_row_set_active (KabRadioRow *self, gboolean active)
{
  g_return_if_fail (KAB_IS_RADIO_ROW (self));

  gtk_check_button_set_active (self->check, active);
}

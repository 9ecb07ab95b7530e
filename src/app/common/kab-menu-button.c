/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-menu-button.h"

#include <glib/gi18n.h>

/**
 * KabMenuButton:
 *
 * The menu at the top right of every page. For somebody who is signed in it is the user menu
 * (SET-1 to SET-6 of the guide) behind their initials, else a plain main menu.
 */
struct _KabMenuButton
{
  AdwBin parent_instance;

  char *user_name; /* (owned) (nullable) */

  GtkMenuButton *button;
  AdwAvatar *avatar;
  GMenuModel *visitor_menu;
  GMenuModel *user_menu;
};

enum
{
  PROP_USER_NAME = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KabMenuButton, kab_menu_button, ADW_TYPE_BIN)

static void
update (KabMenuButton *self)
{
  gboolean signed_in = self->user_name != NULL && self->user_name[0] != '\0';
  g_autofree char *label = NULL;

  if (signed_in)
    {
      label = g_strdup_printf (_("Menu of %s"), self->user_name);
      gtk_menu_button_set_child (self->button, GTK_WIDGET (self->avatar));
    }
  else
    {
      label = g_strdup (_("Main menu"));
      gtk_menu_button_set_icon_name (self->button, "open-menu-symbolic");
    }
  adw_avatar_set_text (self->avatar, self->user_name);
  gtk_menu_button_set_menu_model (self->button, signed_in ? self->user_menu : self->visitor_menu);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static void
kab_menu_button_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_USER_NAME:
      g_value_set_string (value, KAB_MENU_BUTTON (object)->user_name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_menu_button_set_property (GObject *object,
                              guint property_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  KabMenuButton *self = KAB_MENU_BUTTON (object);

  switch (property_id)
    {
    case PROP_USER_NAME:
      if (g_set_str (&self->user_name, g_value_get_string (value)))
        {
          update (self);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_menu_button_finalize (GObject *object)
{
  KabMenuButton *self = KAB_MENU_BUTTON (object);

  g_free (self->user_name);
  g_object_unref (self->avatar);

  G_OBJECT_CLASS (kab_menu_button_parent_class)->finalize (object);
}

static void
kab_menu_button_class_init (KabMenuButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = kab_menu_button_get_property;
  object_class->set_property = kab_menu_button_set_property;
  object_class->finalize = kab_menu_button_finalize;

  properties[PROP_USER_NAME] =
      g_param_spec_string ("user-name", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/common/kab-menu-button.ui");
  gtk_widget_class_bind_template_child (widget_class, KabMenuButton, button);
  gtk_widget_class_bind_template_child (widget_class, KabMenuButton, visitor_menu);
  gtk_widget_class_bind_template_child (widget_class, KabMenuButton, user_menu);
}

static void
kab_menu_button_init (KabMenuButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The button itself says whose it is. */
  self->avatar =
      g_object_ref_sink (g_object_new (ADW_TYPE_AVATAR, "size", 24, "show-initials", TRUE,
                                       "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  update (self);
}

/**
 * kab_menu_button_new:
 *
 * Returns: (transfer floating): the menu of somebody who is not signed in, until `user-name` is set
 */
GtkWidget *
kab_menu_button_new (void)
{
  return g_object_new (KAB_TYPE_MENU_BUTTON, NULL);
}

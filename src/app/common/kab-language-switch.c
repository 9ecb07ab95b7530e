/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-language-switch.h"

#include "common/kab-language.h"

/**
 * KabLanguageSwitch:
 *
 * The languages side by side, as codes with their own names as tooltips, so that somebody who reads
 * none of what is on screen still finds theirs. It drives `app.language`.
 */
struct _KabLanguageSwitch
{
  GtkWidget parent_instance;

  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (KabLanguageSwitch, kab_language_switch, GTK_TYPE_WIDGET)

static void
kab_language_switch_dispose (GObject *object)
{
  KabLanguageSwitch *self = KAB_LANGUAGE_SWITCH (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (kab_language_switch_parent_class)->dispose (object);
}

static void
kab_language_switch_class_init (KabLanguageSwitchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kab_language_switch_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
create_button (const char *code)
{
  GtkWidget *button = gtk_toggle_button_new ();
  g_autofree char *visible = g_ascii_strup (code, -1);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", visible, kab_language_get_own_name (code));

  gtk_button_set_label (GTK_BUTTON (button), visible);
  gtk_widget_set_tooltip_text (button, kab_language_get_own_name (code));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "language");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "app.language");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", code);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);

  return button;
}

static void
kab_language_switch_init (KabLanguageSwitch *self)
{
  const char *const *codes = kab_language_get_codes ();

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  for (gsize i = 0; codes[i] != NULL; i++)
    gtk_box_append (GTK_BOX (self->box), create_button (codes[i]));
}

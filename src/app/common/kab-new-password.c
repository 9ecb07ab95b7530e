/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-new-password.h"

#include <glib/gi18n.h>

#include "common/kab-error-text.h"
#include "common/kab-field-row.h"
#include "common/kab-passive-row.h"
#include "kab-password-policy.h"

#define N_RULES 5

/**
 * KabNewPassword:
 *
 * Choosing a password: the password, its five rules (CON-6), each ticked as soon as it is met, and
 * the password once more (CON-5). `activated` is emitted by Enter in the last field.
 */
struct _KabNewPassword
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *password;
  GtkWidget *repeat;
  GtkImage *marks[N_RULES];
  GtkLabel *labels[N_RULES];
};

enum
{
  ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabNewPassword, kab_new_password, ADW_TYPE_PREFERENCES_GROUP)

static const char *const rule_texts[N_RULES] = {
  N_("At least 8 characters"), N_("A digit"),  N_("A small letter"),
  N_("A capital letter"),      N_("A symbol"),
};

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static gboolean
is_met (KabPasswordRules met, guint rule)
{
  return (met & (1u << rule)) != 0;
}

/* What a screen reader says on entering the field: the rules that are left. */
static void
describe (KabNewPassword *self, KabPasswordRules met)
{
  GtkEditable *delegate = gtk_editable_get_delegate (GTK_EDITABLE (self->password));
  g_autoptr (GString) text = g_string_new (NULL);

  if (kab_field_row_has_error (self->password))
    return;

  for (guint i = 0; i < N_RULES; i++)
    {
      if (!is_met (met, i))
        g_string_append_printf (text, "%s%s", text->len == 0 ? _("Still needed: ") : ", ",
                                _ (rule_texts[i]));
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (delegate), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text->len == 0 ? _("This password is good.") : text->str, -1);
}

static void
show_rules (KabNewPassword *self)
{
  KabPasswordRules met = kab_password_policy_rules_met (get_text (self->password));

  for (guint i = 0; i < N_RULES; i++)
    {
      gboolean rule_met = is_met (met, i);

      gtk_image_set_from_icon_name (self->marks[i],
                                    rule_met ? "object-select-symbolic" : "kab-rule-open-symbolic");
      if (rule_met)
        gtk_widget_add_css_class (gtk_widget_get_parent (GTK_WIDGET (self->marks[i])), "success");
      else
        gtk_widget_remove_css_class (gtk_widget_get_parent (GTK_WIDGET (self->marks[i])),
                                     "success");
      gtk_accessible_update_property (
          GTK_ACCESSIBLE (self->labels[i]), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
          rule_met ? C_("password rule", "met") : C_("password rule", "not met yet"), -1);
    }
  describe (self, met);
}

static void
mark (GtkWidget *row, const char *code, gboolean aloud)
{
  g_autofree char *text = code != NULL ? kab_error_text (code, NULL) : NULL;

  if (aloud)
    kab_field_row_set_error (row, text);
  else
    kab_field_row_mark_error (row, text);
}

static const char *
find_password_error (KabNewPassword *self)
{
  KabCheck check = kab_password_policy_check (get_text (self->password));

  return check != KAB_CHECK_OK ? kab_check_code (check) : NULL;
}

static const char *
find_repeat_error (KabNewPassword *self)
{
  if (get_text (self->repeat)[0] == '\0')
    return "required";

  return g_strcmp0 (get_text (self->password), get_text (self->repeat)) != 0 ? "password-repeat"
                                                                             : NULL;
}

/* Wrong is told when a field is left; right as soon as it is. */
static void
password_changed_cb (KabNewPassword *self)
{
  if (find_password_error (self) == NULL || get_text (self->password)[0] == '\0')
    mark (self->password, NULL, FALSE);
  if (find_repeat_error (self) == NULL)
    mark (self->repeat, NULL, FALSE);
  show_rules (self);
}

static void
password_left_cb (KabNewPassword *self)
{
  if (get_text (self->password)[0] != '\0')
    mark (self->password, find_password_error (self), TRUE);
  if (get_text (self->repeat)[0] != '\0')
    mark (self->repeat, find_repeat_error (self), TRUE);
}

static void
repeat_changed_cb (KabNewPassword *self)
{
  if (find_repeat_error (self) == NULL || get_text (self->repeat)[0] == '\0')
    mark (self->repeat, NULL, FALSE);
}

static void
repeat_left_cb (KabNewPassword *self)
{
  if (get_text (self->repeat)[0] != '\0')
    mark (self->repeat, find_repeat_error (self), TRUE);
}

static void
activated_cb (KabNewPassword *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
watch_focus (KabNewPassword *self, GtkWidget *row, GCallback left_cb)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (focus, "leave", left_cb, self);
  gtk_widget_add_controller (row, focus);
}

static GtkWidget *
create_rules (KabNewPassword *self)
{
  GtkWidget *list = adw_wrap_box_new ();
  GtkWidget *row = kab_passive_row_new (list);

  for (guint i = 0; i < N_RULES; i++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

      self->marks[i] = GTK_IMAGE (
          g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
      self->labels[i] = GTK_LABEL (gtk_label_new (_ (rule_texts[i])));
      gtk_label_set_wrap (self->labels[i], TRUE);
      gtk_label_set_wrap_mode (self->labels[i], PANGO_WRAP_WORD_CHAR);
      gtk_label_set_xalign (self->labels[i], 0);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->marks[i]));
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->labels[i]));
      adw_wrap_box_append (ADW_WRAP_BOX (list), box);
    }
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (list), 15);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (list), 6);
  gtk_widget_add_css_class (row, "password-rules");

  return row;
}

static GtkWidget *
create_field (const char *title)
{
  GtkWidget *row = adw_password_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  kab_field_row_set_required (row, TRUE);

  return row;
}

static void
kab_new_password_class_init (KabNewPasswordClass *klass)
{
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_new_password_init (KabNewPassword *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->password = create_field (_("New password"));
  self->repeat = create_field (_("Type the password again"));
  adw_preferences_group_add (group, self->password);
  adw_preferences_group_add (group, create_rules (self));
  adw_preferences_group_add (group, self->repeat);

  g_signal_connect_swapped (self->password, "changed", G_CALLBACK (password_changed_cb), self);
  g_signal_connect_swapped (self->repeat, "changed", G_CALLBACK (repeat_changed_cb), self);
  g_signal_connect_swapped (self->repeat, "entry-activated", G_CALLBACK (activated_cb), self);
  watch_focus (self, self->password, G_CALLBACK (password_left_cb));
  watch_focus (self, self->repeat, G_CALLBACK (repeat_left_cb));
  show_rules (self);
}

/**
 * kab_new_password_get_text:
 * @self: the group
 *
 * Returns: (transfer none): the password as typed so far; don't keep it
 */
const char *
kab_new_password_get_text (KabNewPassword *self)
{
  g_return_val_if_fail (KAB_IS_NEW_PASSWORD (self), "");

  return get_text (self->password);
}

/**
 * kab_new_password_get_row:
 * @self: the group
 *
 * Returns: (transfer none): the field of the password, to mark it as refused by the bank
 */
GtkWidget *
kab_new_password_get_row (KabNewPassword *self)
{
  g_return_val_if_fail (KAB_IS_NEW_PASSWORD (self), NULL);

  return self->password;
}

/**
 * kab_new_password_check:
 * @self: the group
 *
 * Marks what is wrong; kab_field_row_focus_first_error() comes next.
 *
 * Returns: whether the password can be sent
 */
gboolean
kab_new_password_check (KabNewPassword *self)
{
  const char *password_error;
  const char *repeat_error;

  g_return_val_if_fail (KAB_IS_NEW_PASSWORD (self), FALSE);

  password_error = get_text (self->password)[0] != '\0' ? find_password_error (self) : "required";
  repeat_error = find_repeat_error (self);
  mark (self->password, password_error, FALSE);
  mark (self->repeat, repeat_error, FALSE);

  return password_error == NULL && repeat_error == NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shell/kab-bank-contacts.h"

/**
 * KabBankContacts:
 *
 * How to reach people at the bank: phone, e-mail and opening hours, as links and plain text that
 * can be selected. What is not known takes no room.
 */
struct _KabBankContacts
{
  GtkWidget parent_instance;

  GBindingGroup *bindings; /* (owned) */

  GtkWidget *box;
  GtkLabel *question;
  GtkLabel *phone;
  GtkLabel *email;
  GtkLabel *hours;
};

enum
{
  PROP_BANK = 1,
  PROP_CENTERED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KabBankContacts, kab_bank_contacts, GTK_TYPE_WIDGET)

static char *
phone_link (const char *phone)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = phone; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p) || *p == '+')
        g_string_append_c (digits, *p);
    }

  return g_markup_printf_escaped ("<a href=\"tel:%s\">%s</a>", digits->str, phone);
}

static gboolean
phone_to_markup (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  const char *phone = g_value_get_string (from);

  g_value_take_string (to, phone != NULL ? phone_link (phone) : g_strdup (""));

  return TRUE;
}

static gboolean
email_to_markup (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  const char *email = g_value_get_string (from);

  if (email == NULL)
    g_value_set_static_string (to, "");
  else
    g_value_take_string (to,
                         g_markup_printf_escaped ("<a href=\"mailto:%s\">%s</a>", email, email));

  return TRUE;
}

static gboolean
has_text (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  const char *text = g_value_get_string (from);

  g_value_set_boolean (to, text != NULL && text[0] != '\0');

  return TRUE;
}

static void
bind_visibility (KabBankContacts *self, const char *property, gpointer label)
{
  g_binding_group_bind_full (self->bindings, property, label, "visible", G_BINDING_SYNC_CREATE,
                             has_text, NULL, NULL, NULL);
}

static void
set_centered (KabBankContacts *self, gboolean centered)
{
  GtkLabel *labels[] = { self->question, self->phone, self->email, self->hours };

  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      gtk_label_set_xalign (labels[i], centered ? 0.5 : 0);
      gtk_label_set_justify (labels[i], centered ? GTK_JUSTIFY_CENTER : GTK_JUSTIFY_LEFT);
    }
}

static void
kab_bank_contacts_get_property (GObject *object,
                                guint property_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  KabBankContacts *self = KAB_BANK_CONTACTS (object);

  switch (property_id)
    {
    case PROP_BANK:
      g_value_take_object (value, g_binding_group_dup_source (self->bindings));
      break;
    case PROP_CENTERED:
      g_value_set_boolean (value, gtk_label_get_xalign (self->question) > 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_bank_contacts_set_property (GObject *object,
                                guint property_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_BANK:
      kab_bank_contacts_set_bank (KAB_BANK_CONTACTS (object), g_value_get_object (value));
      break;
    case PROP_CENTERED:
      set_centered (KAB_BANK_CONTACTS (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_bank_contacts_dispose (GObject *object)
{
  KabBankContacts *self = KAB_BANK_CONTACTS (object);

  g_clear_object (&self->bindings);
  gtk_widget_dispose_template (GTK_WIDGET (self), KAB_TYPE_BANK_CONTACTS);

  G_OBJECT_CLASS (kab_bank_contacts_parent_class)->dispose (object);
}

static void
kab_bank_contacts_class_init (KabBankContactsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = kab_bank_contacts_get_property;
  object_class->set_property = kab_bank_contacts_set_property;
  object_class->dispose = kab_bank_contacts_dispose;

  properties[PROP_BANK] =
      g_param_spec_object ("bank", NULL, NULL, KAB_TYPE_BANK_MODEL,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CENTERED] = g_param_spec_boolean ("centered", NULL, NULL, FALSE,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/shell/kab-bank-contacts.ui");
  gtk_widget_class_bind_template_child (widget_class, KabBankContacts, box);
  gtk_widget_class_bind_template_child (widget_class, KabBankContacts, question);
  gtk_widget_class_bind_template_child (widget_class, KabBankContacts, phone);
  gtk_widget_class_bind_template_child (widget_class, KabBankContacts, email);
  gtk_widget_class_bind_template_child (widget_class, KabBankContacts, hours);
}

static void
kab_bank_contacts_init (KabBankContacts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->bindings = g_binding_group_new ();
  g_binding_group_bind_full (self->bindings, "phone", self->phone, "label", G_BINDING_SYNC_CREATE,
                             phone_to_markup, NULL, NULL, NULL);
  g_binding_group_bind_full (self->bindings, "email", self->email, "label", G_BINDING_SYNC_CREATE,
                             email_to_markup, NULL, NULL, NULL);
  g_binding_group_bind (self->bindings, "hours", self->hours, "label", G_BINDING_SYNC_CREATE);
  bind_visibility (self, "phone", self->phone);
  bind_visibility (self, "phone", self->question);
  bind_visibility (self, "email", self->email);
  bind_visibility (self, "hours", self->hours);
}

/**
 * kab_bank_contacts_set_bank:
 * @self: the contacts
 * @bank: (nullable): whose they are
 */
void
kab_bank_contacts_set_bank (KabBankContacts *self, KabBankModel *bank)
{
  g_return_if_fail (KAB_IS_BANK_CONTACTS (self));

  g_binding_group_set_source (self->bindings, bank);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BANK]);
}

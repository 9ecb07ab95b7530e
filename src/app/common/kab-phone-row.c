/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-phone-row.h"

#include <glib/gi18n.h>

#include "common/kab-calling-codes.h"
#include "common/kab-countries.h"
#include "common/kab-country-dialog.h"
#include "kab-phone.h"

#define DEFAULT_COUNTRY "LV"

/**
 * KabPhoneRow:
 *
 * A field for a telephone number (CON-2, CON-3): the country's code is a button that opens the
 * list of countries, the rest is typed beside it. A whole number such as +371 20 000 000 can be
 * typed or pasted too; its code goes to the button when the field is left. `number` is E.164, or
 * empty, and notifies.
 */
struct _KabPhoneRow
{
  AdwEntryRow parent_instance;

  char *country; /* (owned): ISO 3166-1 alpha-2 */
  GtkWidget *button;
};

enum
{
  PROP_NUMBER = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KabPhoneRow, kab_phone_row, ADW_TYPE_ENTRY_ROW)

static const char *
get_text (KabPhoneRow *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self));
}

static void
notify_number (KabPhoneRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NUMBER]);
}

static void
update_button (KabPhoneRow *self)
{
  g_autofree char *name = kab_countries_dup_name (self->country);
  g_autofree char *code = g_strconcat ("+", kab_calling_code_of_country (self->country), NULL);
  g_autofree char *spoken = g_strdup_printf (_("Country code: %s, %s"), name, code);

  gtk_button_set_label (GTK_BUTTON (self->button), code);
  gtk_widget_set_tooltip_text (self->button, spoken);
  /* All is in its name; a tooltip that is the same isn't spoken besides. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->button),
                                 GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}

static void
chosen_cb (KabPhoneRow *self, const char *country)
{
  kab_phone_row_set_country (self, country);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
button_clicked_cb (KabPhoneRow *self)
{
  AdwDialog *dialog = kab_country_dialog_new (_("Country code"), self->country);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* A number that was typed with its country's code gives it to the button. */
static void
left_cb (KabPhoneRow *self)
{
  g_autofree char *text = kab_phone_normalise (get_text (self));

  if (text[0] == '+')
    kab_phone_row_set_number (self, text);
}

static void
kab_phone_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_NUMBER:
      g_value_take_string (value, kab_phone_row_dup_number (KAB_PHONE_ROW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_phone_row_finalize (GObject *object)
{
  g_free (KAB_PHONE_ROW (object)->country);

  G_OBJECT_CLASS (kab_phone_row_parent_class)->finalize (object);
}

static void
kab_phone_row_class_init (KabPhoneRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kab_phone_row_get_property;
  object_class->finalize = kab_phone_row_finalize;

  properties[PROP_NUMBER] =
      g_param_spec_string ("number", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kab_phone_row_init (KabPhoneRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->country = g_strdup (DEFAULT_COUNTRY);
  self->button = gtk_button_new ();
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->button, "calling-code");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP,
                                  TRUE, -1);
  adw_entry_row_add_prefix (ADW_ENTRY_ROW (self), self->button);
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self), GTK_INPUT_PURPOSE_PHONE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "numeric");
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (button_clicked_cb), self);
  g_signal_connect (self, "changed", G_CALLBACK (notify_number), NULL);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  update_button (self);
}

/**
 * kab_phone_row_dup_number:
 * @self: a field
 *
 * Returns: (transfer full): the whole number in E.164, such as "+37120000000", not checked; empty
 *   when nothing was typed
 */
char *
kab_phone_row_dup_number (KabPhoneRow *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (KAB_IS_PHONE_ROW (self), NULL);

  text = kab_phone_normalise (get_text (self));
  if (text[0] == '\0' || text[0] == '+')
    return g_steal_pointer (&text);

  return g_strconcat ("+", kab_calling_code_of_country (self->country), text, NULL);
}

/**
 * kab_phone_row_set_number:
 * @self: a field
 * @number: (nullable): a number in E.164
 */
void
kab_phone_row_set_number (KabPhoneRow *self, const char *number)
{
  const char *country = NULL;
  gsize length = 0;

  g_return_if_fail (KAB_IS_PHONE_ROW (self));

  if (number == NULL)
    number = "";
  country = kab_calling_code_split (number, self->country, &length);
  if (country != NULL)
    {
      kab_phone_row_set_country (self, country);
      number += 1 + length;
    }
  gtk_editable_set_text (GTK_EDITABLE (self), number);
}

/**
 * kab_phone_row_get_country:
 * @self: a field
 *
 * Returns: (transfer none): ISO 3166-1 alpha-2 of the country whose code is chosen
 */
const char *
kab_phone_row_get_country (KabPhoneRow *self)
{
  g_return_val_if_fail (KAB_IS_PHONE_ROW (self), NULL);

  return self->country;
}

/**
 * kab_phone_row_set_country:
 * @self: a field
 * @country: ISO 3166-1 alpha-2; one without a code is ignored
 */
void
kab_phone_row_set_country (KabPhoneRow *self, const char *country)
{
  g_return_if_fail (KAB_IS_PHONE_ROW (self));

  if (kab_calling_code_of_country (country) == NULL || !g_set_str (&self->country, country))
    return;

  update_button (self);
  notify_number (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-country-row.h"

#include <glib/gi18n.h>

#include "common/kab-countries.h"
#include "common/kab-country-dialog.h"

/**
 * KabCountryRow:
 *
 * A field for a country: shows its name, opens a list that can be searched, and returns the focus
 * to itself. `country` is the ISO 3166-1 alpha-2 code, or %NULL.
 */
struct _KabCountryRow
{
  AdwActionRow parent_instance;

  char *country; /* (owned) (nullable) */
};

enum
{
  PROP_COUNTRY = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KabCountryRow, kab_country_row, ADW_TYPE_ACTION_ROW)

static void
update (KabCountryRow *self)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;

  name = self->country != NULL ? kab_countries_dup_name (self->country)
                               : g_strdup (_("Not chosen yet"));
  label = g_strdup_printf ("%s: %s", title, name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), name);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
chosen_cb (KabCountryRow *self, const char *code)
{
  kab_country_row_set_country (self, code);
}

static void
kab_country_row_activate (AdwActionRow *row)
{
  KabCountryRow *self = KAB_COUNTRY_ROW (row);
  AdwDialog *dialog = kab_country_dialog_new (
      adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), self->country);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
kab_country_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_COUNTRY:
      g_value_set_string (value, KAB_COUNTRY_ROW (object)->country);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_country_row_set_property (GObject *object,
                              guint property_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_COUNTRY:
      kab_country_row_set_country (KAB_COUNTRY_ROW (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_country_row_finalize (GObject *object)
{
  g_free (KAB_COUNTRY_ROW (object)->country);

  G_OBJECT_CLASS (kab_country_row_parent_class)->finalize (object);
}

static void
kab_country_row_class_init (KabCountryRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kab_country_row_get_property;
  object_class->set_property = kab_country_row_set_property;
  object_class->finalize = kab_country_row_finalize;
  ADW_ACTION_ROW_CLASS (klass)->activate = kab_country_row_activate;

  properties[PROP_COUNTRY] =
      g_param_spec_string ("country", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
kab_country_row_init (KabCountryRow *self)
{
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "property");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), arrow);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE,
                                  -1);
  g_signal_connect (self, "notify::title", G_CALLBACK (update), NULL);
  update (self);
}

/**
 * kab_country_row_new:
 *
 * Returns: (transfer floating): a field without a country
 */
GtkWidget *
kab_country_row_new (void)
{
  return g_object_new (KAB_TYPE_COUNTRY_ROW, NULL);
}

/**
 * kab_country_row_get_country:
 * @self: a field
 *
 * Returns: (transfer none) (nullable): ISO 3166-1 alpha-2
 */
const char *
kab_country_row_get_country (KabCountryRow *self)
{
  g_return_val_if_fail (KAB_IS_COUNTRY_ROW (self), NULL);

  return self->country;
}

/**
 * kab_country_row_set_country:
 * @self: a field
 * @code: (nullable): ISO 3166-1 alpha-2
 */
void
kab_country_row_set_country (KabCountryRow *self, const char *code)
{
  g_return_if_fail (KAB_IS_COUNTRY_ROW (self));

  if (!g_set_str (&self->country, code))
    return;

  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNTRY]);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-country.h"

#include <libintl.h>

/**
 * KabCountry:
 *
 * A country with its ISO 3166-1 alpha-2 code and its name in the language that was spoken when it
 * was made. It never changes.
 */
struct _KabCountry
{
  GObject parent_instance;

  char *code;         /* (owned) */
  char *name;         /* (owned) */
  char *english_name; /* (owned) */
};

enum
{
  PROP_CODE = 1,
  PROP_NAME,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KabCountry, kab_country, G_TYPE_OBJECT)

static void
kab_country_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  KabCountry *self = KAB_COUNTRY (object);

  switch (property_id)
    {
    case PROP_CODE:
      g_value_set_string (value, self->code);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_country_finalize (GObject *object)
{
  KabCountry *self = KAB_COUNTRY (object);

  g_free (self->code);
  g_free (self->name);
  g_free (self->english_name);

  G_OBJECT_CLASS (kab_country_parent_class)->finalize (object);
}

static void
kab_country_class_init (KabCountryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_country_get_property;
  object_class->finalize = kab_country_finalize;

  properties[PROP_CODE] = g_param_spec_string ("code", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kab_country_init (KabCountry *self)
{
}

/**
 * kab_country_new:
 * @code: ISO 3166-1 alpha-2, such as "LV"
 * @english_name: its name as in iso-codes, which is the key of its translations
 *
 * Returns: (transfer full): the country, named in the current language
 */
KabCountry *
kab_country_new (const char *code, const char *english_name)
{
  KabCountry *self = g_object_new (KAB_TYPE_COUNTRY, NULL);

  self->code = g_strdup (code);
  self->name = g_strdup (dgettext ("iso_3166-1", english_name));
  self->english_name = g_strdup (english_name);

  return self;
}

/**
 * kab_country_get_code:
 * @self: a country
 *
 * Returns: (transfer none): ISO 3166-1 alpha-2
 */
const char *
kab_country_get_code (KabCountry *self)
{
  g_return_val_if_fail (KAB_IS_COUNTRY (self), NULL);

  return self->code;
}

/**
 * kab_country_get_name:
 * @self: a country
 *
 * Returns: (transfer none): the name as it is shown
 */
const char *
kab_country_get_name (KabCountry *self)
{
  g_return_val_if_fail (KAB_IS_COUNTRY (self), NULL);

  return self->name;
}

/**
 * kab_country_matches:
 * @self: a country
 * @search: what somebody types, in any case and without accents if they like
 *
 * Whether @search begins a word of the shown or the English name, or is the code.
 */
gboolean
kab_country_matches (KabCountry *self, const char *search)
{
  g_return_val_if_fail (KAB_IS_COUNTRY (self), FALSE);

  return g_ascii_strcasecmp (search, self->code) == 0 ||
         g_str_match_string (search, self->name, TRUE) ||
         g_str_match_string (search, self->english_name, TRUE);
}

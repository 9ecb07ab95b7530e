/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-countries.h"

#include <libintl.h>

typedef struct
{
  const char *code;
  const char *name;
} KabIsoName;

#include "kab-iso-tables.h"

/**
 * KabCountries:
 *
 * Every country of ISO 3166-1 as a #GListModel of #KabCountry, named and sorted in the language
 * that was spoken when the list was made. Make a new one after the language changed.
 */
struct _KabCountries
{
  GObject parent_instance;

  GPtrArray *countries; /* (owned) (element-type KabCountry) */
};

static GType
kab_countries_get_item_type (GListModel *model)
{
  return KAB_TYPE_COUNTRY;
}

static guint
kab_countries_get_n_items (GListModel *model)
{
  return KAB_COUNTRIES (model)->countries->len;
}

static gpointer
kab_countries_get_item (GListModel *model, guint position)
{
  KabCountries *self = KAB_COUNTRIES (model);

  if (position >= self->countries->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->countries, position));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = kab_countries_get_item_type;
  iface->get_n_items = kab_countries_get_n_items;
  iface->get_item = kab_countries_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KabCountries,
                               kab_countries,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static int
compare_countries (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (kab_country_get_name (*(KabCountry *const *) a),
                         kab_country_get_name (*(KabCountry *const *) b));
}

static const char *
find_english_name (const KabIsoName *names, gsize n_names, const char *code)
{
  for (gsize i = 0; i < n_names; i++)
    {
      if (g_ascii_strcasecmp (names[i].code, code) == 0)
        return names[i].name;
    }

  return NULL;
}

static void
kab_countries_finalize (GObject *object)
{
  g_ptr_array_unref (KAB_COUNTRIES (object)->countries);

  G_OBJECT_CLASS (kab_countries_parent_class)->finalize (object);
}

static void
kab_countries_class_init (KabCountriesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_countries_finalize;
}

static void
kab_countries_init (KabCountries *self)
{
  self->countries = g_ptr_array_new_full (G_N_ELEMENTS (iso_countries), g_object_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (iso_countries); i++)
    g_ptr_array_add (self->countries,
                     kab_country_new (iso_countries[i].code, iso_countries[i].name));
  g_ptr_array_sort (self->countries, compare_countries);
}

/**
 * kab_countries_new:
 *
 * Returns: (transfer full): all countries in the current language
 */
KabCountries *
kab_countries_new (void)
{
  return g_object_new (KAB_TYPE_COUNTRIES, NULL);
}

/**
 * kab_countries_find:
 * @self: the countries
 * @code: (nullable): ISO 3166-1 alpha-2
 *
 * Returns: (transfer none) (nullable): the country of that code
 */
KabCountry *
kab_countries_find (KabCountries *self, const char *code)
{
  g_return_val_if_fail (KAB_IS_COUNTRIES (self), NULL);

  for (guint i = 0; code != NULL && i < self->countries->len; i++)
    {
      KabCountry *country = g_ptr_array_index (self->countries, i);

      if (g_ascii_strcasecmp (kab_country_get_code (country), code) == 0)
        return country;
    }

  return NULL;
}

/**
 * kab_countries_dup_name:
 * @code: ISO 3166-1 alpha-2
 *
 * Returns: (transfer full): the country's name in the current language, or @code when unknown
 */
char *
kab_countries_dup_name (const char *code)
{
  const char *name = find_english_name (iso_countries, G_N_ELEMENTS (iso_countries), code);

  return g_strdup (name != NULL ? dgettext ("iso_3166-1", name) : code);
}

/**
 * kab_countries_dup_language:
 * @code: ISO 639-1, such as "lv"
 *
 * Returns: (transfer full): the language's name in the current language, or @code when unknown
 */
char *
kab_countries_dup_language (const char *code)
{
  const char *name = find_english_name (iso_languages, G_N_ELEMENTS (iso_languages), code);
  const char *translated;

  if (name == NULL)
    return g_strdup (code);

  /* The larger catalogue has gaps, such as English in Latvian, that the smaller one has not. */
  translated = dgettext ("iso_639-3", name);
  if (translated == name)
    translated = dgettext ("iso_639-2", name);

  return g_strdup (translated);
}

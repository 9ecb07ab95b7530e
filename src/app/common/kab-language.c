/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-language.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

/**
 * KabLanguage:
 *
 * The language the application speaks: lv, en or ru, taken from the settings' `language`, or from
 * the system when that is empty. A change takes effect at once: gettext's catalogues, the names of
 * months and the order of words in lists all follow; numbers and money keep the system's format.
 * Whoever shows texts rebuilds them on `notify::current`.
 *
 * Make one before the first text is translated: GLib decides once whether texts are translated.
 */
struct _KabLanguage
{
  GObject parent_instance;

  GSettings *settings; /* (owned) (nullable) */
  const char *current;
};

enum
{
  PROP_CURRENT = 1,
  N_PROPS,
};

typedef struct
{
  const char *code;
  const char *own_name;
  const char *locales[3];
} Language;

static const Language languages[] = {
  { "lv", "Latviešu", { "lv_LV.UTF-8" } },
  { "en", "English", { "en_GB.UTF-8", "en_US.UTF-8" } },
  { "ru", "Русский", { "ru_RU.UTF-8" } },
};

/* What follows the language; the other categories stay as the system has them. */
static const int categories[] = { LC_MESSAGES, LC_TIME, LC_COLLATE };

static GParamSpec *properties[N_PROPS];

/* glibc keeps translations that were found until this changes. */
#ifdef __GLIBC__
extern int _nl_msg_cat_cntr;
#endif

G_DEFINE_FINAL_TYPE (KabLanguage, kab_language, G_TYPE_OBJECT)

static const Language *
find_language (const char *code)
{
  for (gsize i = 0; code != NULL && i < G_N_ELEMENTS (languages); i++)
    {
      if (strncmp (code, languages[i].code, 2) == 0 && !g_ascii_isalpha (code[2]))
        return &languages[i];
    }

  return NULL;
}

/* The first of the user's own languages that we speak. Read once: later on
 * LANGUAGE holds our own choice. */
static const Language *
find_system_language (void)
{
  static const Language *found;

  if (found == NULL)
    {
      const char *const *names = g_get_language_names ();

      found = find_language ("en");
      for (gsize i = 0; names[i] != NULL; i++)
        {
          const Language *language = find_language (names[i]);

          if (language != NULL)
            {
              found = language;
              break;
            }
        }
    }

  return found;
}

/* gettext ignores LANGUAGE in the C locales, so a real one is looked for. */
static void
set_category (int category, const Language *language)
{
  const char *system_locale = setlocale (category, "");

  if (system_locale != NULL && find_language (system_locale) == language)
    return;

  for (gsize i = 0; language->locales[i] != NULL; i++)
    {
      if (setlocale (category, language->locales[i]) != NULL)
        return;
    }

  if (category == LC_MESSAGES && (system_locale == NULL || system_locale[0] == 'C'))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
        {
          if (setlocale (category, languages[i].locales[0]) != NULL)
            return;
        }
    }
}

static void
apply (const Language *language)
{
  for (gsize i = 0; i < G_N_ELEMENTS (categories); i++)
    set_category (categories[i], language);

  /* Replacing a variable that exists does not move the environment, which
   * another thread may be reading; kab_language_new() made it. */
  g_setenv ("LANGUAGE", language->code, TRUE);
#ifdef __GLIBC__
  _nl_msg_cat_cntr++;
#endif
}

static void
language_changed_cb (KabLanguage *self)
{
  const Language *language = NULL;

  if (self->settings != NULL)
    {
      g_autofree char *chosen = g_settings_get_string (self->settings, "language");

      language = find_language (chosen);
    }
  if (language == NULL)
    language = find_system_language ();
  if (self->current == language->code)
    return;

  self->current = language->code;
  apply (language);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

static void
kab_language_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  KabLanguage *self = KAB_LANGUAGE (object);

  switch (property_id)
    {
    case PROP_CURRENT:
      g_value_set_string (value, kab_language_get_current (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_language_set_property (GObject *object,
                           guint property_id,
                           const GValue *value,
                           GParamSpec *pspec)
{
  KabLanguage *self = KAB_LANGUAGE (object);

  switch (property_id)
    {
    case PROP_CURRENT:
      kab_language_set_current (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_language_dispose (GObject *object)
{
  KabLanguage *self = KAB_LANGUAGE (object);

  g_clear_object (&self->settings);

  G_OBJECT_CLASS (kab_language_parent_class)->dispose (object);
}

static void
kab_language_class_init (KabLanguageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kab_language_get_property;
  object_class->set_property = kab_language_set_property;
  object_class->dispose = kab_language_dispose;

  properties[PROP_CURRENT] =
      g_param_spec_string ("current", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kab_language_init (KabLanguage *self)
{
}

/**
 * kab_language_bind_catalogues:
 *
 * Tells gettext where the application's texts and the names of iso-codes are. The environment's
 * KABINETS_LOCALE_DIR replaces the installed folder, for running from the build tree.
 */
void
kab_language_bind_catalogues (void)
{
  static const char *const iso_domains[] = { "iso_3166-1", "iso_639-2", "iso_639-3" };
  const char *folder = g_getenv ("KABINETS_LOCALE_DIR");

  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : KAB_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  for (gsize i = 0; i < G_N_ELEMENTS (iso_domains); i++)
    {
      bindtextdomain (iso_domains[i], KAB_ISO_CODES_LOCALE_DIR);
      bind_textdomain_codeset (iso_domains[i], "UTF-8");
    }
}

/**
 * kab_language_get_codes:
 *
 * Returns: (transfer none): the languages spoken, as they are offered, %NULL-terminated
 */
const char *const *
kab_language_get_codes (void)
{
  static const char *codes[G_N_ELEMENTS (languages) + 1];

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    codes[i] = languages[i].code;

  return codes;
}

/**
 * kab_language_get_own_name:
 * @code: one of kab_language_get_codes()
 *
 * Returns: (transfer none) (nullable): the language's name in itself, such as "Latviešu"
 */
const char *
kab_language_get_own_name (const char *code)
{
  const Language *language = find_language (code);

  return language != NULL ? language->own_name : NULL;
}

/**
 * kab_language_new:
 * @settings: (nullable): where the choice is kept, in the key `language`; without it the system's
 *   language is spoken
 *
 * Returns: (transfer full): the language, already in effect
 */
KabLanguage *
kab_language_new (GSettings *settings)
{
  KabLanguage *self = g_object_new (KAB_TYPE_LANGUAGE, NULL);

  find_system_language ();
  g_set_object (&self->settings, settings);
  if (settings != NULL)
    g_signal_connect_object (settings, "changed::language", G_CALLBACK (language_changed_cb), self,
                             G_CONNECT_SWAPPED);
  language_changed_cb (self);

  return self;
}

/**
 * kab_language_get_current:
 * @self: a language
 *
 * Returns: (transfer none): "lv", "en" or "ru"
 */
const char *
kab_language_get_current (KabLanguage *self)
{
  g_return_val_if_fail (KAB_IS_LANGUAGE (self), "en");

  return self->current;
}

/**
 * kab_language_set_current:
 * @self: a language made with settings
 * @code: "lv", "en", "ru", or "" for the system's; anything else is ignored
 *
 * Keeps the choice and speaks it from now on.
 */
void
kab_language_set_current (KabLanguage *self, const char *code)
{
  g_return_if_fail (KAB_IS_LANGUAGE (self));
  g_return_if_fail (self->settings != NULL);

  if (code != NULL && (code[0] == '\0' || find_language (code) != NULL))
    g_settings_set_string (self->settings, "language", code);
}

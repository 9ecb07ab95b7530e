/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-translations.h"

#include <string.h>

struct _KabTranslations
{
  gatomicrefcount references;
  GHashTable *texts; /* (owned) language → text */
};

G_DEFINE_BOXED_TYPE (KabTranslations, kab_translations, kab_translations_ref,
                     kab_translations_unref)

KabTranslations *
kab_translations_new_from_json (JsonObject *object)
{
  g_autoptr (GHashTable) texts = NULL;
  KabTranslations *self;
  JsonObjectIter iter;
  const char *language;
  JsonNode *node;

  g_return_val_if_fail (object != NULL, NULL);

  texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &language, &node))
    {
      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        return NULL;
      g_hash_table_insert (texts, g_strdup (language), json_node_dup_string (node));
    }

  self = g_new0 (KabTranslations, 1);
  g_atomic_ref_count_init (&self->references);
  self->texts = g_steal_pointer (&texts);

  return self;
}

KabTranslations *
kab_translations_ref (KabTranslations *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
kab_translations_unref (KabTranslations *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_hash_table_unref (self->texts);
  g_free (self);
}

const char *
kab_translations_get (KabTranslations *self, const char *language)
{
  g_autofree char *code = NULL;
  const char *fallbacks[] = { NULL, "en", "lv", "ru" };

  g_return_val_if_fail (self != NULL, "");

  if (language != NULL)
    fallbacks[0] = code = g_strndup (language, strcspn (language, "_-.@"));

  for (guint i = 0; i < G_N_ELEMENTS (fallbacks); i++)
    {
      const char *text = fallbacks[i] ? g_hash_table_lookup (self->texts, fallbacks[i]) : NULL;

      if (text != NULL && *text != '\0')
        return text;
    }

  return "";
}

gboolean
kab_translations_equal (KabTranslations *a, KabTranslations *b)
{
  GHashTableIter iter;
  gpointer language, text;

  if (a == b)
    return TRUE;
  if (a == NULL || b == NULL || g_hash_table_size (a->texts) != g_hash_table_size (b->texts))
    return FALSE;

  g_hash_table_iter_init (&iter, a->texts);
  while (g_hash_table_iter_next (&iter, &language, &text))
    {
      if (g_strcmp0 (text, g_hash_table_lookup (b->texts, language)) != 0)
        return FALSE;
    }

  return TRUE;
}

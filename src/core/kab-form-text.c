/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-form-text-private.h"

#include <string.h>

struct _KabFormText
{
  char **languages; /* (owned) */
  char **texts;     /* (owned): as many as languages */
};

/* The index of the language to show: the one asked for, its base ("lv" of
 * "lv_LV.UTF-8"), English, else the first. */
static guint
find_language (const char *const *languages, const char *language)
{
  g_autofree char *base = g_strndup (language, strcspn (language, "_-.@"));
  const char *const wanted[] = { language, base, "en" };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      for (guint j = 0; languages[j] != NULL; j++)
        {
          if (g_ascii_strcasecmp (languages[j], wanted[i]) == 0)
            return j;
        }
    }
  return 0;
}

/* Replaces "{name}"; what names nothing is a failure. */
static char *
expand (KabFormReader *reader,
        const char *text,
        const char *language,
        KabFormTextVariable variable,
        gpointer data)
{
  GString *expanded = g_string_new (NULL);

  while (*text != '\0')
    {
      const char *end = *text == '{' ? strchr (text, '}') : NULL;

      if (end != NULL)
        {
          g_autofree char *name = g_strndup (text + 1, end - text - 1);
          const KabFormText *value = variable (name, data);

          if (value == NULL)
            kab_form_reader_fail (reader, KAB_FORM_ERROR_REFERENCE,
                                  "“{%s}” stands for nothing here", name);
          else
            g_string_append (expanded, kab_form_text_get (value, language));
          text = end + 1;
        }
      else
        {
          g_string_append_c (expanded, *text++);
        }
    }
  return g_string_free (expanded, FALSE);
}

/* Reads the current object {language: text}: each of @languages, no other,
 * none empty. With @variable, "{name}" is replaced. */
KabFormText *
kab_form_text_new_read (KabFormReader *reader,
                        const char *const *languages,
                        KabFormTextVariable variable,
                        gpointer data)
{
  KabFormText *self = g_new0 (KabFormText, 1);
  guint count = g_strv_length ((char **) languages);
  JsonNode *node = kab_form_reader_get_node (reader);

  self->languages = g_strdupv ((char **) languages);
  self->texts = g_new0 (char *, count + 1);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    kab_form_reader_fail (reader, KAB_FORM_ERROR_TYPE, "a text in each language is expected");
  else if (json_object_get_size (json_node_get_object (node)) > count)
    kab_form_reader_fail (reader, KAB_FORM_ERROR_LANGUAGE,
                          "the text has a language that the form doesn't declare");
  for (guint i = 0; i < count; i++)
    {
      const char *text = NULL;

      if (kab_form_reader_enter (reader, languages[i]))
        {
          text = kab_form_reader_get_string (reader);
          if (text != NULL && *text == '\0')
            kab_form_reader_fail (reader, KAB_FORM_ERROR_LANGUAGE, "the text is empty");
          if (text != NULL && variable != NULL)
            self->texts[i] = expand (reader, text, languages[i], variable, data);
          kab_form_reader_leave (reader);
        }
      else
        {
          kab_form_reader_fail (reader, KAB_FORM_ERROR_LANGUAGE, "the text is missing in “%s”",
                                languages[i]);
        }
      if (self->texts[i] == NULL)
        self->texts[i] = g_strdup (text != NULL ? text : "");
    }
  return self;
}

/* A text that is the same in every language, such as a bank's name. */
KabFormText *
kab_form_text_new_same (const char *text, const char *const *languages)
{
  KabFormText *self = g_new0 (KabFormText, 1);
  guint count = g_strv_length ((char **) languages);

  self->languages = g_strdupv ((char **) languages);
  self->texts = g_new0 (char *, count + 1);
  for (guint i = 0; i < count; i++)
    self->texts[i] = g_strdup (text);
  return self;
}

void
kab_form_text_free (KabFormText *self)
{
  g_strfreev (self->languages);
  g_strfreev (self->texts);
  g_free (self);
}

/**
 * kab_form_text_get:
 * @self: (nullable): a text
 * @language: a language or locale, such as "lv" or "lv_LV.UTF-8"
 *
 * Returns: (transfer none) (nullable): the text in @language, else in English,
 *   else in the first language; %NULL only when @self is
 */
const char *
kab_form_text_get (const KabFormText *self, const char *language)
{
  if (self == NULL)
    return NULL;
  return self->texts[find_language ((const char *const *) self->languages, language)];
}

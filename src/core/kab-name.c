/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-name.h"

static gboolean
is_letter (gunichar character)
{
  if (character < 0x80)
    return g_ascii_isalpha ((char) character);

  return g_utf8_strchr ("ĀāČčĒēĢģĪīĶķĻļŅņŠšŪūŽž", -1, character) != NULL;
}

static gboolean
is_person_mark (gunichar character)
{
  return g_utf8_strchr (" -'’", -1, character) != NULL;
}

static gboolean
is_company_mark (gunichar character)
{
  return (character < 0x80 && g_ascii_isdigit ((char) character)) ||
         g_utf8_strchr (" -–'’\"“”„«».,:;!?&+/()@#%*", -1, character) != NULL;
}

static KabCheck
check_name (const char *text, gboolean (*is_mark) (gunichar character))
{
  g_autofree char *name = NULL;
  gboolean has_letter = FALSE;

  if (text == NULL || *text == '\0')
    return KAB_CHECK_TEXT_EMPTY;

  name = kab_name_normalise (text);
  if (name == NULL)
    return KAB_CHECK_TEXT_ENCODING;
  if (*name == '\0')
    return KAB_CHECK_TEXT_EMPTY;
  if (g_utf8_strlen (name, -1) > KAB_NAME_LENGTH_MAX)
    return KAB_CHECK_NAME_LENGTH;

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (is_letter (character))
        has_letter = TRUE;
      else if (!is_mark (character))
        return KAB_CHECK_NAME_LETTERS;
    }

  return has_letter ? KAB_CHECK_OK : KAB_CHECK_NAME_LETTERS;
}

/**
 * kab_name_normalise:
 * @text: (nullable): a name as typed
 *
 * Returns: (transfer full) (nullable): @text as it is stored: composed (NFC), without blanks at its
 *   ends, one space for any run of blanks within; %NULL if it is not UTF-8
 */
char *
kab_name_normalise (const char *text)
{
  g_autofree char *composed = NULL;
  GString *name;

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return NULL;

  composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  name = g_string_new (NULL);
  for (const char *p = composed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (!g_unichar_isspace (character))
        g_string_append_unichar (name, character);
      else if (name->len > 0 && name->str[name->len - 1] != ' ')
        g_string_append_c (name, ' ');
    }
  if (name->len > 0 && name->str[name->len - 1] == ' ')
    g_string_truncate (name, name->len - 1);

  return g_string_free_and_steal (name);
}

/**
 * kab_name_check_person:
 * @text: (nullable): name and surname as typed
 *
 * NAT-4 and LIM-11: in Latvian or English letters; hyphens, apostrophes and spaces between them.
 *
 * Returns: %KAB_CHECK_OK, %KAB_CHECK_TEXT_EMPTY, %KAB_CHECK_TEXT_ENCODING,
 *   %KAB_CHECK_NAME_LETTERS or %KAB_CHECK_NAME_LENGTH
 */
KabCheck
kab_name_check_person (const char *text)
{
  return check_name (text, is_person_mark);
}

/**
 * kab_name_check_company:
 * @text: (nullable): the name of a company as typed
 *
 * LGA-2 and LIM-11: as for persons, with digits and the punctuation of company names too.
 *
 * Returns: as kab_name_check_person()
 */
KabCheck
kab_name_check_company (const char *text)
{
  return check_name (text, is_company_mark);
}

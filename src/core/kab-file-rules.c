/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-file-rules.h"

#include <string.h>

#include "kab-file-content-private.h"

#define OPEN_DOCUMENT "application/vnd.oasis.opendocument."
#define OFFICE        "application/vnd.openxmlformats-officedocument."

/* In the order of LGA-12, which is also that of #KabFileFormat. */
static const char *const extensions[KAB_N_FILE_FORMATS + 1] = {
  "jpg", "jpeg", "bmp", "gif", "png", "svg",  "txt",   "doc", "docx",
  "xls", "xlsx", "pdf", "odt", "ods", "edoc", "asice", NULL,
};

static const char *const media_types[KAB_N_FILE_FORMATS] = {
  [KAB_FILE_JPG] = "image/jpeg",
  [KAB_FILE_JPEG] = "image/jpeg",
  [KAB_FILE_BMP] = "image/bmp",
  [KAB_FILE_GIF] = "image/gif",
  [KAB_FILE_PNG] = "image/png",
  [KAB_FILE_SVG] = "image/svg+xml",
  [KAB_FILE_TXT] = "text/plain",
  [KAB_FILE_DOC] = "application/msword",
  [KAB_FILE_DOCX] = OFFICE "wordprocessingml.document",
  [KAB_FILE_XLS] = "application/vnd.ms-excel",
  [KAB_FILE_XLSX] = OFFICE "spreadsheetml.sheet",
  [KAB_FILE_PDF] = "application/pdf",
  [KAB_FILE_ODT] = OPEN_DOCUMENT "text",
  [KAB_FILE_ODS] = OPEN_DOCUMENT "spreadsheet",
  [KAB_FILE_EDOC] = "application/vnd.etsi.asic-e+zip",
  [KAB_FILE_ASICE] = "application/vnd.etsi.asic-e+zip",
};

/* What would make a name say something else than it is: control and format characters (among them
 * those that turn the direction of writing), line and paragraph separators. */
static gboolean
is_deceptive (gunichar character)
{
  switch (g_unichar_type (character))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
      return TRUE;
    default:
      return FALSE;
    }
}

static char *
without_deception (const char *name)
{
  GString *clean = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (g_unichar_isspace (character))
        g_string_append_c (clean, ' ');
      else if (character == '/' || character == '\\')
        g_string_truncate (clean, 0);
      else if (!is_deceptive (character))
        g_string_append_unichar (clean, character == ':' ? '_' : character);
    }

  return g_string_free_and_steal (clean);
}

/* Cuts the stem, so that the extension stays. */
static char *
shortened (const char *name)
{
  glong length = g_utf8_strlen (name, -1);
  const char *dot = strrchr (name, '.');
  const char *ending = dot != NULL && g_utf8_strlen (dot, -1) <= 10 ? dot : "";
  g_autofree char *stem = NULL;

  if (length <= KAB_FILE_NAME_LENGTH_MAX)
    return g_strdup (name);

  stem = g_utf8_substring (name, 0, KAB_FILE_NAME_LENGTH_MAX - g_utf8_strlen (ending, -1));

  return g_strconcat (stem, ending, NULL);
}

/**
 * kab_file_format_extension:
 * @format: a format
 *
 * Returns: (transfer none): the ending of names, without the dot
 */
const char *
kab_file_format_extension (KabFileFormat format)
{
  g_return_val_if_fail (format < KAB_N_FILE_FORMATS, NULL);

  return extensions[format];
}

/**
 * kab_file_format_media_type:
 * @format: a format
 *
 * Returns: (transfer none): its media type
 */
const char *
kab_file_format_media_type (KabFileFormat format)
{
  g_return_val_if_fail (format < KAB_N_FILE_FORMATS, NULL);

  return media_types[format];
}

/**
 * kab_file_format_from_name:
 * @name: (nullable): the name of a file
 * @format: (out): the format that its last ending stands for, in whatever case
 *
 * Returns: whether it is one of the sixteen
 */
gboolean
kab_file_format_from_name (const char *name, KabFileFormat *format)
{
  const char *dot = name != NULL ? strrchr (name, '.') : NULL;

  if (dot == NULL)
    return FALSE;

  for (guint i = 0; i < KAB_N_FILE_FORMATS; i++)
    {
      if (g_ascii_strcasecmp (dot + 1, extensions[i]) == 0)
        {
          *format = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * kab_file_rules_extensions:
 *
 * Returns: (transfer none) (array zero-terminated=1): the endings of the accepted formats, for
 *   messages and file choosers
 */
const char *const *
kab_file_rules_extensions (void)
{
  return extensions;
}

/**
 * kab_file_rules_check_name:
 * @name: (nullable): the name of a file, as the person's system has it
 *
 * Returns: %KAB_CHECK_OK, %KAB_CHECK_FILE_NAME for one that is empty or not UTF-8, or
 *   %KAB_CHECK_FILE_FORMAT for an ending that is not accepted
 */
KabCheck
kab_file_rules_check_name (const char *name)
{
  KabFileFormat format;

  if (name == NULL || *name == '\0' || *name == '.' || !g_utf8_validate (name, -1, NULL))
    return KAB_CHECK_FILE_NAME;

  return kab_file_format_from_name (name, &format) ? KAB_CHECK_OK : KAB_CHECK_FILE_FORMAT;
}

/**
 * kab_file_rules_check_size:
 * @size: the size of a file in bytes
 *
 * LIM-4 with A7: 150 MB (of 1024² bytes) a file.
 *
 * Returns: %KAB_CHECK_OK, %KAB_CHECK_FILE_EMPTY or %KAB_CHECK_FILE_TOO_LARGE
 */
KabCheck
kab_file_rules_check_size (guint64 size)
{
  if (size == 0)
    return KAB_CHECK_FILE_EMPTY;

  return size <= KAB_FILE_SIZE_MAX ? KAB_CHECK_OK : KAB_CHECK_FILE_TOO_LARGE;
}

/**
 * kab_file_rules_check_count:
 * @n_files: how many files a document or message will have
 *
 * LIM-5 with A7: ten files a document.
 *
 * Returns: %KAB_CHECK_OK or %KAB_CHECK_FILE_TOO_MANY
 */
KabCheck
kab_file_rules_check_count (guint n_files)
{
  return n_files <= KAB_FILE_COUNT_MAX ? KAB_CHECK_OK : KAB_CHECK_FILE_TOO_MANY;
}

/**
 * kab_file_rules_check_head:
 * @name: (nullable): the name of a file
 * @head: (array length=length): its first %KAB_FILE_HEAD_LENGTH bytes, or all if it has fewer
 * @length: how many bytes
 *
 * Returns: as kab_file_rules_check_name(), or %KAB_CHECK_FILE_CONTENT if the content is not of
 *   the format that the name says
 */
KabCheck
kab_file_rules_check_head (const char *name, const guint8 *head, gsize length)
{
  KabFileFormat format;
  KabCheck check = kab_file_rules_check_name (name);

  if (check != KAB_CHECK_OK)
    return check;

  kab_file_format_from_name (name, &format);

  return kab_file_content_is (format, head, length) ? KAB_CHECK_OK : KAB_CHECK_FILE_CONTENT;
}

/**
 * kab_file_rules_check:
 * @name: (nullable): the name of a file
 * @size: its size in bytes
 * @head: (array length=length): its first %KAB_FILE_HEAD_LENGTH bytes, or all if it has fewer
 * @length: how many bytes
 *
 * Returns: the first rule that the file breaks, %KAB_CHECK_OK if none
 */
KabCheck
kab_file_rules_check (const char *name, guint64 size, const guint8 *head, gsize length)
{
  KabCheck check = kab_file_rules_check_name (name);

  if (check == KAB_CHECK_OK)
    check = kab_file_rules_check_size (size);
  if (check == KAB_CHECK_OK)
    check = kab_file_rules_check_head (name, head, length);

  return check;
}

/**
 * kab_file_rules_safe_name:
 * @name: (nullable): the name of a file, from wherever
 *
 * Returns: (transfer full): a name to show and to offer for saving: the part behind the last
 *   slash or backslash, in NFC, at most %KAB_FILE_NAME_LENGTH_MAX characters with its ending
 *   kept, without control and direction characters, not beginning or ending with a dot or blank;
 *   "file" if nothing is left
 */
char *
kab_file_rules_safe_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name != NULL ? name : "", -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
  g_autofree char *clean = without_deception (composed);
  const char *start = clean + strspn (clean, ". ");
  gsize length = strlen (start);

  while (length > 0 && (start[length - 1] == '.' || start[length - 1] == ' '))
    length--;
  if (length == 0)
    return g_strdup ("file");

  clean[(gsize) (start - clean) + length] = '\0';

  return shortened (start);
}

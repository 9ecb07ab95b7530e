/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-file-content-private.h"

#include <string.h>

/* Fields of a local file header of a ZIP archive (APPNOTE §4.3.7). */
#define ZIP_SIGNATURE     "PK\003\004"
#define ZIP_METHOD        8
#define ZIP_NAME_LENGTH   26
#define ZIP_EXTRA_LENGTH  28
#define ZIP_HEADER_LENGTH 30

typedef struct
{
  const guint8 *bytes;
  gsize length;
} Head;

typedef struct
{
  const char *name; /* not terminated */
  gsize name_length;
  gsize data; /* where the content begins */
  gboolean is_stored;
} ZipMember;

static gboolean
begins_with (const Head *head, const char *signature, gsize length)
{
  return head->length >= length && memcmp (head->bytes, signature, length) == 0;
}

#define BEGINS_WITH(head, literal) begins_with ((head), (literal), sizeof (literal) - 1)

static guint
read_16 (const Head *head, gsize at)
{
  return head->bytes[at] | (guint) head->bytes[at + 1] << 8;
}

/* "BM" alone begins many texts; the header behind it has one of few lengths. */
static gboolean
is_bmp (const Head *head)
{
  static const guint8 header_lengths[] = { 12, 40, 52, 56, 64, 108, 124 };

  if (!BEGINS_WITH (head, "BM") || head->length < 18 || read_16 (head, 16) != 0)
    return FALSE;

  return memchr (header_lengths, (int) read_16 (head, 14), sizeof header_lengths) != NULL &&
         read_16 (head, 14) < 256;
}

static gboolean
has_control_bytes (const Head *head)
{
  for (gsize i = 0; i < head->length; i++)
    {
      if (g_ascii_iscntrl ((char) head->bytes[i]) && !g_ascii_isspace ((char) head->bytes[i]))
        return TRUE;
    }

  return FALSE;
}

/* Valid UTF-8, of which the cut may have taken up to three bytes of the last character, without
 * the control characters that only other files have. */
static gboolean
is_text (const Head *head)
{
  const char *text = (const char *) head->bytes;
  const char *end;

  if (head->length == 0 || has_control_bytes (head))
    return FALSE;
  if (g_utf8_validate_len (text, head->length, &end))
    return TRUE;

  return head->length >= KAB_FILE_HEAD_LENGTH &&
         g_utf8_get_char_validated (end, text + head->length - end) == (gunichar) -2;
}

static const char *
skip_to (const char *text, const char *ending)
{
  const char *found = strstr (text, ending);

  return found != NULL ? found + strlen (ending) : NULL;
}

/* A document type may carry declarations in brackets. */
static const char *
skip_document_type (const char *text)
{
  const char *close = strchr (text, '>');
  const char *bracket = strchr (text, '[');

  if (bracket != NULL && close != NULL && bracket < close)
    return skip_to (bracket, "]>");

  return close != NULL ? close + 1 : NULL;
}

/* The first element, behind declaration, comments and document type; %NULL if there is none. */
static const char *
first_element (const char *text)
{
  while (text != NULL)
    {
      text += strspn (text, " \t\r\n");
      if (g_str_has_prefix (text, "<?"))
        text = skip_to (text, "?>");
      else if (g_str_has_prefix (text, "<!--"))
        text = skip_to (text, "-->");
      else if (g_str_has_prefix (text, "<!DOCTYPE"))
        text = skip_document_type (text);
      else
        return *text == '<' ? text + 1 : NULL;
    }

  return NULL;
}

static gboolean
is_svg (const Head *head)
{
  g_autofree char *text = NULL;
  const char *name;
  const char *colon;
  gsize length;

  if (!is_text (head))
    return FALSE;

  text = g_strndup ((const char *) head->bytes, head->length);
  name = first_element (g_str_has_prefix (text, "\357\273\277") ? text + 3 : text);
  if (name == NULL)
    return FALSE;

  length = strcspn (name, " \t\r\n/>");
  colon = memchr (name, ':', length);
  if (colon != NULL)
    {
      length -= (gsize) (colon + 1 - name);
      name = colon + 1;
    }

  return length == 3 && strncmp (name, "svg", 3) == 0;
}

/* The member whose header is at @at, as far as the head shows it. */
static gboolean
read_member (const Head *head, gsize at, ZipMember *member)
{
  gsize name_length;

  if (head->length - at < ZIP_HEADER_LENGTH)
    return FALSE;

  name_length = read_16 (head, at + ZIP_NAME_LENGTH);
  if (name_length == 0 || name_length > head->length - at - ZIP_HEADER_LENGTH)
    return FALSE;

  member->name = (const char *) head->bytes + at + ZIP_HEADER_LENGTH;
  member->name_length = name_length;
  member->data = at + ZIP_HEADER_LENGTH + name_length + read_16 (head, at + ZIP_EXTRA_LENGTH);
  member->is_stored = read_16 (head, at + ZIP_METHOD) == 0;

  return TRUE;
}

static gboolean
has_name (const ZipMember *member, const char *name)
{
  return member->name_length == strlen (name) && memcmp (member->name, name, strlen (name)) == 0;
}

static gboolean
has_prefix (const ZipMember *member, const char *prefix)
{
  return member->name_length >= strlen (prefix) &&
         memcmp (member->name, prefix, strlen (prefix)) == 0;
}

/* OpenDocument and ASiC-E begin with a stored member "mimetype" that says what they are. */
static gboolean
declares_media_type (const Head *head, const char *media_type)
{
  ZipMember member;
  gsize length = strlen (media_type);
  gsize end;

  if (!BEGINS_WITH (head, ZIP_SIGNATURE) || !read_member (head, 0, &member) ||
      !has_name (&member, "mimetype") || !member.is_stored)
    return FALSE;

  end = member.data + length;

  return end < head->length && memcmp (head->bytes + member.data, media_type, length) == 0 &&
         head->bytes[end] == 'P';
}

/* An Office Open XML package: its first member is one of a package, and every member that the head
 * shows is either common or of the kind of document that the name says. */
static gboolean
is_office_package (const Head *head, const char *own_folder, const char *other_folder)
{
  ZipMember member;

  if (!BEGINS_WITH (head, ZIP_SIGNATURE) || !read_member (head, 0, &member))
    return FALSE;
  if (!has_name (&member, "[Content_Types].xml") && !has_prefix (&member, "_rels/") &&
      !has_prefix (&member, "docProps/") && !has_prefix (&member, own_folder))
    return FALSE;

  for (gsize at = 1; at + ZIP_HEADER_LENGTH <= head->length; at++)
    {
      if (memcmp (head->bytes + at, ZIP_SIGNATURE, 4) == 0 && read_member (head, at, &member) &&
          has_prefix (&member, other_folder))
        return FALSE;
    }

  return TRUE;
}

/**
 * kab_file_content_is:
 * @format: the format that a name says
 * @head: (array length=length): the beginning of the file
 * @length: how many bytes of it
 *
 * A look at signatures, not a reading: a file that passes may still be broken or hostile. The two
 * Microsoft formats before 2007 share their signature, and so do .edoc and .asice.
 *
 * Returns: whether the content can be of @format
 */
gboolean
kab_file_content_is (KabFileFormat format, const guint8 *head, gsize length)
{
  Head start = { head, MIN (length, KAB_FILE_HEAD_LENGTH) };

  switch (format)
    {
    case KAB_FILE_JPG:
    case KAB_FILE_JPEG:
      return BEGINS_WITH (&start, "\377\330\377");
    case KAB_FILE_BMP:
      return is_bmp (&start);
    case KAB_FILE_GIF:
      return BEGINS_WITH (&start, "GIF87a") || BEGINS_WITH (&start, "GIF89a");
    case KAB_FILE_PNG:
      return BEGINS_WITH (&start, "\211PNG\r\n\032\n");
    case KAB_FILE_SVG:
      return is_svg (&start);
    case KAB_FILE_TXT:
      return is_text (&start);
    case KAB_FILE_DOC:
    case KAB_FILE_XLS:
      return BEGINS_WITH (&start, "\320\317\021\340\241\261\032\341");
    case KAB_FILE_DOCX:
      return is_office_package (&start, "word/", "xl/");
    case KAB_FILE_XLSX:
      return is_office_package (&start, "xl/", "word/");
    case KAB_FILE_PDF:
      return BEGINS_WITH (&start, "%PDF-");
    default:
      return declares_media_type (&start, kab_file_format_media_type (format));
    }
}

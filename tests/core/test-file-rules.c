/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-file-rules.h"

#include "check-table.h"

#include <string.h>

/* Appends a member of a ZIP archive, as far as its local header and content. */
static void
append_member (GByteArray *zip, const char *name, const char *content, guint8 method)
{
  guint8 header[30] = { 'P', 'K', 3, 4, 20, 0, 0, 0, method };

  header[18] = header[22] = (guint8) strlen (content);
  header[26] = (guint8) strlen (name);
  g_byte_array_append (zip, header, sizeof header);
  g_byte_array_append (zip, (const guint8 *) name, (guint) strlen (name));
  g_byte_array_append (zip, (const guint8 *) content, (guint) strlen (content));
}

static GByteArray *
zip_of (const char *first, const char *content, guint8 method, const char *second)
{
  GByteArray *zip = g_byte_array_new ();

  append_member (zip, first, content, method);
  append_member (zip, second, "<x/>", 8);

  return zip;
}

static GByteArray *
container (const char *media_type)
{
  return zip_of ("mimetype", media_type, 0, "META-INF/manifest.xml");
}

static GByteArray *
bytes_of (const char *bytes, guint length)
{
  return g_byte_array_append (g_byte_array_new (), (const guint8 *) bytes, length);
}

#define BYTES(literal) bytes_of (literal, sizeof (literal) - 1)

#define WORD_PROCESSING "application/vnd.oasis.opendocument.text"
#define SPREADSHEET     "application/vnd.oasis.opendocument.spreadsheet"
#define SIGNED          "application/vnd.etsi.asic-e+zip"

/* A sample of each kind of content, and the endings that it may go by. */
typedef struct
{
  GByteArray *bytes;
  const char *endings;
} Sample;

static GArray *
make_samples (void)
{
  const Sample samples[] = {
    { BYTES ("\xff\xd8\xff\xe0\0\x10JFIF"), "jpg jpeg" },
    { BYTES ("BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\1\0\0\0"), "bmp" },
    { BYTES ("GIF89a\1\0\1\0\x80\0\0"), "gif" },
    { BYTES ("GIF87a\1\0\1\0\x80\0\0"), "gif" },
    { BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "png" },
    { BYTES ("<svg xmlns='http://www.w3.org/2000/svg'/>"), "svg txt" },
    { BYTES ("\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <x> -->\n<!DOCTYPE svg [<!ENTITY a 'b>'>]>\n"
             "<s:svg/>"),
      "svg txt" },
    { BYTES ("Labdien, šis ir teksts.\n"), "txt" },
    { BYTES ("<html><svg/></html>"), "txt" },
    { BYTES ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0"), "doc xls" },
    { BYTES ("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), "pdf" },
    { zip_of ("[Content_Types].xml", "<x/>", 8, "word/document.xml"), "docx" },
    { zip_of ("[Content_Types].xml", "<x/>", 8, "xl/workbook.xml"), "xlsx" },
    { zip_of ("_rels/.rels", "<x/>", 8, "docProps/app.xml"), "docx xlsx" },
    { zip_of ("word/document.xml", "<x/>", 8, "[Content_Types].xml"), "docx" },
    { container (WORD_PROCESSING), "odt" },
    { container (SPREADSHEET), "ods" },
    { container (SIGNED), "edoc asice" },
    { container (WORD_PROCESSING "-template"), "" },
    { container ("application/epub+zip"), "" },
    { zip_of ("mimetype", SIGNED, 8, "META-INF/manifest.xml"), "" },
    { zip_of ("evil.exe", "MZ", 8, "word/document.xml"), "" },
    { BYTES ("MZ\x90\0\3\0\0\0"), "" },
    { BYTES ("\x7f"
             "ELF\2\1\1\0"),
      "" },
    { BYTES ("PK\3\4"), "" },
    { BYTES ("PK\3\4\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xff\xff\xff\xff"
             "mimetype"),
      "" },
    { BYTES ("\xff\xfe<\0s\0v\0g\0"), "" },
    { BYTES ("text \0 text"), "" },
    { BYTES ("BM\xff\xff"), "" },
  };
  GArray *array = g_array_new (FALSE, FALSE, sizeof (Sample));

  return g_array_append_vals (array, samples, G_N_ELEMENTS (samples));
}

/* Every content under every ending: sixteen names a sample. */
static void
test_content (void)
{
  g_autoptr (GArray) samples = make_samples ();
  const char *const *extensions = kab_file_rules_extensions ();

  for (guint i = 0; i < samples->len; i++)
    {
      const Sample *sample = &g_array_index (samples, Sample, i);
      g_auto (GStrv) endings = g_strsplit (sample->endings, " ", -1);

      for (guint j = 0; extensions[j] != NULL; j++)
        {
          g_autofree char *name = g_strdup_printf ("sample %u.%s", i, extensions[j]);
          gboolean fits = g_strv_contains ((const char *const *) endings, extensions[j]);

          assert_check (name,
                        kab_file_rules_check (name, sample->bytes->len, sample->bytes->data,
                                              sample->bytes->len),
                        fits ? KAB_CHECK_OK : KAB_CHECK_FILE_CONTENT);
        }
      g_byte_array_unref (sample->bytes);
    }
}

/* A file that is cut anywhere is looked at without reading over its end. */
static void
test_cut_content (void)
{
  g_autoptr (GArray) samples = make_samples ();
  const char *const *extensions = kab_file_rules_extensions ();

  for (guint i = 0; i < samples->len; i++)
    {
      g_autoptr (GByteArray) bytes = g_array_index (samples, Sample, i).bytes;

      for (guint length = 0; length < bytes->len; length++)
        {
          g_autofree guint8 *cut = g_memdup2 (bytes->data, MAX (length, 1));

          for (guint j = 0; extensions[j] != NULL; j++)
            {
              g_autofree char *name = g_strconcat ("a.", extensions[j], NULL);
              KabCheck check = kab_file_rules_check_head (name, cut, length);

              g_assert_true (check == KAB_CHECK_OK || check == KAB_CHECK_FILE_CONTENT);
              if (length == 0)
                g_assert_cmpint (check, ==, KAB_CHECK_FILE_CONTENT);
            }
        }
    }
}

/* The head of a long text may end within a character, but a wrong byte is one anywhere. */
static void
test_long_text (void)
{
  g_autofree guint8 *head = g_malloc (KAB_FILE_HEAD_LENGTH);

  memset (head, 'a', KAB_FILE_HEAD_LENGTH);
  g_assert_cmpint (kab_file_rules_check_head ("a.txt", head, KAB_FILE_HEAD_LENGTH), ==,
                   KAB_CHECK_OK);
  head[KAB_FILE_HEAD_LENGTH - 1] = 0xc4;
  g_assert_cmpint (kab_file_rules_check_head ("a.txt", head, KAB_FILE_HEAD_LENGTH), ==,
                   KAB_CHECK_OK);
  g_assert_cmpint (kab_file_rules_check_head ("a.txt", head + 1, KAB_FILE_HEAD_LENGTH - 1), ==,
                   KAB_CHECK_FILE_CONTENT);
  head[KAB_FILE_HEAD_LENGTH - 1] = 0xff;
  g_assert_cmpint (kab_file_rules_check_head ("a.txt", head, KAB_FILE_HEAD_LENGTH), ==,
                   KAB_CHECK_FILE_CONTENT);
  head[KAB_FILE_HEAD_LENGTH - 1] = '\0';
  g_assert_cmpint (kab_file_rules_check_head ("a.txt", head, KAB_FILE_HEAD_LENGTH), ==,
                   KAB_CHECK_FILE_CONTENT);
  head[100] = 0xc4;
  g_assert_cmpint (kab_file_rules_check_head ("a.txt", head, KAB_FILE_HEAD_LENGTH), ==,
                   KAB_CHECK_FILE_CONTENT);
}

static void
test_names (void)
{
  static const CheckCase cases[] = {
    { "pase.pdf", KAB_CHECK_OK },          { "Pase.Kopija.PDF", KAB_CHECK_OK },
    { "līgums.asice", KAB_CHECK_OK },      { "virus.pdf.exe", KAB_CHECK_FILE_FORMAT },
    { "film.mp4", KAB_CHECK_FILE_FORMAT }, { "photo.heic", KAB_CHECK_FILE_FORMAT },
    { "pdf", KAB_CHECK_FILE_FORMAT },      { "a.", KAB_CHECK_FILE_FORMAT },
    { "a.pdfx", KAB_CHECK_FILE_FORMAT },   { ".pdf", KAB_CHECK_FILE_NAME },
    { "", KAB_CHECK_FILE_NAME },           { NULL, KAB_CHECK_FILE_NAME },
    { "a\xff.pdf", KAB_CHECK_FILE_NAME },
  };

  assert_checks (kab_file_rules_check_name, cases, G_N_ELEMENTS (cases));
  g_assert_cmpuint (g_strv_length ((char **) kab_file_rules_extensions ()), ==, 16);

  for (guint i = 0; i < KAB_N_FILE_FORMATS; i++)
    {
      g_autofree char *name = g_strconcat ("a.", kab_file_format_extension (i), NULL);
      KabFileFormat format = KAB_N_FILE_FORMATS;

      g_assert_true (kab_file_format_from_name (name, &format));
      g_assert_cmpint (format, ==, i);
      g_assert_nonnull (strchr (kab_file_format_media_type (i), '/'));
    }
}

static void
test_limits (void)
{
  const guint8 head[] = "%PDF-1.7";

  g_assert_cmpint (kab_file_rules_check_size (0), ==, KAB_CHECK_FILE_EMPTY);
  g_assert_cmpint (kab_file_rules_check_size (1), ==, KAB_CHECK_OK);
  g_assert_cmpint (kab_file_rules_check_size (157286400), ==, KAB_CHECK_OK);
  g_assert_cmpint (kab_file_rules_check_size (157286401), ==, KAB_CHECK_FILE_TOO_LARGE);
  g_assert_cmpint (kab_file_rules_check_size (G_MAXUINT64), ==, KAB_CHECK_FILE_TOO_LARGE);
  g_assert_cmpint (kab_file_rules_check_count (10), ==, KAB_CHECK_OK);
  g_assert_cmpint (kab_file_rules_check_count (11), ==, KAB_CHECK_FILE_TOO_MANY);

  g_assert_cmpint (kab_file_rules_check ("a.pdf", 157286401, head, 8), ==,
                   KAB_CHECK_FILE_TOO_LARGE);
  g_assert_cmpint (kab_file_rules_check ("a.pdf", 0, head, 0), ==, KAB_CHECK_FILE_EMPTY);
  g_assert_cmpint (kab_file_rules_check ("a.png", 8, head, 8), ==, KAB_CHECK_FILE_CONTENT);
  g_assert_cmpint (kab_file_rules_check ("a.exe", 0, head, 8), ==, KAB_CHECK_FILE_FORMAT);
}

static void
test_safe_names (void)
{
  static const struct
  {
    const char *name, *safe;
  } cases[] = {
    { "pase.pdf", "pase.pdf" },
    { "Ma\u0304jas plāns.pdf", "Mājas plāns.pdf" },
    { "../../etc/passwd", "passwd" },
    { "C:\\Users\\Anna\\pase.pdf", "pase.pdf" },
    { "C:pase.pdf", "C_pase.pdf" },
    { "..", "file" },
    { "/", "file" },
    { "", "file" },
    { NULL, "file" },
    { " .bashrc", "bashrc" },
    { "a.pdf. . ", "a.pdf" },
    { "photo\u202egpj.exe", "photogpj.exe" },
    { "a\u2066b\u2069\u200f\u061c.pdf", "ab.pdf" },
    { "a\r\nb\tc.pdf", "a  b c.pdf" },
    { "a\x7f\x01.pdf", "a.pdf" },
    { "a\u2028b.pdf", "a b.pdf" },
    { "\xff.pdf", "\ufffd.pdf" },
  };
  g_autofree char *stem = g_strnfill (300, 'a');
  g_autofree char *long_name = g_strconcat (stem, ".pdf", NULL);
  g_autofree char *safe = kab_file_rules_safe_name (long_name);
  g_autofree char *without_ending = kab_file_rules_safe_name (stem);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = kab_file_rules_safe_name (cases[i].name);

      g_assert_cmpstr (found, ==, cases[i].safe);
    }

  g_assert_cmpint (g_utf8_strlen (safe, -1), ==, KAB_FILE_NAME_LENGTH_MAX);
  g_assert_true (g_str_has_suffix (safe, "a.pdf"));
  g_assert_cmpuint (strlen (without_ending), ==, KAB_FILE_NAME_LENGTH_MAX);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file-rules/content", test_content);
  g_test_add_func ("/file-rules/cut-content", test_cut_content);
  g_test_add_func ("/file-rules/long-text", test_long_text);
  g_test_add_func ("/file-rules/names", test_names);
  g_test_add_func ("/file-rules/limits", test_limits);
  g_test_add_func ("/file-rules/safe-names", test_safe_names);

  return g_test_run ();
}

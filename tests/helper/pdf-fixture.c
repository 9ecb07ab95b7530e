/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Documents for tests, written object by object so that nothing in them is
 * there by accident. No font is embedded. */

#include "pdf-fixture.h"

#include <gio/gio.h>
#include <string.h>

typedef struct
{
  GString *bytes;
  GArray *offsets;
} Writer;

static Writer
writer_new (void)
{
  return (Writer) { g_string_new ("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
                    g_array_new (FALSE, FALSE, sizeof (gsize)) };
}

/* Takes @body. Objects are numbered from 1 in the order of the calls. */
static void
add_object (Writer *writer, char *body)
{
  const gsize offset = writer->bytes->len;

  g_array_append_val (writer->offsets, offset);
  g_string_append_printf (writer->bytes, "%u 0 obj\n%s\nendobj\n", writer->offsets->len, body);
  g_free (body);
}

static void
add_stream (Writer *writer, const char *dictionary, const char *data, gsize length)
{
  const gsize offset = writer->bytes->len;

  g_array_append_val (writer->offsets, offset);
  g_string_append_printf (writer->bytes, "%u 0 obj\n<< %s /Length %" G_GSIZE_FORMAT " >>\nstream\n",
                          writer->offsets->len, dictionary, length);
  g_string_append_len (writer->bytes, data, (gssize) length);
  g_string_append (writer->bytes, "\nendstream\nendobj\n");
}

static GBytes *
finish (Writer *writer, const char *trailer)
{
  const gsize table = writer->bytes->len;
  const guint n_objects = writer->offsets->len + 1;

  g_string_append_printf (writer->bytes, "xref\n0 %u\n0000000000 65535 f \n", n_objects);
  for (guint i = 0; i + 1 < n_objects; i++)
    g_string_append_printf (writer->bytes, "%010" G_GSIZE_FORMAT " 00000 n \n",
                            g_array_index (writer->offsets, gsize, i));
  g_string_append_printf (writer->bytes,
                          "trailer\n<< /Size %u /Root 1 0 R %s >>\nstartxref\n%" G_GSIZE_FORMAT
                          "\n%%%%EOF\n",
                          n_objects, trailer, table);
  g_array_unref (writer->offsets);
  return g_string_free_to_bytes (writer->bytes);
}

static char *
page_content (guint number)
{
  GString *content = g_string_new (NULL);

  g_string_append_printf (content, "BT /F1 24 Tf 72 760 Td (Page %u) Tj ET\n", number);
  for (guint line = 0; line < 40; line++)
    g_string_append_printf (
        content, "BT /F1 11 Tf 72 %u Td (Line %u of page %u says the same as others.) Tj ET\n",
        720 - line * 16, line + 1, number);
  return g_string_free (content, FALSE);
}

/** pdf_fixture_text: @n_pages of A4 with 41 lines in Helvetica, and an outline entry for the last.
 */
GBytes *
pdf_fixture_text (guint n_pages)
{
  Writer writer = writer_new ();
  g_autoptr (GString) kids = g_string_new (NULL);

  for (guint i = 0; i < n_pages; i++)
    g_string_append_printf (kids, "%u 0 R ", 6 + 2 * i);
  add_object (&writer, g_strdup ("<< /Type /Catalog /Pages 2 0 R /Outlines 4 0 R >>"));
  add_object (&writer,
              g_strdup_printf ("<< /Type /Pages /Count %u /Kids [ %s] >>", n_pages, kids->str));
  add_object (&writer, g_strdup ("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"));
  add_object (&writer, g_strdup ("<< /Type /Outlines /First 5 0 R /Last 5 0 R /Count 1 >>"));
  add_object (&writer,
              g_strdup_printf ("<< /Title (The end) /Parent 4 0 R /Dest [ %u 0 R /Fit ] >>",
                               6 + 2 * (n_pages - 1)));
  for (guint i = 0; i < n_pages; i++)
    {
      g_autofree char *content = page_content (i + 1);

      add_object (&writer,
                  g_strdup_printf ("<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] "
                                   "/Contents %u 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
                                   7 + 2 * i));
      add_stream (&writer, "", content, strlen (content));
    }
  return finish (&writer, "");
}

/** pdf_fixture_sized: an empty page of any size, in points. */
GBytes *
pdf_fixture_sized (double width, double height)
{
  Writer writer = writer_new ();
  char w[G_ASCII_DTOSTR_BUF_SIZE], h[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (w, sizeof w, "%.0f", width);
  g_ascii_formatd (h, sizeof h, "%.0f", height);
  add_object (&writer, g_strdup ("<< /Type /Catalog /Pages 2 0 R >>"));
  add_object (&writer, g_strdup ("<< /Type /Pages /Count 1 /Kids [ 3 0 R ] >>"));
  add_object (&writer,
              g_strdup_printf ("<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 %s %s ] >>", w, h));
  return finish (&writer, "");
}

static const char *const form_objects[] = {
  "<< /Type /Catalog /Pages 2 0 R /AcroForm 4 0 R >>",
  "<< /Type /Pages /Count 1 /Kids [ 3 0 R ] >>",
  "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Resources << /Font << /Helv 5 0 R >> >> "
  "/Annots [ 6 0 R 7 0 R 8 0 R 10 0 R 11 0 R 12 0 R 15 0 R ] >>",
  "<< /Fields [ 6 0 R 7 0 R 8 0 R 9 0 R 12 0 R 15 0 R ] /DA (/Helv 11 Tf 0 g) "
  "/DR << /Font << /Helv 5 0 R >> >> >>",
  "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
  /* 6: required, eight characters at most, a tooltip in UTF-16 */
  "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /TU <FEFF00560101007200640073> /Ff 2 /MaxLen "
  "8 "
  "/Rect [ 100 700 400 720 ] /P 3 0 R /DA (/Helv 11 Tf 0 g) /V () >>",
  /* 7: several lines */
  "<< /Type /Annot /Subtype /Widget /FT /Tx /T (notes) /TU (Notes) /Ff 4096 "
  "/Rect [ 100 600 400 680 ] /P 3 0 R /DA (/Helv 11 Tf 0 g) >>",
  /* 8: a check button, required */
  "<< /Type /Annot /Subtype /Widget /FT /Btn /T (agree) /TU (I agree) /Ff 2 /V /Off /AS /Off "
  "/Rect [ 100 560 116 576 ] /P 3 0 R /AP << /N << /Yes 13 0 R /Off 14 0 R >> >> >>",
  /* 9: a group of radio buttons, required, and its two buttons */
  "<< /FT /Btn /T (kind) /Ff 49154 /V /Off /Kids [ 10 0 R 11 0 R ] >>",
  "<< /Type /Annot /Subtype /Widget /Parent 9 0 R /TU (Person) /AS /Off /Rect [ 100 520 116 536 ] "
  "/P 3 0 R /AP << /N << /person 13 0 R /Off 14 0 R >> >> >>",
  "<< /Type /Annot /Subtype /Widget /Parent 9 0 R /TU (Company) /AS /Off /Rect [ 200 520 216 536 ] "
  "/P 3 0 R /AP << /N << /company 13 0 R /Off 14 0 R >> >> >>",
  /* 12: a choice */
  "<< /Type /Annot /Subtype /Widget /FT /Ch /T (country) /TU (Country) /Ff 131072 "
  "/Opt [ (Latvia) (Lithuania) (Estonia) ] /V (Latvia) /Rect [ 100 480 250 500 ] /P 3 0 R "
  "/DA (/Helv 11 Tf 0 g) >>",
};

static const char on_appearance[] = "0 0 0 rg 4 4 8 8 re f";

/* 15: read-only, and filled in already */
static const char read_only_field[] =
    "<< /Type /Annot /Subtype /Widget /FT /Tx /T (bank) /TU (Bank) /Ff 1 /V (Kabinets) "
    "/Rect [ 100 440 250 460 ] /P 3 0 R /DA (/Helv 11 Tf 0 g) >>";

/** pdf_fixture_form: one page with each kind of field; three answers are required. */
GBytes *
pdf_fixture_form (void)
{
  Writer writer = writer_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (form_objects); i++)
    add_object (&writer, g_strdup (form_objects[i]));
  add_stream (&writer, "/Type /XObject /Subtype /Form /BBox [ 0 0 16 16 ]", on_appearance,
              strlen (on_appearance));
  add_stream (&writer, "/Type /XObject /Subtype /Form /BBox [ 0 0 16 16 ]", "", 0);
  add_object (&writer, g_strdup (read_only_field));
  return finish (&writer, "");
}

static GByteArray *
deflate (const char *data, gsize length)
{
  g_autoptr (GConverter) converter =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9));
  GByteArray *packed = g_byte_array_sized_new ((guint) length + 1024);
  gsize read, written;

  g_byte_array_set_size (packed, (guint) length + 1024);
  g_assert_cmpint (g_converter_convert (converter, data, length, packed->data, packed->len,
                                        G_CONVERTER_INPUT_AT_END, &read, &written, NULL),
                   ==, G_CONVERTER_FINISHED);
  g_byte_array_set_size (packed, (guint) written);
  return packed;
}

/** pdf_fixture_packed_form: fields inside a compressed object stream, as modern writers put them.
 */
GBytes *
pdf_fixture_packed_form (void)
{
  Writer writer = writer_new ();
  g_autoptr (GString) index = g_string_new (NULL);
  g_autoptr (GString) objects = g_string_new (NULL);
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GByteArray) packed = NULL;
  g_autofree char *dictionary = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (form_objects); i++)
    {
      g_string_append_printf (index, "%u %" G_GSIZE_FORMAT " ", i + 1, objects->len);
      g_string_append_printf (objects, "%s ", form_objects[i]);
    }
  g_string_append_len (all, index->str, (gssize) index->len);
  g_string_append_len (all, objects->str, (gssize) objects->len);
  packed = deflate (all->str, all->len);
  dictionary =
      g_strdup_printf ("/Type /ObjStm /N %u /First %" G_GSIZE_FORMAT " /Filter /FlateDecode",
                       (guint) G_N_ELEMENTS (form_objects), index->len);
  add_stream (&writer, dictionary, (const char *) packed->data, packed->len);
  return finish (&writer, "");
}

/** pdf_fixture_image: a page with an image that claims to be @width × @height pixels. */
GBytes *
pdf_fixture_image (guint width, guint height)
{
  static const char content[] = "q 500 0 0 500 40 40 cm /Im0 Do Q";
  Writer writer = writer_new ();
  g_autofree char *zeros = g_malloc0 (1 << 20);
  g_autoptr (GByteArray) packed = deflate (zeros, 1 << 20);
  g_autofree char *dictionary =
      g_strdup_printf ("/Type /XObject /Subtype /Image /Width %u /Height %u /BitsPerComponent 8 "
                       "/ColorSpace /DeviceRGB /Filter /FlateDecode",
                       width, height);

  add_object (&writer, g_strdup ("<< /Type /Catalog /Pages 2 0 R >>"));
  add_object (&writer, g_strdup ("<< /Type /Pages /Count 1 /Kids [ 3 0 R ] >>"));
  add_object (&writer, g_strdup ("<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] "
                                 "/Contents 4 0 R /Resources << /XObject << /Im0 5 0 R >> >> >>"));
  add_stream (&writer, "", content, strlen (content));
  add_stream (&writer, dictionary, (const char *) packed->data, packed->len);
  return finish (&writer, "");
}

/** pdf_fixture_encrypted: a document whose password nobody knows (RC4, 40 bit). */
GBytes *
pdf_fixture_encrypted (void)
{
  Writer writer = writer_new ();

  add_object (&writer, g_strdup ("<< /Type /Catalog /Pages 2 0 R >>"));
  add_object (&writer, g_strdup ("<< /Type /Pages /Count 1 /Kids [ 3 0 R ] >>"));
  add_object (&writer, g_strdup ("<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] >>"));
  add_object (
      &writer,
      g_strdup ("<< /Filter /Standard /V 1 /R 2 /P -4 "
                "/O <0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20> "
                "/U <2122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f40> >>"));
  return finish (&writer, "/Encrypt 4 0 R /ID [ <00112233445566778899aabbccddeeff> "
                          "<00112233445566778899aabbccddeeff> ]");
}

static guint32
next_random (guint32 *state)
{
  *state = *state * 1664525u + 1013904223u;
  return *state >> 8;
}

/**
 * pdf_fixture_damage:
 * @seed: decides what is damaged, the same on every computer
 *
 * Returns: (transfer full): @pdf, cut off, with bytes turned, parts doubled or
 *   left out, or numbers made enormous
 */
GBytes *
pdf_fixture_damage (GBytes *pdf, guint32 seed)
{
  gsize length;
  const char *data = g_bytes_get_data (pdf, &length);
  GString *damaged = g_string_new_len (data, (gssize) length);
  guint32 state = seed * 2654435761u + 1;
  const guint n_changes = 1 + next_random (&state) % 12;

  for (guint i = 0; i < n_changes && damaged->len > 16; i++)
    {
      const gsize at = next_random (&state) % damaged->len;
      const gsize length_wanted = 1 + next_random (&state) % 64;
      const gsize part = MIN (length_wanted, damaged->len - at);

      switch (next_random (&state) % 6)
        {
        case 0:
          damaged->str[at] = (char) next_random (&state);
          break;
        case 1:
          g_string_erase (damaged, (gssize) at, (gssize) part);
          break;
        case 2:
          {
            g_autofree char *copy = g_memdup2 (damaged->str + at, part);

            g_string_insert_len (damaged, (gssize) (next_random (&state) % damaged->len), copy,
                                 (gssize) part);
          }
          break;
        case 3:
          g_string_insert (damaged, (gssize) at, "99999999999");
          break;
        case 4:
          g_string_insert (damaged, (gssize) at, "<< [ ( << [ 4 0 R ");
          break;
        default:
          if (i == 0)
            g_string_truncate (damaged, MAX (at, 16));
        }
    }
  return g_string_free_to_bytes (damaged);
}

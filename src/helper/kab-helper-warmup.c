/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-helper-warmup.h"

#include <fontconfig/fontconfig.h>
#include <gio/gio.h>
#include <malloc.h>
#include <poppler.h>
#include <string.h>
#include <time.h>

#include "kab-helper-fields.h"
#include "kab-helper-files.h"

/* Of our own page: A4, drawn as a screen at 100 % shows it. */
#define WARM_WIDTH  595
#define WARM_HEIGHT 842
#define WARM_SCALE  (96.0 / 72.0)

/* Memory that was used once stays with the process: the first page of a
 * document then finds it there. Bytes. */
#define KEPT_MEMORY (32 * 1024 * 1024)

/* The base 14 fonts, ISO 32000-1, 9.6.2.2. */
static const char *const base_fonts[] = {
  "Helvetica",   "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique",
  "Times-Roman", "Times-Bold",     "Times-Italic",      "Times-BoldItalic",
  "Courier",     "Courier-Bold",   "Courier-Oblique",   "Courier-BoldOblique",
  "Symbol",      "ZapfDingbats",
};

/* Families that documents name without carrying them. */
static const char *const families[] = {
  "Helvetica", "Times",   "Courier", "Arial",  "Times New Roman", "Courier New", "Calibri",
  "Cambria",   "Verdana", "Georgia", "Tahoma", "sans-serif",      "serif",       "monospace",
};

static const char *const styles[] = { "", ":bold", ":italic", ":bold:italic" };

/* Scripts, by a language that needs all of their letters. */
static const char *const languages[] = {
  "lv", "lt", "et", "pl", "ru", "uk", "el", "he", "ar", "zh-cn", "ja", "ko",
};

static gboolean
keep_match (FcConfig *config, const char *name, GHashTable *paths)
{
  FcPattern *wanted = FcNameParse ((const FcChar8 *) name);
  FcPattern *match;
  FcResult result;
  FcChar8 *path;

  FcConfigSubstitute (config, wanted, FcMatchPattern);
  FcDefaultSubstitute (wanted);
  match = FcFontMatch (config, wanted, &result);
  if (match != NULL && FcPatternGetString (match, FC_FILE, 0, &path) == FcResultMatch &&
      kab_helper_files_keep ((const char *) path))
    g_hash_table_add (paths, g_strdup ((const char *) path));
  g_clear_pointer (&match, FcPatternDestroy);
  FcPatternDestroy (wanted);
  return g_hash_table_size (paths) > 0;
}

static GHashTable *
keep_fonts (FcConfig *config)
{
  g_autoptr (GHashTable) paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize family = 0; family < G_N_ELEMENTS (families); family++)
    for (gsize style = 0; style < G_N_ELEMENTS (styles); style++)
      {
        g_autofree char *name = g_strconcat (families[family], styles[style], NULL);

        keep_match (config, name, paths);
      }
  keep_match (config, "Symbol", paths);
  keep_match (config, "ZapfDingbats", paths);
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *name = g_strconcat ("sans-serif:lang=", languages[i], NULL);

      keep_match (config, name, paths);
    }
  return g_steal_pointer (&paths);
}

static char *
describe_restriction (GHashTable *paths)
{
  GString *xml = g_string_new ("<?xml version=\"1.0\"?><fontconfig><selectfont>"
                               "<rejectfont><glob>*</glob></rejectfont><acceptfont>");
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, paths);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    {
      g_autofree char *escaped = g_markup_escape_text (path, -1);

      g_string_append_printf (xml, "<glob>%s</glob>", escaped);
    }
  g_string_append (xml, "</acceptfont></selectfont></fontconfig>");
  return g_string_free (xml, FALSE);
}

/* The system's rules of substitution, but only the fonts that are kept: what
 * fontconfig chooses later can be opened later. */
static gboolean
restrict_fontconfig (void)
{
  FcConfig *all = FcInitLoadConfigAndFonts ();
  g_autoptr (GHashTable) paths = NULL;
  g_autofree char *xml = NULL;
  FcConfig *ours;

  if (all == NULL)
    return FALSE;
  paths = keep_fonts (all);
  FcConfigDestroy (all);
  if (g_hash_table_size (paths) == 0)
    return FALSE;

  ours = FcInitLoadConfig ();
  xml = describe_restriction (paths);
  return ours != NULL && FcConfigParseAndLoadFromMemory (ours, (const FcChar8 *) xml, FcTrue) &&
         FcConfigBuildFonts (ours) &&
         FcConfigSetRescanInterval (ours, 0) && /* nothing changes that we could see */
         FcConfigSetCurrent (ours);
}

static void
append_object (GString *pdf, GArray *offsets, char *body)
{
  const gsize offset = pdf->len;

  g_array_append_val (offsets, offset);
  g_string_append_printf (pdf, "%u 0 obj %s endobj\n", offsets->len, body);
  g_free (body);
}

/* A page of text in the base fonts, none of them embedded, in usual sizes. */
static char *
make_content (void)
{
  static const int sizes[] = { 9, 10, 11, 12, 14 };
  GString *content = g_string_new (NULL);
  int y = WARM_HEIGHT - 20;

  for (guint font = 0; font < G_N_ELEMENTS (base_fonts); font++)
    for (gsize size = 0; size < G_N_ELEMENTS (sizes); size++, y -= 11)
      g_string_append_printf (content,
                              "BT /F%u %d Tf 20 %d Td (ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                              "abcdefghijklmnopqrstuvwxyz0123456789.,:;-/) Tj ET\n",
                              font, sizes[size], y);
  return g_string_free (content, FALSE);
}

static GBytes *
make_document (void)
{
  GString *pdf = g_string_new ("%PDF-1.4\n");
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (GString) fonts = g_string_new (NULL);
  g_autofree char *content = make_content ();
  gsize table;

  for (guint i = 0; i < G_N_ELEMENTS (base_fonts); i++)
    g_string_append_printf (fonts, "/F%u << /Type /Font /Subtype /Type1 /BaseFont /%s >> ", i,
                            base_fonts[i]);

  append_object (pdf, offsets, g_strdup ("<< /Type /Catalog /Pages 2 0 R >>"));
  append_object (pdf, offsets, g_strdup ("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"));
  append_object (pdf, offsets,
                 g_strdup_printf ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] "
                                  "/Contents 4 0 R /Resources << /Font << %s>> >> >>",
                                  WARM_WIDTH, WARM_HEIGHT, fonts->str));
  append_object (pdf, offsets,
                 g_strdup_printf ("<< /Length %" G_GSIZE_FORMAT " >> stream\n%s\nendstream",
                                  strlen (content), content));
  table = pdf->len;
  g_string_append (pdf, "xref\n0 5\n0000000000 65535 f \n");
  for (guint i = 0; i < offsets->len; i++)
    g_string_append_printf (pdf, "%010" G_GSIZE_FORMAT " 00000 n \n",
                            g_array_index (offsets, gsize, i));
  g_string_append_printf (
      pdf, "trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n", table);
  return g_string_free_to_bytes (pdf);
}

/* Draws a page of our own, so that poppler, cairo and FreeType have read
 * whatever they read once in a process, and their code and tables are in
 * memory when the first document comes. This one stays open on purpose:
 * poppler forgets its tables and fonts when the last one is closed. */
static gboolean
render_page (GError **error)
{
  g_autoptr (GBytes) pdf = make_document ();
  g_autoptr (KabHelperPage) page = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (pdf, NULL, error);
  cairo_surface_t *surface;
  cairo_t *context;

  if (document == NULL)
    return FALSE;
  page = poppler_document_get_page (document, 0);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) (WARM_WIDTH * WARM_SCALE),
                                        (int) (WARM_HEIGHT * WARM_SCALE));
  context = cairo_create (surface);
  cairo_scale (context, WARM_SCALE, WARM_SCALE);
  poppler_page_render (page, context);
  cairo_destroy (context);
  cairo_surface_destroy (surface);
  g_free (poppler_page_get_text (page));
  return TRUE;
}

/* iconv loads a converter from a file at its first use; those stay loaded
 * while a conversion is open. Texts in documents are UTF-16 or 8 bit. */
static gboolean
load_converters (void)
{
  return g_iconv_open ("UTF-8", "UTF-16BE") != (GIConv) -1 &&
         g_iconv_open ("UTF-16BE", "UTF-8") != (GIConv) -1 &&
         g_iconv_open ("UTF-8", "ISO-8859-1") != (GIConv) -1 &&
         g_iconv_open ("ISO-8859-1", "UTF-8") != (GIConv) -1;
}

/**
 * kab_helper_warm_up:
 * @error: return location
 *
 * Reads everything that drawing a document may need from files: fonts,
 * fontconfig's rules, converters, the time zone. To be called before the
 * process confines itself; nothing of a document has been seen yet.
 *
 * Returns: %FALSE with G_IO_ERROR when there are no fonts or converters
 */
gboolean
kab_helper_warm_up (GError **error)
{
  mallopt (M_MMAP_THRESHOLD, KEPT_MEMORY);
  mallopt (M_TRIM_THRESHOLD, KEPT_MEMORY);
  tzset ();
  if (!load_converters ())
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no character converters");
      return FALSE;
    }
  if (!restrict_fontconfig ())
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no fonts");
      return FALSE;
    }
  return render_page (error);
}

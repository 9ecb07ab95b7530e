/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-app-fixture.h"

#include <stdlib.h>

#include "picture-pages.h"

/* picture FOLDER [PAGE…]: draws pages of the application into PNG files, for
 * looking at: wide, as it opens, and as narrow as a phone, light and dark, in
 * each language, and with text at 200 %; or in high contrast where that is on.
 * Without PAGE it draws all of them. See tools/picture. */

typedef struct
{
  const char *name;
  int width;
  int height;
  gboolean dark;
  const char *language;
  int text_percent;
} Variant;

/* clang-format off */
static const Variant variants[] = {
  { "wide-lv", 1200, 800, FALSE, "lv", 100 },
  { "en", 1000, 700, FALSE, "en", 100 },
  { "en-dark", 1000, 700, TRUE, "en", 100 },
  { "ru-200", 1000, 700, FALSE, "ru", 200 },
  { "narrow-ru", 360, 720, FALSE, "ru", 100 },
  { "narrow-lv-200", 360, 720, FALSE, "lv", 200 },
};
/* clang-format on */

static const Variant contrast_variants[] = {
  { "contrast-en", 1000, 700, FALSE, "en", 100 },
  { "narrow-contrast-lv-dark", 360, 720, TRUE, "lv", 100 },
};

static gboolean
timeout_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Animations are off, yet dialogs and images need a moment. */
static void
settle (guint milliseconds)
{
  gboolean done = FALSE;

  g_timeout_add (milliseconds, timeout_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static void
save (GtkWidget *window, const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (window));
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (renderer, node, NULL);
  if (!gdk_texture_save_to_png (texture, path))
    g_error ("%s can't be written", path);
}

static void
draw (KabApplication *application,
      const PicturePage *page,
      const Variant *variant,
      const char *folder)
{
  GtkSettings *settings = gtk_settings_get_default ();
  KabWindow *window;
  g_autofree char *name = g_strdup_printf ("%s-%s.png", page->name, variant->name);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_object_set (settings, "gtk-xft-dpi", 96 * 1024 * variant->text_percent / 100, NULL);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      variant->dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                    : ADW_COLOR_SCHEME_FORCE_LIGHT);
  kab_language_set_current (kab_application_get_language (application), variant->language);
  window = kab_application_get_window (application);
  gtk_window_set_default_size (GTK_WINDOW (window), variant->width + 2 * KAB_APP_FRAME,
                               variant->height + 2 * KAB_APP_FRAME);
  page->show (application, window);
  gtk_window_present (GTK_WINDOW (window));
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
  settle (400);
  save (page->find_window != NULL ? page->find_window () : GTK_WIDGET (window), path);
  if (page->leave != NULL)
    page->leave ();
  kab_app_fixture_close (window);
  kab_bank_model_connect (kab_application_get_bank (application), NULL);
  settle (20);
}

static gboolean
is_wanted (const char *name, int argc, char **argv)
{
  for (int i = 2; i < argc; i++)
    {
      if (g_pattern_match_simple (argv[i], name))
        return TRUE;
    }

  return argc == 2;
}

static void
draw_all (KabApplication *application,
          const PicturePage *pages,
          gsize n_pages,
          int argc,
          char **argv)
{
  gboolean contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  const Variant *drawn = contrast ? contrast_variants : variants;
  gsize n = contrast ? G_N_ELEMENTS (contrast_variants) : G_N_ELEMENTS (variants);

  for (gsize i = 0; i < n_pages; i++)
    {
      if (!is_wanted (pages[i].name, argc, argv))
        continue;
      for (gsize j = 0; j < n; j++)
        draw (application, &pages[i], &drawn[j], argv[1]);
      g_print ("%s\n", pages[i].name);
    }
}

int
main (int argc, char **argv)
{
  KabApplication *application;

  if (argc < 2)
    {
      g_printerr ("picture FOLDER [PAGE…]\n");
      return EXIT_FAILURE;
    }

  gtk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-font-name", "Inter 11", "gtk-enable-animations",
                FALSE, "gtk-decoration-layout", ":close", NULL);
  application = kab_app_fixture_start ();
  g_mkdir_with_parents (argv[1], 0700);
  draw_all (application, picture_pages, picture_n_pages, argc, argv);
  draw_all (application, picture_access_pages, picture_n_access_pages, argc, argv);
  kab_app_fixture_stop (application);

  return EXIT_SUCCESS;
}

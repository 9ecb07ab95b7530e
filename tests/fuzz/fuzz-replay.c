/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Stands in for the fuzzing engine: runs a target over its corpus, a test for each file. */

#include <gio/gio.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
test_file (gconstpointer path)
{
  g_autofree char *data = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpint (LLVMFuzzerTestOneInput ((const uint8_t *) data, length), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GDir) folder = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  folder = g_dir_open (argv[1], 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *test = g_strdup_printf ("/fuzz/%s", name);
      g_test_add_data_func_full (test, g_build_filename (argv[1], name, NULL), test_file, g_free);
    }
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "kab-required-fields.h"
#include "pdf-fixture.h"

static void
assert_names (GBytes *pdf, const char *expected)
{
  g_autoptr (GHashTable) names = kab_required_fields_find (pdf);
  g_autoptr (GList) sorted = g_list_sort (g_hash_table_get_keys (names), (GCompareFunc) g_strcmp0);
  g_autoptr (GString) found = g_string_new (NULL);

  for (GList *item = sorted; item != NULL; item = item->next)
    g_string_append_printf (found, "%s%s", found->len > 0 ? " " : "", (const char *) item->data);
  g_assert_cmpstr (found->str, ==, expected);
}

static void
assert_text (const char *pdf, const char *expected)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (pdf, strlen (pdf));

  assert_names (bytes, expected);
}

static void
test_plain (void)
{
  g_autoptr (GBytes) pdf = pdf_fixture_form ();

  assert_names (pdf, "agree kind name");
}

static void
test_packed (void)
{
  g_autoptr (GBytes) pdf = pdf_fixture_packed_form ();

  assert_names (pdf, "agree kind name");
}

static void
test_names (void)
{
  /* A parent gives the name's first part and the flags. */
  assert_text ("1 0 obj << /T (form) /Ff 2 /Kids [2 0 R] >> endobj "
               "2 0 obj << /T (a\\(b\\)\\101) /Parent 1 0 R >> endobj",
               "form form.a(b)A");
  /* A child may overrule them. */
  assert_text (
      "1 0 obj << /T (form) /Ff 2 >> endobj 2 0 obj << /T (x) /Parent 1 0 R /Ff 0 >> endobj",
      "form");
  /* UTF-16, hexadecimal, comments, odd spaces. */
  assert_text ("7 0 obj<</Ff 2%c\n/T<FEFF 0101>/X[1 0 R(a)<<>>]>>endobj", "ā");
  /* A later object replaces an earlier one. */
  assert_text ("3 0 obj << /T (a) /Ff 2 >> endobj 3 0 obj << /T (a) /Ff 0 >> endobj", "");
}

static void
test_hostile (void)
{
  g_autoptr (GString) deep = g_string_new ("1 0 obj << /T (a) /Ff 2 /X ");
  g_autoptr (GBytes) form = pdf_fixture_form ();
  g_autoptr (GBytes) packed = pdf_fixture_packed_form ();

  assert_text ("", "");
  assert_text ("obj obj 0 0 obj << /T", "");
  assert_text ("1 0 obj << /T (a) /Ff 99999999999999999999999 /Parent 1 0 R >>", "");
  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "[<<");
  assert_text (deep->str, "a");

  for (guint seed = 0; seed < 400; seed++)
    {
      g_autoptr (GBytes) damaged = pdf_fixture_damage (seed % 2 ? form : packed, seed);
      g_autoptr (GHashTable) names = kab_required_fields_find (damaged);

      g_assert_nonnull (names);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/required-fields/plain", test_plain);
  g_test_add_func ("/required-fields/packed", test_packed);
  g_test_add_func ("/required-fields/names", test_names);
  g_test_add_func ("/required-fields/hostile", test_hostile);
  return g_test_run ();
}

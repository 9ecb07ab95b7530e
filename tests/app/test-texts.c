/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>

#include "common/kab-calling-codes.h"
#include "common/kab-error-text.h"
#include "kab-check.h"
#include "kab-server-address.h"

/* Not the server's code, only its list of names. */
#include "../../src/server/http/kab-problem-list.h"

/* Whatever a validator finds has a sentence of its own. */
static void
test_every_check (void)
{
  for (KabCheck check = KAB_CHECK_OK + 1; check < KAB_N_CHECKS; check++)
    {
      if (!kab_error_text_is_known (kab_check_code (check)))
        {
          g_test_message ("no sentence for %s", kab_check_code (check));
          g_test_fail ();
        }
    }
}

/* So has whatever the server refuses. */
static void
test_every_problem (void)
{
#define CODE(name, code, status, title) code,
  static const char *const codes[] = { KAB_PROBLEM_LIST (CODE) };
#undef CODE

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (!kab_error_text_is_known (codes[i]))
      {
        g_test_message ("no sentence for %s", codes[i]);
        g_test_fail ();
      }
}

static void
assert_text (const char *code,
             const char *params,
             const char *expected)
{
  g_autoptr (JsonNode) node = params != NULL ? json_from_string (params, NULL) : NULL;
  g_autofree char *text = kab_error_text (code, node != NULL ? json_node_get_object (node) : NULL);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_parameters (void)
{
  assert_text ("too-long", "{\"maximum\": 40}", "This is too long: 40 characters at most.");
  assert_text ("too-long", NULL, "This is too long: … characters at most.");
  assert_text ("too-long", "{\"maximum\": [1]}", "This is too long: … characters at most.");
  assert_text ("code-wrong", "{\"triesLeft\": 1}",
               "This is not the code that was sent. You have 1 more try.");
  assert_text ("code-wrong", "{\"triesLeft\": 3}",
               "This is not the code that was sent. You have 3 more tries.");
  assert_text ("code-wrong", NULL,
               "This is not the code that was sent. Check it and type it again.");
  assert_text ("brand-new-code", NULL,
               "Something did not work. Try again; if it stays so, tell the bank this code: "
               "brand-new-code.");
}

static void
assert_address (const char *text,
                const char *expected,
                int         code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = kab_server_address_normalize (text, &error);

  g_assert_cmpstr (address, ==, expected);
  if (expected == NULL)
    g_assert_error (error, KAB_SERVER_ADDRESS_ERROR, code);
  else
    g_assert_no_error (error);
}

static void
test_addresses (void)
{
  assert_address ("bank.example", "https://bank.example", 0);
  assert_address (" https://bank.example/ ", "https://bank.example", 0);
  assert_address ("http://127.0.0.1:8080", "http://127.0.0.1:8080", 0);
  assert_address ("http://localhost:1", "http://localhost:1", 0);
  assert_address ("http://[::1]:1", "http://[::1]:1", 0);
  assert_address ("http://bank.example", NULL, KAB_SERVER_ADDRESS_ERROR_INSECURE);
  assert_address ("http://localhost.example", NULL, KAB_SERVER_ADDRESS_ERROR_INSECURE);
  assert_address ("ftp://bank.example", NULL, KAB_SERVER_ADDRESS_ERROR_INVALID);
  assert_address ("https://me:secret@bank.example", NULL, KAB_SERVER_ADDRESS_ERROR_INVALID);
  assert_address ("https://bank.example?x=1", NULL, KAB_SERVER_ADDRESS_ERROR_INVALID);
  assert_address ("https://", NULL, KAB_SERVER_ADDRESS_ERROR_INVALID);
  assert_address ("not an address", NULL, KAB_SERVER_ADDRESS_ERROR_INVALID);
  assert_address ("", NULL, KAB_SERVER_ADDRESS_ERROR_INVALID);
}

static void
write_policy (const char *content)
{
  const char *folder = g_get_system_config_dirs ()[0];
  g_autofree char *path = g_build_filename (folder, "kabinets", "policy.conf", NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
}

static void
test_precedence (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.kabinets.Kabinets");
  g_autoptr (GError) error = NULL;
  char *address;

  address = kab_server_address_find (NULL, settings, &error);
  g_assert_no_error (error);
  g_assert_null (address);

  g_settings_set_string (settings, "server", "https://chosen.example");
  address = kab_server_address_find (NULL, settings, &error);
  g_assert_cmpstr (address, ==, "https://chosen.example");
  g_clear_pointer (&address, g_free);

  write_policy ("[Bank]\nServer=https://policy.example\n");
  address = kab_server_address_find (NULL, settings, &error);
  g_assert_cmpstr (address, ==, "https://policy.example");
  g_clear_pointer (&address, g_free);
  address = kab_server_address_find ("https://typed.example", settings, &error);
  g_assert_cmpstr (address, ==, "https://typed.example");
  g_clear_pointer (&address, g_free);

  write_policy ("[Bank]\nServer=nonsense here\n");
  g_assert_null (kab_server_address_find (NULL, settings, &error));
  g_assert_error (error, KAB_SERVER_ADDRESS_ERROR, KAB_SERVER_ADDRESS_ERROR_POLICY);
  g_assert_nonnull (strstr (error->message, "kabinets/policy.conf: [Bank] Server"));
}

/* ITU-T E.164: the longest code wins, and of countries that share one the preferred or main one. */
static void
test_calling_codes (void)
{
  static const struct
  {
    const char *number;
    const char *preferred;
    const char *country;
    gsize       length;
  } cases[] = {
    { "+37120000000", NULL, "LV", 3 },   { "+37120000000", "US", "LV", 3 },
    { "+12025550100", NULL, "US", 1 },   { "+12025550100", "CA", "CA", 1 },
    { "+12684601234", "US", "AG", 4 },   { "+79991234567", NULL, "RU", 1 },
    { "+77011234567", "KZ", "KZ", 1 },   { "+441481960194", "GG", "GG", 2 },
    { "+442079460000", NULL, "GB", 2 },  { "+9990000", NULL, NULL, 0 },
    { "37120000000", NULL, NULL, 0 },    { "+", NULL, NULL, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = 99;

      g_assert_cmpstr (kab_calling_code_split (cases[i].number, cases[i].preferred, &length), ==,
                       cases[i].country);
      g_assert_cmpuint (length, ==, cases[i].length);
    }
  g_assert_cmpstr (kab_calling_code_of_country ("LV"), ==, "371");
  g_assert_null (kab_calling_code_of_country ("AQ"));
  g_assert_null (kab_calling_code_of_country (NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/app/texts/every-check", test_every_check);
  g_test_add_func ("/app/texts/every-problem", test_every_problem);
  g_test_add_func ("/app/texts/parameters", test_parameters);
  g_test_add_func ("/app/texts/addresses", test_addresses);
  g_test_add_func ("/app/texts/precedence", test_precedence);
  g_test_add_func ("/app/texts/calling-codes", test_calling_codes);

  return g_test_run ();
}

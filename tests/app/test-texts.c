/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>

#include "common/kab-api-error-text.h"
#include "common/kab-calling-codes.h"
#include "common/kab-error-text.h"
#include "kab-api-error-private.h"
#include "kab-check.h"
#include "kab-form-evaluation.h"
#include "kab-json.h"
#include "kab-problem-private.h"
#include "kab-server-address.h"

static void
expect_sentence (const char *code)
{
  if (kab_error_text_is_known (code))
    return;

  g_test_message ("no sentence for %s", code);
  g_test_fail ();
}

/* Whatever a validator, a form or the reader of a body finds has a sentence of its own. */
static void
test_every_check (void)
{
  static const char *const of_forms[] = {
    KAB_FORM_CODE_REQUIRED,
    KAB_FORM_CODE_TYPE,
    KAB_FORM_CODE_UNKNOWN_MEMBER,
    KAB_FORM_CODE_TEXT_CHARACTERS,
    KAB_FORM_CODE_TOO_SHORT,
    KAB_FORM_CODE_TOO_LONG,
    KAB_FORM_CODE_TOO_FEW,
    KAB_FORM_CODE_TOO_MANY,
    KAB_FORM_CODE_TOO_YOUNG,
    KAB_FORM_CODE_NOT_AN_OPTION,
    KAB_FORM_CODE_DUPLICATE,
    KAB_FORM_CODE_SAME,
    KAB_FORM_CODE_NUMBER_FORMAT,
    KAB_FORM_CODE_NUMBER_DECIMALS,
    KAB_FORM_CODE_NUMBER_TOO_SMALL,
    KAB_FORM_CODE_NUMBER_TOO_LARGE,
    KAB_FORM_CODE_URL,
    KAB_FORM_CODE_RULE,
  };

  for (KabCheck check = KAB_CHECK_OK + 1; check < KAB_N_CHECKS; check++)
    expect_sentence (kab_check_code (check));
  for (gsize i = 0; i < G_N_ELEMENTS (of_forms); i++)
    expect_sentence (of_forms[i]);
  for (KabJsonError code = KAB_JSON_ERROR_TOO_LARGE; code <= KAB_JSON_ERROR_UNEXPECTED; code++)
    expect_sentence (kab_json_error_code (code));
}

/* Looks for a code at the beginning of @line: a heading, or the first cell of a table. */
static char *
dup_documented_code (const char *line)
{
  static const struct
  {
    const char *before;
    const char *after;
  } places[] = { { "## ", "" }, { "| `", "` |" } };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      gsize length;

      if (!g_str_has_prefix (line, places[i].before))
        continue;
      line += strlen (places[i].before);
      length = strspn (line, "abcdefghijklmnopqrstuvwxyz-");
      return g_str_has_prefix (line + length, places[i].after) ? g_strndup (line, length) : NULL;
    }

  return NULL;
}

/* So has every code that the bank's server may answer with. */
static void
test_every_problem (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "docs", "errors.md", NULL);
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint n_codes = 0;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (content, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      g_autofree char *code = dup_documented_code (*line);

      if (code == NULL || *code == '\0')
        continue;
      n_codes++;
      expect_sentence (code);
    }
  g_assert_cmpuint (n_codes, >=, 50);
}

static GError *
refusal (KabApiError code, guint status, const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? json_from_string (json, NULL) : NULL;

  return kab_api_error_new (
      code, kab_problem_new (status, node != NULL ? json_node_get_object (node) : NULL, 0), "test");
}

/* A server that is down, slow, broken or another one is told apart, also without a problem of its
 * own. */
static void
test_outages (void)
{
  static const struct
  {
    KabApiError code;
    const char *sentence;
  } cases[] = {
    { KAB_API_ERROR_UNREACHABLE, "The bank can’t be reached. " },
    { KAB_API_ERROR_TIMEOUT, "The bank takes too long to answer. " },
    { KAB_API_ERROR_GARBAGE, "This does not look like a bank’s server. " },
    { KAB_API_ERROR_FAILED, "The bank’s server has a problem. " },
    { KAB_API_ERROR_BUSY, "The bank is very busy. " },
    { KAB_API_ERROR_OFFLINE, "No internet connection. " },
    { KAB_API_ERROR_UNTRUSTED, "This connection is not safe. " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = refusal (cases[i].code, 500, NULL);
      g_autofree char *text = kab_api_error_text (error);

      g_assert_true (g_str_has_prefix (text, cases[i].sentence));
      g_assert_cmpuint (strlen (text), >, strlen (cases[i].sentence));
    }
}

static void
assert_text (const char *code, const char *params, const char *expected)
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
assert_address (const char *text, const char *expected, int code)
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

  g_settings_set_string (settings, "server", "http://chosen.example");
  g_assert_null (kab_server_address_find (NULL, settings, &error));
  g_assert_error (error, KAB_SERVER_ADDRESS_ERROR, KAB_SERVER_ADDRESS_ERROR_INSECURE);
  g_assert_nonnull (strstr (error->message,
                            "org.kabinets.Kabinets server: “http://chosen.example”: "
                            "This address is not protected."));
  g_clear_error (&error);

  write_policy ("[Bank]\nServer=https://policy.example\n");
  address = kab_server_address_find (NULL, settings, &error);
  g_assert_cmpstr (address, ==, "https://policy.example");
  g_clear_pointer (&address, g_free);
  address = kab_server_address_find ("https://typed.example", settings, &error);
  g_assert_cmpstr (address, ==, "https://typed.example");
  g_clear_pointer (&address, g_free);

  g_assert_null (kab_server_address_find ("ftp://typed.example", settings, &error));
  g_assert_error (error, KAB_SERVER_ADDRESS_ERROR, KAB_SERVER_ADDRESS_ERROR_INVALID);
  g_assert_nonnull (
      strstr (error->message, "--server: “ftp://typed.example”: This is no address."));
  g_clear_error (&error);

  write_policy ("[Bank]\nServer=nonsense here\n");
  g_assert_null (kab_server_address_find (NULL, settings, &error));
  g_assert_error (error, KAB_SERVER_ADDRESS_ERROR, KAB_SERVER_ADDRESS_ERROR_POLICY);
  g_assert_nonnull (strstr (error->message, "kabinets/policy.conf: [Bank] Server: “nonsense here”: "
                                            "This is no address."));
  g_clear_error (&error);

  write_policy ("[Bank]\n");
  g_assert_null (kab_server_address_find (NULL, settings, &error));
  g_assert_error (error, KAB_SERVER_ADDRESS_ERROR, KAB_SERVER_ADDRESS_ERROR_POLICY);
  g_assert_nonnull (strstr (error->message, "kabinets/policy.conf: [Bank] Server: "));
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
    gsize length;
  } cases[] = {
    { "+37120000000", NULL, "LV", 3 },  { "+37120000000", "US", "LV", 3 },
    { "+12025550100", NULL, "US", 1 },  { "+12025550100", "CA", "CA", 1 },
    { "+12684601234", "US", "AG", 4 },  { "+79991234567", NULL, "RU", 1 },
    { "+77011234567", "KZ", "KZ", 1 },  { "+441481960194", "GG", "GG", 2 },
    { "+442079460000", NULL, "GB", 2 }, { "+9990000", NULL, NULL, 0 },
    { "37120000000", NULL, NULL, 0 },   { "+", NULL, NULL, 0 },
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
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/app/texts/every-check", test_every_check);
  g_test_add_func ("/app/texts/every-problem", test_every_problem);
  g_test_add_func ("/app/texts/outages", test_outages);
  g_test_add_func ("/app/texts/parameters", test_parameters);
  g_test_add_func ("/app/texts/addresses", test_addresses);
  g_test_add_func ("/app/texts/precedence", test_precedence);
  g_test_add_func ("/app/texts/calling-codes", test_calling_codes);

  return g_test_run ();
}

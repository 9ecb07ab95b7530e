/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-json.h"
#include "kab-json-write.h"

#include <string.h>

#define MAX_BYTES 4096
#define MAX_DEPTH 4

static JsonNode *
parse (const char *text, GError **error)
{
  return kab_json_parse (text, strlen (text), MAX_BYTES, MAX_DEPTH, error);
}

static JsonObject *
parse_object (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = kab_json_parse_object (text, strlen (text), MAX_BYTES, MAX_DEPTH, &error);

  g_assert_no_error (error);

  return object;
}

static void
test_accepted (void)
{
  static const char *const texts[] = {
    "{}",
    "[]",
    " {} \n",
    "null",
    "true",
    "-0",
    "\"ā\"",
    "[[[[]]]]",
    "{\"a\":[{\"b\":{}}]}",
    "{\"a\":{\"x\":1},\"b\":{\"x\":1},\"x\":1}",
    "[9007199254740991,-9007199254740991]",
    "[1.5e300,1E-5,0.5,-0.0]",
    "[\"\\\"{[\\\\\"]",
    "[\"\\ud83d\\ude00\\n\\u0101\"]",
    "{\"\":1}",
    "[\"//\",\"/*\"]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) root = parse (texts[i], &error);

      if (root == NULL)
        g_error ("%s was refused: %s", texts[i], error->message);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    KabJsonError reason;
  } cases[] = {
    { "{\"a\":1,\"a\":2}", KAB_JSON_ERROR_DUPLICATE },
    { "{\"a\":1,\"a\":1}", KAB_JSON_ERROR_DUPLICATE },
    { "{\"a\":1,\"\\u0061\":2}", KAB_JSON_ERROR_DUPLICATE },
    { "[{\"a\":1,\"b\":{},\"a\":{}}]", KAB_JSON_ERROR_DUPLICATE },
    { "{\"x\":{\"b\":[],\"b\":[]},\"y\":1}", KAB_JSON_ERROR_DUPLICATE },
    { "{\"x\":{\"x\":{\"x\":1}},\"x\":1}", KAB_JSON_ERROR_DUPLICATE },
    { "[[[[[]]]]]", KAB_JSON_ERROR_TOO_DEEP },
    { "{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}", KAB_JSON_ERROR_TOO_DEEP },
    { "[[[[[[[[[[[[[[[[[[[[", KAB_JSON_ERROR_TOO_DEEP },
    { "9007199254740992", KAB_JSON_ERROR_NUMBER },
    { "[-9007199254740992]", KAB_JSON_ERROR_NUMBER },
    { "[9223372036854775808]", KAB_JSON_ERROR_NUMBER },
    { "[1e400]", KAB_JSON_ERROR_NUMBER },
    { "[11111111111111111111111111111111111111111111111111111111111111111]",
      KAB_JSON_ERROR_NUMBER },
    { "[\"\\u0000\"]", KAB_JSON_ERROR_ENCODING },
    { "{\"a\\u0000b\":1}", KAB_JSON_ERROR_ENCODING },
    { "[\"\\ud800\"]", KAB_JSON_ERROR_ENCODING },
    { "[\"\\udc00\"]", KAB_JSON_ERROR_ENCODING },
    { "[\"\\ud800\\u0041\"]", KAB_JSON_ERROR_ENCODING },
    { "[\"\xff\"]", KAB_JSON_ERROR_ENCODING },
    { "[\"\xc0\xaf\"]", KAB_JSON_ERROR_ENCODING },
    { "[\"\xed\xa0\x80\"]", KAB_JSON_ERROR_ENCODING },
    { "", KAB_JSON_ERROR_SYNTAX },
    { " ", KAB_JSON_ERROR_SYNTAX },
    { "{", KAB_JSON_ERROR_SYNTAX },
    { "}", KAB_JSON_ERROR_SYNTAX },
    { "[}", KAB_JSON_ERROR_SYNTAX },
    { "{\"a\":1,}", KAB_JSON_ERROR_SYNTAX },
    { "[1,]", KAB_JSON_ERROR_SYNTAX },
    { "[1 2]", KAB_JSON_ERROR_SYNTAX },
    { "{} {}", KAB_JSON_ERROR_SYNTAX },
    { "// a\n{}", KAB_JSON_ERROR_SYNTAX },
    { "{\"a\":/* b */1}", KAB_JSON_ERROR_SYNTAX },
    { "# a\n{}", KAB_JSON_ERROR_SYNTAX },
    { "var x = {}", KAB_JSON_ERROR_SYNTAX },
    { "{'a':1}", KAB_JSON_ERROR_SYNTAX },
    { "{a:1}", KAB_JSON_ERROR_SYNTAX },
    { "[01]", KAB_JSON_ERROR_SYNTAX },
    { "[+1]", KAB_JSON_ERROR_SYNTAX },
    { "[.5]", KAB_JSON_ERROR_SYNTAX },
    { "[1.]", KAB_JSON_ERROR_SYNTAX },
    { "[1e]", KAB_JSON_ERROR_SYNTAX },
    { "[-]", KAB_JSON_ERROR_SYNTAX },
    { "[--1]", KAB_JSON_ERROR_SYNTAX },
    { "[0x10]", KAB_JSON_ERROR_SYNTAX },
    { "[NaN]", KAB_JSON_ERROR_SYNTAX },
    { "[Infinity]", KAB_JSON_ERROR_SYNTAX },
    { "[\"\\x\"]", KAB_JSON_ERROR_SYNTAX },
    { "[\"\\u12\"]", KAB_JSON_ERROR_SYNTAX },
    { "[\"a\nb\"]", KAB_JSON_ERROR_SYNTAX },
    { "[\"a", KAB_JSON_ERROR_SYNTAX },
    { "[\"a\\", KAB_JSON_ERROR_SYNTAX },
    { "[\"\\u", KAB_JSON_ERROR_SYNTAX },
    { "[tru]", KAB_JSON_ERROR_SYNTAX },
    { "[True]", KAB_JSON_ERROR_SYNTAX },
    { "[1]\v", KAB_JSON_ERROR_SYNTAX },
    { "[1,\u00a02]", KAB_JSON_ERROR_SYNTAX },
    { "\xef\xbb\xbf{}", KAB_JSON_ERROR_SYNTAX },
    { "[truefalse]", KAB_JSON_ERROR_SYNTAX },
    { "[null1]", KAB_JSON_ERROR_SYNTAX },
    { "[1null]", KAB_JSON_ERROR_SYNTAX },
    { "[\"a\"\"b\"]", KAB_JSON_ERROR_SYNTAX },
    { "{\"a\":1 \"b\":2}", KAB_JSON_ERROR_SYNTAX },
    { "{,}", KAB_JSON_ERROR_SYNTAX },
    { "[,1]", KAB_JSON_ERROR_SYNTAX },
    { "[1,,2]", KAB_JSON_ERROR_SYNTAX },
    { "{1:2}", KAB_JSON_ERROR_SYNTAX },
    { "{\"a\"}", KAB_JSON_ERROR_SYNTAX },
    { "{\"a\":}", KAB_JSON_ERROR_SYNTAX },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) root = parse (cases[i].text, &error);

      if (root != NULL)
        g_error ("%s was read", cases[i].text);
      g_assert_nonnull (error);
      if (!g_error_matches (error, KAB_JSON_ERROR, cases[i].reason))
        g_error ("%s: %s", cases[i].text, error->message);
      g_assert_cmpstr (error->message, ==, kab_json_error_code (cases[i].reason));
      g_assert_null (kab_json_error_get_pointer (error));
    }
}

static void
test_bytes (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *large = g_strnfill (MAX_BYTES + 1, ' ');

  large[0] = '1';
  g_assert_null (parse (large, &error));
  g_assert_error (error, KAB_JSON_ERROR, KAB_JSON_ERROR_TOO_LARGE);
  g_clear_error (&error);

  large[MAX_BYTES] = '\0';
  json_node_unref (parse (large, &error));
  g_assert_no_error (error);

  g_assert_null (kab_json_parse ("[1]\0", 4, MAX_BYTES, MAX_DEPTH, &error));
  g_assert_error (error, KAB_JSON_ERROR, KAB_JSON_ERROR_ENCODING);
  g_clear_error (&error);

  /* nothing behind the length is read */
  json_node_unref (kab_json_parse ("[1]garbage", 3, MAX_BYTES, MAX_DEPTH, &error));
  g_assert_no_error (error);

  g_assert_null (kab_json_parse_object ("[1]", 3, MAX_BYTES, MAX_DEPTH, &error));
  g_assert_error (error, KAB_JSON_ERROR, KAB_JSON_ERROR_TYPE);
}

/* A text cut at any byte is refused and never read over its end. */
static void
test_truncation (void)
{
  const char *text = "{\"a\":[1.5e3,\"\\ud83d\\ude00ā\",{\"b\":null}],\"c\":true}";

  for (gsize length = 0; length < strlen (text); length++)
    {
      g_autofree char *copy = g_memdup2 (text, MAX (length, 1));
      g_autoptr (GError) error = NULL;

      g_assert_null (kab_json_parse (copy, length, MAX_BYTES, MAX_DEPTH, &error));
      g_assert_nonnull (error);
    }
}

#define ASSERT_JSON_ERROR(error, reason, place)                                                    \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_assert_error (error, KAB_JSON_ERROR, reason);                                                \
    g_assert_cmpstr (kab_json_error_get_pointer (error), ==, place);                               \
    g_clear_error (&error);                                                                        \
  }                                                                                                \
  G_STMT_END

static void
test_strings (void)
{
  g_autoptr (JsonObject) object =
      parse_object ("{\"a\":\"āēī\",\"n\":null,\"i\":1,\"l\":[\"x\",\"yy\"],"
                    "\"m\":[\"x\",1],\"/~\":1}");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) strings = NULL;

  g_assert_cmpstr (kab_json_get_string (object, "a", 3, &error), ==, "āēī");
  g_assert_no_error (error);
  g_assert_null (kab_json_get_string (object, "a", 2, &error));
  ASSERT_JSON_ERROR (error, KAB_JSON_ERROR_TOO_LONG, "/a");
  g_assert_null (kab_json_get_string (object, "n", 9, &error));
  ASSERT_JSON_ERROR (error, KAB_JSON_ERROR_MISSING, "/n");
  g_assert_null (kab_json_get_string (object, "z", 9, &error));
  ASSERT_JSON_ERROR (error, KAB_JSON_ERROR_MISSING, "/z");
  g_assert_null (kab_json_get_string (object, "i", 9, &error));
  ASSERT_JSON_ERROR (error, KAB_JSON_ERROR_TYPE, "/i");
  g_assert_null (kab_json_get_string (object, "l", 9, &error));
  ASSERT_JSON_ERROR (error, KAB_JSON_ERROR_TYPE, "/l");
  g_assert_null (kab_json_get_string (object, "/~", 9, &error));
  ASSERT_JSON_ERROR (error, KAB_JSON_ERROR_TYPE, "/~1~0");
  g_assert_null (kab_json_get_string (object, "z", 9, NULL));

  strings = kab_json_get_strings (object, "l", 2, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpstrv (strings, ((const char *[]) { "x", "yy", NULL }));
  g_assert_null (kab_json_get_strings (object, "l", 1, 2, &error));
  ASSERT_JSON_ERROR (error, KAB_JSON_ERROR_TOO_LONG, "/l");
  g_assert_null (kab_json_get_strings (object, "l", 2, 1, &error));
  ASSERT_JSON_ERROR (error, KAB_JSON_ERROR_TOO_LONG, "/l/1");
  g_assert_null (kab_json_get_strings (object, "m", 2, 2, &error));
  ASSERT_JSON_ERROR (error, KAB_JSON_ERROR_TYPE, "/m/1");
  g_assert_null (kab_json_get_strings (object, "a", 2, 2, &error));
  ASSERT_JSON_ERROR (error, KAB_JSON_ERROR_TYPE, "/a");

  g_assert_true (kab_json_has (object, "a"));
  g_assert_false (kab_json_has (object, "n"));
  g_assert_false (kab_json_has (object, "z"));
}

static void
test_numbers (void)
{
  g_autoptr (JsonObject) object = parse_object ("{\"i\":7,\"d\":7.0,\"s\":\"7\",\"b\":false}");
  g_autoptr (GError) error = NULL;
  gint64 value = 0;
  gboolean truth = TRUE;

  g_assert_true (kab_json_get_integer (object, "i", 7, 7, &value, &error));
  g_assert_no_error (error);
  g_assert_cmpint (value, ==, 7);
  g_assert_false (kab_json_get_integer (object, "i", 8, 9, &value, &error));
  ASSERT_JSON_ERROR (error, KAB_JSON_ERROR_RANGE, "/i");
  g_assert_false (kab_json_get_integer (object, "i", 5, 6, &value, &error));
  ASSERT_JSON_ERROR (error, KAB_JSON_ERROR_RANGE, "/i");
  g_assert_false (kab_json_get_integer (object, "d", 0, 9, &value, &error));
  ASSERT_JSON_ERROR (error, KAB_JSON_ERROR_TYPE, "/d");
  g_assert_false (kab_json_get_integer (object, "s", 0, 9, &value, &error));
  ASSERT_JSON_ERROR (error, KAB_JSON_ERROR_TYPE, "/s");
  g_assert_false (kab_json_get_integer (object, "b", 0, 9, &value, &error));
  ASSERT_JSON_ERROR (error, KAB_JSON_ERROR_TYPE, "/b");

  g_assert_true (kab_json_get_boolean (object, "b", &truth, &error));
  g_assert_no_error (error);
  g_assert_false (truth);
  g_assert_false (kab_json_get_boolean (object, "i", &truth, &error));
  ASSERT_JSON_ERROR (error, KAB_JSON_ERROR_TYPE, "/i");
}

static void
test_nested (void)
{
  g_autoptr (JsonObject) object = parse_object ("{\"o\":{\"p\":{}},\"a\":[1,2],\"x\":1}");
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other = NULL;
  JsonObject *inner = kab_json_get_object (object, "o", &error);

  g_assert_no_error (error);
  g_assert_null (kab_json_get_string (inner, "p", 9, &error));
  kab_json_prefix_pointer (&error, "o");
  ASSERT_JSON_ERROR (error, KAB_JSON_ERROR_TYPE, "/o/p");

  g_assert_null (kab_json_get_object (object, "a", &error));
  ASSERT_JSON_ERROR (error, KAB_JSON_ERROR_TYPE, "/a");
  g_assert_cmpuint (json_array_get_length (kab_json_get_array (object, "a", 2, &error)), ==, 2);
  g_assert_null (kab_json_get_array (object, "a", 1, &error));
  ASSERT_JSON_ERROR (error, KAB_JSON_ERROR_TOO_LONG, "/a");

  g_assert_true (
      kab_json_check_members (object, (const char *[]) { "x", "o", "a", "b", NULL }, &error));
  g_assert_false (kab_json_check_members (object, (const char *[]) { "o", "a", NULL }, &error));
  ASSERT_JSON_ERROR (error, KAB_JSON_ERROR_UNEXPECTED, "/x");

  g_set_error_literal (&other, G_IO_ERROR, G_IO_ERROR_FAILED, "x");
  kab_json_prefix_pointer (&other, "o");
  g_assert_null (kab_json_error_get_pointer (other));
  kab_json_prefix_pointer (NULL, "o");
}

static void
test_written (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonObject) object = NULL;

  kab_json_write_begin_object (text, NULL);
  kab_json_write_begin_array (text, "a");
  kab_json_write_integer (text, NULL, -KAB_JSON_INTEGER_MAX);
  kab_json_write_string (text, NULL, "{");
  kab_json_write_begin_object (text, NULL);
  kab_json_write_end_object (text);
  kab_json_write_end_array (text);
  kab_json_write_string (text, "s", "\"ā\\\n\x01\x7f[");
  kab_json_write_string (text, "empty", "");
  kab_json_write_boolean (text, "b", TRUE);
  kab_json_write_json (text, "j", "{\"x\":1}");
  kab_json_write_boolean (text, "c", FALSE);
  kab_json_write_end_object (text);

  g_assert_cmpstr (text->str, ==,
                   "{\"a\":[-9007199254740991,\"{\",{}],"
                   "\"s\":\"\\\"ā\\\\\\u000a\\u0001\x7f[\",\"empty\":\"\","
                   "\"b\":true,\"j\":{\"x\":1},\"c\":false}");
  object = parse_object (text->str);
  g_assert_cmpstr (kab_json_get_string (object, "s", 10, NULL), ==, "\"ā\\\n\x01\x7f[");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/accepted", test_accepted);
  g_test_add_func ("/json/refused", test_refused);
  g_test_add_func ("/json/bytes", test_bytes);
  g_test_add_func ("/json/truncation", test_truncation);
  g_test_add_func ("/json/strings", test_strings);
  g_test_add_func ("/json/numbers", test_numbers);
  g_test_add_func ("/json/nested", test_nested);
  g_test_add_func ("/json/written", test_written);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-currency.h"
#include "kab-json.h"
#include "kab-money.h"

#include <string.h>

static void
test_parse_and_format (void)
{
  static const struct
  {
    const char *amount, *currency;
    gint64 minor;
    const char *normal;
  } cases[] = {
    { "12.34", "EUR", 1234, "12.34" },
    { "12", "EUR", 1200, "12.00" },
    { "12.3", "EUR", 1230, "12.30" },
    { "0.05", "EUR", 5, "0.05" },
    { "-0.05", "EUR", -5, "-0.05" },
    { "-0.00", "EUR", 0, "0.00" },
    { "1500", "JPY", 1500, "1500" },
    { "1.234", "KWD", 1234, "1.234" },
    { "92233720368547758.07", "EUR", G_MAXINT64, "92233720368547758.07" },
    { "-92233720368547758.07", "EUR", -G_MAXINT64, "-92233720368547758.07" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *normal = NULL;
      KabMoney money;

      g_assert_true (kab_money_parse (cases[i].amount, cases[i].currency, &money, &error));
      g_assert_no_error (error);
      g_assert_cmpint (money.minor, ==, cases[i].minor);
      g_assert_cmpstr (money.currency, ==, cases[i].currency);
      normal = kab_money_format (&money);
      g_assert_cmpstr (normal, ==, cases[i].normal);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *amount, *currency;
    KabCheck check;
  } cases[] = {
    { NULL, "EUR", KAB_CHECK_TEXT_EMPTY },
    { "", "EUR", KAB_CHECK_TEXT_EMPTY },
    { "12,34", "EUR", KAB_CHECK_AMOUNT_FORMAT },
    { "1 200", "EUR", KAB_CHECK_AMOUNT_FORMAT },
    { "+1", "EUR", KAB_CHECK_AMOUNT_FORMAT },
    { "--1", "EUR", KAB_CHECK_AMOUNT_FORMAT },
    { "-", "EUR", KAB_CHECK_AMOUNT_FORMAT },
    { ".5", "EUR", KAB_CHECK_AMOUNT_FORMAT },
    { "5.", "EUR", KAB_CHECK_AMOUNT_FORMAT },
    { "1.2.3", "KWD", KAB_CHECK_AMOUNT_FORMAT },
    { "1e3", "EUR", KAB_CHECK_AMOUNT_FORMAT },
    { "0x1", "EUR", KAB_CHECK_AMOUNT_FORMAT },
    { "1.234", "EUR", KAB_CHECK_AMOUNT_DECIMALS },
    { "1.0", "JPY", KAB_CHECK_AMOUNT_DECIMALS },
    { "92233720368547758.08", "EUR", KAB_CHECK_AMOUNT_RANGE },
    { "184467440737095516.16", "EUR", KAB_CHECK_AMOUNT_RANGE },
    { "99999999999999999999999", "EUR", KAB_CHECK_AMOUNT_RANGE },
    { "1", "eur", KAB_CHECK_CURRENCY_UNKNOWN },
    { "1", "EURO", KAB_CHECK_CURRENCY_UNKNOWN },
    { "1", "R A", KAB_CHECK_CURRENCY_UNKNOWN },
    { "1", "XXX", KAB_CHECK_CURRENCY_UNKNOWN },
    { "1", "", KAB_CHECK_CURRENCY_UNKNOWN },
    { "1", NULL, KAB_CHECK_CURRENCY_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      KabMoney money = { .minor = 7 };

      g_assert_false (kab_money_parse (cases[i].amount, cases[i].currency, &money, &error));
      g_assert_error (error, KAB_CHECK_ERROR, (int) cases[i].check);
      g_assert_cmpint (money.minor, ==, 7);
    }
}

static void
test_smallest (void)
{
  KabMoney money;
  g_autofree char *text = NULL;

  g_assert_true (kab_money_set (&money, G_MININT64, "EUR", NULL));
  text = kab_money_format (&money);
  g_assert_cmpstr (text, ==, "-92233720368547758.08");
}

static void
test_arithmetic (void)
{
  KabMoney a, b, result = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (kab_money_set (&a, 1000, "EUR", NULL));
  g_assert_true (kab_money_set (&b, 250, "EUR", NULL));
  g_assert_true (kab_money_add (&a, &b, &result, NULL));
  g_assert_cmpint (result.minor, ==, 1250);
  g_assert_true (kab_money_subtract (&b, &a, &b, NULL));
  g_assert_cmpint (b.minor, ==, -750);
  g_assert_cmpstr (b.currency, ==, "EUR");

  g_assert_true (kab_money_set (&a, G_MAXINT64, "EUR", NULL));
  g_assert_true (kab_money_set (&b, 1, "EUR", NULL));
  g_assert_false (kab_money_add (&a, &b, &result, &error));
  g_assert_error (error, KAB_CHECK_ERROR, KAB_CHECK_AMOUNT_RANGE);
  g_clear_error (&error);
  a.minor = G_MININT64;
  g_assert_false (kab_money_subtract (&a, &b, &result, &error));
  g_assert_error (error, KAB_CHECK_ERROR, KAB_CHECK_AMOUNT_RANGE);
  g_clear_error (&error);

  g_assert_true (kab_money_set (&b, 1, "USD", NULL));
  g_assert_false (kab_money_add (&a, &b, &result, &error));
  g_assert_error (error, KAB_CHECK_ERROR, KAB_CHECK_CURRENCY_DIFFERENT);
  g_clear_error (&error);
  g_assert_false (kab_money_subtract (&a, &b, &result, &error));
  g_assert_error (error, KAB_CHECK_ERROR, KAB_CHECK_CURRENCY_DIFFERENT);
  g_assert_cmpint (result.minor, ==, 1250);
}

static gboolean
read_json (const char *text, KabMoney *money, GError **error)
{
  g_autoptr (JsonObject) object = kab_json_parse_object (text, strlen (text), 1000, 4, error);

  return object != NULL && kab_money_from_json (object, money, error);
}

static void
test_json (void)
{
  KabMoney money;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (kab_money_set (&money, 1234, "EUR", NULL));
  node = kab_money_to_json (&money);
  text = json_to_string (node, FALSE);
  g_assert_cmpstr (text, ==, "{\"amount\":\"12.34\",\"currency\":\"EUR\"}");

  money.minor = 0;
  g_assert_true (read_json (text, &money, NULL));
  g_assert_cmpint (money.minor, ==, 1234);

  g_assert_false (read_json ("{\"amount\":12.34,\"currency\":\"EUR\"}", &money, &error));
  g_assert_error (error, KAB_JSON_ERROR, KAB_JSON_ERROR_TYPE);
  g_assert_cmpstr (kab_json_error_get_pointer (error), ==, "/amount");
  g_clear_error (&error);
  g_assert_false (read_json ("{\"amount\":\"12.34\"}", &money, &error));
  g_assert_error (error, KAB_JSON_ERROR, KAB_JSON_ERROR_MISSING);
  g_clear_error (&error);
  g_assert_false (read_json ("{\"amount\":\"12.345\",\"currency\":\"EUR\"}", &money, &error));
  g_assert_error (error, KAB_CHECK_ERROR, KAB_CHECK_AMOUNT_DECIMALS);
}

static void
test_currencies (void)
{
  guint exponent;

  g_assert_true (kab_currency_get_exponent ("EUR", &exponent));
  g_assert_cmpuint (exponent, ==, 2);
  g_assert_true (kab_currency_get_exponent ("XPF", &exponent));
  g_assert_cmpuint (exponent, ==, 0);
  g_assert_true (kab_currency_get_exponent ("BHD", &exponent));
  g_assert_cmpuint (exponent, ==, 3);
  g_assert_true (kab_currency_get_exponent ("ZMW", NULL));
  g_assert_false (kab_currency_get_exponent ("UR ", NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/parse-and-format", test_parse_and_format);
  g_test_add_func ("/money/refused", test_refused);
  g_test_add_func ("/money/smallest", test_smallest);
  g_test_add_func ("/money/arithmetic", test_arithmetic);
  g_test_add_func ("/money/json", test_json);
  g_test_add_func ("/money/currencies", test_currencies);

  return g_test_run ();
}

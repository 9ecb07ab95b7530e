/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-money.h"

#include <string.h>

#include "kab-currency.h"
#include "kab-json.h"

#define AMOUNT_CHARACTERS_MAX 24

/* Appends a decimal digit to a magnitude, as far as it fits. */
static gboolean
append_digit (guint64 *magnitude, char digit)
{
  return g_uint64_checked_mul (magnitude, *magnitude, 10) &&
         g_uint64_checked_add (magnitude, *magnitude, (guint64) (digit - '0'));
}

static KabCheck
parse_magnitude (const char *text, guint exponent, guint64 *magnitude)
{
  guint decimals = 0;
  const char *point = strchr (text, '.');

  if (!g_ascii_isdigit (text[0]) || (point != NULL && point[1] == '\0'))
    return KAB_CHECK_AMOUNT_FORMAT;

  *magnitude = 0;
  for (const char *p = text; *p != '\0'; p++)
    {
      if (p == point)
        continue;
      if (!g_ascii_isdigit (*p))
        return KAB_CHECK_AMOUNT_FORMAT;
      if (point != NULL && p > point && ++decimals > exponent)
        return KAB_CHECK_AMOUNT_DECIMALS;
      if (!append_digit (magnitude, *p))
        return KAB_CHECK_AMOUNT_RANGE;
    }

  for (; decimals < exponent; decimals++)
    {
      if (!append_digit (magnitude, '0'))
        return KAB_CHECK_AMOUNT_RANGE;
    }

  return *magnitude <= G_MAXINT64 ? KAB_CHECK_OK : KAB_CHECK_AMOUNT_RANGE;
}

/**
 * kab_money_set:
 * @money: (out caller-allocates): the amount; untouched on failure
 * @minor: how many minor units
 * @currency: (nullable): a currency code of ISO 4217
 * @error: %KAB_CHECK_CURRENCY_UNKNOWN
 *
 * Returns: whether @currency is known
 */
gboolean
kab_money_set (KabMoney *money, gint64 minor, const char *currency, GError **error)
{
  if (!kab_currency_get_exponent (currency, NULL))
    return kab_check_to_error (KAB_CHECK_CURRENCY_UNKNOWN, error);

  money->minor = minor;
  memcpy (money->currency, currency, sizeof money->currency);

  return TRUE;
}

/**
 * kab_money_add:
 * @a: an amount
 * @b: an amount in the same currency
 * @sum: (out caller-allocates): @a + @b; may be @a or @b; untouched on failure
 * @error: %KAB_CHECK_CURRENCY_DIFFERENT or %KAB_CHECK_AMOUNT_RANGE
 *
 * Returns: whether there is a sum
 */
gboolean
kab_money_add (const KabMoney *a, const KabMoney *b, KabMoney *sum, GError **error)
{
  gint64 minor;

  if (!g_str_equal (a->currency, b->currency))
    return kab_check_to_error (KAB_CHECK_CURRENCY_DIFFERENT, error);
  if (__builtin_add_overflow (a->minor, b->minor, &minor))
    return kab_check_to_error (KAB_CHECK_AMOUNT_RANGE, error);

  return kab_money_set (sum, minor, a->currency, error);
}

/**
 * kab_money_subtract:
 * @a: an amount
 * @b: an amount in the same currency
 * @difference: (out caller-allocates): @a − @b; may be @a or @b; untouched on failure
 * @error: %KAB_CHECK_CURRENCY_DIFFERENT or %KAB_CHECK_AMOUNT_RANGE
 *
 * Returns: whether there is a difference
 */
gboolean
kab_money_subtract (const KabMoney *a, const KabMoney *b, KabMoney *difference, GError **error)
{
  gint64 minor;

  if (!g_str_equal (a->currency, b->currency))
    return kab_check_to_error (KAB_CHECK_CURRENCY_DIFFERENT, error);
  if (__builtin_sub_overflow (a->minor, b->minor, &minor))
    return kab_check_to_error (KAB_CHECK_AMOUNT_RANGE, error);

  return kab_money_set (difference, minor, a->currency, error);
}

/**
 * kab_money_parse:
 * @amount: (nullable): a plain decimal as on the wire: digits, perhaps a minus before them and a
 *   point within; no other sign, grouping or exponent, whatever the locale
 * @currency: (nullable): a currency code of ISO 4217
 * @money: (out caller-allocates): the amount; untouched on failure
 * @error: %KAB_CHECK_CURRENCY_UNKNOWN or one of the `KAB_CHECK_AMOUNT_` values
 *
 * Returns: whether @amount is an amount of @currency
 */
gboolean
kab_money_parse (const char *amount, const char *currency, KabMoney *money, GError **error)
{
  guint exponent;
  guint64 magnitude;
  gboolean negative;
  KabCheck check;

  if (!kab_currency_get_exponent (currency, &exponent))
    return kab_check_to_error (KAB_CHECK_CURRENCY_UNKNOWN, error);
  if (amount == NULL || *amount == '\0')
    return kab_check_to_error (KAB_CHECK_TEXT_EMPTY, error);

  negative = *amount == '-';
  check = parse_magnitude (amount + negative, exponent, &magnitude);
  if (check != KAB_CHECK_OK)
    return kab_check_to_error (check, error);

  return kab_money_set (money, negative ? -(gint64) magnitude : (gint64) magnitude, currency,
                        error);
}

/**
 * kab_money_format:
 * @money: an amount
 *
 * Returns: (transfer full): the amount as on the wire, with every decimal of its currency
 */
char *
kab_money_format (const KabMoney *money)
{
  guint64 magnitude = money->minor < 0 ? -(guint64) money->minor : (guint64) money->minor;
  const char *sign = money->minor < 0 ? "-" : "";
  guint64 unit = 1;
  guint exponent = 0;

  kab_currency_get_exponent (money->currency, &exponent);
  for (guint i = 0; i < exponent; i++)
    unit *= 10;

  if (exponent == 0)
    return g_strdup_printf ("%s%" G_GUINT64_FORMAT, sign, magnitude);

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT, sign, magnitude / unit,
                          (int) exponent, magnitude % unit);
}

/**
 * kab_money_to_json:
 * @money: an amount
 *
 * Returns: (transfer full): `{"amount": "12.34", "currency": "EUR"}`
 */
JsonNode *
kab_money_to_json (const KabMoney *money)
{
  g_autofree char *amount = kab_money_format (money);
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "amount", amount);
  json_object_set_string_member (object, "currency", money->currency);
  json_node_take_object (node, object);

  return node;
}

/**
 * kab_money_from_json:
 * @object: what kab_money_to_json() makes
 * @money: (out caller-allocates): the amount; untouched on failure
 * @error: as kab_money_parse(), or an error of %KAB_JSON_ERROR about a member
 *
 * Returns: whether @object is an amount
 */
gboolean
kab_money_from_json (JsonObject *object, KabMoney *money, GError **error)
{
  const char *amount, *currency;

  amount = kab_json_get_string (object, "amount", AMOUNT_CHARACTERS_MAX, error);
  if (amount == NULL)
    return FALSE;

  currency = kab_json_get_string (object, "currency", 3, error);
  if (currency == NULL)
    return FALSE;

  return kab_money_parse (amount, currency, money, error);
}

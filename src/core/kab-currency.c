/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-currency.h"

#include <string.h>

/* The currencies of ISO 4217 that are money of a country, by the number of their decimals. Funds,
 * metals and test codes are no currency of a payment. */
static const char no_decimals[] = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";

static const char two_decimals[] =
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD "
    "CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS "
    "GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP "
    "LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK "
    "NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS "
    "SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST "
    "XCD XCG YER ZAR ZMW ZWG";

static const char three_decimals[] = "BHD IQD JOD KWD LYD OMR TND";

static gboolean
is_listed (const char *list, const char *code)
{
  for (const char *entry = list; *entry != '\0'; entry += entry[3] == ' ' ? 4 : 3)
    {
      if (strncmp (entry, code, 3) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * kab_currency_get_exponent:
 * @code: (nullable): a currency code of ISO 4217, in upper case
 * @exponent: (out) (optional): how many decimals the currency has
 *
 * Returns: whether @code is a currency
 */
gboolean
kab_currency_get_exponent (const char *code, guint *exponent)
{
  static const struct
  {
    const char *list;
    guint exponent;
  } lists[] = { { no_decimals, 0 }, { two_decimals, 2 }, { three_decimals, 3 } };

  if (code == NULL || strlen (code) != 3)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      if (is_listed (lists[i].list, code))
        {
          if (exponent != NULL)
            *exponent = lists[i].exponent;
          return TRUE;
        }
    }

  return FALSE;
}

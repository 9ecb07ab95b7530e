/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-calling-codes.h"

#include <string.h>

/* Country codes of ITU-T E.164 (list of 2016-11-15 with later amendments) by ISO 3166-1 alpha-2.
 * Those of the North American plan include the area code where a country has one of its own. Where
 * several countries share a code, the row of the country that most numbers belong to is named in
 * main_countries. */
typedef struct
{
  const char *country;
  const char *code;
} CallingCode;

/* clang-format off */
static const CallingCode calling_codes[] = {
  { "AD", "376" }, { "AE", "971" }, { "AF", "93" }, { "AG", "1268" }, { "AI", "1264" },
  { "AL", "355" }, { "AM", "374" }, { "AO", "244" }, { "AR", "54" }, { "AS", "1684" },
  { "AT", "43" }, { "AU", "61" }, { "AW", "297" }, { "AX", "358" }, { "AZ", "994" },
  { "BA", "387" }, { "BB", "1246" }, { "BD", "880" }, { "BE", "32" }, { "BF", "226" },
  { "BG", "359" }, { "BH", "973" }, { "BI", "257" }, { "BJ", "229" }, { "BL", "590" },
  { "BM", "1441" }, { "BN", "673" }, { "BO", "591" }, { "BQ", "599" }, { "BR", "55" },
  { "BS", "1242" }, { "BT", "975" }, { "BW", "267" }, { "BY", "375" }, { "BZ", "501" },
  { "CA", "1" }, { "CC", "61" }, { "CD", "243" }, { "CF", "236" }, { "CG", "242" },
  { "CH", "41" }, { "CI", "225" }, { "CK", "682" }, { "CL", "56" }, { "CM", "237" },
  { "CN", "86" }, { "CO", "57" }, { "CR", "506" }, { "CU", "53" }, { "CV", "238" },
  { "CW", "599" }, { "CX", "61" }, { "CY", "357" }, { "CZ", "420" }, { "DE", "49" },
  { "DJ", "253" }, { "DK", "45" }, { "DM", "1767" }, { "DO", "1809" }, { "DZ", "213" },
  { "EC", "593" }, { "EE", "372" }, { "EG", "20" }, { "EH", "212" }, { "ER", "291" },
  { "ES", "34" }, { "ET", "251" }, { "FI", "358" }, { "FJ", "679" }, { "FK", "500" },
  { "FM", "691" }, { "FO", "298" }, { "FR", "33" }, { "GA", "241" }, { "GB", "44" },
  { "GD", "1473" }, { "GE", "995" }, { "GF", "594" }, { "GG", "44" }, { "GH", "233" },
  { "GI", "350" }, { "GL", "299" }, { "GM", "220" }, { "GN", "224" }, { "GP", "590" },
  { "GQ", "240" }, { "GR", "30" }, { "GT", "502" }, { "GU", "1671" }, { "GW", "245" },
  { "GY", "592" }, { "HK", "852" }, { "HN", "504" }, { "HR", "385" }, { "HT", "509" },
  { "HU", "36" }, { "ID", "62" }, { "IE", "353" }, { "IL", "972" }, { "IM", "44" },
  { "IN", "91" }, { "IO", "246" }, { "IQ", "964" }, { "IR", "98" }, { "IS", "354" },
  { "IT", "39" }, { "JE", "44" }, { "JM", "1876" }, { "JO", "962" }, { "JP", "81" },
  { "KE", "254" }, { "KG", "996" }, { "KH", "855" }, { "KI", "686" }, { "KM", "269" },
  { "KN", "1869" }, { "KP", "850" }, { "KR", "82" }, { "KW", "965" }, { "KY", "1345" },
  { "KZ", "7" }, { "LA", "856" }, { "LB", "961" }, { "LC", "1758" }, { "LI", "423" },
  { "LK", "94" }, { "LR", "231" }, { "LS", "266" }, { "LT", "370" }, { "LU", "352" },
  { "LV", "371" }, { "LY", "218" }, { "MA", "212" }, { "MC", "377" }, { "MD", "373" },
  { "ME", "382" }, { "MF", "590" }, { "MG", "261" }, { "MH", "692" }, { "MK", "389" },
  { "ML", "223" }, { "MM", "95" }, { "MN", "976" }, { "MO", "853" }, { "MP", "1670" },
  { "MQ", "596" }, { "MR", "222" }, { "MS", "1664" }, { "MT", "356" }, { "MU", "230" },
  { "MV", "960" }, { "MW", "265" }, { "MX", "52" }, { "MY", "60" }, { "MZ", "258" },
  { "NA", "264" }, { "NC", "687" }, { "NE", "227" }, { "NF", "672" }, { "NG", "234" },
  { "NI", "505" }, { "NL", "31" }, { "NO", "47" }, { "NP", "977" }, { "NR", "674" },
  { "NU", "683" }, { "NZ", "64" }, { "OM", "968" }, { "PA", "507" }, { "PE", "51" },
  { "PF", "689" }, { "PG", "675" }, { "PH", "63" }, { "PK", "92" }, { "PL", "48" },
  { "PM", "508" }, { "PR", "1787" }, { "PS", "970" }, { "PT", "351" }, { "PW", "680" },
  { "PY", "595" }, { "QA", "974" }, { "RE", "262" }, { "RO", "40" }, { "RS", "381" },
  { "RU", "7" }, { "RW", "250" }, { "SA", "966" }, { "SB", "677" }, { "SC", "248" },
  { "SD", "249" }, { "SE", "46" }, { "SG", "65" }, { "SH", "290" }, { "SI", "386" },
  { "SJ", "47" }, { "SK", "421" }, { "SL", "232" }, { "SM", "378" }, { "SN", "221" },
  { "SO", "252" }, { "SR", "597" }, { "SS", "211" }, { "ST", "239" }, { "SV", "503" },
  { "SX", "1721" }, { "SY", "963" }, { "SZ", "268" }, { "TC", "1649" }, { "TD", "235" },
  { "TG", "228" }, { "TH", "66" }, { "TJ", "992" }, { "TK", "690" }, { "TL", "670" },
  { "TM", "993" }, { "TN", "216" }, { "TO", "676" }, { "TR", "90" }, { "TT", "1868" },
  { "TV", "688" }, { "TW", "886" }, { "TZ", "255" }, { "UA", "380" }, { "UG", "256" },
  { "US", "1" }, { "UY", "598" }, { "UZ", "998" }, { "VA", "39" }, { "VC", "1784" },
  { "VE", "58" }, { "VG", "1284" }, { "VI", "1340" }, { "VN", "84" }, { "VU", "678" },
  { "WF", "681" }, { "WS", "685" }, { "YE", "967" }, { "YT", "262" }, { "ZA", "27" },
  { "ZM", "260" }, { "ZW", "263" },
};
/* clang-format on */

static const char *const main_countries[] = { "US", "RU", "GB", "IT", "NO", "FI",
                                              "AU", "FR", "MA", "GP", "CW", "RE" };

/**
 * kab_calling_code_of_country:
 * @country: (nullable): ISO 3166-1 alpha-2
 *
 * Returns: (transfer none) (nullable): its E.164 code without the +, such as "371"; %NULL for a
 *   country without one
 */
const char *
kab_calling_code_of_country (const char *country)
{
  for (gsize i = 0; i < G_N_ELEMENTS (calling_codes); i++)
    {
      if (g_strcmp0 (calling_codes[i].country, country) == 0)
        return calling_codes[i].code;
    }

  return NULL;
}

/* 0 other, 1 a main country of its code, 2 the preferred one. */
static guint
get_rank (const char *country, const char *preferred_country)
{
  if (g_strcmp0 (country, preferred_country) == 0)
    return 2;

  for (gsize i = 0; i < G_N_ELEMENTS (main_countries); i++)
    {
      if (g_str_equal (country, main_countries[i]))
        return 1;
    }

  return 0;
}

/**
 * kab_calling_code_split:
 * @number: a number in E.164, such as "+37120000000"
 * @preferred_country: (nullable): which country to take of those that share a code
 * @code_length: (out): how many digits after the + are the code
 *
 * Returns: (transfer none) (nullable): ISO 3166-1 alpha-2 of the country that @number belongs to;
 *   %NULL when it begins with no country's code
 */
const char *
kab_calling_code_split (const char *number, const char *preferred_country, gsize *code_length)
{
  const CallingCode *best = NULL;

  *code_length = 0;
  if (number[0] != '+')
    return NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (calling_codes); i++)
    {
      const CallingCode *candidate = &calling_codes[i];
      gsize length = strlen (candidate->code);

      if (!g_str_has_prefix (number + 1, candidate->code) || length < *code_length)
        continue;
      if (length > *code_length || get_rank (candidate->country, preferred_country) >
                                       get_rank (best->country, preferred_country))
        {
          best = candidate;
          *code_length = length;
        }
    }

  return best != NULL ? best->country : NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "kab-check.h"

G_BEGIN_DECLS

/**
 * KabMoney:
 * @minor: the amount in minor units (cents of a euro)
 * @currency: a currency code of ISO 4217
 *
 * An amount of money; a plain value, copied by assignment.
 */
typedef struct
{
  gint64 minor;
  char currency[4];
} KabMoney;

gboolean kab_money_set (KabMoney *money, gint64 minor, const char *currency, GError **error);
gboolean kab_money_add (const KabMoney *a, const KabMoney *b, KabMoney *sum, GError **error);
gboolean
kab_money_subtract (const KabMoney *a, const KabMoney *b, KabMoney *difference, GError **error);
gboolean
kab_money_parse (const char *amount, const char *currency, KabMoney *money, GError **error);
char *kab_money_format (const KabMoney *money);
JsonNode *kab_money_to_json (const KabMoney *money);
gboolean kab_money_from_json (JsonObject *object, KabMoney *money, GError **error);

G_END_DECLS

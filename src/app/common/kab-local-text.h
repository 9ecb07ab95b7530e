/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "kab-money.h"

G_BEGIN_DECLS

char *kab_local_date_format (const GDate *date);
gboolean kab_local_date_parse (const char *text, GDate *date);

char *kab_local_time_relative (gint64 time, gint64 now);
char *kab_local_day_format (gint64 time, gint64 now);
char *kab_local_date_spell (gint64 time, gint64 now);
char *kab_local_time_exact (gint64 time);
char *kab_local_time_of_day (gint64 time);

char *kab_local_money_format (const KabMoney *money);

G_END_DECLS

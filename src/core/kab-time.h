/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-check.h"

G_BEGIN_DECLS

#define KAB_TIME_SECOND G_GINT64_CONSTANT (1000000)
#define KAB_TIME_MINUTE (60 * KAB_TIME_SECOND)
#define KAB_TIME_HOUR   (60 * KAB_TIME_MINUTE)
#define KAB_TIME_DAY    (24 * KAB_TIME_HOUR)

gint64 kab_clock_now (void);
void kab_clock_today (GTimeZone *zone, GDate *today);
void kab_clock_set_for_tests (gint64 now);
void kab_clock_reset (void);

gboolean kab_time_parse (const char *text, gint64 *time, GError **error);
char *kab_time_format (gint64 time);
GDateTime *kab_time_to_date_time (gint64 time, GTimeZone *zone);

G_END_DECLS

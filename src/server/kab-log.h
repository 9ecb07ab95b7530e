/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabLogLevel:
 * @KAB_LOG_ERROR: somebody has to act: data or service is at risk
 * @KAB_LOG_WARNING: something is wrong that the server lives with
 * @KAB_LOG_INFO: what happened, one line a request
 * @KAB_LOG_DEBUG: for a developer; off unless asked for
 */
typedef enum
{
  KAB_LOG_ERROR,
  KAB_LOG_WARNING,
  KAB_LOG_INFO,
  KAB_LOG_DEBUG,
} KabLogLevel;

typedef enum
{
  KAB_LOG_TYPE_STRING,
  KAB_LOG_TYPE_INTEGER,
} KabLogType;

/* Fields of a line: kab_log (KAB_LOG_INFO, "mail-sent", KAB_LOG_INT ("tries", 2), NULL). */
#define KAB_LOG_STR(name, value) "" name, (int) KAB_LOG_TYPE_STRING, (const char *) (value)
#define KAB_LOG_INT(name, value) "" name, (int) KAB_LOG_TYPE_INTEGER, (gint64) (value)

/**
 * KabLogSink:
 * @line: one line of JSON without its newline
 *
 * Where the lines go; may be called from any thread.
 */
typedef void (*KabLogSink) (KabLogLevel level, const char *line, gpointer user_data);

void kab_log (KabLogLevel level, const char *message_id, ...) G_GNUC_NULL_TERMINATED;
void kab_log_set_level (KabLogLevel level);
void kab_log_set_sink (KabLogSink sink, gpointer user_data);
void kab_log_capture_glib (void);

G_END_DECLS

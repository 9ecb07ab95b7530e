/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-log.h"

#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "kab-json-write.h"
#include "kab-time.h"

/* A field is cut here, so that no outside text can flood the journal. */
#define VALUE_LIMIT 512

static const struct
{
  const char *name;
  int syslog_priority;
} LEVELS[] = {
  [KAB_LOG_ERROR] = { "error", 3 },
  [KAB_LOG_WARNING] = { "warning", 4 },
  [KAB_LOG_INFO] = { "info", 6 },
  [KAB_LOG_DEBUG] = { "debug", 7 },
};

static KabLogLevel threshold = KAB_LOG_INFO;
static KabLogSink current_sink;
static gpointer current_sink_data;

/* Outside text is cut and made UTF-8; most of it is both already. */
static void
write_text (GString *line, const char *name, const char *text)
{
  gsize length = text ? strnlen (text, VALUE_LIMIT + 1) : 0;
  g_autofree char *valid = NULL;

  if (length > VALUE_LIMIT || !g_utf8_validate (text ? text : "", (gssize) length, NULL))
    text = valid = g_utf8_make_valid (text, (gssize) MIN (length, VALUE_LIMIT));
  kab_json_write_string (line, name, text ? text : "");
}

static void
write_head (GString *line, KabLogLevel level, const char *message_id)
{
  g_autofree char *time = kab_time_format (g_get_real_time ());

  kab_json_write_begin_object (line, NULL);
  kab_json_write_string (line, "level", LEVELS[level].name);
  kab_json_write_string (line, "time", time);
  kab_json_write_string (line, "messageId", message_id);
}

static void
write_fields (GString *line, va_list arguments)
{
  const char *name;

  while ((name = va_arg (arguments, const char *)))
    {
      KabLogType type = va_arg (arguments, int);

      if (type == KAB_LOG_TYPE_INTEGER)
        kab_json_write_integer (line, name, va_arg (arguments, gint64));
      else
        write_text (line, name, va_arg (arguments, const char *));
    }
}

/* Whoever reads standard error doesn't change while the program runs. */
static gboolean
is_read_by_journal (void)
{
  static gsize answer;

  if (g_once_init_enter (&answer))
    g_once_init_leave (&answer, g_log_writer_is_journald (STDERR_FILENO) ? 1 : 2);
  return answer == 1;
}

/* One write a line: lines of several threads don't mix. The journal reads "<N>" as the priority. */
static void
write_line (KabLogLevel level, GString *line)
{
  if (current_sink)
    {
      current_sink (level, line->str, current_sink_data);
      return;
    }
  if (is_read_by_journal ())
    {
      char prefix[] = { '<', (char) ('0' + LEVELS[level].syslog_priority), '>', 0 };

      g_string_prepend (line, prefix);
    }
  g_string_append_c (line, '\n');
  (void) !write (STDERR_FILENO, line->str, line->len);
}

static GLogWriterOutput
glib_message_written_cb (GLogLevelFlags glib_level,
                         const GLogField *fields,
                         gsize n_fields,
                         gpointer user_data)
{
  KabLogLevel level = KAB_LOG_DEBUG;
  const char *domain = NULL;
  const char *text = NULL;

  if (glib_level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
    level = KAB_LOG_ERROR;
  else if (glib_level & G_LOG_LEVEL_WARNING)
    level = KAB_LOG_WARNING;
  for (gsize i = 0; i < n_fields; i++)
    {
      if (fields[i].length >= 0)
        continue;
      if (g_str_equal (fields[i].key, "MESSAGE"))
        text = fields[i].value;
      else if (g_str_equal (fields[i].key, "GLIB_DOMAIN"))
        domain = fields[i].value;
    }
  kab_log (level, "library", KAB_LOG_STR ("domain", domain), KAB_LOG_STR ("text", text), NULL);
  return G_LOG_WRITER_HANDLED;
}

/**
 * kab_log:
 * @level: how serious
 * @message_id: (not nullable): a constant such as "mail-sent", by which lines are counted
 * @...: fields by KAB_LOG_STR() and KAB_LOG_INT(), ended by %NULL
 *
 * Writes one line of JSON to standard error. Never hand it a name, an address, a code, a token,
 * a query string or a body.
 */
void
kab_log (KabLogLevel level, const char *message_id, ...)
{
  g_autoptr (GString) line = NULL;
  va_list arguments;

  if (level > threshold)
    return;
  line = g_string_sized_new (256);
  write_head (line, level, message_id);
  va_start (arguments, message_id);
  write_fields (line, arguments);
  va_end (arguments);
  kab_json_write_end_object (line);
  write_line (level, line);
}

/**
 * kab_log_set_level:
 * @level: the least serious level that is still written
 */
void
kab_log_set_level (KabLogLevel level)
{
  threshold = level;
}

/**
 * kab_log_set_sink:
 * @sink: (nullable): takes the lines instead of standard error; %NULL for standard error again
 *
 * Call it while no other thread logs.
 */
void
kab_log_set_sink (KabLogSink sink, gpointer user_data)
{
  current_sink = sink;
  current_sink_data = user_data;
}

/**
 * kab_log_capture_glib:
 *
 * Lets the warnings of libraries arrive as lines of the same log. Call it once, from main().
 */
void
kab_log_capture_glib (void)
{
  g_log_set_writer_func (glib_message_written_cb, NULL, NULL);
}

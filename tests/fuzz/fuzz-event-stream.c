/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bank's stream of events: however the network cuts it, the same events come out. */

#include <stdint.h>
#include <string.h>

#include "kab-event-parser.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
note_event_cb (const char *id, const char *type, const char *data, gpointer user_data)
{
  g_assert (strpbrk (id, "\r\n") == NULL && strpbrk (type, "\r\n") == NULL);
  g_assert (*type != '\0');
  g_string_append_printf (user_data, "%s\x1f%s\x1f%s\x1e", id, type, data);
}

/* Returns: (transfer full): all events of pieces of @step bytes, as one text */
static GString *
read_events (const char *data, gsize size, gsize step, gboolean *sound, guint *retry)
{
  GString *events = g_string_new (NULL);
  g_autoptr (KabEventParser) parser = kab_event_parser_new (note_event_cb, events);

  *sound = TRUE;
  for (gsize i = 0; i < size && *sound; i += step)
    *sound = kab_event_parser_feed (parser, data + i, MIN (step, size - i));
  *retry = kab_event_parser_get_retry (parser);
  return events;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  gsize step = size > 0 ? 1 + data[0] % 7 : 1;
  gboolean sound, sound_again;
  guint retry, retry_again;
  g_autoptr (GString) whole =
      read_events ((const char *) data, size, MAX (size, 1), &sound, &retry);
  g_autoptr (GString) cut =
      read_events ((const char *) data, size, step, &sound_again, &retry_again);

  g_assert (sound == sound_again && retry == retry_again);
  g_assert (g_string_equal (whole, cut));
  return 0;
}

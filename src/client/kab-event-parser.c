/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-event-parser.h"

#include <string.h>

#define MAX_BYTES (64 * 1024)

struct _KabEventParser
{
  KabEventFunc func;
  gpointer user_data;
  GString *line;  /* (owned) not ended yet */
  GString *id;    /* (owned) */
  GString *type;  /* (owned) */
  GString *data;  /* (owned) */
  gboolean after_cr;
  gboolean begun; /* behind a byte order mark, if there is one */
  guint retry;
};

static void
dispatch (KabEventParser *self)
{
  if (self->data->len > 0)
    {
      g_string_truncate (self->data, self->data->len - 1);
      self->func (self->id->str, self->type->len > 0 ? self->type->str : "message",
                  self->data->str, self->user_data);
    }
  g_string_truncate (self->data, 0);
  g_string_truncate (self->type, 0);
}

static void
take_line (KabEventParser *self)
{
  char *line = self->line->str;
  char *value;
  guint64 retry;

  if (!self->begun && g_str_has_prefix (line, "\xef\xbb\xbf"))
    line += 3;
  self->begun = TRUE;

  if (*line == '\0')
    {
      dispatch (self);
      return;
    }
  if (*line == ':')
    return;

  value = strchr (line, ':');
  if (value != NULL)
    *value++ = '\0';
  else
    value = line + strlen (line);
  if (*value == ' ')
    value++;

  if (g_str_equal (line, "data"))
    g_string_append_printf (self->data, "%s\n", value);
  else if (g_str_equal (line, "event"))
    g_string_assign (self->type, value);
  else if (g_str_equal (line, "id"))
    g_string_assign (self->id, value);
  else if (g_str_equal (line, "retry")
           && g_ascii_string_to_unsigned (value, 10, 0, 60 * 60 * 1000, &retry, NULL))
    self->retry = retry;
}

KabEventParser *
kab_event_parser_new (KabEventFunc func, gpointer user_data)
{
  KabEventParser *self = g_new0 (KabEventParser, 1);

  self->func = func;
  self->user_data = user_data;
  self->line = g_string_new (NULL);
  self->id = g_string_new (NULL);
  self->type = g_string_new (NULL);
  self->data = g_string_new (NULL);

  return self;
}

void
kab_event_parser_free (KabEventParser *self)
{
  g_string_free (self->line, TRUE);
  g_string_free (self->id, TRUE);
  g_string_free (self->type, TRUE);
  g_string_free (self->data, TRUE);
  g_free (self);
}

gboolean
kab_event_parser_feed (KabEventParser *self, const char *data, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      gboolean second_half = self->after_cr && data[i] == '\n';

      self->after_cr = data[i] == '\r';
      if (second_half)
        continue;
      if (data[i] == '\n' || data[i] == '\r')
        {
          take_line (self);
          g_string_truncate (self->line, 0);
        }
      else if (data[i] != '\0')
        {
          g_string_append_c (self->line, data[i]);
        }
      if (self->line->len > MAX_BYTES || self->data->len > MAX_BYTES)
        return FALSE;
    }

  return TRUE;
}

guint
kab_event_parser_get_retry (KabEventParser *self)
{
  return self->retry;
}

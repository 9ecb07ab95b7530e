/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-phone-message.h"

#include "kab-json.h"
#include "kab-time.h"

#define CODE_DIGITS 6
#define MAX_CHARS   100000

struct _KabPhoneMessage
{
  GObject parent_instance;

  gint64 id;
  gint64 time;
  gboolean is_mail;
  char *from;    /* (owned) */
  char *to;      /* (owned) */
  char *subject; /* (owned) */
  char *text;    /* (owned) */
  char *code;    /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (KabPhoneMessage, kab_phone_message, G_TYPE_OBJECT)

static char *
find_code (const char *text)
{
  for (const char *start = text; *start != '\0'; start++)
    {
      gsize digits = 0;

      while (g_ascii_isdigit (start[digits]))
        digits++;
      if (digits == CODE_DIGITS)
        return g_strndup (start, CODE_DIGITS);
      if (digits > 0)
        start += digits - 1;
    }

  return NULL;
}

static void
kab_phone_message_finalize (GObject *object)
{
  KabPhoneMessage *self = KAB_PHONE_MESSAGE (object);

  g_free (self->from);
  g_free (self->to);
  g_free (self->subject);
  g_free (self->text);
  g_free (self->code);
  G_OBJECT_CLASS (kab_phone_message_parent_class)->finalize (object);
}

static void
kab_phone_message_class_init (KabPhoneMessageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_phone_message_finalize;
}

static void
kab_phone_message_init (KabPhoneMessage *self)
{
}

KabPhoneMessage *
kab_phone_message_new_from_json (JsonObject *object)
{
  g_autoptr (KabPhoneMessage) self = g_object_new (KAB_TYPE_PHONE_MESSAGE, NULL);
  const char *kind = kab_json_get_string (object, "kind", 16, NULL);
  const char *at = kab_json_get_string (object, "at", 64, NULL);

  self->from = g_strdup (kab_json_get_string (object, "from", MAX_CHARS, NULL));
  self->to = g_strdup (kab_json_get_string (object, "to", MAX_CHARS, NULL));
  self->subject = g_strdup (kab_json_get_string (object, "subject", MAX_CHARS, NULL));
  self->text = g_strdup (kab_json_get_string (object, "text", MAX_CHARS, NULL));
  if (kind == NULL || self->from == NULL || self->to == NULL || self->subject == NULL ||
      self->text == NULL ||
      !kab_json_get_integer (object, "id", 0, KAB_JSON_INTEGER_MAX, &self->id, NULL))
    return NULL;

  self->is_mail = g_str_equal (kind, "mail");
  self->code = find_code (self->text);
  if (at == NULL || !kab_time_parse (at, &self->time, NULL))
    self->time = 0;

  return g_steal_pointer (&self);
}

#define GETTER(type, name, member, otherwise)                                                      \
  type kab_phone_message_##name (KabPhoneMessage *self)                                            \
  {                                                                                                \
    g_return_val_if_fail (KAB_IS_PHONE_MESSAGE (self), otherwise);                                 \
                                                                                                   \
    return self->member;                                                                           \
  }

GETTER (gint64, get_id, id, 0)
GETTER (gboolean, is_mail, is_mail, FALSE)
GETTER (const char *, get_from, from, NULL)
GETTER (const char *, get_to, to, NULL)
GETTER (const char *, get_subject, subject, NULL)
GETTER (const char *, get_text, text, NULL)
GETTER (gint64, get_time, time, 0)
GETTER (const char *, get_code, code, NULL)

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-message.h"

#include "kab-record-private.h"

enum
{
  FIELD_ID,
  FIELD_FROM,
  FIELD_AUTHOR,
  FIELD_TEXT,
  FIELD_SENT_AT,
  FIELD_READ,
  FIELD_ATTACHMENTS,
};

struct _KabMessage
{
  KabRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (KabMessage, kab_message, KAB_TYPE_RECORD)

static const KabField fields[] = {
  { .name = "id", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "from", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "author", .kind = KAB_FIELD_STRING },
  { .name = "text", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "sent-at", .kind = KAB_FIELD_TIME, .presence = KAB_FIELD_REQUIRED },
  { .name = "read", .kind = KAB_FIELD_BOOLEAN },
  { .name = "attachments", .kind = KAB_FIELD_LIST, .presence = KAB_FIELD_REQUIRED,
    .get_item_type = kab_file_get_type },
};

static void
kab_message_class_init (KabMessageClass *klass)
{
  kab_record_class_install_fields (KAB_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields),
                                   FIELD_ID, KAB_FIELD_NONE);
}

static void
kab_message_init (KabMessage *self)
{
}

KabMessage *
kab_message_new (void)
{
  return g_object_new (KAB_TYPE_MESSAGE, NULL);
}

const char *
kab_message_get_id (KabMessage *self)
{
  g_return_val_if_fail (KAB_IS_MESSAGE (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_ID);
}

const char *
kab_message_get_from (KabMessage *self)
{
  g_return_val_if_fail (KAB_IS_MESSAGE (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_FROM);
}

const char *
kab_message_get_author (KabMessage *self)
{
  g_return_val_if_fail (KAB_IS_MESSAGE (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_AUTHOR);
}

const char *
kab_message_get_text (KabMessage *self)
{
  g_return_val_if_fail (KAB_IS_MESSAGE (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_TEXT);
}

GDateTime *
kab_message_get_sent_at (KabMessage *self)
{
  g_return_val_if_fail (KAB_IS_MESSAGE (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_SENT_AT);
}

gboolean
kab_message_get_read (KabMessage *self)
{
  g_return_val_if_fail (KAB_IS_MESSAGE (self), FALSE);

  return kab_record_get_boolean (KAB_RECORD (self), FIELD_READ);
}

GListModel *
kab_message_get_attachments (KabMessage *self)
{
  g_return_val_if_fail (KAB_IS_MESSAGE (self), NULL);

  return kab_record_get_object (KAB_RECORD (self), FIELD_ATTACHMENTS);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-session-info.h"

#include "kab-record-private.h"

enum
{
  FIELD_ID,
  FIELD_CURRENT,
  FIELD_DEVICE,
  FIELD_LAST_USED_AT,
};

struct _KabSessionInfo
{
  KabRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (KabSessionInfo, kab_session_info, KAB_TYPE_RECORD)

static const KabField fields[] = {
  { .name = "id", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "current", .kind = KAB_FIELD_BOOLEAN, .presence = KAB_FIELD_REQUIRED },
  { .name = "device", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "last-used-at", .kind = KAB_FIELD_TIME, .presence = KAB_FIELD_REQUIRED },
};

static void
kab_session_info_class_init (KabSessionInfoClass *klass)
{
  kab_record_class_install_fields (KAB_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields),
                                   FIELD_ID, KAB_FIELD_NONE);
}

static void
kab_session_info_init (KabSessionInfo *self)
{
}

const char *
kab_session_info_get_id (KabSessionInfo *self)
{
  g_return_val_if_fail (KAB_IS_SESSION_INFO (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_ID);
}

gboolean
kab_session_info_get_current (KabSessionInfo *self)
{
  g_return_val_if_fail (KAB_IS_SESSION_INFO (self), FALSE);

  return kab_record_get_boolean (KAB_RECORD (self), FIELD_CURRENT);
}

const char *
kab_session_info_get_device (KabSessionInfo *self)
{
  g_return_val_if_fail (KAB_IS_SESSION_INFO (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_DEVICE);
}

GDateTime *
kab_session_info_get_last_used_at (KabSessionInfo *self)
{
  g_return_val_if_fail (KAB_IS_SESSION_INFO (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_LAST_USED_AT);
}

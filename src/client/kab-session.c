/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-session.h"

#include "kab-record-private.h"

enum
{
  FIELD_ID,
  FIELD_USER_ID,
  FIELD_CLIENT_TYPE,
  FIELD_NAME,
  FIELD_MUST_CHANGE_PASSWORD,
  FIELD_IDLE_SECONDS,
};

struct _KabSession
{
  KabRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (KabSession, kab_session, KAB_TYPE_RECORD)

static const KabField fields[] = {
  { .name = "id", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED, .member = "session" },
  { .name = "user-id",
    .kind = KAB_FIELD_STRING,
    .presence = KAB_FIELD_REQUIRED,
    .member = "user.id" },
  { .name = "client-type", .kind = KAB_FIELD_STRING, .member = "user.clientType" },
  { .name = "name", .kind = KAB_FIELD_STRING, .member = "user.name" },
  { .name = "must-change-password", .kind = KAB_FIELD_BOOLEAN },
  { .name = "idle-seconds", .kind = KAB_FIELD_INT },
};

static void
kab_session_class_init (KabSessionClass *klass)
{
  kab_record_class_install_fields (KAB_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields),
                                   KAB_FIELD_NONE, KAB_FIELD_NONE);
}

static void
kab_session_init (KabSession *self)
{
}

KabSession *
kab_session_new (void)
{
  return g_object_new (KAB_TYPE_SESSION, NULL);
}

const char *
kab_session_get_id (KabSession *self)
{
  g_return_val_if_fail (KAB_IS_SESSION (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_ID);
}

const char *
kab_session_get_user_id (KabSession *self)
{
  g_return_val_if_fail (KAB_IS_SESSION (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_USER_ID);
}

const char *
kab_session_get_client_type (KabSession *self)
{
  g_return_val_if_fail (KAB_IS_SESSION (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_CLIENT_TYPE);
}

const char *
kab_session_get_name (KabSession *self)
{
  g_return_val_if_fail (KAB_IS_SESSION (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_NAME);
}

gboolean
kab_session_get_must_change_password (KabSession *self)
{
  g_return_val_if_fail (KAB_IS_SESSION (self), FALSE);

  return kab_record_get_boolean (KAB_RECORD (self), FIELD_MUST_CHANGE_PASSWORD);
}

gint64
kab_session_get_idle_seconds (KabSession *self)
{
  g_return_val_if_fail (KAB_IS_SESSION (self), 0);

  return kab_record_get_int (KAB_RECORD (self), FIELD_IDLE_SECONDS);
}

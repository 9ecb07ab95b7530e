/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-file.h"

#include "kab-record-private.h"

enum
{
  FIELD_ID,
  FIELD_NAME,
  FIELD_SIZE,
  FIELD_SHA256,
};

struct _KabFile
{
  KabRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (KabFile, kab_file, KAB_TYPE_RECORD)

static const KabField fields[] = {
  { .name = "id", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "name", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "size", .kind = KAB_FIELD_INT, .presence = KAB_FIELD_REQUIRED },
  { .name = "sha256", .kind = KAB_FIELD_STRING },
};

static void
kab_file_class_init (KabFileClass *klass)
{
  kab_record_class_install_fields (KAB_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields),
                                   FIELD_ID, KAB_FIELD_NONE);
}

static void
kab_file_init (KabFile *self)
{
}

KabFile *
kab_file_new (void)
{
  return g_object_new (KAB_TYPE_FILE, NULL);
}

const char *
kab_file_get_id (KabFile *self)
{
  g_return_val_if_fail (KAB_IS_FILE (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_ID);
}

const char *
kab_file_get_name (KabFile *self)
{
  g_return_val_if_fail (KAB_IS_FILE (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_NAME);
}

gint64
kab_file_get_size (KabFile *self)
{
  g_return_val_if_fail (KAB_IS_FILE (self), 0);

  return kab_record_get_int (KAB_RECORD (self), FIELD_SIZE);
}

const char *
kab_file_get_sha256 (KabFile *self)
{
  g_return_val_if_fail (KAB_IS_FILE (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_SHA256);
}

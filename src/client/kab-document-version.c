/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-document-version.h"

#include "kab-record-private.h"

enum
{
  FIELD_REVISION,
  FIELD_AT,
  FIELD_BY,
  FIELD_STATE,
  FIELD_FILES,
  FIELD_ANSWERS,
};

struct _KabDocumentVersion
{
  KabRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (KabDocumentVersion, kab_document_version, KAB_TYPE_RECORD)

static const KabField fields[] = {
  { .name = "revision", .kind = KAB_FIELD_INT, .presence = KAB_FIELD_REQUIRED },
  { .name = "at", .kind = KAB_FIELD_TIME, .presence = KAB_FIELD_REQUIRED },
  { .name = "by", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "state", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "files", .kind = KAB_FIELD_LIST, .get_item_type = kab_file_get_type },
  { .name = "answers", .kind = KAB_FIELD_OBJECT },
};

static void
kab_document_version_class_init (KabDocumentVersionClass *klass)
{
  kab_record_class_install_fields (KAB_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields),
                                   FIELD_REVISION, KAB_FIELD_NONE);
}

static void
kab_document_version_init (KabDocumentVersion *self)
{
}

gint64
kab_document_version_get_revision (KabDocumentVersion *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT_VERSION (self), 0);

  return kab_record_get_int (KAB_RECORD (self), FIELD_REVISION);
}

GDateTime *
kab_document_version_get_at (KabDocumentVersion *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT_VERSION (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_AT);
}

const char *
kab_document_version_get_by (KabDocumentVersion *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT_VERSION (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_BY);
}

const char *
kab_document_version_get_state (KabDocumentVersion *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT_VERSION (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_STATE);
}

GListModel *
kab_document_version_get_files (KabDocumentVersion *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT_VERSION (self), NULL);

  return kab_record_get_object (KAB_RECORD (self), FIELD_FILES);
}

JsonObject *
kab_document_version_get_answers (KabDocumentVersion *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT_VERSION (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_ANSWERS);
}

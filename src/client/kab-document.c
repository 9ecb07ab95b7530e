/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-document.h"

#include "kab-record-private.h"

enum
{
  FIELD_ID,
  FIELD_APPLICATION,
  FIELD_FORM,
  FIELD_TITLE,
  FIELD_KIND,
  FIELD_STATE,
  FIELD_VERSION,
  FIELD_REVISION,
  FIELD_COMMENT_COUNT,
  FIELD_CHANGED_AT,
  FIELD_ACTIONS,
  FIELD_ANSWERS,
  FIELD_FILES,
  FIELD_COMMENTS,
  FIELD_VERSIONS,
};

struct _KabDocument
{
  KabRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (KabDocument, kab_document, KAB_TYPE_RECORD)

static const KabField fields[] = {
  { .name = "id", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "application", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "form", .kind = KAB_FIELD_STRING },
  { .name = "title", .kind = KAB_FIELD_TEXT, .presence = KAB_FIELD_REQUIRED },
  { .name = "kind", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "state", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "version", .kind = KAB_FIELD_INT, .presence = KAB_FIELD_REQUIRED },
  { .name = "revision", .kind = KAB_FIELD_INT, .presence = KAB_FIELD_REQUIRED },
  { .name = "comment-count", .kind = KAB_FIELD_INT },
  { .name = "changed-at", .kind = KAB_FIELD_TIME, .presence = KAB_FIELD_REQUIRED },
  { .name = "actions", .kind = KAB_FIELD_STRINGS, .presence = KAB_FIELD_REQUIRED },
  { .name = "answers", .kind = KAB_FIELD_OBJECT, .presence = KAB_FIELD_DETAIL },
  { .name = "files",
    .kind = KAB_FIELD_LIST,
    .presence = KAB_FIELD_DETAIL,
    .get_item_type = kab_file_get_type },
  { .name = "comments",
    .kind = KAB_FIELD_LIST,
    .presence = KAB_FIELD_DETAIL,
    .get_item_type = kab_comment_get_type },
  { .name = "versions",
    .kind = KAB_FIELD_LIST,
    .presence = KAB_FIELD_DETAIL,
    .get_item_type = kab_document_version_get_type },
};

static void
kab_document_class_init (KabDocumentClass *klass)
{
  kab_record_class_install_fields (KAB_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields),
                                   FIELD_ID, FIELD_VERSION);
}

static void
kab_document_init (KabDocument *self)
{
}

KabDocument *
kab_document_new (void)
{
  return g_object_new (KAB_TYPE_DOCUMENT, NULL);
}

const char *
kab_document_get_id (KabDocument *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_ID);
}

const char *
kab_document_get_application (KabDocument *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_APPLICATION);
}

const char *
kab_document_get_form (KabDocument *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_FORM);
}

KabTranslations *
kab_document_get_title (KabDocument *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_TITLE);
}

const char *
kab_document_get_kind (KabDocument *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_KIND);
}

const char *
kab_document_get_state (KabDocument *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_STATE);
}

gint64
kab_document_get_version (KabDocument *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT (self), 0);

  return kab_record_get_int (KAB_RECORD (self), FIELD_VERSION);
}

gint64
kab_document_get_revision (KabDocument *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT (self), 0);

  return kab_record_get_int (KAB_RECORD (self), FIELD_REVISION);
}

gint64
kab_document_get_comment_count (KabDocument *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT (self), 0);

  return kab_record_get_int (KAB_RECORD (self), FIELD_COMMENT_COUNT);
}

GDateTime *
kab_document_get_changed_at (KabDocument *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_CHANGED_AT);
}

const char *const *
kab_document_get_actions (KabDocument *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_ACTIONS);
}

JsonObject *
kab_document_get_answers (KabDocument *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_ANSWERS);
}

GListModel *
kab_document_get_files (KabDocument *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT (self), NULL);

  return kab_record_get_object (KAB_RECORD (self), FIELD_FILES);
}

GListModel *
kab_document_get_comments (KabDocument *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT (self), NULL);

  return kab_record_get_object (KAB_RECORD (self), FIELD_COMMENTS);
}

GListModel *
kab_document_get_versions (KabDocument *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT (self), NULL);

  return kab_record_get_object (KAB_RECORD (self), FIELD_VERSIONS);
}

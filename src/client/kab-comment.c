/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-comment.h"

#include "kab-record-private.h"

enum
{
  FIELD_FIELD,
  FIELD_FIELD_LABEL,
  FIELD_TEXT,
};

struct _KabComment
{
  KabRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (KabComment, kab_comment, KAB_TYPE_RECORD)

static const KabField fields[] = {
  { .name = "field", .kind = KAB_FIELD_STRING },
  { .name = "field-label", .kind = KAB_FIELD_TEXT },
  { .name = "text", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
};

static void
kab_comment_class_init (KabCommentClass *klass)
{
  kab_record_class_install_fields (KAB_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields),
                                   KAB_FIELD_NONE, KAB_FIELD_NONE);
}

static void
kab_comment_init (KabComment *self)
{
}

const char *
kab_comment_get_field (KabComment *self)
{
  g_return_val_if_fail (KAB_IS_COMMENT (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_FIELD);
}

KabTranslations *
kab_comment_get_field_label (KabComment *self)
{
  g_return_val_if_fail (KAB_IS_COMMENT (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_FIELD_LABEL);
}

const char *
kab_comment_get_text (KabComment *self)
{
  g_return_val_if_fail (KAB_IS_COMMENT (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_TEXT);
}

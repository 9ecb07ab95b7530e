/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/kab-files-field.h"

struct _KabFilesField
{
  KabFieldView parent_instance;
};

G_DEFINE_FINAL_TYPE (KabFilesField, kab_files_field, KAB_TYPE_FIELD_VIEW)

static void
kab_files_field_build (KabFieldView        *view,
                       AdwPreferencesGroup *group)
{
}

static void
kab_files_field_class_init (KabFilesFieldClass *klass)
{
  KAB_FIELD_VIEW_CLASS (klass)->build = kab_files_field_build;
}

static void
kab_files_field_init (KabFilesField *self)
{
}

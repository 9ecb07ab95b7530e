/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-legal-document.h"

#include "kab-record-private.h"

enum
{
  FIELD_ID,
  FIELD_KIND,
  FIELD_VERSION,
  FIELD_TITLE,
  FIELD_BINDING,
};

struct _KabLegalDocument
{
  KabRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (KabLegalDocument, kab_legal_document, KAB_TYPE_RECORD)

static const KabField fields[] = {
  { .name = "id", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "kind", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "version", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "title", .kind = KAB_FIELD_TEXT, .presence = KAB_FIELD_REQUIRED },
  { .name = "binding", .kind = KAB_FIELD_BOOLEAN, .presence = KAB_FIELD_REQUIRED },
};

static void
kab_legal_document_class_init (KabLegalDocumentClass *klass)
{
  kab_record_class_install_fields (KAB_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields),
                                   FIELD_ID, KAB_FIELD_NONE);
}

static void
kab_legal_document_init (KabLegalDocument *self)
{
}

KabLegalDocument *
kab_legal_document_new (void)
{
  return g_object_new (KAB_TYPE_LEGAL_DOCUMENT, NULL);
}

const char *
kab_legal_document_get_id (KabLegalDocument *self)
{
  g_return_val_if_fail (KAB_IS_LEGAL_DOCUMENT (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_ID);
}

const char *
kab_legal_document_get_kind (KabLegalDocument *self)
{
  g_return_val_if_fail (KAB_IS_LEGAL_DOCUMENT (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_KIND);
}

const char *
kab_legal_document_get_version (KabLegalDocument *self)
{
  g_return_val_if_fail (KAB_IS_LEGAL_DOCUMENT (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_VERSION);
}

KabTranslations *
kab_legal_document_get_title (KabLegalDocument *self)
{
  g_return_val_if_fail (KAB_IS_LEGAL_DOCUMENT (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_TITLE);
}

gboolean
kab_legal_document_get_binding (KabLegalDocument *self)
{
  g_return_val_if_fail (KAB_IS_LEGAL_DOCUMENT (self), FALSE);

  return kab_record_get_boolean (KAB_RECORD (self), FIELD_BINDING);
}

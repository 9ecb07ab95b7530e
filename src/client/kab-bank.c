/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-bank.h"

#include "kab-record-private.h"

enum
{
  FIELD_NAME,
  FIELD_PHONE,
  FIELD_EMAIL,
  FIELD_OPENING_HOURS,
  FIELD_SERVICES,
  FIELD_APPLICATION_FORMS,
  FIELD_FEE_AMOUNT,
  FIELD_FEE_CURRENCY,
  FIELD_SIGNING_OFFERED,
  FIELD_DOCUMENTS,
  FIELD_LEGAL_DOCUMENTS,
  FIELD_MAX_FILE_BYTES,
  FIELD_FILE_FORMATS,
  FIELD_PASSWORD_MIN_LENGTH,
  FIELD_DEMO,
  FIELD_CATALOG,
};

struct _KabBank
{
  KabRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (KabBank, kab_bank, KAB_TYPE_RECORD)

static const KabField fields[] = {
  { .name = "name", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "phone", .kind = KAB_FIELD_STRING, .member = "contacts.phone" },
  { .name = "email", .kind = KAB_FIELD_STRING, .member = "contacts.email" },
  { .name = "opening-hours", .kind = KAB_FIELD_TEXT, .presence = KAB_FIELD_REQUIRED },
  { .name = "services", .kind = KAB_FIELD_STRINGS, .presence = KAB_FIELD_REQUIRED },
  { .name = "application-forms", .kind = KAB_FIELD_OBJECT },
  { .name = "fee-amount",
    .kind = KAB_FIELD_STRING,
    .presence = KAB_FIELD_REQUIRED,
    .member = "fee.amount" },
  { .name = "fee-currency",
    .kind = KAB_FIELD_STRING,
    .presence = KAB_FIELD_REQUIRED,
    .member = "fee.currency" },
  { .name = "signing-offered", .kind = KAB_FIELD_BOOLEAN },
  { .name = "documents", .kind = KAB_FIELD_OBJECT },
  { .name = "legal-documents",
    .kind = KAB_FIELD_LIST,
    .presence = KAB_FIELD_REQUIRED,
    .get_item_type = kab_legal_document_get_type },
  { .name = "max-file-bytes", .kind = KAB_FIELD_INT, .member = "files.maxBytes" },
  { .name = "file-formats", .kind = KAB_FIELD_STRINGS, .member = "files.formats" },
  { .name = "password-min-length", .kind = KAB_FIELD_INT, .member = "passwordPolicy.minLength" },
  { .name = "demo", .kind = KAB_FIELD_BOOLEAN, .presence = KAB_FIELD_REQUIRED },
  { .name = "catalog", .kind = KAB_FIELD_OBJECT },
};

static void
kab_bank_class_init (KabBankClass *klass)
{
  kab_record_class_install_fields (KAB_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields),
                                   KAB_FIELD_NONE, KAB_FIELD_NONE);
}

static void
kab_bank_init (KabBank *self)
{
}

KabBank *
kab_bank_new (void)
{
  return g_object_new (KAB_TYPE_BANK, NULL);
}

const char *
kab_bank_get_name (KabBank *self)
{
  g_return_val_if_fail (KAB_IS_BANK (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_NAME);
}

const char *
kab_bank_get_phone (KabBank *self)
{
  g_return_val_if_fail (KAB_IS_BANK (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_PHONE);
}

const char *
kab_bank_get_email (KabBank *self)
{
  g_return_val_if_fail (KAB_IS_BANK (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_EMAIL);
}

KabTranslations *
kab_bank_get_opening_hours (KabBank *self)
{
  g_return_val_if_fail (KAB_IS_BANK (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_OPENING_HOURS);
}

const char *const *
kab_bank_get_services (KabBank *self)
{
  g_return_val_if_fail (KAB_IS_BANK (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_SERVICES);
}

JsonObject *
kab_bank_get_application_forms (KabBank *self)
{
  g_return_val_if_fail (KAB_IS_BANK (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_APPLICATION_FORMS);
}

const char *
kab_bank_get_fee_amount (KabBank *self)
{
  g_return_val_if_fail (KAB_IS_BANK (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_FEE_AMOUNT);
}

const char *
kab_bank_get_fee_currency (KabBank *self)
{
  g_return_val_if_fail (KAB_IS_BANK (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_FEE_CURRENCY);
}

gboolean
kab_bank_get_signing_offered (KabBank *self)
{
  g_return_val_if_fail (KAB_IS_BANK (self), FALSE);

  return kab_record_get_boolean (KAB_RECORD (self), FIELD_SIGNING_OFFERED);
}

JsonObject *
kab_bank_get_documents (KabBank *self)
{
  g_return_val_if_fail (KAB_IS_BANK (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_DOCUMENTS);
}

GListModel *
kab_bank_get_legal_documents (KabBank *self)
{
  g_return_val_if_fail (KAB_IS_BANK (self), NULL);

  return kab_record_get_object (KAB_RECORD (self), FIELD_LEGAL_DOCUMENTS);
}

gint64
kab_bank_get_max_file_bytes (KabBank *self)
{
  g_return_val_if_fail (KAB_IS_BANK (self), 0);

  return kab_record_get_int (KAB_RECORD (self), FIELD_MAX_FILE_BYTES);
}

const char *const *
kab_bank_get_file_formats (KabBank *self)
{
  g_return_val_if_fail (KAB_IS_BANK (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_FILE_FORMATS);
}

gint64
kab_bank_get_password_min_length (KabBank *self)
{
  g_return_val_if_fail (KAB_IS_BANK (self), 0);

  return kab_record_get_int (KAB_RECORD (self), FIELD_PASSWORD_MIN_LENGTH);
}

gboolean
kab_bank_get_demo (KabBank *self)
{
  g_return_val_if_fail (KAB_IS_BANK (self), FALSE);

  return kab_record_get_boolean (KAB_RECORD (self), FIELD_DEMO);
}

JsonObject *
kab_bank_get_catalog (KabBank *self)
{
  g_return_val_if_fail (KAB_IS_BANK (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_CATALOG);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-record.h"

G_BEGIN_DECLS

/* No such field. */
#define KAB_FIELD_NONE (-1)

/**
 * KabFieldKind: what a field holds, and so the type of its property.
 */
typedef enum
{
  KAB_FIELD_STRING,  /* char *, NULL when absent */
  KAB_FIELD_INT,     /* gint64, 0 when absent */
  KAB_FIELD_BOOLEAN, /* gboolean, FALSE when absent */
  KAB_FIELD_TIME,    /* GDateTime in UTC, NULL when absent */
  KAB_FIELD_TEXT,    /* KabTranslations, NULL when absent */
  KAB_FIELD_STRINGS, /* GStrv, empty when absent */
  KAB_FIELD_OBJECT,  /* JsonObject, NULL when absent */
  KAB_FIELD_LIST,    /* KabRecordList, always the same one */
  KAB_FIELD_RECORD,  /* KabRecord, always the same one */
} KabFieldKind;

/**
 * KabFieldPresence: whether an object from the bank must have a field. A detail is in the full
 * object only: its absence says nothing.
 */
typedef enum
{
  KAB_FIELD_OPTIONAL,
  KAB_FIELD_REQUIRED,
  KAB_FIELD_DETAIL,
} KabFieldPresence;

/**
 * KabField: one row of the table that a class of records is.
 */
struct _KabField
{
  const char *name; /* of the property */
  KabFieldKind kind;
  KabFieldPresence presence;
  const char *member;            /* path such as `fee.amount`; NULL: the name in camel case */
  GType (*get_item_type) (void); /* of LIST and RECORD */
};

/**
 * Makes a property of each row of @fields, which has to stay. The index of a row is what the
 * getters below take. @key_field tells records apart in a list, @version_field only goes back by
 * kab_record_replace_from_json(); either may be KAB_FIELD_NONE.
 */
void kab_record_class_install_fields (KabRecordClass *klass,
                                      const KabField *fields,
                                      guint n_fields,
                                      int key_field,
                                      int version_field);

/* The value of the field in that row of the table, borrowed: boxed for TIME, TEXT, STRINGS and
 * OBJECT, object for LIST and RECORD. Another kind than the field's is a programming error. */
const char *kab_record_get_string (KabRecord *self, guint field);
gint64 kab_record_get_int (KabRecord *self, guint field);
gboolean kab_record_get_boolean (KabRecord *self, guint field);
gpointer kab_record_get_boxed (KabRecord *self, guint field);
gpointer kab_record_get_object (KabRecord *self, guint field);

/** Whether @object would do for a record of @item_type. FALSE with KAB_API_ERROR_GARBAGE */
gboolean kab_record_check_json (GType item_type, JsonObject *object, GError **error);

/**
 * The key that a record of @item_type made from @object has.
 *
 * Returns: (transfer full) (nullable)
 */
char *kab_record_dup_json_key (GType item_type, JsonObject *object);

G_END_DECLS

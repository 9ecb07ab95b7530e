/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-form-catalog-private.h"
#include "kab-form-condition-private.h"
#include "kab-form-field.h"

G_BEGIN_DECLS

/* A mask of kinds. */
#define KAB_FORM_KIND(name) (1u << KAB_FORM_FIELD_##name)
#define KAB_FORM_KINDS_TEXT (KAB_FORM_KIND (TEXT) | KAB_FORM_KIND (LONG_TEXT))
#define KAB_FORM_KINDS_NUMBER                                                                      \
  (KAB_FORM_KIND (NUMBER) | KAB_FORM_KIND (PERCENT) | KAB_FORM_KIND (MONEY))
#define KAB_FORM_KINDS_ONE                                                                         \
  (KAB_FORM_KIND (CHOICE) | KAB_FORM_KIND (COUNTRY) | KAB_FORM_KIND (LANGUAGE))
#define KAB_FORM_KINDS_BOOLEAN (KAB_FORM_KIND (BOOLEAN) | KAB_FORM_KIND (CONSENT))
#define KAB_FORM_KINDS_OPTIONS (KAB_FORM_KINDS_ONE | KAB_FORM_KIND (CHOICES))
#define KAB_FORM_KINDS_COUNTED                                                                     \
  (KAB_FORM_KIND (CHOICES) | KAB_FORM_KIND (FILES) | KAB_FORM_KIND (GROUP))
#define KAB_FORM_KINDS_WORDS    (KAB_FORM_KIND (NOTE) | KAB_FORM_KIND (HEADING))
#define KAB_FORM_KINDS_ALL      ((1u << (KAB_FORM_FIELD_HEADING + 1)) - 1)
#define KAB_FORM_KINDS_ANSWERED (KAB_FORM_KINDS_ALL & ~KAB_FORM_KINDS_WORDS)

struct _KabFormField
{
  char *id; /* (owned) */
  KabFormFieldKind kind;
  const KabFormField *group;             /* (nullable) (unowned) */
  const struct _KabFormSection *section; /* (unowned): NULL within a group */
  KabFormSource *source;                 /* (owned) */
  char *pointer;                         /* (owned): where it stands in its source */
  KabFormText *label;                    /* (owned) */
  KabFormText *help;                     /* (owned) (nullable) */
  KabFormText *placeholder;              /* (owned) (nullable) */
  KabFormText *add_label;                /* (owned) (nullable): of a group */
  KabFormText *summary;                  /* (owned) (nullable): of a group, with {id} */
  char *purpose;                         /* (owned) (nullable) */
  char *check;                           /* (owned) (nullable) */
  char *currency;                        /* (owned) (nullable) */
  char *list;                            /* (owned) (nullable) */
  GPtrArray *options;                    /* (owned) (nullable) (element-type KabFormOption) */
  char **documents;                      /* (owned) (nullable) */
  char **formats;                        /* (owned) (nullable) */
  JsonNode *initial;                     /* (owned) (nullable) */
  gboolean always_required;
  KabFormCondition *required;  /* (owned) (nullable) */
  KabFormCondition *visible;   /* (owned) (nullable) */
  KabFormReference *birth;     /* (owned) (nullable): the date that a person code agrees with */
  KabFormReference *different; /* (owned) (nullable): the answer that has to differ */
  KabFormDay *earliest;        /* (owned) (nullable) */
  KabFormDay *latest;          /* (owned) (nullable) */
  guint min_age;
  guint min_length, max_length;
  guint min_count, max_count;
  guint decimals;
  gboolean has_minimum, has_maximum;
  gint64 minimum, maximum; /* in millionths */
  guint64 max_size;
  GPtrArray *fields; /* (owned) (nullable) (element-type KabFormField): of a group */
};

static inline gboolean
kab_form_field_is (const KabFormField *self, guint kinds)
{
  return (kinds >> self->kind & 1) != 0;
}

/* What loading a form needs to know everywhere. */
typedef struct
{
  KabFormReader *reader;
  KabFormCatalog *catalog;
  const char *form;
  const char *const *languages;
} KabFormLoad;

KabFormText *kab_form_load_text (const KabFormLoad *load, const char *member, gboolean required);
GPtrArray *kab_form_load_fields (const KabFormLoad *load, const KabFormField *group);
void kab_form_load_group (const KabFormLoad *load, KabFormField *group);
void kab_form_field_free (KabFormField *self);
KabFormField *kab_form_fields_find (GPtrArray *fields, const char *id);

G_END_DECLS

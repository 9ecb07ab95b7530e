/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-form-operand-private.h"

G_BEGIN_DECLS

typedef enum
{
  KAB_FORM_OPERATOR_ALL,          /* {"all": [condition, …]} */
  KAB_FORM_OPERATOR_ANY,          /* {"any": [condition, …]} */
  KAB_FORM_OPERATOR_NOT,          /* {"not": condition} */
  KAB_FORM_OPERATOR_PRESENT,      /* {"present": reference} */
  KAB_FORM_OPERATOR_EQUALS,       /* {"equals": [reference, string or boolean]} */
  KAB_FORM_OPERATOR_IN,           /* {"in": [reference, [string, …]]} */
  KAB_FORM_OPERATOR_CONTAINS,     /* {"contains": [reference, string]} */
  KAB_FORM_OPERATOR_SAME,         /* {"same": [reference, reference]} */
  KAB_FORM_OPERATOR_AGE_AT_LEAST, /* {"age-at-least": [reference, years]} */
  KAB_FORM_OPERATOR_BEFORE,       /* {"before": [reference, day]} */
  KAB_FORM_OPERATOR_AFTER,        /* {"after": [reference, day]} */
  KAB_FORM_OPERATOR_AT_LEAST,     /* {"at-least": [amount, decimal]} */
  KAB_FORM_OPERATOR_AT_MOST, /* amount: reference, {"sum": [reference, …]} or {"count": reference}
                              */
  KAB_FORM_OPERATOR_SOME,    /* {"some": [reference to a group, condition on its entry]} */
} KabFormOperator;

typedef struct _KabFormCondition KabFormCondition;

struct _KabFormCondition
{
  KabFormOperator operator;
  char *pointer;         /* (owned): where it stands, for messages */
  GPtrArray *children;   /* (owned) (element-type KabFormCondition) */
  GPtrArray *references; /* (owned) (element-type KabFormReference) */
  GPtrArray *values;     /* (owned) (element-type JsonNode): strings or booleans */
  KabFormDay *day;       /* (owned) (nullable) */
  gint64 number;         /* years, or millionths */
  gboolean counts;       /* the amount is the number of elements */
};

/* What a condition is tested against. An answer that is absent or hidden is NULL. */
typedef struct
{
  JsonNode *(*answer) (gpointer data, const char *group, guint entry, const char *id);
  JsonNode *(*fact) (gpointer data, const char *name);
  gpointer data;
  GDate today;
  const char *group; /* (nullable): the group that "./" looks into */
  guint entry;       /* and its entry */
} KabFormSituation;

KabFormCondition *kab_form_condition_new_read (KabFormReader *reader);
void kab_form_condition_free (KabFormCondition *self);
gboolean kab_form_condition_test (const KabFormCondition *self, const KabFormSituation *situation);
JsonNode *kab_form_situation_get (const KabFormSituation *self, const KabFormReference *reference);
gboolean kab_form_situation_get_date (const KabFormSituation *self,
                                      const KabFormReference *reference,
                                      GDate *date);
gboolean
kab_form_situation_get_day (const KabFormSituation *self, const KabFormDay *day, GDate *date);
gboolean kab_form_is_present (JsonNode *node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabFormCondition, kab_form_condition_free)

G_END_DECLS

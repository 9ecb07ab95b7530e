/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-form-reader.h"

G_BEGIN_DECLS

/* Numbers in answers and definitions are decimal strings, exact to six places. */
#define KAB_FORM_DECIMAL_PLACES 6
#define KAB_FORM_DECIMAL_UNIT   1000000
#define KAB_FORM_DECIMAL_MOST                                                                      \
  (G_GINT64_CONSTANT (999999999999) * KAB_FORM_DECIMAL_UNIT + KAB_FORM_DECIMAL_UNIT - 1)

typedef enum
{
  KAB_FORM_DECIMAL_OK,
  KAB_FORM_DECIMAL_MALFORMED,
  KAB_FORM_DECIMAL_TOO_PRECISE,
  KAB_FORM_DECIMAL_TOO_LARGE,
} KabFormDecimalResult;

typedef enum
{
  KAB_FORM_SCOPE_FORM,   /* "/id": an answer of the form */
  KAB_FORM_SCOPE_COLUMN, /* "/group/{star}/id", {star} being "*": the answers of all entries of a
                            group */
  KAB_FORM_SCOPE_ENTRY,  /* "./id": an answer of the same entry */
  KAB_FORM_SCOPE_FACT,   /* "@name": a fact of the context */
} KabFormScope;

typedef struct
{
  KabFormScope scope;
  char *name;   /* (owned) */
  char *column; /* (owned) (nullable): only in a column reference */
} KabFormReference;

/* A day that is fixed, today, or answered elsewhere. */
typedef struct
{
  GDate date;                  /* valid when fixed */
  KabFormReference *reference; /* (owned) (nullable) */
} KabFormDay;

KabFormDecimalResult kab_form_decimal_parse (const char *text, guint places, gint64 *value);
char *kab_form_decimal_format (gint64 value);
KabFormReference *kab_form_reference_new_read (KabFormReader *reader);
void kab_form_reference_free (KabFormReference *self);
KabFormDay *kab_form_day_new_read (KabFormReader *reader);
void kab_form_day_free (KabFormDay *self);
gint64 kab_form_decimal_read (KabFormReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabFormReference, kab_form_reference_free)

G_END_DECLS

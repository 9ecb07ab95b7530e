/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-form-definition.h"
#include "kab-form-field-private.h"

G_BEGIN_DECLS

struct _KabFormSection
{
  char *id;                  /* (owned) */
  char *pointer;             /* (owned): where it stands in the source */
  KabFormText *title;        /* (owned) */
  KabFormText *help;         /* (owned) (nullable) */
  KabFormCondition *visible; /* (owned) (nullable) */
  GPtrArray *fields;         /* (owned) (element-type KabFormField) */
};

/* What has to hold between answers, told at one of them. */
typedef struct
{
  char *id;                  /* (owned) */
  char *pointer;             /* (owned): where it stands in the source */
  KabFormReference *at;      /* (owned): the field that shows the message */
  KabFormCondition *require; /* (owned) */
  KabFormText *message;      /* (owned) */
} KabFormRule;

struct _KabFormDefinition
{
  gatomicrefcount references;
  KabFormSource *source; /* (owned) */
  char *id;              /* (owned) */
  guint version;
  char **languages;    /* (owned) */
  KabFormText *title;  /* (owned) */
  KabFormText *help;   /* (owned) (nullable) */
  GPtrArray *sections; /* (owned) (element-type KabFormSection) */
  GPtrArray *rules;    /* (owned) (element-type KabFormRule) */
  GHashTable *fields;  /* (owned): id → KabFormField (unowned) */
};

void kab_form_resolve (KabFormDefinition *definition, KabFormReader *reader);

G_END_DECLS

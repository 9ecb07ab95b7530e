/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "preview/kab-pdf-document.h"

struct _KabPdfDocument
{
  GObject parent_instance;

  KabDocumentProcess *process; /* (owned) */
  gulong ended_id;
  GBytes *bytes;  /* (owned) */
  char *password; /* (owned) */
  char *title;    /* (owned) */
  guint permissions;
  GListStore *pages;   /* (owned) (element-type KabPdfPage) */
  GListStore *fields;  /* (owned) (element-type KabPdfField) */
  GHashTable *by_id;   /* (owned): field id → KabPdfField (unowned) */
  GHashTable *changed; /* (owned): KabPdfField (unowned) that has another value */
  GPtrArray *outline;  /* (owned) (element-type KabPdfOutlineEntry) */
  GHashTable *asked;   /* (owned): pages whose text was asked for */
  guint details_id;    /* until the details are asked for */
  gboolean following;  /* the helper tells a value, not the user */
};

void kab_pdf_document_ask_details (KabPdfDocument *self);

/* kab-pdf-document-fields.c */
void kab_pdf_document_watch_field (KabPdfDocument *self, KabPdfField *field);
void kab_pdf_document_update_missing (KabPdfDocument *self);
void kab_pdf_document_repeat_changes (KabPdfDocument *self);

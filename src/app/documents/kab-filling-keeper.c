/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/kab-filling-keeper.h"

#include <glib/gi18n.h>

#define KEEP_DELAY_MS 300

/**
 * KabFillingKeeper:
 *
 * Keeps what is filled in on a page of the preview, until it is in a copy that the bank has: with
 * the document's model a moment after each change, and at once when the page goes. When the same
 * questionnaire is opened again, also after the program or its helper ended, it is filled in again.
 */
struct _KabFillingKeeper
{
  GObject parent_instance;

  KabPreviewPage *page;     /* (unowned): it outlives this */
  KabDocumentModel *model;  /* (owned) */
  KabPdfDocument *document; /* (owned) (nullable): what the page shows */
  guint keep_source;
};

G_DEFINE_FINAL_TYPE (KabFillingKeeper, kab_filling_keeper, G_TYPE_OBJECT)

static gboolean
keep_cb (gpointer user_data)
{
  KabFillingKeeper *self = user_data;
  g_autoptr (JsonArray) fields = kab_pdf_document_dup_changes (self->document);

  self->keep_source = 0;
  kab_document_model_keep_fields (self->model, fields);

  return G_SOURCE_REMOVE;
}

static void
keep_soon (KabFillingKeeper *self)
{
  if (self->keep_source == 0)
    self->keep_source = g_timeout_add (KEEP_DELAY_MS, keep_cb, self);
}

static void
keep_now (KabFillingKeeper *self)
{
  if (self->keep_source == 0)
    return;

  g_source_remove (self->keep_source);
  keep_cb (self);
}

/* The copy that is about to be taken has all that is kept by now; what was filled in since it was
 * asked for comes after it. */
static void
copied_cb (KabFillingKeeper *self)
{
  keep_now (self);
  if (kab_preview_page_get_modified (self->page))
    keep_soon (self);
}

static void
detailed_cb (KabFillingKeeper *self)
{
  JsonArray *fields = kab_document_model_get_fields (self->model);
  g_autoptr (JsonArray) kept = fields != NULL ? json_array_ref (fields) : NULL;

  g_signal_handlers_disconnect_by_func (self->document, detailed_cb, self);
  if (kept == NULL || !kab_preview_page_get_editable (self->page))
    return;

  if (kab_pdf_document_take_changes (self->document, kept))
    kab_preview_page_show_message (self->page, _("What you filled in last is here again."));
  else
    kab_document_model_settle_fields (self->model);
}

static void
ready_cb (KabFillingKeeper *self)
{
  KabPdfDocument *document = kab_preview_page_get_document (self->page);

  if (document == NULL || document == self->document)
    return;

  keep_now (self);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, document);
  g_signal_connect_object (document, "detailed", G_CALLBACK (detailed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "changed", G_CALLBACK (keep_soon), self, G_CONNECT_SWAPPED);
}

static void
kab_filling_keeper_dispose (GObject *object)
{
  KabFillingKeeper *self = KAB_FILLING_KEEPER (object);

  keep_now (self);
  g_clear_object (&self->document);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (kab_filling_keeper_parent_class)->dispose (object);
}

static void
kab_filling_keeper_class_init (KabFillingKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kab_filling_keeper_dispose;
}

static void
kab_filling_keeper_init (KabFillingKeeper *self)
{
}

/**
 * kab_filling_keeper_new:
 * @page: where it is filled in; connect what takes its copies after this
 * @model: the document
 *
 * Returns: (transfer full): what keeps it; drop it with the page
 */
KabFillingKeeper *
kab_filling_keeper_new (KabPreviewPage *page, KabDocumentModel *model)
{
  KabFillingKeeper *self;

  g_return_val_if_fail (KAB_IS_PREVIEW_PAGE (page), NULL);
  g_return_val_if_fail (KAB_IS_DOCUMENT_MODEL (model), NULL);

  self = g_object_new (KAB_TYPE_FILLING_KEEPER, NULL);
  self->page = page;
  self->model = g_object_ref (model);
  g_signal_connect_object (page, "notify::ready", G_CALLBACK (ready_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "saved", G_CALLBACK (copied_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "submitted", G_CALLBACK (copied_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "hidden", G_CALLBACK (keep_now), self, G_CONNECT_SWAPPED);

  return self;
}

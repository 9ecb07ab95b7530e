/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The fields of an open document: what is done to them goes to the helper, and
 * what it makes of that comes back. */

#include "preview/kab-pdf-document-private.h"

static void
follow_values (KabPdfDocument *self, GVariant *values)
{
  GVariantIter iter;
  const char *text;
  gboolean active;
  guint id;

  self->following = TRUE;
  g_variant_iter_init (&iter, values);
  while (g_variant_iter_next (&iter, "(u&sb)", &id, &text, &active))
    {
      KabPdfField *field = g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (id));

      if (field == NULL)
        continue;
      if (kab_pdf_field_get_kind (field) != KAB_HELPER_FIELD_CHOICE &&
          kab_pdf_field_get_kind (field) != KAB_HELPER_FIELD_TEXT)
        kab_pdf_field_set_active (field, active);
    }
  self->following = FALSE;
}

typedef struct
{
  KabPdfDocument *document; /* (owned) */
  KabPdfField *field;       /* (owned) */
} FieldChange;

static void
field_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree FieldChange *change = user_data;
  g_autoptr (KabPdfDocument) self = change->document;
  g_autoptr (KabPdfField) field = change->field;
  g_autoptr (GError) error = NULL;
  g_autoptr (KabDocumentReply) reply =
      kab_document_process_call_finish (KAB_DOCUMENT_PROCESS (source), result, &error);
  g_autoptr (GVariant) values =
      reply != NULL ? kab_document_reply_read_bulk (reply, KAB_HELPER_VALUES_TYPE, NULL) : NULL;

  kab_pdf_field_set_refused (
      field,
      error != NULL && (g_error_matches (error, KAB_PREVIEW_ERROR, KAB_PREVIEW_ERROR_REFUSED) ||
                        g_error_matches (error, KAB_PREVIEW_ERROR, KAB_PREVIEW_ERROR_TOO_LARGE)));
  if (values != NULL)
    follow_values (self, values);
}

/* Fields of one name are one field in several places. */
static void
copy_to_namesakes (KabPdfDocument *self, KabPdfField *field)
{
  const guint n_fields = g_list_model_get_n_items (G_LIST_MODEL (self->fields));

  if (kab_pdf_field_get_kind (field) != KAB_HELPER_FIELD_TEXT)
    return;
  for (guint i = 0; i < n_fields; i++)
    {
      g_autoptr (KabPdfField) other = g_list_model_get_item (G_LIST_MODEL (self->fields), i);

      if (other != field && kab_pdf_field_get_kind (other) == KAB_HELPER_FIELD_TEXT &&
          g_str_equal (kab_pdf_field_get_name (other), kab_pdf_field_get_name (field)))
        kab_pdf_field_set_value (other, kab_pdf_field_get_value (field));
    }
}

/* For kab-pdf-document.c: a group of radio buttons is answered when one of them is on. */
void
kab_pdf_document_update_missing (KabPdfDocument *self)
{
  g_autoptr (GHashTable) answered = g_hash_table_new (g_str_hash, g_str_equal);
  const guint n_fields = g_list_model_get_n_items (G_LIST_MODEL (self->fields));

  for (guint i = 0; i < n_fields; i++)
    {
      g_autoptr (KabPdfField) field = g_list_model_get_item (G_LIST_MODEL (self->fields), i);

      if (!kab_pdf_field_is_empty (field))
        g_hash_table_add (answered, (gpointer) kab_pdf_field_get_name (field));
    }
  for (guint i = 0; i < n_fields; i++)
    {
      g_autoptr (KabPdfField) field = g_list_model_get_item (G_LIST_MODEL (self->fields), i);

      kab_pdf_field_set_missing (
          field, kab_pdf_field_is_required (field) && !kab_pdf_field_is_read_only (field) &&
                     !g_hash_table_contains (answered, kab_pdf_field_get_name (field)));
    }
}

static void
field_changed_cb (KabPdfField *field, GParamSpec *pspec, KabPdfDocument *self)
{
  FieldChange *change;

  if (!self->following)
    {
      change = g_new (FieldChange, 1);
      *change = (FieldChange) { g_object_ref (self), g_object_ref (field) };
      g_hash_table_add (self->changed, field);
      kab_document_process_call_async (self->process, KAB_HELPER_SET_FIELD,
                                       kab_pdf_field_to_request (field), -1, 0,
                                       KAB_PDF_PRIORITY_INPUT, NULL, field_set_cb, change);
      self->following = TRUE;
      copy_to_namesakes (self, field);
      self->following = FALSE;
    }
  else if (!kab_pdf_field_get_active (field))
    g_hash_table_remove (self->changed, field);
  kab_pdf_document_update_missing (self);
  g_signal_emit_by_name (self, "changed");
}

/* For kab-pdf-document.c: passes on what is done to @field. */
void
kab_pdf_document_watch_field (KabPdfDocument *self, KabPdfField *field)
{
  static const char *const watched[] = { "notify::value", "notify::active", "notify::chosen" };

  for (gsize i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (field, watched[i], G_CALLBACK (field_changed_cb), self,
                             G_CONNECT_DEFAULT);
}

/* For kab-pdf-document.c: tells a new helper what was filled in. */
void
kab_pdf_document_repeat_changes (KabPdfDocument *self)
{
  GHashTableIter iter;
  gpointer field;

  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, &field, NULL))
    kab_document_process_call_async (self->process, KAB_HELPER_SET_FIELD,
                                     kab_pdf_field_to_request (field), -1, 0,
                                     KAB_PDF_PRIORITY_INPUT, NULL, NULL, NULL);
}

/**
 * kab_pdf_document_find_missing:
 * @n_missing: (out): how many required fields are empty; a group of radio
 *   buttons and a field in several places count once
 *
 * Returns: (transfer none) (nullable): the first of them
 */
KabPdfField *
kab_pdf_document_find_missing (KabPdfDocument *self, guint *n_missing)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  const guint n_fields = g_list_model_get_n_items (G_LIST_MODEL (self->fields));
  KabPdfField *first = NULL;

  for (guint i = 0; i < n_fields; i++)
    {
      g_autoptr (KabPdfField) field = g_list_model_get_item (G_LIST_MODEL (self->fields), i);

      if (!kab_pdf_field_is_missing (field))
        continue;
      if (first == NULL)
        first = field; /* the list holds it */
      g_hash_table_add (names, (gpointer) kab_pdf_field_get_name (field));
    }
  *n_missing = g_hash_table_size (names);
  return first;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was filled in, apart from the document: enough to fill it in again. A field is known by its
 * name and its place among those of that name, such as the buttons of a group. */

#include "preview/kab-pdf-document-private.h"

static guint
find_place (KabPdfDocument *self, KabPdfField *wanted)
{
  GListModel *fields = G_LIST_MODEL (self->fields);
  guint place = 0;

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (KabPdfField) field = g_list_model_get_item (fields, i);

      if (field == wanted)
        break;
      if (g_str_equal (kab_pdf_field_get_name (field), kab_pdf_field_get_name (wanted)))
        place++;
    }

  return place;
}

static KabPdfField *
find_field (KabPdfDocument *self, const char *name, gint64 place)
{
  GListModel *fields = G_LIST_MODEL (self->fields);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (KabPdfField) field = g_list_model_get_item (fields, i);

      if (g_strcmp0 (kab_pdf_field_get_name (field), name) == 0 && place-- == 0)
        return g_steal_pointer (&field);
    }

  return NULL;
}

/**
 * kab_pdf_document_dup_changes:
 * @self: a document
 *
 * Passwords aren't among them, for they aren't to be kept.
 *
 * Returns: (transfer full): the fields that were filled in, as objects with `name`, `place` and
 *   `value`
 */
JsonArray *
kab_pdf_document_dup_changes (KabPdfDocument *self)
{
  JsonArray *changes = json_array_new ();
  GHashTableIter iter;
  gpointer field;

  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, &field, NULL))
    {
      JsonObject *change;

      if (kab_pdf_field_is_password (field))
        continue;

      change = json_object_new ();
      json_object_set_string_member (change, "name", kab_pdf_field_get_name (field));
      json_object_set_int_member (change, "place", find_place (self, field));
      json_object_set_member (change, "value", kab_pdf_field_dup_content (field));
      json_array_add_object_element (changes, change);
    }

  return changes;
}

/**
 * kab_pdf_document_take_changes:
 * @self: a document whose fields are known
 * @changes: from kab_pdf_document_dup_changes(), perhaps of another copy of it
 *
 * Fills in what was filled in. What has no field any more is passed over.
 *
 * Returns: whether anything is different now
 */
gboolean
kab_pdf_document_take_changes (KabPdfDocument *self, JsonArray *changes)
{
  gboolean different = FALSE;

  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonNode *element = json_array_get_element (changes, i);
      JsonObject *change = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
      g_autoptr (KabPdfField) field = NULL;

      if (change == NULL || !json_object_has_member (change, "value"))
        continue;

      field = find_field (self, json_object_get_string_member_with_default (change, "name", NULL),
                          json_object_get_int_member_with_default (change, "place", 0));
      if (field != NULL && !kab_pdf_field_is_read_only (field) &&
          kab_pdf_field_set_content (field, json_object_get_member (change, "value")))
        different = TRUE;
    }

  return different;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-record-list.h"

#include "kab-api-error.h"
#include "kab-record-list-private.h"
#include "kab-record-private.h"

struct _KabRecordList
{
  GObject parent_instance;

  GType item_type;
  GPtrArray *records; /* (owned) of KabRecord */
  GHashTable *by_key; /* (owned) key → record, both belong to `records` */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KabRecordList, kab_record_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

/*
 * Which of the records that stay can stay where they are: the longest run, with gaps, whose new
 * places are in rising order (patience sorting). @places has the new place of each old record, or -1.
 * Returns: (transfer full) a flag for each old record
 */
static gboolean *
find_fixed (const int *places, guint n)
{
  gboolean *fixed = g_new0 (gboolean, n + 1);
  g_autofree int *ends = g_new (int, n + 1);     /* last record of the best run of each length */
  g_autofree int *previous = g_new (int, n + 1); /* record before each one in its run */
  guint length = 0;

  for (guint i = 0; i < n; i++)
    {
      guint low = 0, high = length;

      if (places[i] < 0)
        continue;
      while (low < high)
        {
          guint middle = (low + high) / 2;

          if (places[ends[middle]] < places[i])
            low = middle + 1;
          else
            high = middle;
        }
      previous[i] = low > 0 ? ends[low - 1] : -1;
      ends[low] = i;
      length = MAX (length, low + 1);
    }

  for (int i = length > 0 ? ends[length - 1] : -1; i >= 0; i = previous[i])
    fixed[i] = TRUE;

  return fixed;
}

static void
index_keys (KabRecordList *self)
{
  g_hash_table_remove_all (self->by_key);
  for (guint i = 0; i < self->records->len; i++)
    {
      KabRecord *record = g_ptr_array_index (self->records, i);

      if (kab_record_get_key (record) != NULL)
        g_hash_table_insert (self->by_key, (gpointer) kab_record_get_key (record), record);
    }
}

/* Replaces @removed records at @position by @added ones of @records from @position on. */
static void
splice (KabRecordList *self, guint position, guint removed, GPtrArray *records, guint added)
{
  if (removed > 0)
    g_ptr_array_remove_range (self->records, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (self->records, position + i,
                        g_object_ref (g_ptr_array_index (records, position + i)));
  index_keys (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static GType
kab_record_list_get_item_type (GListModel *model)
{
  return KAB_RECORD_LIST (model)->item_type;
}

static guint
kab_record_list_get_n_items (GListModel *model)
{
  return KAB_RECORD_LIST (model)->records->len;
}

static gpointer
kab_record_list_get_item (GListModel *model, guint position)
{
  KabRecordList *self = KAB_RECORD_LIST (model);

  if (position >= self->records->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->records, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = kab_record_list_get_item_type;
  iface->get_n_items = kab_record_list_get_n_items;
  iface->get_item = kab_record_list_get_item;
}

static void
kab_record_list_finalize (GObject *object)
{
  KabRecordList *self = KAB_RECORD_LIST (object);

  g_clear_pointer (&self->by_key, g_hash_table_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  G_OBJECT_CLASS (kab_record_list_parent_class)->finalize (object);
}

static void
kab_record_list_class_init (KabRecordListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_record_list_finalize;
}

static void
kab_record_list_init (KabRecordList *self)
{
  self->records = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
}

KabRecordList *
kab_record_list_new (GType item_type)
{
  KabRecordList *self;

  g_return_val_if_fail (g_type_is_a (item_type, KAB_TYPE_RECORD), NULL);

  self = g_object_new (KAB_TYPE_RECORD_LIST, NULL);
  self->item_type = item_type;

  return self;
}

KabRecord *
kab_record_list_merge (KabRecordList *self, JsonObject *object, GError **error)
{
  g_autofree char *key = kab_record_dup_json_key (self->item_type, object);
  KabRecord *known = key ? g_hash_table_lookup (self->by_key, key) : NULL;
  g_autoptr (KabRecord) record = NULL;

  record = known ? g_object_ref (known) : g_object_new (self->item_type, NULL);
  if (!kab_record_update_from_json (record, object, error))
    return NULL;

  return g_steal_pointer (&record);
}

void
kab_record_list_replace (KabRecordList *self, GPtrArray *records)
{
  g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);
  g_autofree int *new_places = g_new (int, self->records->len + 1);
  g_autofree gboolean *fixed = NULL;
  guint n_old = self->records->len;
  guint old = 0, position = 0;

  for (guint i = 0; i < records->len; i++)
    g_hash_table_insert (places, g_ptr_array_index (records, i), GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < n_old; i++)
    new_places[i] = GPOINTER_TO_INT (g_hash_table_lookup (
                        places, g_ptr_array_index (self->records, i))) - 1;
  fixed = find_fixed (new_places, n_old);

  while (old < n_old || position < records->len)
    {
      guint removed = 0, added = 0;
      guint next;

      while (old < n_old && !fixed[old])
        old++, removed++;
      next = old < n_old ? (guint) new_places[old] : records->len;
      added = next - position;
      if (removed > 0 || added > 0)
        splice (self, position, removed, records, added);
      position = next + 1;
      old++;
    }
}

void
kab_record_list_put_first (KabRecordList *self, KabRecord *record)
{
  if (g_ptr_array_find (self->records, record, NULL))
    return;

  g_ptr_array_insert (self->records, 0, g_object_ref (record));
  index_keys (self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
}

gboolean
kab_record_list_update (KabRecordList *self, JsonArray *array, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_return_val_if_fail (KAB_IS_RECORD_LIST (self), FALSE);
  g_return_val_if_fail (array != NULL, FALSE);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          g_set_error_literal (error, KAB_API_ERROR, KAB_API_ERROR_GARBAGE,
                               "An item of a list isn't an object");
          return FALSE;
        }
      if (!kab_record_check_json (self->item_type, json_node_get_object (node), error))
        return FALSE;
    }

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      g_autofree char *key = kab_record_dup_json_key (self->item_type, object);
      g_autoptr (KabRecord) record = NULL;

      if (key != NULL && !g_hash_table_add (seen, g_strdup (key)))
        continue;

      /* Without keys the place is the identity. */
      if (key == NULL && i < self->records->len)
        {
          record = g_object_ref (g_ptr_array_index (self->records, i));
          kab_record_update_from_json (record, object, NULL);
        }
      else
        {
          record = kab_record_list_merge (self, object, NULL);
        }
      if (record != NULL)
        g_ptr_array_add (records, g_steal_pointer (&record));
    }
  kab_record_list_replace (self, records);

  return TRUE;
}

gpointer
kab_record_list_find (KabRecordList *self, const char *key)
{
  g_return_val_if_fail (KAB_IS_RECORD_LIST (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  return g_hash_table_lookup (self->by_key, key);
}

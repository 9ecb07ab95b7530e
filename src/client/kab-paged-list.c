/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-paged-list.h"

#include "kab-api-error-private.h"
#include "kab-record-list-private.h"

#define PAGE_SIZE "50"

typedef enum
{
  FETCH_NONE,
  FETCH_MORE,
  FETCH_FIRST,
} FetchKind;

struct _KabPagedList
{
  GObject parent_instance;

  KabApi *api;         /* (owned) */
  char *path;          /* (owned) */
  KabRecordList *list; /* (owned) */
  char *next;          /* (owned) (nullable) cursor of the next page */
  gboolean loaded;

  FetchKind fetching;
  GPtrArray *running; /* (owned) of GTask that the fetch under way is for */
  GQueue waiting;     /* of GTask (owned) */
};

enum
{
  PROP_0,
  PROP_LOADING,
  PROP_LOADED,
  PROP_HAS_MORE,
  PROP_N_ITEMS,
  N_PROPS,
};

enum
{
  PAGE_LOADED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);
static void fetch_next (KabPagedList *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (KabPagedList,
                               kab_paged_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static FetchKind
kind_of (GTask *task)
{
  return GPOINTER_TO_UINT (g_task_get_task_data (task));
}

static void
notify_all (KabPagedList *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_MORE]);
}

/* Reads the items of a page. Returns: (transfer full) (nullable) NULL with an error */
static GPtrArray *
merge_page (KabPagedList *self, JsonObject *page, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);
  JsonNode *node = page ? json_object_get_member (page, "items") : NULL;
  JsonArray *items;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      g_propagate_error (error,
                         kab_api_error_new (KAB_API_ERROR_GARBAGE, NULL, "The list has no items"));
      return NULL;
    }

  items = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonNode *item = json_array_get_element (items, i);
      KabRecord *record = NULL;

      if (JSON_NODE_HOLDS_OBJECT (item))
        record = kab_record_list_merge (self->list, json_node_get_object (item), error);
      else
        g_propagate_error (error, kab_api_error_new (KAB_API_ERROR_GARBAGE, NULL,
                                                     "An item of a list isn't an object"));
      if (record == NULL)
        return NULL;
      if (kab_record_get_key (record) == NULL ||
          g_hash_table_add (keys, (gpointer) kab_record_get_key (record)))
        g_ptr_array_add (records, record);
      else
        g_object_unref (record);
    }

  return g_steal_pointer (&records);
}

/* Puts @from's records from @start on behind @records, each at most once. */
static void
append_new (GPtrArray *records, GHashTable *seen, GListModel *from, guint start)
{
  for (guint i = start; i < g_list_model_get_n_items (from); i++)
    {
      g_autoptr (KabRecord) record = g_list_model_get_item (from, i);

      if (g_hash_table_add (seen, record))
        g_ptr_array_add (records, g_steal_pointer (&record));
    }
}

/* Where what the first page doesn't speak of begins: behind the last of its records shown now. */
static guint
end_of_first_page (KabPagedList *self, GHashTable *in_page)
{
  guint end = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++)
    {
      g_autoptr (KabRecord) record = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      if (g_hash_table_contains (in_page, record))
        end = i + 1;
    }

  return end;
}

static void
apply_page (KabPagedList *self, GPtrArray *page, const char *next)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *shown = G_LIST_MODEL (self->list);
  gboolean tail_kept = FALSE;

  if (self->fetching == FETCH_MORE)
    append_new (records, seen, shown, 0);
  for (guint i = 0; i < page->len; i++)
    {
      KabRecord *record = g_ptr_array_index (page, i);

      if (g_hash_table_add (seen, record))
        g_ptr_array_add (records, g_object_ref (record));
    }

  if (self->fetching == FETCH_FIRST && next != NULL && self->loaded)
    {
      guint end = end_of_first_page (self, seen);

      /* Where nothing of the page was known there is a gap: begin anew. */
      tail_kept = end > 0 && end < g_list_model_get_n_items (shown);
      if (tail_kept)
        append_new (records, seen, shown, end);
    }
  if (!tail_kept)
    g_set_str (&self->next, next);

  kab_record_list_replace (self->list, records);
  self->loaded = TRUE;
}

static const char *
get_next (JsonObject *page)
{
  JsonNode *node = json_object_get_member (page, "next");

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

static void
return_to (GTask *task, const GError *error)
{
  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_boolean (task, TRUE);
}

/* Ends the fetch for those whom it was for; who didn't cancel what another cancelled asks again. */
static void
finish_fetch (KabPagedList *self, const GError *error)
{
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->running);
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  self->running = g_ptr_array_new_with_free_func (g_object_unref);
  self->fetching = FETCH_NONE;
  notify_all (self);
  for (guint i = 0; i < tasks->len; i++)
    {
      GTask *task = g_ptr_array_index (tasks, i);

      if (cancelled && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
        g_queue_push_tail (&self->waiting, g_object_ref (task));
      else
        return_to (task, error);
    }
  fetch_next (self);
}

static void
page_called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabPagedList) self = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (KabReply) reply = kab_api_call_finish (KAB_API (source), result, &error);
  JsonObject *object = reply ? kab_reply_get_object (reply) : NULL;
  g_autoptr (GPtrArray) page = NULL;

  if (reply != NULL)
    {
      page = merge_page (self, object, &error);
      if (page != NULL)
        {
          apply_page (self, page, get_next (object));
          g_signal_emit (self, signals[PAGE_LOADED], 0, object);
        }
    }
  finish_fetch (self, error);
}

/* Begins with the oldest task that waits, together with all others that want the same. */
static void
fetch_next (KabPagedList *self)
{
  g_autoptr (KabRequest) request = NULL;
  GTask *first = g_queue_peek_head (&self->waiting);

  if (first == NULL || self->fetching != FETCH_NONE)
    return;

  self->fetching = kind_of (first);
  for (GList *l = self->waiting.head; l != NULL;)
    {
      GList *next = l->next;

      if (kind_of (l->data) == self->fetching)
        {
          g_ptr_array_add (self->running, l->data);
          g_queue_delete_link (&self->waiting, l);
        }
      l = next;
    }

  if (self->fetching == FETCH_MORE && self->loaded && self->next == NULL)
    {
      finish_fetch (self, NULL);
      return;
    }

  request = kab_request_new ("GET", self->path);
  kab_request_add_query (request, "limit", PAGE_SIZE);
  if (self->fetching == FETCH_MORE)
    kab_request_add_query (request, "cursor", self->next);
  notify_all (self);
  kab_api_call_async (self->api, request, g_task_get_cancellable (first), page_called_cb,
                      g_object_ref (self));
}

static void
start_fetch (KabPagedList *self,
             FetchKind kind,
             gpointer source_tag,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, GUINT_TO_POINTER (kind), NULL);
  if (kind == FETCH_MORE && self->fetching == FETCH_MORE)
    g_ptr_array_add (self->running, task);
  else
    g_queue_push_tail (&self->waiting, task);
  fetch_next (self);
}

static void
items_changed_cb (GListModel *list, guint position, guint removed, guint added, KabPagedList *self)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  if (removed != added)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static GType
kab_paged_list_get_item_type (GListModel *model)
{
  return g_list_model_get_item_type (G_LIST_MODEL (KAB_PAGED_LIST (model)->list));
}

static guint
kab_paged_list_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (KAB_PAGED_LIST (model)->list));
}

static gpointer
kab_paged_list_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (KAB_PAGED_LIST (model)->list), position);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = kab_paged_list_get_item_type;
  iface->get_n_items = kab_paged_list_get_n_items;
  iface->get_item = kab_paged_list_get_item;
}

static void
kab_paged_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KabPagedList *self = KAB_PAGED_LIST (object);

  switch (prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, kab_paged_list_get_loading (self));
      break;
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    case PROP_HAS_MORE:
      g_value_set_boolean (value, kab_paged_list_get_has_more (self));
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, g_list_model_get_n_items (G_LIST_MODEL (self)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kab_paged_list_finalize (GObject *object)
{
  KabPagedList *self = KAB_PAGED_LIST (object);

  g_clear_object (&self->list);
  g_clear_object (&self->api);
  g_free (self->path);
  g_free (self->next);
  g_ptr_array_unref (self->running);
  G_OBJECT_CLASS (kab_paged_list_parent_class)->finalize (object);
}

static void
kab_paged_list_class_init (KabPagedListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_paged_list_get_property;
  object_class->finalize = kab_paged_list_finalize;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  properties[PROP_HAS_MORE] = g_param_spec_boolean ("has-more", NULL, NULL, TRUE, flags);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[PAGE_LOADED] = g_signal_new ("page-loaded", KAB_TYPE_PAGED_LIST, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
}

static void
kab_paged_list_init (KabPagedList *self)
{
  self->running = g_ptr_array_new_with_free_func (g_object_unref);
  g_queue_init (&self->waiting);
}

KabPagedList *
kab_paged_list_new (KabApi *api, const char *path, GType item_type)
{
  KabPagedList *self;

  g_return_val_if_fail (KAB_IS_API (api), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (KAB_TYPE_PAGED_LIST, NULL);
  self->api = g_object_ref (api);
  self->path = g_strdup (path);
  self->list = kab_record_list_new (item_type);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_DEFAULT);

  return self;
}

gboolean
kab_paged_list_get_loading (KabPagedList *self)
{
  g_return_val_if_fail (KAB_IS_PAGED_LIST (self), FALSE);

  return self->fetching != FETCH_NONE;
}

gboolean
kab_paged_list_get_loaded (KabPagedList *self)
{
  g_return_val_if_fail (KAB_IS_PAGED_LIST (self), FALSE);

  return self->loaded;
}

gboolean
kab_paged_list_get_has_more (KabPagedList *self)
{
  g_return_val_if_fail (KAB_IS_PAGED_LIST (self), FALSE);

  return !self->loaded || self->next != NULL;
}

gpointer
kab_paged_list_find (KabPagedList *self, const char *key)
{
  g_return_val_if_fail (KAB_IS_PAGED_LIST (self), NULL);

  return kab_record_list_find (self->list, key);
}

gpointer
kab_paged_list_put (KabPagedList *self, JsonObject *object, GError **error)
{
  g_autoptr (KabRecord) record = NULL;

  g_return_val_if_fail (KAB_IS_PAGED_LIST (self), NULL);
  g_return_val_if_fail (object != NULL, NULL);

  record = kab_record_list_merge (self->list, object, error);
  if (record != NULL)
    kab_record_list_put_first (self->list, record);

  /* The list holds it now. */
  return record;
}

void
kab_paged_list_adopt (KabPagedList *self, KabRecord *record)
{
  g_return_if_fail (KAB_IS_PAGED_LIST (self));
  g_return_if_fail (KAB_IS_RECORD (record) && kab_record_get_key (record) != NULL);

  if (kab_record_list_find (self->list, kab_record_get_key (record)) == NULL)
    kab_record_list_put_first (self->list, record);
}

void
kab_paged_list_load_more_async (KabPagedList *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (KAB_IS_PAGED_LIST (self));

  start_fetch (self, FETCH_MORE, kab_paged_list_load_more_async, cancellable, callback, user_data);
}

gboolean
kab_paged_list_load_more_finish (KabPagedList *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
one_more_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  KabPagedList *self = KAB_PAGED_LIST (source);
  g_autoptr (GError) error = NULL;

  if (!kab_paged_list_load_more_finish (self, result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!kab_paged_list_get_has_more (self))
    g_task_return_boolean (task, TRUE);
  else
    kab_paged_list_load_more_async (self, g_task_get_cancellable (task), one_more_loaded_cb,
                                    g_object_ref (task));
}

void
kab_paged_list_load_all_async (KabPagedList *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (KAB_IS_PAGED_LIST (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kab_paged_list_load_all_async);
  kab_paged_list_load_more_async (self, cancellable, one_more_loaded_cb, g_steal_pointer (&task));
}

gboolean
kab_paged_list_load_all_finish (KabPagedList *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
kab_paged_list_refresh_async (KabPagedList *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (KAB_IS_PAGED_LIST (self));

  start_fetch (self, FETCH_FIRST, kab_paged_list_refresh_async, cancellable, callback, user_data);
}

gboolean
kab_paged_list_refresh_finish (KabPagedList *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/kab-documents-model.h"

#include "documents/kab-document-words.h"

/**
 * KabDocumentsModel:
 *
 * The documents of who is signed in, narrowed down by `search` and `state`. A document that was
 * opened stays open, so that what is being sent for it goes on wherever the user is.
 *
 * Properties, notifying: `search`, `state` (%KAB_DOCUMENT_NONE for all). `error-changed` is emitted
 * when reading failed, or is tried again.
 */
struct _KabDocumentsModel
{
  GObject parent_instance;

  KabClientData *data;         /* (owned) */
  KabBank *bank;               /* (owned) */
  KabDraftJournal *journal;    /* (owned) (nullable) */
  GtkFilterListModel *visible; /* (owned) */
  GHashTable *open;            /* (owned) id → KabDocumentModel */
  GCancellable *cancellable;   /* (owned) */
  GError *error;               /* (owned) (nullable) */
  char *search;                /* (owned) */
  char *folded;                /* (owned): search, without case */
  KabDocumentState state;
};

enum
{
  PROP_SEARCH = 1,
  PROP_STATE,
  N_PROPS,
};

enum
{
  ERROR_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabDocumentsModel, kab_documents_model, G_TYPE_OBJECT)

static gboolean
matches (gpointer item, gpointer user_data)
{
  KabDocumentsModel *self = user_data;
  KabDocument *document = item;
  g_autofree char *title = NULL;

  if (self->state != KAB_DOCUMENT_NONE && kab_document_read_state (document) != self->state)
    return FALSE;
  if (*self->folded == '\0')
    return TRUE;

  title = g_utf8_casefold (kab_document_get_local_title (document), -1);

  return strstr (title, self->folded) != NULL;
}

static void
filter_again (KabDocumentsModel *self)
{
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->visible),
                      GTK_FILTER_CHANGE_DIFFERENT);
}

static void
documents_changed_cb (GListModel *documents,
                      guint position,
                      guint removed,
                      guint added,
                      KabDocumentsModel *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (KabDocument) document = g_list_model_get_item (documents, i);

      g_signal_handlers_disconnect_by_func (document, filter_again, self);
      g_signal_connect_object (document, "notify::state", G_CALLBACK (filter_again), self,
                               G_CONNECT_SWAPPED);
    }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabDocumentsModel) self = user_data;
  g_autoptr (GError) error = NULL;

  kab_paged_list_load_all_finish (KAB_PAGED_LIST (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
  g_signal_emit (self, signals[ERROR_CHANGED], 0);
}

static void
kab_documents_model_get_property (GObject *object,
                                  guint property_id,
                                  GValue *value,
                                  GParamSpec *pspec)
{
  KabDocumentsModel *self = KAB_DOCUMENTS_MODEL (object);

  switch (property_id)
    {
    case PROP_SEARCH:
      g_value_set_string (value, self->search);
      break;
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_documents_model_set_property (GObject *object,
                                  guint property_id,
                                  const GValue *value,
                                  GParamSpec *pspec)
{
  KabDocumentsModel *self = KAB_DOCUMENTS_MODEL (object);

  switch (property_id)
    {
    case PROP_SEARCH:
      kab_documents_model_set_search (self, g_value_get_string (value));
      break;
    case PROP_STATE:
      kab_documents_model_set_state (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_documents_model_dispose (GObject *object)
{
  KabDocumentsModel *self = KAB_DOCUMENTS_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->visible);
  g_clear_pointer (&self->open, g_hash_table_unref);
  g_clear_object (&self->data);
  g_clear_object (&self->bank);
  g_clear_object (&self->journal);

  G_OBJECT_CLASS (kab_documents_model_parent_class)->dispose (object);
}

static void
kab_documents_model_finalize (GObject *object)
{
  KabDocumentsModel *self = KAB_DOCUMENTS_MODEL (object);

  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_free (self->search);
  g_free (self->folded);

  G_OBJECT_CLASS (kab_documents_model_parent_class)->finalize (object);
}

static void
kab_documents_model_class_init (KabDocumentsModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_documents_model_get_property;
  object_class->set_property = kab_documents_model_set_property;
  object_class->dispose = kab_documents_model_dispose;
  object_class->finalize = kab_documents_model_finalize;

  properties[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, "", flags);
  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, KAB_N_DOCUMENT_STATES - 1,
                                              KAB_DOCUMENT_NONE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[ERROR_CHANGED] = g_signal_new ("error-changed", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_documents_model_init (KabDocumentsModel *self)
{
  self->cancellable = g_cancellable_new ();
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->search = g_strdup ("");
  self->folded = g_strdup ("");
}

/**
 * kab_documents_model_new:
 * @data: what the bank knows about who is signed in
 * @bank: the bank
 * @journal: (nullable): where what isn't sent is kept
 *
 * Returns: (transfer full): the documents
 */
KabDocumentsModel *
kab_documents_model_new (KabClientData *data, KabBank *bank, KabDraftJournal *journal)
{
  KabDocumentsModel *self = g_object_new (KAB_TYPE_DOCUMENTS_MODEL, NULL);
  GListModel *documents = G_LIST_MODEL (kab_client_data_get_documents (data));
  GtkCustomFilter *filter = gtk_custom_filter_new (matches, self, NULL);

  self->data = g_object_ref (data);
  self->bank = g_object_ref (bank);
  g_set_object (&self->journal, journal);
  self->visible = gtk_filter_list_model_new (g_object_ref (documents), GTK_FILTER (filter));
  g_signal_connect_object (documents, "items-changed", G_CALLBACK (documents_changed_cb), self, 0);
  documents_changed_cb (documents, 0, 0, g_list_model_get_n_items (documents), self);

  return self;
}

/* Returns: (transfer none): what the bank knows. */
KabClientData *
kab_documents_model_get_data (KabDocumentsModel *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENTS_MODEL (self), NULL);

  return self->data;
}

/* Returns: (transfer none): those that search and state leave, in the bank's order. */
GListModel *
kab_documents_model_get_visible (KabDocumentsModel *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENTS_MODEL (self), NULL);

  return G_LIST_MODEL (self->visible);
}

/* Returns: (transfer none) (nullable): why they could not be read. */
const GError *
kab_documents_model_get_error (KabDocumentsModel *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENTS_MODEL (self), NULL);

  return self->error;
}

/**
 * kab_documents_model_load:
 * @self: documents
 *
 * Reads what is not there yet; also to try again.
 */
void
kab_documents_model_load (KabDocumentsModel *self)
{
  g_return_if_fail (KAB_IS_DOCUMENTS_MODEL (self));

  g_clear_error (&self->error);
  g_signal_emit (self, signals[ERROR_CHANGED], 0);
  kab_paged_list_load_all_async (kab_client_data_get_documents (self->data), self->cancellable,
                                 loaded_cb, g_object_ref (self));
}

/* Returns: (transfer none): what the titles must contain; empty for anything. */
const char *
kab_documents_model_get_search (KabDocumentsModel *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENTS_MODEL (self), "");

  return self->search;
}

/**
 * kab_documents_model_set_search:
 * @self: documents
 * @search: what the titles must contain, in any case; empty for anything
 */
void
kab_documents_model_set_search (KabDocumentsModel *self, const char *search)
{
  g_autofree char *trimmed = NULL;

  g_return_if_fail (KAB_IS_DOCUMENTS_MODEL (self));
  g_return_if_fail (search != NULL);

  if (!g_set_str (&self->search, search))
    return;

  trimmed = g_strstrip (g_strdup (search));
  g_free (self->folded);
  self->folded = g_utf8_casefold (trimmed, -1);
  filter_again (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH]);
}

/* Returns: the state of those shown; %KAB_DOCUMENT_NONE for any. */
KabDocumentState
kab_documents_model_get_state (KabDocumentsModel *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENTS_MODEL (self), KAB_DOCUMENT_NONE);

  return self->state;
}

/**
 * kab_documents_model_set_state:
 * @self: documents
 * @state: the state of those to show; %KAB_DOCUMENT_NONE for any
 */
void
kab_documents_model_set_state (KabDocumentsModel *self, KabDocumentState state)
{
  g_return_if_fail (KAB_IS_DOCUMENTS_MODEL (self));

  if (self->state == state)
    return;

  self->state = state;
  filter_again (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/**
 * kab_documents_model_open:
 * @self: documents
 * @document: one of them
 *
 * Returns: (transfer none): what a page about it shows, the same each time
 */
KabDocumentModel *
kab_documents_model_open (KabDocumentsModel *self, KabDocument *document)
{
  const char *id;
  KabDocumentModel *model;

  g_return_val_if_fail (KAB_IS_DOCUMENTS_MODEL (self), NULL);
  g_return_val_if_fail (KAB_IS_DOCUMENT (document), NULL);

  id = kab_document_get_id (document);
  model = g_hash_table_lookup (self->open, id);
  if (model == NULL)
    {
      model = kab_document_model_new (self->data, self->bank, self->journal, document);
      g_hash_table_insert (self->open, g_strdup (id), model);
    }

  return model;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-attachments.h"

/**
 * KabAttachments:
 *
 * The files of a document, a message or an answer, in their order: those that the bank has and
 * those on their way. A #GListModel of #KabAttachment, and what is added is sent at once.
 *
 * Properties, all notifying: `busy` (something is still on its way), `failed` (something could not
 * be sent), `modified` (the files differ from those that the bank knows of), `excess` (how many
 * files of the latest addition were too many).
 *
 * `changed` is emitted when the ids that kab_attachments_dup_ids() gives did.
 */
struct _KabAttachments
{
  GObject parent_instance;

  KabApi *api;         /* (owned) */
  GPtrArray *items;    /* (owned) of KabAttachment */
  GHashTable *removed; /* (owned) set of ids that are to go from the bank's list */
  guint maximum;
  guint excess;
  gboolean busy;
  gboolean failed;
  gboolean modified;
};

enum
{
  PROP_BUSY = 1,
  PROP_FAILED,
  PROP_MODIFIED,
  PROP_EXCESS,
  N_PROPS,
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KabAttachments,
                               kab_attachments,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return KAB_TYPE_ATTACHMENT;
}

static guint
get_n_items (GListModel *model)
{
  return KAB_ATTACHMENTS (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  KabAttachments *self = KAB_ATTACHMENTS (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position))
                                     : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
set_flag (KabAttachments *self, gboolean *flag, gboolean value, guint property)
{
  if (*flag == value)
    return;

  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static gboolean
is_under_way (KabAttachment *attachment)
{
  KabUploadState state = kab_attachment_get_state (attachment);

  return state != KAB_UPLOAD_DONE && state != KAB_UPLOAD_FAILED;
}

static void
update (KabAttachments *self)
{
  gboolean busy = FALSE;
  gboolean failed = FALSE;
  gboolean modified = g_hash_table_size (self->removed) > 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      KabAttachment *attachment = g_ptr_array_index (self->items, i);

      busy = busy || is_under_way (attachment);
      failed = failed || kab_attachment_get_state (attachment) == KAB_UPLOAD_FAILED;
      modified = modified || kab_attachment_get_file (attachment) == NULL;
    }
  set_flag (self, &self->busy, busy, PROP_BUSY);
  set_flag (self, &self->failed, failed, PROP_FAILED);
  set_flag (self, &self->modified, modified, PROP_MODIFIED);
}

static void
set_excess (KabAttachments *self, guint excess)
{
  if (self->excess == excess)
    return;

  self->excess = excess;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXCESS]);
}

static void
state_changed_cb (KabAttachments *self, GParamSpec *pspec, KabUpload *upload)
{
  update (self);
  if (kab_upload_get_state (upload) == KAB_UPLOAD_DONE)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
insert (KabAttachments *self, guint position, KabAttachment *attachment)
{
  g_ptr_array_insert (self->items, (int) position, g_object_ref (attachment));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

static void
take_away (KabAttachments *self, guint position)
{
  g_ptr_array_remove_index (self->items, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static void
kab_attachments_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  KabAttachments *self = KAB_ATTACHMENTS (object);

  switch (property_id)
    {
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    case PROP_FAILED:
      g_value_set_boolean (value, self->failed);
      break;
    case PROP_MODIFIED:
      g_value_set_boolean (value, self->modified);
      break;
    case PROP_EXCESS:
      g_value_set_uint (value, self->excess);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_attachments_dispose (GObject *object)
{
  KabAttachments *self = KAB_ATTACHMENTS (object);

  g_ptr_array_set_size (self->items, 0);
  g_clear_object (&self->api);

  G_OBJECT_CLASS (kab_attachments_parent_class)->dispose (object);
}

static void
kab_attachments_finalize (GObject *object)
{
  KabAttachments *self = KAB_ATTACHMENTS (object);

  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->removed);

  G_OBJECT_CLASS (kab_attachments_parent_class)->finalize (object);
}

static void
kab_attachments_class_init (KabAttachmentsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_attachments_get_property;
  object_class->dispose = kab_attachments_dispose;
  object_class->finalize = kab_attachments_finalize;

  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_FAILED] = g_param_spec_boolean ("failed", NULL, NULL, FALSE, flags);
  properties[PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE, flags);
  properties[PROP_EXCESS] = g_param_spec_uint ("excess", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_attachments_init (KabAttachments *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->removed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * kab_attachments_new:
 * @api: where files are sent to
 * @maximum: how many files there can be (LGA-11: 10 for a document)
 *
 * Returns: (transfer full): no files
 */
KabAttachments *
kab_attachments_new (KabApi *api, guint maximum)
{
  KabAttachments *self;

  g_return_val_if_fail (KAB_IS_API (api), NULL);

  self = g_object_new (KAB_TYPE_ATTACHMENTS, NULL);
  self->api = g_object_ref (api);
  self->maximum = maximum;

  return self;
}

/* Returns: (transfer none): where files are sent to. */
KabApi *
kab_attachments_get_api (KabAttachments *self)
{
  g_return_val_if_fail (KAB_IS_ATTACHMENTS (self), NULL);

  return self->api;
}

/* Returns: how many files there can be. */
guint
kab_attachments_get_maximum (KabAttachments *self)
{
  g_return_val_if_fail (KAB_IS_ATTACHMENTS (self), 0);

  return self->maximum;
}

/* Returns: how many files were too many since files could be added the last time. */
guint
kab_attachments_get_excess (KabAttachments *self)
{
  g_return_val_if_fail (KAB_IS_ATTACHMENTS (self), 0);

  return self->excess;
}

/* Returns: whether a file is still on its way, paused and interrupted ones included. */
gboolean
kab_attachments_get_busy (KabAttachments *self)
{
  g_return_val_if_fail (KAB_IS_ATTACHMENTS (self), FALSE);

  return self->busy;
}

/* Returns: whether a file could not be sent. */
gboolean
kab_attachments_get_failed (KabAttachments *self)
{
  g_return_val_if_fail (KAB_IS_ATTACHMENTS (self), FALSE);

  return self->failed;
}

/* Returns: whether files came or went since the bank was told of them. */
gboolean
kab_attachments_get_modified (KabAttachments *self)
{
  g_return_val_if_fail (KAB_IS_ATTACHMENTS (self), FALSE);

  return self->modified;
}

/**
 * kab_attachments_dup_ids:
 * @self: files
 *
 * Returns: (transfer full) (array zero-terminated=1): the ids of those that the bank has, in order
 */
char **
kab_attachments_dup_ids (KabAttachments *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  g_return_val_if_fail (KAB_IS_ATTACHMENTS (self), NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      const char *id = kab_attachment_get_id (g_ptr_array_index (self->items, i));

      if (id != NULL)
        g_strv_builder_add (ids, id);
    }

  return g_strv_builder_end (ids);
}

/**
 * kab_attachments_add:
 * @self: files
 * @file: one more
 *
 * Checks the file and begins to send it.
 *
 * Returns: (transfer none) (nullable): the attachment; %NULL when there are as many as there can
 * be, see `excess`
 */
KabAttachment *
kab_attachments_add (KabAttachments *self, GFile *file)
{
  g_autoptr (KabUpload) upload = NULL;

  g_return_val_if_fail (KAB_IS_ATTACHMENTS (self), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  upload = kab_upload_new (self->api, file);

  return kab_attachments_add_upload (self, upload);
}

/**
 * kab_attachments_add_upload:
 * @self: files
 * @upload: one more, which isn't under way yet
 *
 * As kab_attachments_add(), for a file of which the bank may have a part.
 *
 * Returns: (transfer none) (nullable): as kab_attachments_add()
 */
KabAttachment *
kab_attachments_add_upload (KabAttachments *self, KabUpload *upload)
{
  g_autoptr (KabAttachment) attachment = NULL;

  g_return_val_if_fail (KAB_IS_ATTACHMENTS (self), NULL);
  g_return_val_if_fail (KAB_IS_UPLOAD (upload), NULL);

  if (self->items->len >= self->maximum)
    {
      set_excess (self, self->excess + 1);
      return NULL;
    }

  set_excess (self, 0);
  attachment = kab_attachment_new_for_upload (upload);
  g_signal_connect_object (upload, "notify::state", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  insert (self, self->items->len, attachment);
  kab_upload_start (upload);
  update (self);

  return attachment;
}

/**
 * kab_attachments_remove:
 * @self: files
 * @attachment: one of them
 *
 * Takes it away, for kab_attachments_restore() to put back or kab_attachments_forget() to give up.
 *
 * Returns: where it was
 */
guint
kab_attachments_remove (KabAttachments *self, KabAttachment *attachment)
{
  g_autoptr (KabAttachment) kept = NULL;
  KabUpload *upload;
  guint position;

  g_return_val_if_fail (KAB_IS_ATTACHMENTS (self), 0);
  g_return_val_if_fail (g_ptr_array_find (self->items, attachment, &position), 0);

  kept = g_object_ref (attachment);
  upload = kab_attachment_get_upload (attachment);
  if (upload != NULL)
    kab_upload_pause (upload);
  if (kab_attachment_get_file (attachment) != NULL)
    g_hash_table_add (self->removed, g_strdup (kab_attachment_get_id (attachment)));
  take_away (self, position);
  set_excess (self, 0);
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);

  return position;
}

/**
 * kab_attachments_restore:
 * @self: files
 * @attachment: what kab_attachments_remove() took away
 * @position: where it was
 *
 * Puts it back and goes on sending it.
 */
void
kab_attachments_restore (KabAttachments *self, KabAttachment *attachment, guint position)
{
  g_return_if_fail (KAB_IS_ATTACHMENTS (self));
  g_return_if_fail (KAB_IS_ATTACHMENT (attachment));

  if (kab_attachment_get_file (attachment) != NULL)
    g_hash_table_remove (self->removed, kab_attachment_get_id (attachment));
  insert (self, MIN (position, self->items->len), attachment);
  if (kab_attachment_get_state (attachment) == KAB_UPLOAD_PAUSED)
    kab_upload_start (kab_attachment_get_upload (attachment));
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * kab_attachments_forget:
 * @self: files
 * @attachment: what kab_attachments_remove() took away
 *
 * Lets the bank throw away what it has of a file that nothing refers to.
 */
void
kab_attachments_forget (KabAttachments *self, KabAttachment *attachment)
{
  g_return_if_fail (KAB_IS_ATTACHMENTS (self));
  g_return_if_fail (KAB_IS_ATTACHMENT (attachment));

  if (kab_attachment_get_file (attachment) == NULL &&
      !g_ptr_array_find (self->items, attachment, NULL))
    kab_upload_cancel (kab_attachment_get_upload (attachment));
}

/**
 * kab_attachments_clear:
 * @self: files
 *
 * Takes all away, such as after they went with a message.
 */
void
kab_attachments_clear (KabAttachments *self)
{
  guint n_items;

  g_return_if_fail (KAB_IS_ATTACHMENTS (self));

  n_items = self->items->len;
  g_ptr_array_set_size (self->items, 0);
  g_hash_table_remove_all (self->removed);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_items, 0);
  set_excess (self, 0);
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static KabFile *
find_file (GListModel *files, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (KabFile) file = g_list_model_get_item (files, i);

      if (g_strcmp0 (kab_file_get_id (file), id) == 0)
        return g_steal_pointer (&file);
    }

  return NULL;
}

static gboolean
has_id (KabAttachments *self, const char *id)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      if (g_strcmp0 (kab_attachment_get_id (g_ptr_array_index (self->items, i)), id) == 0)
        return TRUE;
    }

  return g_hash_table_contains (self->removed, id);
}

/* What the bank knows of becomes its; what it had and has no more goes. */
static void
merge_items (KabAttachments *self, GListModel *files)
{
  for (guint i = self->items->len; i > 0; i--)
    {
      KabAttachment *attachment = g_ptr_array_index (self->items, i - 1);
      g_autoptr (KabFile) file = find_file (files, kab_attachment_get_id (attachment));

      if (file != NULL)
        kab_attachment_set_file (attachment, file);
      else if (kab_attachment_get_file (attachment) != NULL)
        take_away (self, i - 1);
    }
}

/**
 * kab_attachments_show_files:
 * @self: files
 * @files: (transfer none): the #KabFile that the bank knows of now
 *
 * Takes over the bank's list and leaves alone what was added or removed here since.
 */
void
kab_attachments_show_files (KabAttachments *self, GListModel *files)
{
  g_return_if_fail (KAB_IS_ATTACHMENTS (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));

  merge_items (self, files);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (KabFile) file = g_list_model_get_item (files, i);

      if (!has_id (self, kab_file_get_id (file)))
        {
          g_autoptr (KabAttachment) attachment = kab_attachment_new_for_file (file);

          insert (self, MIN (i, self->items->len), attachment);
        }
    }
  update (self);
}

/**
 * kab_attachments_set_saved:
 * @self: files
 *
 * The bank was told of the ids; kab_attachments_show_files() with its answer follows.
 */
void
kab_attachments_set_saved (KabAttachments *self)
{
  g_return_if_fail (KAB_IS_ATTACHMENTS (self));

  g_hash_table_remove_all (self->removed);
  update (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-upload-keeper.h"

#include "common/kab-private-file.h"

#define KEEP_DELAY_MS 300

/**
 * KabUploadKeeper:
 *
 * Keeps in the journal which of some files are still on their way, and puts them on their way again
 * when the program ended, or somebody was signed out, before they were there. A file that is there
 * is left to who keeps its id; with kab_upload_keeper_keep_until_saved() it is kept until the bank
 * has it in a list of its own. Files that the program made itself are left to who made them.
 */
struct _KabUploadKeeper
{
  GObject parent_instance;

  KabAttachments *attachments; /* (owned) */
  KabDraftJournal *journal;    /* (owned) */
  char *key;                   /* (owned) */
  gboolean until_saved;
  guint keep_source;
};

G_DEFINE_FINAL_TYPE (KabUploadKeeper, kab_upload_keeper, G_TYPE_OBJECT)

static gboolean
is_arrived (KabUploadKeeper *self, KabAttachment *attachment)
{
  return self->until_saved ? kab_attachment_get_file (attachment) != NULL
                           : kab_attachment_get_id (attachment) != NULL;
}

static JsonArray *
create_kept (KabUploadKeeper *self)
{
  GListModel *list = G_LIST_MODEL (self->attachments);
  JsonArray *kept = json_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (KabAttachment) attachment = g_list_model_get_item (list, i);
      KabUpload *upload = kab_attachment_get_upload (attachment);

      if (upload != NULL && !is_arrived (self, attachment) &&
          !kab_private_file_is_bound (G_OBJECT (upload)))
        json_array_add_object_element (kept, kab_upload_keep (upload));
    }

  return kept;
}

static gboolean
keep_cb (gpointer user_data)
{
  KabUploadKeeper *self = user_data;
  g_autoptr (JsonArray) kept = create_kept (self);
  g_autoptr (JsonObject) draft = NULL;

  self->keep_source = 0;
  if (json_array_get_length (kept) == 0)
    {
      kab_draft_journal_remove (self->journal, self->key);
      return G_SOURCE_REMOVE;
    }

  draft = json_object_new ();
  json_object_set_array_member (draft, "files", g_steal_pointer (&kept));
  kab_draft_journal_put_async (self->journal, self->key, draft, NULL, NULL, NULL);

  return G_SOURCE_REMOVE;
}

static void
keep_soon (KabUploadKeeper *self)
{
  if (self->keep_source == 0)
    self->keep_source = g_timeout_add (KEEP_DELAY_MS, keep_cb, self);
}

static void
items_changed_cb (KabUploadKeeper *self, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (KabAttachment) attachment =
          g_list_model_get_item (G_LIST_MODEL (self->attachments), i);
      KabUpload *upload = kab_attachment_get_upload (attachment);

      if (upload != NULL)
        g_signal_connect_object (upload, "notify::state", G_CALLBACK (keep_soon), self,
                                 G_CONNECT_SWAPPED);
    }
  keep_soon (self);
}

/* It was saved, and the program ended before the journal knew. */
static gboolean
is_there (KabUploadKeeper *self, JsonObject *kept)
{
  const char *id = json_object_get_string_member_with_default (kept, "id", NULL);
  GListModel *list = G_LIST_MODEL (self->attachments);

  for (guint i = 0; id != NULL && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (KabAttachment) attachment = g_list_model_get_item (list, i);

      if (g_strcmp0 (kab_attachment_get_id (attachment), id) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
restore (KabUploadKeeper *self)
{
  JsonObject *draft = kab_draft_journal_get (self->journal, self->key);
  JsonNode *files = draft != NULL ? json_object_get_member (draft, "files") : NULL;
  g_autoptr (JsonArray) kept = NULL;

  if (files == NULL || !JSON_NODE_HOLDS_ARRAY (files))
    return;

  kept = json_array_ref (json_node_get_array (files));
  for (guint i = 0; i < json_array_get_length (kept); i++)
    {
      JsonNode *element = json_array_get_element (kept, i);
      g_autoptr (KabUpload) upload = NULL;

      if (JSON_NODE_HOLDS_OBJECT (element) && !is_there (self, json_node_get_object (element)))
        upload = kab_upload_new_kept (kab_attachments_get_api (self->attachments),
                                      json_node_get_object (element));
      if (upload != NULL)
        kab_attachments_add_upload (self->attachments, upload);
    }
}

static void
kab_upload_keeper_dispose (GObject *object)
{
  KabUploadKeeper *self = KAB_UPLOAD_KEEPER (object);

  if (self->keep_source != 0)
    {
      g_source_remove (self->keep_source);
      keep_cb (self);
    }
  g_clear_object (&self->attachments);
  g_clear_object (&self->journal);
  g_clear_pointer (&self->key, g_free);

  G_OBJECT_CLASS (kab_upload_keeper_parent_class)->dispose (object);
}

static void
kab_upload_keeper_class_init (KabUploadKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kab_upload_keeper_dispose;
}

static void
kab_upload_keeper_init (KabUploadKeeper *self)
{
}

/**
 * kab_upload_keeper_new:
 * @attachments: files
 * @journal: where it is kept which of them are on their way
 * @key: under this key
 *
 * Those that are kept are on their way again at once.
 *
 * Returns: (transfer full): what keeps them for as long as it lives
 */
KabUploadKeeper *
kab_upload_keeper_new (KabAttachments *attachments, KabDraftJournal *journal, const char *key)
{
  KabUploadKeeper *self;

  g_return_val_if_fail (KAB_IS_ATTACHMENTS (attachments), NULL);
  g_return_val_if_fail (KAB_IS_DRAFT_JOURNAL (journal), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  self = g_object_new (KAB_TYPE_UPLOAD_KEEPER, NULL);
  self->attachments = g_object_ref (attachments);
  self->journal = g_object_ref (journal);
  self->key = g_strdup (key);
  g_signal_connect_object (attachments, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  restore (self);

  return self;
}

/**
 * kab_upload_keeper_keep_until_saved:
 * @self: what keeps files
 *
 * Keeps also those that the bank has whole, for nobody else keeps their ids until it has them in a
 * list of files.
 */
void
kab_upload_keeper_keep_until_saved (KabUploadKeeper *self)
{
  g_return_if_fail (KAB_IS_UPLOAD_KEEPER (self));

  self->until_saved = TRUE;
  g_signal_connect_object (self->attachments, "notify::modified", G_CALLBACK (keep_soon), self,
                           G_CONNECT_SWAPPED);
}

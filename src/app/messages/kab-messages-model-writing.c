/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "messages/kab-messages-model-private.h"

#include "kab-message-operations.h"

/* Writing a message: kept in the journal while it is written, sent under one key however often the
 * line is lost. */

#define KEEP_DELAY_MS 500

static char *
dup_text (KabMessagesModel *self)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (self->text, &start, &end);
  text = gtk_text_buffer_get_text (self->text, &start, &end, FALSE);

  return g_strdup (g_strstrip (text));
}

static JsonArray *
create_files (KabMessagesModel *self)
{
  GListModel *attachments = G_LIST_MODEL (self->attachments);
  JsonArray *files = json_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (attachments); i++)
    {
      g_autoptr (KabAttachment) attachment = g_list_model_get_item (attachments, i);
      JsonObject *file;

      if (kab_attachment_get_id (attachment) == NULL)
        continue;

      file = json_object_new ();
      json_object_set_string_member (file, "id", kab_attachment_get_id (attachment));
      json_object_set_string_member (file, "name", kab_attachment_get_name (attachment));
      json_object_set_int_member (file, "size", kab_attachment_get_size (attachment));
      json_object_set_string_member (file, "mediaType", "application/octet-stream");
      json_array_add_object_element (files, file);
    }

  return files;
}

static JsonObject *
create_draft (KabMessagesModel *self, const char *text)
{
  JsonObject *draft = json_object_new ();

  json_object_set_string_member (draft, "text", text);
  json_object_set_array_member (draft, "files", create_files (self));
  if (self->key != NULL)
    json_object_set_string_member (draft, "key", self->key);

  return draft;
}

static gboolean
keep_cb (gpointer user_data)
{
  KabMessagesModel *self = user_data;
  g_autofree char *text = dup_text (self);
  g_autoptr (JsonObject) draft = NULL;

  self->keep_source = 0;
  if (self->journal == NULL)
    return G_SOURCE_REMOVE;
  if (*text == '\0' && g_list_model_get_n_items (G_LIST_MODEL (self->attachments)) == 0)
    {
      kab_draft_journal_remove (self->journal, self->draft_key);
      return G_SOURCE_REMOVE;
    }

  draft = create_draft (self, text);
  kab_draft_journal_put_async (self->journal, self->draft_key, draft, NULL, NULL, NULL);

  return G_SOURCE_REMOVE;
}

static void
keep_soon (KabMessagesModel *self)
{
  if (self->keep_source == 0)
    self->keep_source = g_timeout_add (KEEP_DELAY_MS, keep_cb, self);
}

/* What is written anew is another message than one that was refused. */
static void
written_cb (KabMessagesModel *self)
{
  kab_messages_model_set_obstacle (self, NULL);
  if (self->sending == KAB_SENDING_NOT)
    g_clear_pointer (&self->key, g_free);
  keep_soon (self);
}

static void
restore_files (KabMessagesModel *self, JsonArray *array)
{
  g_autoptr (KabRecordList) files = kab_record_list_new (KAB_TYPE_FILE);
  g_autoptr (GError) error = NULL;

  if (kab_record_list_update (files, array, &error))
    kab_attachments_show_files (self->attachments, G_LIST_MODEL (files));
  else
    g_debug ("The draft's files are no use: %s", error->message);
}

static void
restore (KabMessagesModel *self)
{
  JsonObject *draft =
      self->journal != NULL ? kab_draft_journal_get (self->journal, self->draft_key) : NULL;
  const char *text =
      draft != NULL ? json_object_get_string_member_with_default (draft, "text", NULL) : NULL;
  JsonNode *files = draft != NULL ? json_object_get_member (draft, "files") : NULL;

  if (text != NULL)
    gtk_text_buffer_set_text (self->text, text, -1);
  if (files != NULL && JSON_NODE_HOLDS_ARRAY (files))
    restore_files (self, json_node_get_array (files));
  /* It may have arrived before the program ended: the same message isn't taken twice. */
  if (draft != NULL)
    self->key = g_strdup (json_object_get_string_member_with_default (draft, "key", NULL));
}

static void try_sending (KabMessagesModel *self);

static void
files_came_cb (KabMessagesModel *self)
{
  if (self->sending == KAB_SENDING_FILES && !kab_attachments_get_busy (self->attachments))
    try_sending (self);
}

static void
online_changed_cb (KabMessagesModel *self)
{
  if (self->sending == KAB_SENDING_WAITS &&
      kab_api_get_online (kab_client_data_get_api (self->data)))
    try_sending (self);
}

static KabUploadKeeper *
new_keeper (KabMessagesModel *self, const char *user)
{
  g_autofree char *key = g_strdup_printf ("files/message/%s", user);

  return kab_upload_keeper_new (self->attachments, self->journal, key);
}

/* For kab-messages-model.c. */
void
kab_messages_model_start_keeping (KabMessagesModel *self)
{
  const char *user = kab_session_get_user_id (kab_client_data_get_session (self->data));

  /* Whoever is next at this computer doesn't see it. */
  self->draft_key = g_strdup_printf ("message/%s", user);
  restore (self);
  g_signal_connect_object (self->text, "changed", G_CALLBACK (written_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->attachments, "changed", G_CALLBACK (written_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->attachments, "items-changed", G_CALLBACK (written_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->attachments, "notify::busy", G_CALLBACK (files_came_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (kab_client_data_get_api (self->data), "notify::online",
                           G_CALLBACK (online_changed_cb), self, G_CONNECT_SWAPPED);
  if (self->journal != NULL)
    self->keeper = new_keeper (self, user);
}

/* For kab-messages-model.c. */
void
kab_messages_model_stop_keeping (KabMessagesModel *self)
{
  g_clear_object (&self->keeper);
  if (self->keep_source == 0)
    return;

  g_source_remove (self->keep_source);
  keep_cb (self);
}

static void
clear_draft (KabMessagesModel *self)
{
  gtk_text_buffer_set_text (self->text, "", -1);
  kab_attachments_clear (self->attachments);
  if (self->journal != NULL)
    kab_draft_journal_remove (self->journal, self->draft_key);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabMessagesModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KabMessage) message = kab_message_send_finish (KAB_API (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (kab_api_error_is_connection (error))
    {
      kab_messages_model_set_sending (self, KAB_SENDING_WAITS);
      return;
    }

  g_clear_pointer (&self->key, g_free);
  if (message != NULL)
    {
      kab_client_data_adopt_message (self->data, message);
      clear_draft (self);
    }
  else
    {
      self->send_error = g_steal_pointer (&error);
      kab_messages_model_set_obstacle (self, "refused");
    }
  kab_messages_model_set_sending (self, KAB_SENDING_NOT);
}

static const char *
find_obstacle (KabMessagesModel *self, const char *text)
{
  if (*text == '\0')
    return "message-empty";
  if (g_utf8_strlen (text, -1) > KAB_MESSAGE_LENGTH_MAX)
    return "message-too-long";
  if (kab_attachments_get_failed (self->attachments))
    return "message-file-failed";

  return NULL;
}

static void
post (KabMessagesModel *self)
{
  g_autofree char *text = dup_text (self);
  g_auto (GStrv) ids = kab_attachments_dup_ids (self->attachments);

  kab_message_send_async (kab_client_data_get_api (self->data), text, (const char *const *) ids,
                          self->key, self->cancellable, sent_cb, g_object_ref (self));
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabMessagesModel) self = user_data;

  /* Where nothing can be kept it is sent all the same. */
  kab_draft_journal_put_finish (KAB_DRAFT_JOURNAL (source), result, NULL);
  post (self);
}

static void
try_sending (KabMessagesModel *self)
{
  g_autofree char *text = dup_text (self);
  g_autoptr (JsonObject) draft = NULL;
  const char *obstacle = find_obstacle (self, text);

  if (obstacle != NULL)
    {
      kab_messages_model_set_sending (self, KAB_SENDING_NOT);
      kab_messages_model_set_obstacle (self, obstacle);
      return;
    }
  if (kab_attachments_get_busy (self->attachments))
    {
      kab_messages_model_set_sending (self, KAB_SENDING_FILES);
      return;
    }

  if (self->key == NULL)
    self->key = kab_idempotency_key_new ();
  kab_messages_model_set_sending (self, KAB_SENDING_NOW);
  if (self->journal == NULL)
    {
      post (self);
      return;
    }

  /* Its key first: after a crash the same message isn't taken for another one. */
  draft = create_draft (self, text);
  kab_draft_journal_put_async (self->journal, self->draft_key, draft, NULL, kept_cb,
                               g_object_ref (self));
}

/**
 * kab_messages_model_send:
 * @self: a conversation
 *
 * Sends what was written, once its files are there, and as soon as there is a line («Nosūtīt»,
 * MSG-6).
 *
 * Returns: %FALSE when something has to be put right first, see kab_messages_model_get_obstacle()
 */
gboolean
kab_messages_model_send (KabMessagesModel *self)
{
  g_return_val_if_fail (KAB_IS_MESSAGES_MODEL (self), FALSE);

  if (self->sending != KAB_SENDING_NOT)
    return TRUE;

  g_clear_error (&self->send_error);
  kab_messages_model_set_obstacle (self, NULL);
  try_sending (self);

  return self->sending != KAB_SENDING_NOT;
}

/**
 * kab_messages_model_take_back:
 * @self: a conversation whose message waits for its files or for the line
 *
 * It isn't sent and can be changed.
 */
void
kab_messages_model_take_back (KabMessagesModel *self)
{
  g_return_if_fail (KAB_IS_MESSAGES_MODEL (self));

  if (self->sending == KAB_SENDING_FILES || self->sending == KAB_SENDING_WAITS)
    kab_messages_model_set_sending (self, KAB_SENDING_NOT);
}

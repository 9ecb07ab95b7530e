/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "messages/kab-messages-model-private.h"

#include "kab-file-rules.h"

/**
 * KabMessagesModel:
 *
 * The conversation with the bank, oldest first, and what is being written: its text, its files and
 * how far sending is. What is written is kept in the journal until it is sent.
 *
 * Properties, notifying: `sending`. `error-changed` is emitted when reading failed or is tried
 * again, `obstacle-changed` when what keeps the message from being sent changed.
 */

enum
{
  PROP_SENDING = 1,
  N_PROPS,
};

enum
{
  ERROR_CHANGED,
  OBSTACLE_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (KabSendingState,
                    kab_sending_state,
                    G_DEFINE_ENUM_VALUE (KAB_SENDING_NOT, "not"),
                    G_DEFINE_ENUM_VALUE (KAB_SENDING_FILES, "files"),
                    G_DEFINE_ENUM_VALUE (KAB_SENDING_NOW, "now"),
                    G_DEFINE_ENUM_VALUE (KAB_SENDING_WAITS, "waits"))
G_DEFINE_FINAL_TYPE (KabMessagesModel, kab_messages_model, G_TYPE_OBJECT)

/* For the other files of this class. */
void
kab_messages_model_set_sending (KabMessagesModel *self, KabSendingState sending)
{
  if (self->sending == sending)
    return;

  self->sending = sending;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENDING]);
}

/* For the other files of this class: a code of kab_error_text(), static, or %NULL. */
void
kab_messages_model_set_obstacle (KabMessagesModel *self, const char *obstacle)
{
  if (self->obstacle == obstacle)
    return;

  self->obstacle = obstacle;
  g_signal_emit (self, signals[OBSTACLE_CHANGED], 0);
}

static int
compare_times (gconstpointer a, gconstpointer b, gpointer user_data)
{
  GDateTime *first = kab_message_get_sent_at ((KabMessage *) a);
  GDateTime *second = kab_message_get_sent_at ((KabMessage *) b);

  if (first == NULL || second == NULL)
    return (first != NULL) - (second != NULL);

  return g_date_time_compare (first, second);
}

static int
get_day (gconstpointer message)
{
  GDateTime *sent_at = kab_message_get_sent_at ((KabMessage *) message);
  g_autoptr (GDateTime) local = sent_at != NULL ? g_date_time_to_local (sent_at) : NULL;

  return local != NULL ? g_date_time_get_year (local) * 1000 + g_date_time_get_day_of_year (local)
                       : 0;
}

static int
compare_days (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return get_day (a) - get_day (b);
}

static void
take_error (KabMessagesModel *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  g_signal_emit (self, signals[ERROR_CHANGED], 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabMessagesModel) self = user_data;
  GError *error = NULL;

  kab_paged_list_load_more_finish (KAB_PAGED_LIST (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_error_free (error);
  else
    take_error (self, error);
}

static void
message_arrived_cb (KabMessagesModel *self, KabMessage *message)
{
  g_hash_table_add (self->fresh, g_strdup (kab_message_get_id (message)));
}

/* The newest messages of the bank, as many as it says aren't read. */
static void
find_fresh (KabMessagesModel *self)
{
  GListModel *messages = G_LIST_MODEL (kab_client_data_get_messages (self->data));
  guint left = kab_client_data_get_unread_messages (self->data);

  for (guint i = 0; i < g_list_model_get_n_items (messages) && left > 0; i++)
    {
      g_autoptr (KabMessage) message = g_list_model_get_item (messages, i);

      if (g_strcmp0 (kab_message_get_from (message), "bank") == 0)
        {
          g_hash_table_add (self->fresh, g_strdup (kab_message_get_id (message)));
          left--;
        }
    }
}

static void
kab_messages_model_get_property (GObject *object,
                                 guint property_id,
                                 GValue *value,
                                 GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SENDING:
      g_value_set_enum (value, KAB_MESSAGES_MODEL (object)->sending);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_messages_model_dispose (GObject *object)
{
  KabMessagesModel *self = KAB_MESSAGES_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  kab_messages_model_stop_keeping (self);
  g_clear_object (&self->list);
  g_clear_object (&self->text);
  g_clear_object (&self->attachments);
  g_clear_object (&self->journal);
  g_clear_object (&self->data);

  G_OBJECT_CLASS (kab_messages_model_parent_class)->dispose (object);
}

static void
kab_messages_model_finalize (GObject *object)
{
  KabMessagesModel *self = KAB_MESSAGES_MODEL (object);

  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_clear_error (&self->send_error);
  g_hash_table_unref (self->fresh);
  g_free (self->key);
  g_free (self->draft_key);

  G_OBJECT_CLASS (kab_messages_model_parent_class)->finalize (object);
}

static void
kab_messages_model_class_init (KabMessagesModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kab_messages_model_get_property;
  object_class->dispose = kab_messages_model_dispose;
  object_class->finalize = kab_messages_model_finalize;

  properties[PROP_SENDING] =
      g_param_spec_enum ("sending", NULL, NULL, KAB_TYPE_SENDING_STATE, KAB_SENDING_NOT,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[ERROR_CHANGED] = g_signal_new ("error-changed", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OBSTACLE_CHANGED] = g_signal_new ("obstacle-changed", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_messages_model_init (KabMessagesModel *self)
{
  self->cancellable = g_cancellable_new ();
  self->fresh = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->text = gtk_text_buffer_new (NULL);
}

static GtkSortListModel *
create_list (KabClientData *data)
{
  GListModel *messages = g_object_ref (G_LIST_MODEL (kab_client_data_get_messages (data)));
  GtkSorter *by_time = GTK_SORTER (gtk_custom_sorter_new (compare_times, NULL, NULL));
  g_autoptr (GtkSorter) by_day = GTK_SORTER (gtk_custom_sorter_new (compare_days, NULL, NULL));
  GtkSortListModel *list = gtk_sort_list_model_new (messages, by_time);

  gtk_sort_list_model_set_section_sorter (list, by_day);

  return list;
}

/**
 * kab_messages_model_new:
 * @data: what the bank knows about who is signed in
 * @journal: (nullable): where what isn't sent is kept
 *
 * Returns: (transfer full): the conversation, with what was being written
 */
KabMessagesModel *
kab_messages_model_new (KabClientData *data, KabDraftJournal *journal)
{
  KabMessagesModel *self = g_object_new (KAB_TYPE_MESSAGES_MODEL, NULL);

  self->data = g_object_ref (data);
  g_set_object (&self->journal, journal);
  self->list = create_list (data);
  self->attachments = kab_attachments_new (kab_client_data_get_api (data), KAB_FILE_COUNT_MAX);
  kab_messages_model_start_keeping (self);
  g_signal_connect_object (data, "message-arrived", G_CALLBACK (message_arrived_cb), self,
                           G_CONNECT_SWAPPED);
  find_fresh (self);

  return self;
}

/* What a getter returns belongs to the model. */
KabClientData *
kab_messages_model_get_data (KabMessagesModel *self)
{
  g_return_val_if_fail (KAB_IS_MESSAGES_MODEL (self), NULL);

  return self->data;
}

/* A model of #KabMessage, oldest first, in sections by day. */
GListModel *
kab_messages_model_get_list (KabMessagesModel *self)
{
  g_return_val_if_fail (KAB_IS_MESSAGES_MODEL (self), NULL);

  return G_LIST_MODEL (self->list);
}

/* (nullable): why the messages could not be read. */
const GError *
kab_messages_model_get_error (KabMessagesModel *self)
{
  g_return_val_if_fail (KAB_IS_MESSAGES_MODEL (self), NULL);

  return self->error;
}

GtkTextBuffer *
kab_messages_model_get_text (KabMessagesModel *self)
{
  g_return_val_if_fail (KAB_IS_MESSAGES_MODEL (self), NULL);

  return self->text;
}

KabAttachments *
kab_messages_model_get_attachments (KabMessagesModel *self)
{
  g_return_val_if_fail (KAB_IS_MESSAGES_MODEL (self), NULL);

  return self->attachments;
}

KabSendingState
kab_messages_model_get_sending (KabMessagesModel *self)
{
  g_return_val_if_fail (KAB_IS_MESSAGES_MODEL (self), KAB_SENDING_NOT);

  return self->sending;
}

/* (nullable): why the bank refused the message. */
const GError *
kab_messages_model_get_send_error (KabMessagesModel *self)
{
  g_return_val_if_fail (KAB_IS_MESSAGES_MODEL (self), NULL);

  return self->send_error;
}

/* (nullable): a code for what has to be put right before it can be sent; `refused` stands for
 * kab_messages_model_get_send_error(). */
const char *
kab_messages_model_get_obstacle (KabMessagesModel *self)
{
  g_return_val_if_fail (KAB_IS_MESSAGES_MODEL (self), NULL);

  return self->obstacle;
}

/**
 * kab_messages_model_load:
 * @self: a conversation
 *
 * Reads the newest messages if they aren't there yet; also to try again.
 */
void
kab_messages_model_load (KabMessagesModel *self)
{
  g_return_if_fail (KAB_IS_MESSAGES_MODEL (self));

  if (kab_paged_list_get_loaded (kab_client_data_get_messages (self->data)))
    return;

  take_error (self, NULL);
  kab_messages_model_load_earlier (self);
}

/**
 * kab_messages_model_load_earlier:
 * @self: a conversation
 *
 * Reads the next older messages.
 */
void
kab_messages_model_load_earlier (KabMessagesModel *self)
{
  g_return_if_fail (KAB_IS_MESSAGES_MODEL (self));

  kab_paged_list_load_more_async (kab_client_data_get_messages (self->data), self->cancellable,
                                  loaded_cb, g_object_ref (self));
}

/**
 * kab_messages_model_mark_read:
 * @self: a conversation
 *
 * Its newest message was seen.
 */
void
kab_messages_model_mark_read (KabMessagesModel *self)
{
  g_return_if_fail (KAB_IS_MESSAGES_MODEL (self));

  if (kab_client_data_get_unread_messages (self->data) > 0)
    {
      find_fresh (self);
      kab_client_data_mark_messages_read (self->data);
    }
}

/* Whether @message came since the conversation was opened, or wasn't read then. */
gboolean
kab_messages_model_is_fresh (KabMessagesModel *self, KabMessage *message)
{
  g_return_val_if_fail (KAB_IS_MESSAGES_MODEL (self), FALSE);

  return g_hash_table_contains (self->fresh, kab_message_get_id (message));
}

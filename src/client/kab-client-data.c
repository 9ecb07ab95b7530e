/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-client-data-private.h"

#include "kab-message-operations.h"
#include "kab-profile-operations.h"

enum
{
  PROP_0,
  PROP_API,
  PROP_SESSION,
  PROP_PROFILE,
  PROP_ONBOARDINGS,
  PROP_DOCUMENTS,
  PROP_MESSAGES,
  PROP_ONBOARDING,
  PROP_UNREAD_MESSAGES,
  PROP_DOCUMENTS_TO_DO,
  PROP_LOADED,
  N_PROPS,
};

enum
{
  MESSAGE_ARRIVED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabClientData, kab_client_data, G_TYPE_OBJECT)

static void
set_unread_messages (KabClientData *self, guint unread)
{
  if (self->unread_messages == unread)
    return;

  self->unread_messages = unread;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNREAD_MESSAGES]);
}

/* Documents that the client can do something about. */
static void
count_documents (KabClientData *self)
{
  guint to_do = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->documents)); i++)
    {
      g_autoptr (KabDocument) document = g_list_model_get_item (G_LIST_MODEL (self->documents), i);

      to_do += *kab_document_get_actions (document) != NULL;
    }

  if (self->documents_to_do == to_do)
    return;
  self->documents_to_do = to_do;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENTS_TO_DO]);
}

static void
documents_changed_cb (GListModel *documents,
                      guint position,
                      guint removed,
                      guint added,
                      KabClientData *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (KabDocument) document = g_list_model_get_item (documents, i);

      /* A record that only moved is connected already. */
      g_signal_handlers_disconnect_by_func (document, count_documents, self);
      g_signal_connect_object (document, "notify::actions", G_CALLBACK (count_documents), self,
                               G_CONNECT_SWAPPED);
    }
  count_documents (self);
}

static void
onboardings_changed_cb (GListModel *onboardings,
                        guint position,
                        guint removed,
                        guint added,
                        KabClientData *self)
{
  if (position == 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONBOARDING]);
}

static void
messages_page_loaded_cb (KabPagedList *messages, JsonObject *page, KabClientData *self)
{
  JsonNode *node = json_object_get_member (page, "unread");

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_INT64)
    set_unread_messages (self, CLAMP (json_node_get_int (node), 0, G_MAXINT));
}

void
kab_client_data_announce_messages (KabClientData *self)
{
  GListModel *messages = G_LIST_MODEL (self->messages);
  guint n_new = 0;

  while (n_new < g_list_model_get_n_items (messages))
    {
      g_autoptr (KabMessage) message = g_list_model_get_item (messages, n_new);

      if (g_strcmp0 (kab_message_get_id (message), self->newest_message) == 0)
        break;
      n_new++;
    }

  if (n_new > 0)
    {
      g_autoptr (KabMessage) newest = g_list_model_get_item (messages, 0);
      gboolean first_time = !self->loaded;

      g_set_str (&self->newest_message, kab_message_get_id (newest));
      if (first_time)
        return;
    }
  for (guint i = n_new; i-- > 0;)
    {
      g_autoptr (KabMessage) message = g_list_model_get_item (messages, i);

      if (message != NULL && g_strcmp0 (kab_message_get_from (message), "bank") == 0)
        g_signal_emit (self, signals[MESSAGE_ARRIVED], 0, message);
    }
}

static void
kab_client_data_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KabClientData *self = KAB_CLIENT_DATA (object);

  switch (prop_id)
    {
    case PROP_API:
      g_value_set_object (value, self->api);
      break;
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_PROFILE:
      g_value_set_object (value, self->profile);
      break;
    case PROP_ONBOARDINGS:
      g_value_set_object (value, self->onboardings);
      break;
    case PROP_DOCUMENTS:
      g_value_set_object (value, self->documents);
      break;
    case PROP_MESSAGES:
      g_value_set_object (value, self->messages);
      break;
    case PROP_ONBOARDING:
      g_value_set_object (value, kab_client_data_get_onboarding (self));
      break;
    case PROP_UNREAD_MESSAGES:
      g_value_set_uint (value, self->unread_messages);
      break;
    case PROP_DOCUMENTS_TO_DO:
      g_value_set_uint (value, self->documents_to_do);
      break;
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kab_client_data_dispose (GObject *object)
{
  KabClientData *self = KAB_CLIENT_DATA (object);

  g_cancellable_cancel (self->cancellable);
  kab_client_data_forget_stale (self);
  if (self->events != NULL)
    kab_events_stop (self->events);
  g_clear_object (&self->events);
  g_clear_object (&self->messages);
  g_clear_object (&self->documents);
  g_clear_object (&self->onboardings);
  g_clear_object (&self->profile);
  g_clear_object (&self->session);
  g_clear_object (&self->api);
  G_OBJECT_CLASS (kab_client_data_parent_class)->dispose (object);
}

static void
kab_client_data_finalize (GObject *object)
{
  KabClientData *self = KAB_CLIENT_DATA (object);

  g_object_unref (self->cancellable);
  g_hash_table_unref (self->reading);
  g_hash_table_unref (self->stale);
  g_free (self->newest_message);
  G_OBJECT_CLASS (kab_client_data_parent_class)->finalize (object);
}

static GParamSpec *
object_property (const char *name, GType type)
{
  return g_param_spec_object (name, NULL, NULL, type,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
}

static void
kab_client_data_class_init (KabClientDataClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_client_data_get_property;
  object_class->dispose = kab_client_data_dispose;
  object_class->finalize = kab_client_data_finalize;

  properties[PROP_API] = object_property ("api", KAB_TYPE_API);
  properties[PROP_SESSION] = object_property ("session", KAB_TYPE_SESSION);
  properties[PROP_PROFILE] = object_property ("profile", KAB_TYPE_PROFILE);
  properties[PROP_ONBOARDINGS] = object_property ("onboardings", KAB_TYPE_PAGED_LIST);
  properties[PROP_DOCUMENTS] = object_property ("documents", KAB_TYPE_PAGED_LIST);
  properties[PROP_MESSAGES] = object_property ("messages", KAB_TYPE_PAGED_LIST);
  properties[PROP_ONBOARDING] = object_property ("onboarding", KAB_TYPE_ONBOARDING);
  properties[PROP_UNREAD_MESSAGES] =
      g_param_spec_uint ("unread-messages", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_DOCUMENTS_TO_DO] =
      g_param_spec_uint ("documents-to-do", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[MESSAGE_ARRIVED] =
      g_signal_new ("message-arrived", KAB_TYPE_CLIENT_DATA, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, KAB_TYPE_MESSAGE);
}

static void
kab_client_data_init (KabClientData *self)
{
  self->profile = kab_profile_new ();
  self->cancellable = g_cancellable_new ();
  self->reading = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->stale = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

KabClientData *
kab_client_data_new (KabApi *api, KabSession *session)
{
  KabClientData *self;

  g_return_val_if_fail (KAB_IS_API (api), NULL);
  g_return_val_if_fail (KAB_IS_SESSION (session), NULL);

  self = g_object_new (KAB_TYPE_CLIENT_DATA, NULL);
  self->api = g_object_ref (api);
  self->session = g_object_ref (session);
  self->onboardings = kab_paged_list_new (api, KAB_PATH_ONBOARDINGS, KAB_TYPE_ONBOARDING);
  self->documents = kab_paged_list_new (api, KAB_PATH_DOCUMENTS, KAB_TYPE_DOCUMENT);
  self->messages = kab_paged_list_new (api, KAB_PATH_MESSAGES, KAB_TYPE_MESSAGE);
  self->events = kab_events_new (api);

  g_signal_connect_object (self->onboardings, "items-changed", G_CALLBACK (onboardings_changed_cb),
                           self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->documents, "items-changed", G_CALLBACK (documents_changed_cb),
                           self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->messages, "page-loaded", G_CALLBACK (messages_page_loaded_cb),
                           self, G_CONNECT_DEFAULT);
  kab_client_data_listen (self);

  return self;
}

/* Starting: four reads side by side, the first error counts. */
typedef struct
{
  /* in progress */
  guint pending;
  GError *error; /* (owned) (nullable) */
} Start;

static void
start_free (Start *start)
{
  g_clear_error (&start->error);
  g_free (start);
}

/* @error: (transfer full) (nullable) */
static void
part_loaded (GTask *task, GError *error)
{
  KabClientData *self = g_task_get_source_object (task);
  Start *start = g_task_get_task_data (task);

  if (start->error == NULL)
    start->error = error;
  else
    g_clear_error (&error);
  if (--start->pending > 0)
    return;

  if (start->error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&start->error));
      return;
    }

  kab_client_data_announce_messages (self);
  if (!self->loaded)
    {
      self->loaded = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
    }
  g_task_return_boolean (task, TRUE);
}

static void
profile_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  GError *error = NULL;

  kab_profile_load_finish (KAB_API (source), result, &error);
  part_loaded (task, error);
}

static void
list_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  GError *error = NULL;

  kab_paged_list_refresh_finish (KAB_PAGED_LIST (source), result, &error);
  part_loaded (task, error);
}

static void
all_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  GError *error = NULL;

  kab_paged_list_load_all_finish (KAB_PAGED_LIST (source), result, &error);
  part_loaded (task, error);
}

void
kab_client_data_start_async (KabClientData *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Start *start;

  g_return_if_fail (KAB_IS_CLIENT_DATA (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kab_client_data_start_async);
  start = g_new0 (Start, 1);
  start->pending = 4;
  g_task_set_task_data (task, start, (GDestroyNotify) start_free);

  /* Listening begins first, so that nothing falls between. */
  kab_events_start (self->events);
  kab_profile_load_async (self->api, self->profile, cancellable, profile_loaded_cb,
                          g_object_ref (task));
  kab_paged_list_refresh_async (self->onboardings, cancellable, list_loaded_cb,
                                g_object_ref (task));
  kab_paged_list_load_all_async (self->documents, cancellable, all_loaded_cb, g_object_ref (task));
  kab_paged_list_refresh_async (self->messages, cancellable, list_loaded_cb, g_object_ref (task));
}

gboolean
kab_client_data_start_finish (KabClientData *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
kab_client_data_stop (KabClientData *self)
{
  g_return_if_fail (KAB_IS_CLIENT_DATA (self));

  kab_events_stop (self->events);
  kab_client_data_forget_stale (self);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
}

KabApi *
kab_client_data_get_api (KabClientData *self)
{
  g_return_val_if_fail (KAB_IS_CLIENT_DATA (self), NULL);

  return self->api;
}

KabSession *
kab_client_data_get_session (KabClientData *self)
{
  g_return_val_if_fail (KAB_IS_CLIENT_DATA (self), NULL);

  return self->session;
}

KabProfile *
kab_client_data_get_profile (KabClientData *self)
{
  g_return_val_if_fail (KAB_IS_CLIENT_DATA (self), NULL);

  return self->profile;
}

KabPagedList *
kab_client_data_get_onboardings (KabClientData *self)
{
  g_return_val_if_fail (KAB_IS_CLIENT_DATA (self), NULL);

  return self->onboardings;
}

KabPagedList *
kab_client_data_get_documents (KabClientData *self)
{
  g_return_val_if_fail (KAB_IS_CLIENT_DATA (self), NULL);

  return self->documents;
}

KabPagedList *
kab_client_data_get_messages (KabClientData *self)
{
  g_return_val_if_fail (KAB_IS_CLIENT_DATA (self), NULL);

  return self->messages;
}

KabOnboarding *
kab_client_data_get_onboarding (KabClientData *self)
{
  g_autoptr (KabOnboarding) newest = NULL;

  g_return_val_if_fail (KAB_IS_CLIENT_DATA (self), NULL);

  newest = g_list_model_get_item (G_LIST_MODEL (self->onboardings), 0);

  /* The list holds it. */
  return newest;
}

guint
kab_client_data_get_unread_messages (KabClientData *self)
{
  g_return_val_if_fail (KAB_IS_CLIENT_DATA (self), 0);

  return self->unread_messages;
}

guint
kab_client_data_get_documents_to_do (KabClientData *self)
{
  g_return_val_if_fail (KAB_IS_CLIENT_DATA (self), 0);

  return self->documents_to_do;
}

gboolean
kab_client_data_get_loaded (KabClientData *self)
{
  g_return_val_if_fail (KAB_IS_CLIENT_DATA (self), FALSE);

  return self->loaded;
}

void
kab_client_data_adopt_onboarding (KabClientData *self, KabOnboarding *onboarding)
{
  g_return_if_fail (KAB_IS_CLIENT_DATA (self));
  g_return_if_fail (KAB_IS_ONBOARDING (onboarding));

  kab_paged_list_adopt (self->onboardings, KAB_RECORD (onboarding));
}

void
kab_client_data_adopt_message (KabClientData *self, KabMessage *message)
{
  g_return_if_fail (KAB_IS_CLIENT_DATA (self));
  g_return_if_fail (KAB_IS_MESSAGE (message));

  kab_paged_list_adopt (self->messages, KAB_RECORD (message));
}

void
kab_client_data_mark_messages_read (KabClientData *self)
{
  g_autoptr (KabMessage) newest = NULL;

  g_return_if_fail (KAB_IS_CLIENT_DATA (self));

  newest = g_list_model_get_item (G_LIST_MODEL (self->messages), 0);
  if (newest == NULL || self->unread_messages == 0)
    return;

  set_unread_messages (self, 0);
  kab_message_mark_read_async (self->api, newest, NULL, NULL, NULL);
}

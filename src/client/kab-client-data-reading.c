/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-api-private.h"
#include "kab-client-data-private.h"

static void read_path (KabClientData *self, const char *path);

/* A stage may have opened documents that nothing was said about. */
static void
check_documents_of (KabClientData *self, KabOnboarding *onboarding)
{
  gint64 known = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->documents)); i++)
    {
      g_autoptr (KabDocument) document = g_list_model_get_item (G_LIST_MODEL (self->documents), i);

      known += g_strcmp0 (kab_document_get_application (document),
                          kab_onboarding_get_id (onboarding)) == 0;
    }

  if (kab_onboarding_get_documents_open (onboarding) &&
      kab_onboarding_get_documents_total (onboarding) != known)
    read_path (self, KAB_PATH_DOCUMENTS);
}

/* Puts an object that was read into the list it belongs to. */
static void
take_object (KabClientData *self, const char *path, JsonObject *object, GError **error)
{
  if (g_str_has_prefix (path, KAB_PATH_ONBOARDINGS "/"))
    {
      KabOnboarding *onboarding = kab_paged_list_put (self->onboardings, object, error);

      if (onboarding != NULL)
        check_documents_of (self, onboarding);
    }
  else if (g_str_has_prefix (path, KAB_PATH_DOCUMENTS "/"))
    {
      kab_paged_list_put (self->documents, object, error);
    }
  else
    {
      kab_record_update_from_json (KAB_RECORD (self->profile), object, error);
    }
}

static void
read_stale (KabClientData *self)
{
  g_autoptr (GHashTable) stale = g_steal_pointer (&self->stale);
  GHashTableIter iter;
  gpointer path;

  g_clear_handle_id (&self->stale_source, g_source_remove);
  self->stale = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, stale);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    read_path (self, path);
}

static gboolean
pause_ended_cb (gpointer user_data)
{
  KabClientData *self = user_data;

  self->stale_source = 0;
  read_stale (self);

  return G_SOURCE_REMOVE;
}

/* Nobody tells when that which failed is mended, other than when a lost line comes back. */
static void
read_later (KabClientData *self, const GError *error)
{
  guint first_ms = kab_api_get_timeouts (self->api)->probe_min_ms;

  if (self->stale_source != 0 || !kab_api_get_online (self->api))
    return;

  self->stale_source = g_timeout_add (
      kab_api_make_pause (self->api, first_ms, self->failures++, error), pause_ended_cb, self);
}

/* Whether it may be read another time. */
static gboolean
may_pass (const GError *error)
{
  return kab_api_error_is_connection (error) ||
         g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_BUSY) ||
         g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_FAILED) ||
         g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_GARBAGE);
}

/* All reads end here. Who asked meanwhile for the same gets it read once more. */
static void
path_read (KabClientData *self, const char *path, const GError *error)
{
  g_autofree char *owned_path = g_strdup (path);
  gboolean again = GPOINTER_TO_INT (g_hash_table_lookup (self->reading, path));

  g_hash_table_remove (self->reading, path);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (may_pass (error))
    {
      g_debug ("%s will be read again: %s", path, error->message);
      g_hash_table_add (self->stale, g_steal_pointer (&owned_path));
      read_later (self, error);
    }
  else if (again)
    {
      read_path (self, owned_path);
    }

  if (g_hash_table_size (self->stale) + g_hash_table_size (self->reading) == 0)
    self->failures = 0;
}

typedef struct
{
  KabClientData *self; /* (owned) */
  char *path;          /* (owned) */
} Reading;

static void
reading_free (Reading *reading)
{
  g_object_unref (reading->self);
  g_free (reading->path);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static void
object_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Reading) reading = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KabReply) reply = kab_api_call_finish (KAB_API (source), result, &error);

  if (reply != NULL && kab_reply_get_object (reply) != NULL)
    take_object (reading->self, reading->path, kab_reply_get_object (reply), &error);
  path_read (reading->self, reading->path, error);
}

static void
list_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Reading) reading = user_data;
  g_autoptr (GError) error = NULL;

  kab_paged_list_refresh_finish (KAB_PAGED_LIST (source), result, &error);
  if (error == NULL && KAB_PAGED_LIST (source) == reading->self->messages)
    kab_client_data_announce_messages (reading->self);
  path_read (reading->self, reading->path, error);
}

static KabPagedList *
list_of (KabClientData *self, const char *path)
{
  if (g_str_equal (path, KAB_PATH_ONBOARDINGS))
    return self->onboardings;
  if (g_str_equal (path, KAB_PATH_DOCUMENTS))
    return self->documents;
  if (g_str_equal (path, KAB_PATH_MESSAGES))
    return self->messages;

  return NULL;
}

/* Reads an object or a list again, once at a time. */
static void
read_path (KabClientData *self, const char *path)
{
  KabPagedList *list = list_of (self, path);
  Reading *reading;

  if (g_hash_table_contains (self->reading, path))
    {
      g_hash_table_replace (self->reading, g_strdup (path), GINT_TO_POINTER (TRUE));
      return;
    }

  g_hash_table_remove (self->stale, path);
  g_hash_table_replace (self->reading, g_strdup (path), GINT_TO_POINTER (FALSE));
  reading = g_new (Reading, 1);
  reading->self = g_object_ref (self);
  reading->path = g_strdup (path);
  if (list != NULL)
    {
      kab_paged_list_refresh_async (list, self->cancellable, list_read_cb, reading);
    }
  else
    {
      g_autoptr (KabRequest) request = kab_request_new ("GET", path);

      kab_api_call_async (self->api, request, self->cancellable, object_read_cb, reading);
    }
}

static void
read_object (KabClientData *self, const char *folder, const char *id)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);
  g_autofree char *path = g_strconcat (folder, "/", escaped, NULL);

  read_path (self, path);
}

/* The application that an identification belongs to. Returns: (transfer none) (nullable) */
static const char *
find_onboarding_of (KabClientData *self, const char *identification_id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->onboardings)); i++)
    {
      g_autoptr (KabOnboarding) onboarding =
          g_list_model_get_item (G_LIST_MODEL (self->onboardings), i);
      KabRecordList *list = KAB_RECORD_LIST (kab_onboarding_get_identifications (onboarding));

      if (kab_record_list_find (list, identification_id) != NULL)
        return kab_onboarding_get_id (onboarding);
    }

  return NULL;
}

static void
read_onboarding (KabClientData *self, const char *id, gint64 version)
{
  KabOnboarding *known = id ? kab_paged_list_find (self->onboardings, id) : NULL;

  if (known == NULL)
    read_path (self, KAB_PATH_ONBOARDINGS);
  else if (version == 0 || kab_onboarding_get_version (known) < version)
    read_object (self, KAB_PATH_ONBOARDINGS, id);
}

static void
read_document (KabClientData *self, const char *id, gint64 version)
{
  KabDocument *known = kab_paged_list_find (self->documents, id);

  if (known == NULL)
    read_path (self, KAB_PATH_DOCUMENTS);
  else if (version == 0 || kab_document_get_version (known) < version)
    read_object (self, KAB_PATH_DOCUMENTS, id);
}

static void
event_received_cb (KabEvents *events,
                   const char *type,
                   const char *id,
                   gint64 version,
                   KabClientData *self)
{
  if (g_str_equal (type, "application-changed"))
    read_onboarding (self, id, version);
  else if (g_str_equal (type, "identification-changed"))
    read_onboarding (self, find_onboarding_of (self, id), 0);
  else if (g_str_equal (type, "document-changed"))
    read_document (self, id, version);
  else if (g_str_equal (type, "message-created") || g_str_equal (type, "messages-read"))
    read_path (self, KAB_PATH_MESSAGES);
  else if (g_str_equal (type, "profile-changed") &&
           (version == 0 || kab_profile_get_version (self->profile) < version))
    read_path (self, KAB_PATH_PROFILE);
}

static void
read_everything (KabClientData *self)
{
  read_path (self, KAB_PATH_PROFILE);
  read_path (self, KAB_PATH_ONBOARDINGS);
  read_path (self, KAB_PATH_DOCUMENTS);
  read_path (self, KAB_PATH_MESSAGES);
}

static void
online_changed_cb (KabApi *api, GParamSpec *pspec, KabClientData *self)
{
  if (kab_api_get_online (api))
    read_stale (self);
}

void
kab_client_data_listen (KabClientData *self)
{
  g_signal_connect_object (self->events, "event", G_CALLBACK (event_received_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (self->events, "reset", G_CALLBACK (read_everything), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->api, "notify::online", G_CALLBACK (online_changed_cb), self,
                           G_CONNECT_DEFAULT);
}

void
kab_client_data_forget_stale (KabClientData *self)
{
  g_clear_handle_id (&self->stale_source, g_source_remove);
  g_hash_table_remove_all (self->stale);
  self->failures = 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-draft-journal.h"

#include <string.h>

#include "kab-draft-cipher.h"
#include "kab-json-copy.h"
#include "kab-json.h"
#include "kab-request-private.h"
#include "kab-secret-memory.h"
#include "kab-secret-store.h"
#include "kab-time.h"

#define ENDING          ".draft"
#define DAMAGED_ENDING  ".damaged"
#define MAX_DRAFT_BYTES (8 * 1024 * 1024)
#define MAX_DRAFT_DEPTH 32
#define MAX_KEY_LENGTH  200

/* One draft: in memory always, on the disk when there is a key. */
typedef struct
{
  JsonObject *object; /* (owned) (nullable) NULL: to be removed */
  gint64 time;
  gboolean writing;
  gboolean dirty;   /* changed since the write under way began */
  GPtrArray *tasks; /* (owned) of GTask that wait for the next write to end */
} Draft;

struct _KabDraftJournal
{
  GObject parent_instance;

  char *bank;             /* (owned) */
  char *new_key;          /* (owned) (nullable) while it is being kept */
  GFile *folder;          /* (owned) of this bank */
  KabDraftCipher *cipher; /* (owned) (nullable) NULL: memory only */
  GHashTable *drafts;     /* (owned) key → Draft */
  gboolean failing;       /* the last write didn't succeed */
  guint damaged;
};

enum
{
  PROP_0,
  PROP_PERSISTENT,
  PROP_DAMAGED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void write_draft (KabDraftJournal *self, const char *key, Draft *draft);

G_DEFINE_FINAL_TYPE (KabDraftJournal, kab_draft_journal, G_TYPE_OBJECT)

static void
draft_free (Draft *draft)
{
  g_clear_pointer (&draft->object, json_object_unref);
  g_ptr_array_unref (draft->tasks);
  g_free (draft);
}

static Draft *
draft_new (void)
{
  Draft *draft = g_new0 (Draft, 1);

  draft->tasks = g_ptr_array_new_with_free_func (g_object_unref);

  return draft;
}

static GFile *
file_of (KabDraftJournal *self, const char *name)
{
  g_autofree char *basename = g_strconcat (name, ENDING, NULL);

  return g_file_get_child (self->folder, basename);
}

static GBytes *
serialize (const char *key, Draft *draft)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *time = kab_time_format (draft->time);
  JsonObject *record = json_object_new ();
  char *text;

  json_object_set_string_member (record, "key", key);
  json_object_set_string_member (record, "time", time);
  json_object_set_object_member (record, "draft", json_object_ref (draft->object));
  json_node_take_object (node, record);
  text = json_to_string (node, FALSE);

  return kab_bytes_new_wiped (text, strlen (text));
}

/* @error: (nullable) */
static void
finish_tasks (GPtrArray *tasks, const GError *error)
{
  for (guint i = 0; i < tasks->len; i++)
    {
      GTask *task = g_ptr_array_index (tasks, i);

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}

typedef struct
{
  KabDraftJournal *self; /* (owned) */
  char *key;             /* (owned) */
  GPtrArray *tasks;      /* (owned) of GTask that this write is for */
} Write;

static void
write_free (Write *write)
{
  g_object_unref (write->self);
  g_free (write->key);
  g_ptr_array_unref (write->tasks);
  g_free (write);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Write, write_free)

static void
finish_write (Write *write, const GError *error)
{
  KabDraftJournal *self = write->self;
  Draft *draft = g_hash_table_lookup (self->drafts, write->key);

  draft->writing = FALSE;
  finish_tasks (write->tasks, error);
  if (draft->dirty)
    write_draft (self, write->key, draft);
  else if (draft->object == NULL)
    g_hash_table_remove (self->drafts, write->key);
}

static void
set_failing (KabDraftJournal *self, gboolean failing)
{
  if (self->failing == failing)
    return;

  self->failing = failing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERSISTENT]);
}

static void
file_replaced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Write) write = user_data;
  g_autoptr (GError) error = NULL;

  g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);
  set_failing (write->self, error != NULL);
  finish_write (write, error);
}

static void
file_deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Write) write = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_delete_finish (G_FILE (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_warning ("A draft that was sent can't be deleted: %s", error->message);
  finish_write (write, NULL);
}

/* Brings the disk to what is in memory, one write a draft at a time. */
static void
write_draft (KabDraftJournal *self, const char *key, Draft *draft)
{
  g_autofree char *name = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) sealed = NULL;
  Write *write;

  draft->dirty = draft->writing;
  if (draft->writing)
    return;

  name = kab_draft_cipher_make_name (self->cipher, key);
  file = file_of (self, name);
  write = g_new (Write, 1);
  write->self = g_object_ref (self);
  write->key = g_strdup (key);
  write->tasks = g_steal_pointer (&draft->tasks);
  draft->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  draft->writing = TRUE;

  if (draft->object == NULL)
    {
      g_file_delete_async (file, G_PRIORITY_DEFAULT, NULL, file_deleted_cb, write);
      return;
    }

  plain = serialize (key, draft);
  sealed = kab_draft_cipher_seal (self->cipher, name, plain);
  g_file_replace_contents_bytes_async (file, sealed, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                       file_replaced_cb, write);
}

static void
kab_draft_journal_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KabDraftJournal *self = KAB_DRAFT_JOURNAL (object);

  switch (prop_id)
    {
    case PROP_PERSISTENT:
      g_value_set_boolean (value, kab_draft_journal_get_persistent (self));
      break;
    case PROP_DAMAGED:
      g_value_set_uint (value, self->damaged);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kab_draft_journal_finalize (GObject *object)
{
  KabDraftJournal *self = KAB_DRAFT_JOURNAL (object);

  g_free (self->bank);
  kab_secret_free (self->new_key);
  g_clear_object (&self->folder);
  g_clear_pointer (&self->cipher, kab_draft_cipher_free);
  g_hash_table_unref (self->drafts);
  G_OBJECT_CLASS (kab_draft_journal_parent_class)->finalize (object);
}

static void
kab_draft_journal_class_init (KabDraftJournalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_draft_journal_get_property;
  object_class->finalize = kab_draft_journal_finalize;

  properties[PROP_PERSISTENT] = g_param_spec_boolean ("persistent", NULL, NULL, FALSE, flags);
  properties[PROP_DAMAGED] = g_param_spec_uint ("damaged", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kab_draft_journal_init (KabDraftJournal *self)
{
  self->drafts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) draft_free);
}

/* Opens one file. Returns: FALSE when it is damaged */
static gboolean
read_draft (KabDraftJournal *self, const char *name, GBytes *sealed)
{
  g_autoptr (GBytes) plain = kab_draft_cipher_open (self->cipher, name, sealed);
  g_autoptr (JsonObject) record = NULL;
  const char *key, *time;
  JsonObject *object;
  Draft *draft;

  if (plain == NULL)
    return FALSE;

  record = kab_json_parse_object (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain),
                                  MAX_DRAFT_BYTES, MAX_DRAFT_DEPTH, NULL);
  if (record == NULL)
    return FALSE;

  key = kab_json_get_string (record, "key", MAX_KEY_LENGTH, NULL);
  time = kab_json_get_string (record, "time", 64, NULL);
  object = kab_json_get_object (record, "draft", NULL);
  draft = draft_new ();
  if (key == NULL || object == NULL || time == NULL || !kab_time_parse (time, &draft->time, NULL))
    {
      draft_free (draft);
      return FALSE;
    }

  draft->object = json_object_ref (object);
  g_hash_table_replace (self->drafts, g_strdup (key), draft);

  return TRUE;
}

/* What can't be opened may be somebody's work all the same: it is kept under another name. */
static void
set_aside (KabDraftJournal *self, GFile *file, const char *name)
{
  g_autofree char *other = g_strconcat (name, DAMAGED_ENDING, NULL);
  g_autoptr (GFile) target = g_file_get_child (self->folder, other);
  g_autoptr (GError) error = NULL;

  self->damaged++;
  if (!g_file_move (file, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error))
    g_warning ("A damaged draft can't be set aside: %s", error->message);
}

/* In a thread: nobody else knows the journal yet. */
static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  KabDraftJournal *self = task_data;
  g_autoptr (GFileEnumerator) children = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_file_get_path (self->folder);
  GFileInfo *info;
  GFile *file;

  if (path == NULL || g_mkdir_with_parents (path, 0700) != 0)
    {
      g_warning ("There is no folder for drafts; they are kept in memory");
      g_clear_pointer (&self->cipher, kab_draft_cipher_free);
    }
  children = g_file_enumerate_children (self->folder, G_FILE_ATTRIBUTE_STANDARD_NAME,
                                        G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable, NULL);
  while (self->cipher != NULL && children != NULL &&
         g_file_enumerator_iterate (children, &info, &file, cancellable, NULL) && info != NULL)
    {
      g_autofree char *name = g_strdup (g_file_info_get_name (info));
      g_autoptr (GBytes) sealed = NULL;

      if (!g_str_has_suffix (name, ENDING))
        continue;
      name[strlen (name) - strlen (ENDING)] = '\0';
      sealed = g_file_load_bytes (file, cancellable, NULL, NULL);
      if (sealed != NULL && !read_draft (self, name, sealed))
        set_aside (self, file, name);
    }

  if (g_task_return_error_if_cancelled (task))
    return;
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

/* Always ends the task. */
static void
read_drafts (GTask *task)
{
  KabDraftJournal *self = g_task_get_task_data (task);

  if (self->cipher != NULL)
    g_task_run_in_thread (task, read_in_thread);
  else
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

static void
key_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  KabDraftJournal *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  char *key = g_steal_pointer (&self->new_key);

  if (kab_secret_store_finish (result, &error))
    self->cipher = kab_draft_cipher_new (key);
  else
    g_debug ("The key of the drafts can't be kept: %s", error->message);
  kab_secret_free (key);
  if (!g_task_return_error_if_cancelled (task))
    read_drafts (task);
}

static void
key_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  KabDraftJournal *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  char *key = kab_secret_lookup_finish (result, &error);

  if (key != NULL)
    self->cipher = kab_draft_cipher_new (key);
  kab_secret_free (key);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->cipher != NULL || error != NULL)
    {
      read_drafts (task);
      return;
    }

  self->new_key = kab_draft_cipher_make_key ();
  kab_secret_store_async (KAB_SECRET_JOURNAL, self->bank, self->new_key,
                          g_task_get_cancellable (task), key_stored_cb, g_object_ref (task));
}

static GFile *
folder_of_bank (GFile *folder, const char *bank)
{
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, bank, -1);
  g_autofree char *path = NULL;

  name[32] = '\0';
  if (folder != NULL)
    return g_file_get_child (folder, name);

  path = g_build_filename (g_get_user_data_dir (), "kabinets", "drafts", name, NULL);

  return g_file_new_for_path (path);
}

void
kab_draft_journal_open_async (const char *bank,
                              GFile *folder,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  KabDraftJournal *self;

  g_return_if_fail (bank != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, kab_draft_journal_open_async);
  self = g_object_new (KAB_TYPE_DRAFT_JOURNAL, NULL);
  self->folder = folder_of_bank (folder, bank);
  self->bank = g_strdup (bank);
  g_task_set_task_data (task, self, g_object_unref);

  kab_secret_lookup_async (KAB_SECRET_JOURNAL, bank, cancellable, key_found_cb,
                           g_steal_pointer (&task));
}

KabDraftJournal *
kab_draft_journal_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
kab_draft_journal_get_persistent (KabDraftJournal *self)
{
  g_return_val_if_fail (KAB_IS_DRAFT_JOURNAL (self), FALSE);

  return self->cipher != NULL && !self->failing;
}

guint
kab_draft_journal_get_damaged (KabDraftJournal *self)
{
  g_return_val_if_fail (KAB_IS_DRAFT_JOURNAL (self), 0);

  return self->damaged;
}

JsonObject *
kab_draft_journal_get (KabDraftJournal *self, const char *key)
{
  Draft *draft;

  g_return_val_if_fail (KAB_IS_DRAFT_JOURNAL (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  draft = g_hash_table_lookup (self->drafts, key);

  return draft ? draft->object : NULL;
}

GDateTime *
kab_draft_journal_dup_time (KabDraftJournal *self, const char *key)
{
  Draft *draft;

  g_return_val_if_fail (KAB_IS_DRAFT_JOURNAL (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  draft = g_hash_table_lookup (self->drafts, key);
  if (draft == NULL || draft->object == NULL)
    return NULL;

  return kab_time_to_date_time (draft->time, g_time_zone_new_utc ());
}

char **
kab_draft_journal_dup_keys (KabDraftJournal *self)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer key, draft;

  g_return_val_if_fail (KAB_IS_DRAFT_JOURNAL (self), NULL);

  g_hash_table_iter_init (&iter, self->drafts);
  while (g_hash_table_iter_next (&iter, &key, &draft))
    {
      if (((Draft *) draft)->object != NULL)
        g_strv_builder_add (keys, key);
    }

  return g_strv_builder_end (keys);
}

static Draft *
get_or_add (KabDraftJournal *self, const char *key)
{
  Draft *draft = g_hash_table_lookup (self->drafts, key);

  if (draft == NULL)
    {
      draft = draft_new ();
      g_hash_table_insert (self->drafts, g_strdup (key), draft);
    }

  return draft;
}

void
kab_draft_journal_put_async (KabDraftJournal *self,
                             const char *key,
                             JsonObject *object,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task;
  Draft *draft;

  g_return_if_fail (KAB_IS_DRAFT_JOURNAL (self));
  g_return_if_fail (key != NULL && strlen (key) <= MAX_KEY_LENGTH);
  g_return_if_fail (object != NULL);

  draft = get_or_add (self, key);
  g_clear_pointer (&draft->object, json_object_unref);
  draft->object = kab_json_copy (object);
  draft->time = kab_clock_now ();

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kab_draft_journal_put_async);
  g_ptr_array_add (draft->tasks, task);
  if (self->cipher != NULL)
    {
      write_draft (self, key, draft);
      return;
    }

  finish_tasks (draft->tasks, NULL);
  g_ptr_array_set_size (draft->tasks, 0);
}

gboolean
kab_draft_journal_put_finish (KabDraftJournal *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
kab_draft_journal_remove (KabDraftJournal *self, const char *key)
{
  g_autofree char *owned_key = NULL;
  Draft *draft;

  g_return_if_fail (KAB_IS_DRAFT_JOURNAL (self));
  g_return_if_fail (key != NULL);

  draft = g_hash_table_lookup (self->drafts, key);
  if (draft == NULL)
    return;

  owned_key = g_strdup (key);
  g_clear_pointer (&draft->object, json_object_unref);
  if (self->cipher != NULL)
    write_draft (self, owned_key, draft);
  else
    g_hash_table_remove (self->drafts, owned_key);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-draft-journal-private.h"
#include "kab-json.h"
#include "kab-secret-memory.h"
#include "kab-secret-store.h"
#include "kab-time.h"

#include <string.h>

/* How the journal is opened: its key is found or made, and its files are read. */

#define DAMAGED_ENDING  ".damaged"
#define MAX_DRAFT_BYTES (8 * 1024 * 1024)
#define MAX_DRAFT_DEPTH 32

/* Opens one file. Returns: FALSE when it is damaged */
static gboolean
read_draft (KabDraftJournal *self, const char *name, GBytes *sealed)
{
  g_autoptr (GBytes) plain = kab_draft_cipher_open (self->cipher, name, sealed);
  g_autoptr (JsonObject) record = NULL;
  const char *key, *time;
  JsonObject *object;
  KabDraft *draft;

  if (plain == NULL)
    return FALSE;

  record = kab_json_parse_object (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain),
                                  MAX_DRAFT_BYTES, MAX_DRAFT_DEPTH, NULL);
  if (record == NULL)
    return FALSE;

  key = kab_json_get_string (record, "key", KAB_DRAFT_MAX_KEY_LENGTH, NULL);
  time = kab_json_get_string (record, "time", 64, NULL);
  object = kab_json_get_object (record, "draft", NULL);
  draft = kab_draft_new ();
  if (key == NULL || object == NULL || time == NULL || !kab_time_parse (time, &draft->time, NULL))
    {
      kab_draft_free (draft);
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

      if (!g_str_has_suffix (name, KAB_DRAFT_ENDING))
        continue;
      name[strlen (name) - strlen (KAB_DRAFT_ENDING)] = '\0';
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

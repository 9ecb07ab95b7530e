/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-draft-journal.h"

#include <string.h>

#include "kab-draft-journal-private.h"
#include "kab-json-copy.h"
#include "kab-request-private.h"
#include "kab-secret-memory.h"
#include "kab-time.h"

enum
{
  PROP_0,
  PROP_PERSISTENT,
  PROP_DAMAGED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void write_draft (KabDraftJournal *self, const char *key, KabDraft *draft);

G_DEFINE_FINAL_TYPE (KabDraftJournal, kab_draft_journal, G_TYPE_OBJECT)

/* For kab-draft-journal-opening.c. */
void
kab_draft_free (KabDraft *draft)
{
  g_clear_pointer (&draft->object, json_object_unref);
  g_ptr_array_unref (draft->tasks);
  g_free (draft);
}

/* For kab-draft-journal-opening.c. */
KabDraft *
kab_draft_new (void)
{
  KabDraft *draft = g_new0 (KabDraft, 1);

  draft->tasks = g_ptr_array_new_with_free_func (g_object_unref);

  return draft;
}

static GFile *
file_of (KabDraftJournal *self, const char *name)
{
  g_autofree char *basename = g_strconcat (name, KAB_DRAFT_ENDING, NULL);

  return g_file_get_child (self->folder, basename);
}

static GBytes *
serialize (const char *key, KabDraft *draft)
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

static void
finish_flushes (KabDraftJournal *self)
{
  g_autoptr (GPtrArray) flushes = g_steal_pointer (&self->flushes);

  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
  finish_tasks (flushes, NULL);
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
  KabDraft *draft = g_hash_table_lookup (self->drafts, write->key);

  draft->writing = FALSE;
  self->n_writing--;
  finish_tasks (write->tasks, error);
  if (draft->dirty)
    write_draft (self, write->key, draft);
  else if (draft->object == NULL)
    g_hash_table_remove (self->drafts, write->key);
  if (self->n_writing == 0)
    finish_flushes (self);
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
write_draft (KabDraftJournal *self, const char *key, KabDraft *draft)
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
  self->n_writing++;

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
  g_ptr_array_unref (self->flushes);
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
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) kab_draft_free);
  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
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
  KabDraft *draft;

  g_return_val_if_fail (KAB_IS_DRAFT_JOURNAL (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  draft = g_hash_table_lookup (self->drafts, key);

  return draft ? draft->object : NULL;
}

GDateTime *
kab_draft_journal_dup_time (KabDraftJournal *self, const char *key)
{
  KabDraft *draft;

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
      if (((KabDraft *) draft)->object != NULL)
        g_strv_builder_add (keys, key);
    }

  return g_strv_builder_end (keys);
}

static KabDraft *
get_or_add (KabDraftJournal *self, const char *key)
{
  KabDraft *draft = g_hash_table_lookup (self->drafts, key);

  if (draft == NULL)
    {
      draft = kab_draft_new ();
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
  KabDraft *draft;

  g_return_if_fail (KAB_IS_DRAFT_JOURNAL (self));
  g_return_if_fail (key != NULL && strlen (key) <= KAB_DRAFT_MAX_KEY_LENGTH);
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
  KabDraft *draft;

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

void
kab_draft_journal_flush_async (KabDraftJournal *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task;

  g_return_if_fail (KAB_IS_DRAFT_JOURNAL (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kab_draft_journal_flush_async);
  g_ptr_array_add (self->flushes, task);
  if (self->n_writing == 0)
    finish_flushes (self);
}

gboolean
kab_draft_journal_flush_finish (KabDraftJournal *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

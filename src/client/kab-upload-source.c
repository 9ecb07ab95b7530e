/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-upload-source.h"

#include <openssl/evp.h>

#include "kab-file-rules.h"
#include "kab-upload.h"

/* Enough to tell that a file isn't what it was, by name (replaced) and by handle (written to). */
#define ATTRIBUTES                                                                                 \
  G_FILE_ATTRIBUTE_STANDARD_SIZE                                                                   \
  "," G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME                    \
  "," G_FILE_ATTRIBUTE_TIME_MODIFIED "," G_FILE_ATTRIBUTE_TIME_MODIFIED_NSEC                       \
  "," G_FILE_ATTRIBUTE_UNIX_INODE

/* All reading is in blocks of this size; three of them are all that is held of a file. */
#define BLOCK_BYTES (256 * 1024)

struct _KabUploadSource
{
  GObject parent_instance;

  GFile *file;              /* (owned) */
  GMutex mutex;             /* one read at a time, also when one was given up */
  GFileInputStream *stream; /* (owned) (mutex mutex) */
  char *name;               /* (owned) */
  gint64 size;
  guint64 modified; /* seconds */
  guint32 modified_nsec;
  guint64 inode;
  GBytes *head; /* (owned) */
  GMutex spare_mutex;
  GSList *spare; /* (owned) (mutex spare_mutex) of buffers that were sent */
};

/* A buffer on its way: comes back to its source when its bytes are let go. */
typedef struct
{
  KabUploadSource *source; /* (owned) */
  char *data;
} Loan;

typedef struct
{
  gint64 offset;
  gint64 size;
} Range;

G_DEFINE_FINAL_TYPE (KabUploadSource, kab_upload_source, G_TYPE_OBJECT)

static void
kab_upload_source_finalize (GObject *object)
{
  KabUploadSource *self = KAB_UPLOAD_SOURCE (object);

  g_clear_object (&self->file);
  g_clear_object (&self->stream);
  g_free (self->name);
  g_clear_pointer (&self->head, g_bytes_unref);
  g_mutex_clear (&self->mutex);
  g_slist_free_full (self->spare, g_free);
  g_mutex_clear (&self->spare_mutex);
  G_OBJECT_CLASS (kab_upload_source_parent_class)->finalize (object);
}

static void
kab_upload_source_class_init (KabUploadSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_upload_source_finalize;
}

static void
kab_upload_source_init (KabUploadSource *self)
{
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->spare_mutex);
}

static void
return_loan (gpointer user_data)
{
  Loan *loan = user_data;

  g_mutex_lock (&loan->source->spare_mutex);
  loan->source->spare = g_slist_prepend (loan->source->spare, loan->data);
  g_mutex_unlock (&loan->source->spare_mutex);
  g_object_unref (loan->source);
  g_free (loan);
}

/* A few buffers do for all of a file. */
static char *
take_buffer (KabUploadSource *self)
{
  char *data;

  g_mutex_lock (&self->spare_mutex);
  data = self->spare ? self->spare->data : NULL;
  self->spare = g_slist_delete_link (self->spare, self->spare);
  g_mutex_unlock (&self->spare_mutex);

  return data ? data : g_malloc (BLOCK_BYTES);
}

static gboolean
read_range (KabUploadSource *self,
            gint64 offset,
            gsize length,
            char *data,
            gsize *n_read,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_seekable_seek (G_SEEKABLE (self->stream), offset, G_SEEK_SET, cancellable, error) &&
         g_input_stream_read_all (G_INPUT_STREAM (self->stream), data, length, n_read, cancellable,
                                  error);
}

static void
set_changed (GError **error)
{
  g_set_error_literal (error, KAB_UPLOAD_ERROR, KAB_UPLOAD_ERROR_CHANGED,
                       "The file was changed while it was sent");
}

static GBytes *
read_block (KabUploadSource *self,
            gint64 offset,
            gint64 size,
            GCancellable *cancellable,
            GError **error)
{
  gsize length = MIN (MIN (size, self->size - offset), BLOCK_BYTES);
  Loan *loan = g_new (Loan, 1);
  gsize n_read = 0;

  loan->source = g_object_ref (self);
  loan->data = take_buffer (self);
  if (!read_range (self, offset, length, loan->data, &n_read, cancellable, error))
    {
      return_loan (loan);
      return NULL;
    }
  if (n_read < length)
    {
      return_loan (loan);
      set_changed (error);
      return NULL;
    }

  return g_bytes_new_with_free_func (loan->data, n_read, return_loan, loan);
}

static gboolean
is_same (KabUploadSource *self, GFileInfo *info)
{
  return g_file_info_get_size (info) == self->size &&
         g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED) ==
             self->modified &&
         g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED_NSEC) ==
             self->modified_nsec &&
         g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_UNIX_INODE) == self->inode;
}

/* In a thread. */
static void
open_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (KabUploadSource) self = g_object_new (KAB_TYPE_UPLOAD_SOURCE, NULL);
  g_autoptr (GFileInfo) info = NULL;
  char head[KAB_FILE_HEAD_LENGTH];
  gsize n_read = 0;
  GError *error = NULL;

  self->file = g_object_ref (task_data);
  info = g_file_query_info (self->file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, &error);
  if (info != NULL && g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "Not a regular file");
  if (error == NULL)
    self->stream = g_file_read (self->file, cancellable, &error);
  if (error == NULL)
    {
      self->name = g_strdup (g_file_info_get_display_name (info));
      self->size = g_file_info_get_size (info);
      self->modified = g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED);
      self->modified_nsec =
          g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED_NSEC);
      self->inode = g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_UNIX_INODE);
      read_range (self, 0, sizeof head, head, &n_read, cancellable, &error);
      self->head = g_bytes_new (head, n_read);
    }

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&self), g_object_unref);
}

void
kab_upload_source_open_async (GFile *file,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, kab_upload_source_open_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, open_in_thread);
}

KabUploadSource *
kab_upload_source_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gint64
kab_upload_source_get_size (KabUploadSource *self)
{
  return self->size;
}

const char *
kab_upload_source_get_name (KabUploadSource *self)
{
  return self->name;
}

char *
kab_upload_source_dup_mark (KabUploadSource *self)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GUINT64_FORMAT ".%09u %" G_GUINT64_FORMAT,
                          self->size, self->modified, self->modified_nsec, self->inode);
}

GBytes *
kab_upload_source_get_head (KabUploadSource *self)
{
  return self->head;
}

/* The checksum as a header's value. */
static char *
finish_checksum (EVP_MD_CTX *context)
{
  guchar digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  g_autofree char *base64 = NULL;

  if (EVP_DigestFinal_ex (context, digest, &length) != 1)
    return NULL;
  base64 = g_base64_encode (digest, length);

  return g_strconcat ("sha256 ", base64, NULL);
}

static char *
make_checksum (KabUploadSource *self,
               const KabUploadPiece *piece,
               GCancellable *cancellable,
               GError **error)
{
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  char *checksum = NULL;
  gint64 done = 0;

  EVP_DigestInit_ex (context, EVP_sha256 (), NULL);
  while (done < piece->size)
    {
      g_autoptr (GBytes) block =
          read_block (self, piece->offset + done, piece->size - done, cancellable, error);

      if (block == NULL)
        break;
      EVP_DigestUpdate (context, g_bytes_get_data (block, NULL), g_bytes_get_size (block));
      done += g_bytes_get_size (block);
    }
  if (done == piece->size)
    checksum = finish_checksum (context);
  EVP_MD_CTX_free (context);

  return checksum;
}

/* Looked at after reading, so that what was read is covered. */
static gboolean
check_unchanged (KabUploadSource *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInfo) by_name =
      g_file_query_info (self->file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, NULL);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (GFileInfo) by_handle =
      g_file_input_stream_query_info (self->stream, ATTRIBUTES, cancellable, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (by_name != NULL && by_handle != NULL && is_same (self, by_name) && is_same (self, by_handle))
    return TRUE;

  set_changed (error);
  return FALSE;
}

/* In a thread. */
static void
measure_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  KabUploadSource *self = source;
  const Range *range = task_data;
  g_autoptr (KabUploadPiece) piece = g_new0 (KabUploadPiece, 1);
  GError *error = NULL;

  piece->offset = range->offset;
  piece->size = MIN (range->size, self->size - range->offset);
  piece->checksum = make_checksum (self, piece, cancellable, &error);
  if (piece->checksum == NULL || !check_unchanged (self, cancellable, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&piece), (GDestroyNotify) kab_upload_piece_free);
}

/* In a thread. */
static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Range *range = task_data;
  GError *error = NULL;
  GBytes *block = read_block (source, range->offset, range->size, cancellable, &error);

  if (block == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, block, (GDestroyNotify) g_bytes_unref);
}

static void
run_in_thread (GTask *task, gpointer source_tag, gint64 offset, gint64 size, GTaskThreadFunc func)
{
  Range *range = g_new (Range, 1);

  g_task_set_source_tag (task, source_tag);
  range->offset = offset;
  range->size = size;
  g_task_set_task_data (task, range, g_free);
  g_task_run_in_thread (task, func);
}

void
kab_upload_source_measure_async (KabUploadSource *self,
                                 gint64 offset,
                                 gint64 size,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  run_in_thread (task, kab_upload_source_measure_async, offset, size, measure_in_thread);
}

KabUploadPiece *
kab_upload_source_measure_finish (KabUploadSource *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
kab_upload_source_read_async (KabUploadSource *self,
                              gint64 offset,
                              gint64 size,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  run_in_thread (task, kab_upload_source_read_async, offset, size, read_in_thread);
}

GBytes *
kab_upload_source_read_finish (KabUploadSource *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
kab_upload_piece_free (KabUploadPiece *piece)
{
  if (piece == NULL)
    return;

  g_free (piece->checksum);
  g_free (piece);
}

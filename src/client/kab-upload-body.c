/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-upload-body.h"

struct _KabUploadBody
{
  GInputStream parent_instance;

  KabUploadSource *source; /* (owned) */
  gint64 offset;           /* in the file, of what is read next */
  gint64 left;             /* bytes behind it that belong to the piece */
  GBytes *block;           /* (owned) (nullable) goes out */
  gsize taken;             /* bytes of it */
  GBytes *next;            /* (owned) (nullable) read ahead */
  gboolean reading;
  GError *error; /* (owned) (nullable) of reading */

  GTask *task; /* (owned) (nullable) who waits for bytes */
  void *buffer;
  gsize size;
};

G_DEFINE_FINAL_TYPE (KabUploadBody, kab_upload_body, G_TYPE_INPUT_STREAM)

static void serve (KabUploadBody *self);

static void
block_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabUploadBody) self = g_steal_pointer (&user_data);

  self->reading = FALSE;
  self->next = kab_upload_source_read_finish (KAB_UPLOAD_SOURCE (source), result, &self->error);
  if (self->next != NULL)
    {
      self->offset += g_bytes_get_size (self->next);
      self->left -= g_bytes_get_size (self->next);
    }
  if (self->task != NULL)
    serve (self);
}

static void
read_ahead (KabUploadBody *self)
{
  if (self->reading || self->next != NULL || self->error != NULL || self->left == 0)
    return;

  self->reading = TRUE;
  kab_upload_source_read_async (self->source, self->offset, self->left, block_read_cb,
                                g_object_ref (self));
}

static gboolean
has_bytes (KabUploadBody *self)
{
  return self->block != NULL && self->taken < g_bytes_get_size (self->block);
}

static gsize
take (KabUploadBody *self)
{
  gsize length;
  const char *data = g_bytes_get_data (self->block, &length);
  gsize size = MIN (self->size, length - self->taken);

  memcpy (self->buffer, data + self->taken, size);
  self->taken += size;

  return size;
}

/* Gives the task what there is, or lets it wait for the block that is being read. */
static void
serve (KabUploadBody *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (!has_bytes (self))
    {
      g_clear_pointer (&self->block, g_bytes_unref);
      self->block = g_steal_pointer (&self->next);
      self->taken = 0;
    }
  read_ahead (self);

  if (has_bytes (self))
    g_task_return_int (task, take (self));
  else if (self->error != NULL)
    g_task_return_error (task, g_error_copy (self->error));
  else if (self->reading)
    self->task = g_steal_pointer (&task);
  else
    g_task_return_int (task, 0);
}

static void
kab_upload_body_read_async (GInputStream *stream,
                            void *buffer,
                            gsize count,
                            int io_priority,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  KabUploadBody *self = KAB_UPLOAD_BODY (stream);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, kab_upload_body_read_async);
  g_task_set_priority (self->task, io_priority);
  self->buffer = buffer;
  self->size = count;
  serve (self);
}

static gssize
kab_upload_body_read_finish (GInputStream *stream, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, stream), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

static void
kab_upload_body_finalize (GObject *object)
{
  KabUploadBody *self = KAB_UPLOAD_BODY (object);

  g_clear_object (&self->source);
  g_clear_pointer (&self->block, g_bytes_unref);
  g_clear_pointer (&self->next, g_bytes_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (kab_upload_body_parent_class)->finalize (object);
}

static void
kab_upload_body_class_init (KabUploadBodyClass *klass)
{
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kab_upload_body_finalize;
  stream_class->read_async = kab_upload_body_read_async;
  stream_class->read_finish = kab_upload_body_read_finish;
}

static void
kab_upload_body_init (KabUploadBody *self)
{
}

GInputStream *
kab_upload_body_new (KabUploadSource *source, const KabUploadPiece *piece)
{
  KabUploadBody *self = g_object_new (KAB_TYPE_UPLOAD_BODY, NULL);

  self->source = g_object_ref (source);
  self->offset = piece->offset;
  self->left = piece->size;
  read_ahead (self);

  return G_INPUT_STREAM (self);
}

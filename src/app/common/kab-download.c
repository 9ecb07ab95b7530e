/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-download.h"

#include "common/kab-private-file.h"
#include "kab-document-operations.h"

/**
 * KabDownload:
 *
 * A file of the bank on its way here: to a place that the user chose, or into memory to be looked
 * at. One of the two at a time.
 *
 * Properties, notifying: `active`, `progress` (0 to 1).
 */
struct _KabDownload
{
  GObject parent_instance;

  KabApi *api;               /* (owned) */
  KabFile *file;             /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) while it is active */
  double progress;
};

enum
{
  PROP_ACTIVE = 1,
  PROP_PROGRESS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KabDownload, kab_download, G_TYPE_OBJECT)

static void
set_progress (KabDownload *self, double progress)
{
  if (self->progress == progress)
    return;

  self->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

static void
progressed_cb (goffset done, goffset total, gpointer user_data)
{
  set_progress (user_data, total > 0 ? CLAMP ((double) done / total, 0, 1) : 0);
}

static void
begin (KabDownload *self)
{
  self->cancellable = g_cancellable_new ();
  set_progress (self, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
end (KabDownload *self)
{
  g_clear_object (&self->cancellable);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
kab_download_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  KabDownload *self = KAB_DOWNLOAD (object);

  switch (property_id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->cancellable != NULL);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_download_dispose (GObject *object)
{
  KabDownload *self = KAB_DOWNLOAD (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->api);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (kab_download_parent_class)->dispose (object);
}

static void
kab_download_class_init (KabDownloadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_download_get_property;
  object_class->dispose = kab_download_dispose;

  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kab_download_init (KabDownload *self)
{
}

/**
 * kab_download_new:
 * @api: the line to the bank
 * @file: a file that the bank has
 *
 * Returns: (transfer full): the download; nothing is asked for yet
 */
KabDownload *
kab_download_new (KabApi *api, KabFile *file)
{
  KabDownload *self = g_object_new (KAB_TYPE_DOWNLOAD, NULL);

  self->api = g_object_ref (api);
  self->file = g_object_ref (file);

  return self;
}

/* Returns: (transfer none): what is fetched. */
KabFile *
kab_download_get_file (KabDownload *self)
{
  g_return_val_if_fail (KAB_IS_DOWNLOAD (self), NULL);

  return self->file;
}

/* Returns: whether it is under way. */
gboolean
kab_download_get_active (KabDownload *self)
{
  g_return_val_if_fail (KAB_IS_DOWNLOAD (self), FALSE);

  return self->cancellable != NULL;
}

/* Returns: how far it is, from 0 to 1. */
double
kab_download_get_progress (KabDownload *self)
{
  g_return_val_if_fail (KAB_IS_DOWNLOAD (self), 0);

  return self->progress;
}

/* Gives up; what waits for it gets %G_IO_ERROR_CANCELLED. */
void
kab_download_cancel (KabDownload *self)
{
  g_return_if_fail (KAB_IS_DOWNLOAD (self));

  g_cancellable_cancel (self->cancellable);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (kab_file_download_finish (KAB_API (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * kab_download_save_async:
 * @self: a download that isn't active
 * @target: where to put it; as it was when that fails
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Fetches the file into @target.
 */
void
kab_download_save_async (KabDownload *self,
                         GFile *target,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;

  g_return_if_fail (KAB_IS_DOWNLOAD (self));
  g_return_if_fail (self->cancellable == NULL);

  begin (self);
  task = g_task_new (self, self->cancellable, callback, user_data);
  g_task_set_source_tag (task, kab_download_save_async);
  kab_file_download_async (self->api, self->file, target, progressed_cb, self, self->cancellable,
                           saved_cb, task);
}

/* Returns: %FALSE with the error of kab_file_download_finish(). */
gboolean
kab_download_save_finish (KabDownload *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  end (self);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);

  kab_private_file_delete (G_FILE (source));
  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GFile *target = g_task_get_task_data (task);
  GError *error = NULL;

  if (!kab_file_download_finish (KAB_API (source), result, &error))
    {
      kab_private_file_delete (target);
      g_task_return_error (task, error);
      return;
    }

  g_file_load_bytes_async (target, g_task_get_cancellable (task), loaded_cb, g_object_ref (task));
}

/**
 * kab_download_read_async:
 * @self: a download that isn't active
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Fetches the file into memory, checked as a saved one.
 */
void
kab_download_read_async (KabDownload *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;
  GFile *target;
  GError *error = NULL;

  g_return_if_fail (KAB_IS_DOWNLOAD (self));
  g_return_if_fail (self->cancellable == NULL);

  begin (self);
  task = g_task_new (self, self->cancellable, callback, user_data);
  g_task_set_source_tag (task, kab_download_read_async);
  target = kab_private_file_new ("download", &error);
  if (target == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  g_task_set_task_data (task, target, g_object_unref);
  kab_file_download_async (self->api, self->file, target, progressed_cb, self, self->cancellable,
                           fetched_cb, task);
}

/* Returns: (transfer full) (nullable): the content, or %NULL with the error of
 *   kab_file_download_finish(). */
GBytes *
kab_download_read_finish (KabDownload *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  end (self);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-upload.h"

#include "kab-tus.h"
#include "kab-upload-private.h"

enum
{
  PROP_0,
  PROP_FILE,
  PROP_NAME,
  PROP_SIZE,
  PROP_SENT,
  PROP_PROGRESS,
  PROP_STATE,
  PROP_BROKEN_RULE,
  PROP_UPLOAD_ID,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_QUARK (kab - upload - error - quark, kab_upload_error)
G_DEFINE_FINAL_TYPE (KabUpload, kab_upload, G_TYPE_OBJECT)
G_DEFINE_ENUM_TYPE (KabUploadState,
                    kab_upload_state,
                    G_DEFINE_ENUM_VALUE (KAB_UPLOAD_CHECKING, "checking"),
                    G_DEFINE_ENUM_VALUE (KAB_UPLOAD_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (KAB_UPLOAD_SENDING, "sending"),
                    G_DEFINE_ENUM_VALUE (KAB_UPLOAD_PAUSED, "paused"),
                    G_DEFINE_ENUM_VALUE (KAB_UPLOAD_INTERRUPTED, "interrupted"),
                    G_DEFINE_ENUM_VALUE (KAB_UPLOAD_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (KAB_UPLOAD_FAILED, "failed"))

void
kab_upload_set_state (KabUpload *self, KabUploadState state)
{
  if (self->state == state)
    return;

  self->state = state;
  if (state == KAB_UPLOAD_DONE)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UPLOAD_ID]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* A step of less than half a per cent isn't worth drawing. */
void
kab_upload_set_sent (KabUpload *self, gint64 sent)
{
  self->sent = sent;
  if (ABS (sent - self->notified) < self->size / 200 && sent != self->size)
    return;

  self->notified = sent;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

void
kab_upload_set_broken_rule (KabUpload *self, const char *rule)
{
  if (self->broken_rule == rule)
    return;

  self->broken_rule = rule;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BROKEN_RULE]);
}

void
kab_upload_set_file (KabUpload *self, const char *name, gint64 size)
{
  if (g_set_str (&self->name, name))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  self->size = size;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);
}

static void
kab_upload_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KabUpload *self = KAB_UPLOAD (object);

  switch (prop_id)
    {
    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_SIZE:
      g_value_set_int64 (value, self->size);
      break;
    case PROP_SENT:
      g_value_set_int64 (value, self->sent);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, kab_upload_get_progress (self));
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_BROKEN_RULE:
      g_value_set_string (value, self->broken_rule);
      break;
    case PROP_UPLOAD_ID:
      g_value_set_string (value, kab_upload_get_id (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kab_upload_dispose (GObject *object)
{
  KabUpload *self = KAB_UPLOAD (object);

  if (self->api != NULL)
    kab_upload_halt (self);
  g_clear_object (&self->api);
  G_OBJECT_CLASS (kab_upload_parent_class)->dispose (object);
}

static void
kab_upload_finalize (GObject *object)
{
  KabUpload *self = KAB_UPLOAD (object);

  kab_upload_forget_file (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_clear_error (&self->error);
  g_free (self->name);
  g_free (self->mark);
  G_OBJECT_CLASS (kab_upload_parent_class)->finalize (object);
}

static void
kab_upload_class_init (KabUploadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_upload_get_property;
  object_class->dispose = kab_upload_dispose;
  object_class->finalize = kab_upload_finalize;

  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_SIZE] = g_param_spec_int64 ("size", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_SENT] = g_param_spec_int64 ("sent", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_STATE] =
      g_param_spec_enum ("state", NULL, NULL, KAB_TYPE_UPLOAD_STATE, KAB_UPLOAD_CHECKING, flags);
  properties[PROP_BROKEN_RULE] = g_param_spec_string ("broken-rule", NULL, NULL, NULL, flags);
  properties[PROP_UPLOAD_ID] = g_param_spec_string ("upload-id", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kab_upload_init (KabUpload *self)
{
  self->cancellable = g_cancellable_new ();
  self->offset = KAB_UPLOAD_OFFSET_UNKNOWN;
}

KabUpload *
kab_upload_new (KabApi *api, GFile *file)
{
  KabUpload *self;

  g_return_val_if_fail (KAB_IS_API (api), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (KAB_TYPE_UPLOAD, NULL);
  self->api = g_object_ref (api);
  self->file = g_object_ref (file);
  self->name = g_file_get_basename (file);

  return self;
}

/* What a failure leaves to go on with: the line's all, the file's what the bank has of it. */
static void
clear_failure (KabUpload *self)
{
  if (self->error == NULL)
    return;

  if (self->error->domain == KAB_UPLOAD_ERROR ||
      g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    kab_upload_forget_file (self);
  else if (self->error->domain != KAB_API_ERROR)
    kab_upload_close (self);
  g_clear_error (&self->error);
}

void
kab_upload_start (KabUpload *self)
{
  g_return_if_fail (KAB_IS_UPLOAD (self));

  if (self->state == KAB_UPLOAD_SENDING || self->state == KAB_UPLOAD_WAITING ||
      self->state == KAB_UPLOAD_DONE)
    return;

  kab_upload_halt (self);
  clear_failure (self);
  kab_upload_set_broken_rule (self, NULL);

  if (self->source != NULL)
    {
      kab_upload_next_step (self);
      return;
    }
  kab_upload_set_state (self, KAB_UPLOAD_CHECKING);
  kab_upload_open (self);
}

void
kab_upload_pause (KabUpload *self)
{
  g_return_if_fail (KAB_IS_UPLOAD (self));

  if (self->state == KAB_UPLOAD_DONE || self->state == KAB_UPLOAD_FAILED)
    return;

  kab_upload_halt (self);
  kab_upload_set_state (self, KAB_UPLOAD_PAUSED);
}

void
kab_upload_cancel (KabUpload *self)
{
  g_return_if_fail (KAB_IS_UPLOAD (self));

  if (self->id != NULL)
    kab_tus_terminate (self->api, self->id);
  g_clear_pointer (&self->id, g_free);
  kab_upload_fail (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
}

const char *
kab_upload_get_name (KabUpload *self)
{
  g_return_val_if_fail (KAB_IS_UPLOAD (self), NULL);

  return self->name;
}

gint64
kab_upload_get_size (KabUpload *self)
{
  g_return_val_if_fail (KAB_IS_UPLOAD (self), 0);

  return self->size;
}

gint64
kab_upload_get_sent (KabUpload *self)
{
  g_return_val_if_fail (KAB_IS_UPLOAD (self), 0);

  return self->sent;
}

double
kab_upload_get_progress (KabUpload *self)
{
  g_return_val_if_fail (KAB_IS_UPLOAD (self), 0);

  return self->size > 0 ? CLAMP ((double) self->sent / self->size, 0, 1) : 0;
}

KabUploadState
kab_upload_get_state (KabUpload *self)
{
  g_return_val_if_fail (KAB_IS_UPLOAD (self), KAB_UPLOAD_FAILED);

  return self->state;
}

const GError *
kab_upload_get_error (KabUpload *self)
{
  g_return_val_if_fail (KAB_IS_UPLOAD (self), NULL);

  return self->error;
}

const char *
kab_upload_get_broken_rule (KabUpload *self)
{
  g_return_val_if_fail (KAB_IS_UPLOAD (self), NULL);

  return self->broken_rule;
}

const char *
kab_upload_get_id (KabUpload *self)
{
  g_return_val_if_fail (KAB_IS_UPLOAD (self), NULL);

  return self->state == KAB_UPLOAD_DONE || (self->size > 0 && self->offset == self->size) ? self->id
                                                                                          : NULL;
}

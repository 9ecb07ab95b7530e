/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-upload.h"

#include "kab-api-error-private.h"
#include "kab-api-private.h"
#include "kab-file-rules.h"
#include "kab-tus.h"
#include "kab-upload-source.h"

/* One piece goes out while the next is read: this much twice is all that is held of a file. */
#define PIECE_BYTES (1024 * 1024)

/* How often in a row a piece may arrive wrong, or the bank forget the upload. */
#define MAX_MISMATCHES 5
#define MAX_CREATIONS  3

#define UNKNOWN (-1)

struct _KabUpload
{
  GObject parent_instance;

  KabApi *api;               /* (owned) */
  GFile *file;               /* (owned) */
  char *name;                /* (owned) */
  KabUploadState state;
  GError *error;             /* (owned) (nullable) */
  const char *broken_rule;   /* (nullable) static */

  GCancellable *cancellable; /* (owned) of what is under way now */
  KabUploadSource *source;   /* (owned) (nullable) */
  gint64 size;
  char *key;                 /* (owned) (nullable) idempotency key of the creation */
  char *id;                  /* (owned) (nullable) */
  gint64 offset;             /* that the bank has, or UNKNOWN */
  gint64 sent;               /* that went out */
  gint64 notified;           /* value of sent when it was notified last */
  KabUploadPiece *next;      /* (owned) (nullable) read ahead */
  gboolean reading;
  gboolean piece_wanted;     /* send what is being read as soon as it is there */

  guint failures;            /* of the line in a row */
  guint mismatches;
  guint creations;
  guint retry_source;
  gulong online_id;
};

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

static void next_step (KabUpload *self);
static void send_piece (KabUpload *self);

G_DEFINE_QUARK (kab-upload-error-quark, kab_upload_error)
G_DEFINE_FINAL_TYPE (KabUpload, kab_upload, G_TYPE_OBJECT)
G_DEFINE_ENUM_TYPE (KabUploadState, kab_upload_state,
                    G_DEFINE_ENUM_VALUE (KAB_UPLOAD_CHECKING, "checking"),
                    G_DEFINE_ENUM_VALUE (KAB_UPLOAD_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (KAB_UPLOAD_SENDING, "sending"),
                    G_DEFINE_ENUM_VALUE (KAB_UPLOAD_PAUSED, "paused"),
                    G_DEFINE_ENUM_VALUE (KAB_UPLOAD_INTERRUPTED, "interrupted"),
                    G_DEFINE_ENUM_VALUE (KAB_UPLOAD_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (KAB_UPLOAD_FAILED, "failed"))

static void
set_state (KabUpload *self, KabUploadState state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* A step of less than half a per cent isn't worth drawing. */
static void
set_sent (KabUpload *self, gint64 sent)
{
  self->sent = sent;
  if (ABS (sent - self->notified) < self->size / 200 && sent != self->size)
    return;

  self->notified = sent;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

static void
set_broken_rule (KabUpload *self, const char *rule)
{
  if (self->broken_rule == rule)
    return;

  self->broken_rule = rule;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BROKEN_RULE]);
}

/* Ends whatever is under way; its callbacks see G_IO_ERROR_CANCELLED. */
static void
halt (KabUpload *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_clear_signal_handler (&self->online_id, self->api);
  g_clear_pointer (&self->next, kab_upload_piece_free);
  self->reading = FALSE;
  self->piece_wanted = FALSE;
  self->offset = UNKNOWN;
}

static void
forget_file (KabUpload *self)
{
  g_clear_object (&self->source);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->key, g_free);
  self->creations = 0;
}

/* @error: (transfer full) */
static void
fail (KabUpload *self, GError *error)
{
  halt (self);
  g_clear_error (&self->error);
  self->error = error;
  set_state (self, KAB_UPLOAD_FAILED);
}

static gboolean
retry_due_cb (gpointer user_data)
{
  KabUpload *self = user_data;

  self->retry_source = 0;
  kab_upload_start (self);

  return G_SOURCE_REMOVE;
}

static void
online_changed_cb (KabUpload *self)
{
  if (kab_api_get_online (self->api))
    kab_upload_start (self);
}

/* The line is to blame: go on by itself, at the latest after a pause that grows. */
static void
interrupt (KabUpload *self, const GError *error)
{
  const KabTimeouts *timeouts = kab_api_get_timeouts (self->api);
  KabProblem *problem = kab_api_problem_from_error (error);
  guint wait = MIN ((guint64) timeouts->retry_ms << MIN (self->failures, 16u),
                    timeouts->probe_max_ms);

  halt (self);
  self->failures++;
  wait = kab_api_jitter (wait);
  if (problem != NULL && kab_problem_get_retry_after (problem) > 0)
    wait = MIN (kab_problem_get_retry_after (problem), 60) * 1000;
  self->retry_source = g_timeout_add (wait, retry_due_cb, self);
  self->online_id = g_signal_connect_swapped (self->api, "notify::online",
                                              G_CALLBACK (online_changed_cb), self);
  set_state (self, KAB_UPLOAD_INTERRUPTED);
}

/* The bank has other bytes than thought: ask. */
static gboolean
is_mismatch (const GError *error)
{
  KabProblem *problem = kab_api_problem_from_error (error);
  guint status = problem ? kab_problem_get_status (problem) : 0;

  return status == SOUP_STATUS_CONFLICT || status == KAB_TUS_CHECKSUM_MISMATCH;
}

static void
handle_error (KabUpload *self, GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
    }
  else if (kab_api_error_is_connection (error)
           || g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_BUSY)
           || g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_FAILED))
    {
      interrupt (self, error);
      g_error_free (error);
    }
  else if (g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_NOT_FOUND) && self->id != NULL)
    {
      g_error_free (error);
      halt (self);
      g_clear_pointer (&self->id, g_free);
      g_clear_pointer (&self->key, g_free);
      next_step (self);
    }
  else if (is_mismatch (error) && self->id != NULL && self->mismatches < MAX_MISMATCHES)
    {
      g_error_free (error);
      halt (self);
      self->mismatches++;
      next_step (self);
    }
  else
    {
      fail (self, error);
    }
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabUpload) self = g_steal_pointer (&user_data);
  GError *error = NULL;
  char *id = kab_tus_create_finish (KAB_API (source), result, &error);

  if (id == NULL)
    {
      handle_error (self, error);
      return;
    }

  self->id = id;
  self->offset = 0;
  self->creations++;
  next_step (self);
}

static void
create (KabUpload *self)
{
  KabFileFormat format;

  if (self->creations >= MAX_CREATIONS)
    {
      fail (self, g_error_new_literal (KAB_UPLOAD_ERROR, KAB_UPLOAD_ERROR_EXPIRED,
                                       "The bank forgot the upload again and again"));
      return;
    }

  if (self->key == NULL)
    self->key = kab_idempotency_key_new ();
  /* The name was checked. */
  kab_file_format_from_name (self->name, &format);
  kab_tus_create_async (self->api, self->name, kab_file_format_media_type (format), self->size,
                        self->key, self->cancellable, created_cb, g_object_ref (self));
}

static void
offset_known_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabUpload) self = g_steal_pointer (&user_data);
  GError *error = NULL;
  gint64 offset = kab_tus_ask_offset_finish (KAB_API (source), result, &error);

  if (offset >= 0 && offset > self->size)
    error = kab_api_error_new (KAB_API_ERROR_GARBAGE, NULL, "The bank has more than there is");
  if (error != NULL)
    {
      handle_error (self, error);
      return;
    }

  self->offset = offset;
  next_step (self);
}

static void
piece_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabUpload) self = g_steal_pointer (&user_data);
  GError *error = NULL;
  KabUploadPiece *piece
      = kab_upload_source_read_finish (KAB_UPLOAD_SOURCE (source), result, &error);

  if (piece == NULL)
    {
      if (error->domain == KAB_UPLOAD_ERROR && self->id != NULL)
        kab_tus_terminate (self->api, self->id);
      handle_error (self, error);
      return;
    }

  self->reading = FALSE;
  self->next = piece;
  if (self->piece_wanted)
    send_piece (self);
}

static void
read_piece (KabUpload *self, gint64 offset)
{
  if (self->reading || self->next != NULL || offset >= self->size)
    return;

  self->reading = TRUE;
  kab_upload_source_read_async (self->source, offset, PIECE_BYTES, self->cancellable,
                                piece_read_cb, g_object_ref (self));
}

static void
piece_progressed_cb (goffset sent, gpointer user_data)
{
  KabUpload *self = user_data;

  set_sent (self, self->offset + sent);
}

static void
piece_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabUpload) self = g_steal_pointer (&user_data);
  GError *error = NULL;
  gint64 offset = kab_tus_append_finish (KAB_API (source), result, &error);

  if (error == NULL && (offset <= self->offset || offset > self->size))
    error = kab_api_error_new (KAB_API_ERROR_GARBAGE, NULL, "The bank's offset is impossible");
  if (error != NULL)
    {
      handle_error (self, error);
      return;
    }

  self->offset = offset;
  self->failures = 0;
  self->mismatches = 0;
  next_step (self);
}

static void
send_piece (KabUpload *self)
{
  KabUploadPiece *piece;

  if (self->next != NULL && self->next->offset != self->offset)
    g_clear_pointer (&self->next, kab_upload_piece_free);
  self->piece_wanted = self->next == NULL;
  if (self->piece_wanted)
    {
      read_piece (self, self->offset);
      return;
    }

  piece = g_steal_pointer (&self->next);
  read_piece (self, self->offset + g_bytes_get_size (piece->bytes));
  kab_tus_append_async (self->api, self->id, piece, self->cancellable, piece_progressed_cb,
                        piece_sent_cb, g_object_ref (self));
}

static void
next_step (KabUpload *self)
{
  if (self->id == NULL)
    {
      set_state (self, KAB_UPLOAD_WAITING);
      create (self);
      return;
    }
  if (self->offset == UNKNOWN)
    {
      set_state (self, KAB_UPLOAD_WAITING);
      kab_tus_ask_offset_async (self->api, self->id, self->cancellable, offset_known_cb,
                                g_object_ref (self));
      return;
    }

  set_sent (self, self->offset);
  if (self->offset < self->size)
    {
      set_state (self, KAB_UPLOAD_SENDING);
      send_piece (self);
      return;
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UPLOAD_ID]);
  set_state (self, KAB_UPLOAD_DONE);
}

static void
source_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabUpload) self = g_steal_pointer (&user_data);
  GError *error = NULL;
  KabUploadSource *opened = kab_upload_source_open_finish (result, &error);
  const guint8 *head;
  gsize length;
  KabCheck check;

  if (opened == NULL)
    {
      handle_error (self, error);
      return;
    }

  self->source = opened;
  if (g_set_str (&self->name, kab_upload_source_get_name (opened)))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  self->size = kab_upload_source_get_size (opened);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);

  head = g_bytes_get_data (kab_upload_source_get_head (opened), &length);
  check = kab_file_rules_check (self->name, self->size, head, length);
  if (check != KAB_CHECK_OK)
    {
      set_broken_rule (self, kab_check_code (check));
      fail (self, g_error_new (KAB_UPLOAD_ERROR, KAB_UPLOAD_ERROR_RULE, "The file breaks %s",
                               self->broken_rule));
      return;
    }

  next_step (self);
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
    halt (self);
  g_clear_object (&self->api);
  G_OBJECT_CLASS (kab_upload_parent_class)->dispose (object);
}

static void
kab_upload_finalize (GObject *object)
{
  KabUpload *self = KAB_UPLOAD (object);

  forget_file (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_clear_error (&self->error);
  g_free (self->name);
  G_OBJECT_CLASS (kab_upload_parent_class)->finalize (object);
}

static void
kab_upload_class_init (KabUploadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags
      = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_upload_get_property;
  object_class->dispose = kab_upload_dispose;
  object_class->finalize = kab_upload_finalize;

  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_SIZE] = g_param_spec_int64 ("size", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_SENT] = g_param_spec_int64 ("sent", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, KAB_TYPE_UPLOAD_STATE,
                                              KAB_UPLOAD_CHECKING, flags);
  properties[PROP_BROKEN_RULE] = g_param_spec_string ("broken-rule", NULL, NULL, NULL, flags);
  properties[PROP_UPLOAD_ID] = g_param_spec_string ("upload-id", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kab_upload_init (KabUpload *self)
{
  self->cancellable = g_cancellable_new ();
  self->offset = UNKNOWN;
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

void
kab_upload_start (KabUpload *self)
{
  gboolean other_file;

  g_return_if_fail (KAB_IS_UPLOAD (self));

  if (self->state == KAB_UPLOAD_SENDING || self->state == KAB_UPLOAD_WAITING
      || self->state == KAB_UPLOAD_DONE)
    return;

  other_file = self->error != NULL
               && (self->error->domain == KAB_UPLOAD_ERROR
                   || g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  halt (self);
  if (other_file)
    forget_file (self);
  g_clear_error (&self->error);
  set_broken_rule (self, NULL);

  if (self->source != NULL)
    {
      next_step (self);
      return;
    }
  set_state (self, KAB_UPLOAD_CHECKING);
  kab_upload_source_open_async (self->file, self->cancellable, source_opened_cb,
                                g_object_ref (self));
}

void
kab_upload_pause (KabUpload *self)
{
  g_return_if_fail (KAB_IS_UPLOAD (self));

  if (self->state == KAB_UPLOAD_DONE || self->state == KAB_UPLOAD_FAILED)
    return;

  halt (self);
  set_state (self, KAB_UPLOAD_PAUSED);
}

void
kab_upload_cancel (KabUpload *self)
{
  g_return_if_fail (KAB_IS_UPLOAD (self));

  if (self->id != NULL)
    kab_tus_terminate (self->api, self->id);
  g_clear_pointer (&self->id, g_free);
  fail (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
}

GFile *
kab_upload_get_file (KabUpload *self)
{
  g_return_val_if_fail (KAB_IS_UPLOAD (self), NULL);

  return self->file;
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

  return self->state == KAB_UPLOAD_DONE || (self->size > 0 && self->offset == self->size)
             ? self->id
             : NULL;
}

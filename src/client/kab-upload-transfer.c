/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-api-error-private.h"
#include "kab-api-private.h"
#include "kab-file-rules.h"
#include "kab-tus.h"
#include "kab-upload-private.h"

/* What goes out in one request is lost when the line breaks in it, and each request waits for the
 * bank to have stored all of it: so a piece is small first, then as large as goes out in the
 * piece_ms of KabTimeouts. It doesn't grow faster than the checksum of the next is computed beside
 * it. */
#define LEAST_PIECE_BYTES (1024 * 1024)
#define MOST_PIECE_BYTES  (32 * 1024 * 1024)
#define PIECE_GROWTH      4

/* How often in a row a piece may arrive wrong, or the bank forget the upload. */
#define MAX_MISMATCHES 5
#define MAX_CREATIONS  3

static void send_piece (KabUpload *self);

void
kab_upload_halt (KabUpload *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_clear_signal_handler (&self->online_id, self->api);
  g_clear_pointer (&self->next, kab_upload_piece_free);
  self->measuring = FALSE;
  self->piece_wanted = FALSE;
  self->piece_size = LEAST_PIECE_BYTES;
  self->offset = KAB_UPLOAD_OFFSET_UNKNOWN;
}

void
kab_upload_forget_file (KabUpload *self)
{
  g_clear_object (&self->source);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->mark, g_free);
  self->creations = 0;
}

void
kab_upload_fail (KabUpload *self, GError *error)
{
  kab_upload_halt (self);
  g_clear_error (&self->error);
  self->error = error;
  kab_upload_set_state (self, KAB_UPLOAD_FAILED);
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
  guint first_ms = kab_api_get_timeouts (self->api)->retry_ms;
  guint wait = kab_api_make_pause (self->api, first_ms, self->failures++, error);

  kab_upload_halt (self);
  self->retry_source = g_timeout_add (wait, retry_due_cb, self);
  self->online_id =
      g_signal_connect_swapped (self->api, "notify::online", G_CALLBACK (online_changed_cb), self);
  kab_upload_set_state (self, KAB_UPLOAD_INTERRUPTED);
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
  else if (kab_api_error_is_connection (error) ||
           g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_BUSY) ||
           g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_FAILED))
    {
      interrupt (self, error);
      g_error_free (error);
    }
  else if (g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_NOT_FOUND) && self->id != NULL)
    {
      g_error_free (error);
      kab_upload_halt (self);
      g_clear_pointer (&self->id, g_free);
      g_clear_pointer (&self->key, g_free);
      kab_upload_next_step (self);
    }
  else if (is_mismatch (error) && self->id != NULL && self->mismatches < MAX_MISMATCHES)
    {
      g_error_free (error);
      kab_upload_halt (self);
      self->mismatches++;
      kab_upload_next_step (self);
    }
  else
    {
      kab_upload_fail (self, error);
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
  kab_upload_next_step (self);
}

static void
create (KabUpload *self)
{
  KabFileFormat format;

  if (self->creations >= MAX_CREATIONS)
    {
      kab_upload_fail (self, g_error_new_literal (KAB_UPLOAD_ERROR, KAB_UPLOAD_ERROR_EXPIRED,
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
  kab_upload_next_step (self);
}

static void
piece_measured_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabUpload) self = g_steal_pointer (&user_data);
  GError *error = NULL;
  KabUploadPiece *piece =
      kab_upload_source_measure_finish (KAB_UPLOAD_SOURCE (source), result, &error);

  if (piece == NULL)
    {
      if (error->domain == KAB_UPLOAD_ERROR && self->id != NULL)
        kab_tus_terminate (self->api, self->id);
      handle_error (self, error);
      return;
    }

  self->measuring = FALSE;
  self->next = piece;
  if (self->piece_wanted)
    send_piece (self);
}

static void
measure_piece (KabUpload *self, gint64 offset)
{
  if (self->measuring || self->next != NULL || offset >= self->size)
    return;

  self->measuring = TRUE;
  kab_upload_source_measure_async (self->source, offset, self->piece_size, self->cancellable,
                                   piece_measured_cb, g_object_ref (self));
}

static void
piece_progressed_cb (goffset sent, gpointer user_data)
{
  KabUpload *self = user_data;

  kab_upload_set_sent (self, self->offset + sent);
}

/* The next piece is measured already: this is for the one behind it. */
static void
adapt_piece_size (KabUpload *self, gint64 sent)
{
  gint64 duration = MAX (g_get_monotonic_time () - self->piece_started, 1);
  gint64 wanted = kab_api_get_timeouts (self->api)->piece_ms * G_TIME_SPAN_MILLISECOND;
  gint64 in_time = sent * wanted / duration;
  gint64 most = MIN (self->piece_size * PIECE_GROWTH, MOST_PIECE_BYTES);

  in_time -= in_time % LEAST_PIECE_BYTES;
  self->piece_size = CLAMP (in_time, LEAST_PIECE_BYTES, most);
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

  adapt_piece_size (self, offset - self->offset);
  self->offset = offset;
  self->failures = 0;
  self->mismatches = 0;
  kab_upload_next_step (self);
}

static void
send_piece (KabUpload *self)
{
  g_autoptr (KabUploadPiece) piece = NULL;

  if (self->next != NULL && self->next->offset != self->offset)
    g_clear_pointer (&self->next, kab_upload_piece_free);
  self->piece_wanted = self->next == NULL;
  if (self->piece_wanted)
    {
      measure_piece (self, self->offset);
      return;
    }

  piece = g_steal_pointer (&self->next);
  self->piece_started = g_get_monotonic_time ();
  kab_tus_append_async (self->api, self->id, self->source, piece, self->cancellable,
                        piece_progressed_cb, piece_sent_cb, g_object_ref (self));
  measure_piece (self, self->offset + piece->size);
}

void
kab_upload_next_step (KabUpload *self)
{
  if (self->id == NULL)
    {
      kab_upload_set_state (self, KAB_UPLOAD_WAITING);
      create (self);
      return;
    }
  if (self->offset == KAB_UPLOAD_OFFSET_UNKNOWN)
    {
      kab_upload_set_state (self, KAB_UPLOAD_WAITING);
      kab_tus_ask_offset_async (self->api, self->id, self->cancellable, offset_known_cb,
                                g_object_ref (self));
      return;
    }

  kab_upload_set_sent (self, self->offset);
  if (self->offset < self->size)
    {
      kab_upload_set_state (self, KAB_UPLOAD_SENDING);
      send_piece (self);
      return;
    }

  kab_upload_set_state (self, KAB_UPLOAD_DONE);
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
  kab_upload_check_mark (self);
  kab_upload_set_file (self, kab_upload_source_get_name (opened),
                       kab_upload_source_get_size (opened));

  head = g_bytes_get_data (kab_upload_source_get_head (opened), &length);
  check = kab_file_rules_check (self->name, self->size, head, length);
  if (check != KAB_CHECK_OK)
    {
      kab_upload_set_broken_rule (self, kab_check_code (check));
      kab_upload_fail (self, g_error_new (KAB_UPLOAD_ERROR, KAB_UPLOAD_ERROR_RULE,
                                          "The file breaks %s", self->broken_rule));
      return;
    }

  kab_upload_next_step (self);
}

void
kab_upload_open (KabUpload *self)
{
  kab_upload_source_open_async (self->file, self->cancellable, source_opened_cb,
                                g_object_ref (self));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-upload-source.h"
#include "kab-upload.h"

G_BEGIN_DECLS

/* KabUpload in three: what is seen of it (kab-upload.c), how it goes on (-transfer.c), and from one
 * opening of its file to the next, be it in another run of the program (-kept.c). */

#define KAB_UPLOAD_OFFSET_UNKNOWN (-1)

struct _KabUpload
{
  GObject parent_instance;

  KabApi *api; /* (owned) */
  GFile *file; /* (owned) */
  char *name;  /* (owned) */
  KabUploadState state;
  GError *error;           /* (owned) (nullable) */
  const char *broken_rule; /* (nullable) static */

  GCancellable *cancellable; /* (owned) of what is under way now */
  KabUploadSource *source;   /* (owned) (nullable) */
  gint64 size;
  char *key;       /* (owned) (nullable) idempotency key of the creation */
  char *mark;      /* (owned) (nullable) of the file, as it was when the bank got its beginning */
  char *id;        /* (owned) (nullable) */
  gint64 offset;   /* that the bank has, or KAB_UPLOAD_OFFSET_UNKNOWN */
  gint64 sent;     /* that went out */
  gint64 notified; /* value of sent when it was notified last */
  KabUploadPiece *next; /* (owned) (nullable) measured ahead */
  gboolean measuring;
  gboolean piece_wanted; /* send what is being measured as soon as it is there */
  gint64 piece_size;     /* bytes of the next that is measured */
  gint64 piece_started;  /* monotonic microseconds, of the one under way */

  guint failures; /* of the line in a row */
  guint mismatches;
  guint creations;
  guint retry_source;
  gulong online_id;
};

/* kab-upload.c: each notifies what it changes */
void kab_upload_set_state (KabUpload *self, KabUploadState state);
void kab_upload_set_file (KabUpload *self, const char *name, gint64 size);
void kab_upload_set_sent (KabUpload *self, gint64 sent);
void kab_upload_set_broken_rule (KabUpload *self, const char *rule);

/* kab-upload-kept.c */

/** Lets go of the open file, to open it anew. */
void kab_upload_close (KabUpload *self);

/** Begins anew unless the opened file is what it was the last time. */
void kab_upload_check_mark (KabUpload *self);

/* kab-upload-transfer.c */

/** Ends whatever is under way; its callbacks see G_IO_ERROR_CANCELLED. */
void kab_upload_halt (KabUpload *self);

/** The file and what the bank has of it aren't the same any more: begin anew. */
void kab_upload_forget_file (KabUpload *self);

/** @error: (transfer full) */
void kab_upload_fail (KabUpload *self, GError *error);

/** Opens and checks the file, then goes on. */
void kab_upload_open (KabUpload *self);

/** Does what is to be done next: creates, asks, sends, or is done. */
void kab_upload_next_step (KabUpload *self);

G_END_DECLS

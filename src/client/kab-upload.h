/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-api.h"

G_BEGIN_DECLS

/**
 * KabUploadState:
 * @KAB_UPLOAD_CHECKING: the file is looked at: name, size, first bytes
 * @KAB_UPLOAD_WAITING: checked, not begun yet, or the bank is asked how much it has
 * @KAB_UPLOAD_SENDING: bytes go out
 * @KAB_UPLOAD_PAUSED: by kab_upload_pause()
 * @KAB_UPLOAD_INTERRUPTED: the line is lost; goes on by itself
 * @KAB_UPLOAD_DONE: the bank has all of it and checked it
 * @KAB_UPLOAD_FAILED: see kab_upload_get_error(); kab_upload_start() tries again
 */
typedef enum
{
  KAB_UPLOAD_CHECKING,
  KAB_UPLOAD_WAITING,
  KAB_UPLOAD_SENDING,
  KAB_UPLOAD_PAUSED,
  KAB_UPLOAD_INTERRUPTED,
  KAB_UPLOAD_DONE,
  KAB_UPLOAD_FAILED,
} KabUploadState;

#define KAB_TYPE_UPLOAD_STATE (kab_upload_state_get_type ())
GType kab_upload_state_get_type (void) G_GNUC_CONST;

/**
 * KabUploadError:
 * @KAB_UPLOAD_ERROR_RULE: the file breaks a rule; kab_upload_get_broken_rule() names it
 * @KAB_UPLOAD_ERROR_CHANGED: the file was changed while it was sent
 * @KAB_UPLOAD_ERROR_EXPIRED: the bank has forgotten the part that it had, again and again
 *
 * Beside these an upload fails with KAB_API_ERROR and with the G_IO_ERROR of the file.
 */
typedef enum
{
  KAB_UPLOAD_ERROR_RULE,
  KAB_UPLOAD_ERROR_CHANGED,
  KAB_UPLOAD_ERROR_EXPIRED,
} KabUploadError;

#define KAB_UPLOAD_ERROR (kab_upload_error_quark ())
GQuark kab_upload_error_quark (void);

#define KAB_TYPE_UPLOAD (kab_upload_get_type ())

/**
 * KabUpload:
 *
 * One file on its way to the bank by tus 1.0.0: streamed, resumed where it stopped, checked piece
 * by piece with SHA-256. Holds no more than a piece in memory.
 *
 * Properties, all notifying: file, name, size (int64), sent (int64), progress (double 0…1), state,
 * broken-rule, upload-id.
 */
G_DECLARE_FINAL_TYPE (KabUpload, kab_upload, KAB, UPLOAD, GObject)

/** Nothing is read or sent before kab_upload_start(). Returns: (transfer full) */
KabUpload *kab_upload_new (KabApi *api, GFile *file);

/**
 * What it takes to go on in another run of the program, where the bank has the beginning of the
 * file already. Returns: (transfer full)
 */
JsonObject *kab_upload_keep (KabUpload *self);

/**
 * @kept: from kab_upload_keep(); a file that was changed meanwhile is sent anew
 *
 * Returns: (transfer full) (nullable) NULL when @kept names no file
 */
KabUpload *kab_upload_new_kept (KabApi *api, JsonObject *kept);

/**
 * Checks and sends the file; goes on after a pause; tries again after a failure (a broken rule or a
 * changed file is checked anew, one that couldn't be read is opened anew). Watch #KabUpload:state.
 */
void kab_upload_start (KabUpload *self);

/** Stops sending; what the bank has stays there. */
void kab_upload_pause (KabUpload *self);

/**
 * Gives up and lets the bank throw away what it has. The state becomes failed,
 * G_IO_ERROR_CANCELLED.
 */
void kab_upload_cancel (KabUpload *self);

/** The name to show. Returns: (transfer none) */
const char *kab_upload_get_name (KabUpload *self);

/** Bytes in all; 0 until it is known. */
gint64 kab_upload_get_size (KabUpload *self);

/** Bytes that the bank has for sure or that are under way. */
gint64 kab_upload_get_sent (KabUpload *self);

/** From 0 to 1. */
double kab_upload_get_progress (KabUpload *self);
KabUploadState kab_upload_get_state (KabUpload *self);

/** Why it failed. Returns: (transfer none) (nullable) */
const GError *kab_upload_get_error (KabUpload *self);

/**
 * Code of the rule of core's file rules that the file breaks.
 *
 * Returns: (transfer none) (nullable)
 */
const char *kab_upload_get_broken_rule (KabUpload *self);

/** The id for `files` and `attachments` once it is done. Returns: (transfer none) (nullable) */
const char *kab_upload_get_id (KabUpload *self);

G_END_DECLS

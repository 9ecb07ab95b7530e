/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KabPreviewError:
 * @KAB_PREVIEW_ERROR_NOT_CONFINED: this computer can't confine the helper: no
 *   preview, only saving
 * @KAB_PREVIEW_ERROR_DAMAGED: not a PDF that can be read
 * @KAB_PREVIEW_ERROR_PASSWORD: a password, or another one, is needed
 * @KAB_PREVIEW_ERROR_TOO_LARGE: more bytes, pages or pixels than the limits
 * @KAB_PREVIEW_ERROR_ENDED: the helper ended, because the document broke it
 * @KAB_PREVIEW_ERROR_TIMED_OUT: the helper took too long and was ended
 * @KAB_PREVIEW_ERROR_REFUSED: a value or request that the document doesn't take
 * @KAB_PREVIEW_ERROR_FAILED: anything else
 *
 * What can go wrong with a document. The message is for the log; what the
 * user reads is chosen by the code.
 */
typedef enum
{
  KAB_PREVIEW_ERROR_NOT_CONFINED,
  KAB_PREVIEW_ERROR_DAMAGED,
  KAB_PREVIEW_ERROR_PASSWORD,
  KAB_PREVIEW_ERROR_TOO_LARGE,
  KAB_PREVIEW_ERROR_ENDED,
  KAB_PREVIEW_ERROR_TIMED_OUT,
  KAB_PREVIEW_ERROR_REFUSED,
  KAB_PREVIEW_ERROR_FAILED,
} KabPreviewError;

#define KAB_PREVIEW_ERROR (kab_preview_error_quark ())
GQuark kab_preview_error_quark (void);

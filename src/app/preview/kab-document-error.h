/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KabDocumentError:
 * @KAB_DOCUMENT_ERROR_NOT_CONFINED: this computer can't confine the helper: no
 *   preview, only saving
 * @KAB_DOCUMENT_ERROR_DAMAGED: not a PDF that can be read
 * @KAB_DOCUMENT_ERROR_PASSWORD: a password, or another one, is needed
 * @KAB_DOCUMENT_ERROR_TOO_LARGE: more bytes, pages or pixels than the limits
 * @KAB_DOCUMENT_ERROR_ENDED: the helper ended, because the document broke it
 * @KAB_DOCUMENT_ERROR_TIMED_OUT: the helper took too long and was ended
 * @KAB_DOCUMENT_ERROR_REFUSED: a value or request that the document doesn't take
 * @KAB_DOCUMENT_ERROR_FAILED: anything else
 *
 * What can go wrong with a document. The message is for the log; what the
 * user reads is chosen by the code.
 */
typedef enum
{
  KAB_DOCUMENT_ERROR_NOT_CONFINED,
  KAB_DOCUMENT_ERROR_DAMAGED,
  KAB_DOCUMENT_ERROR_PASSWORD,
  KAB_DOCUMENT_ERROR_TOO_LARGE,
  KAB_DOCUMENT_ERROR_ENDED,
  KAB_DOCUMENT_ERROR_TIMED_OUT,
  KAB_DOCUMENT_ERROR_REFUSED,
  KAB_DOCUMENT_ERROR_FAILED,
} KabDocumentError;

#define KAB_DOCUMENT_ERROR (kab_document_error_quark ())
GQuark kab_document_error_quark (void);

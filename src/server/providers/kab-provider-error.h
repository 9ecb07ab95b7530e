/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabProviderError:
 * @KAB_PROVIDER_ERROR_UNAVAILABLE: it can't be reached, is too slow or too busy; try again later
 * @KAB_PROVIDER_ERROR_REFUSED: it refuses the call: something is configured wrongly
 * @KAB_PROVIDER_ERROR_GARBAGE: it answers with something else than it should
 * @KAB_PROVIDER_ERROR_NOT_FOUND: it doesn't know whom it was asked about
 * @KAB_PROVIDER_ERROR_EXISTS: it has that already
 * @KAB_PROVIDER_ERROR_BUSY: it is working on it; try again later
 *
 * Why a call to an outside service failed. No message carries personal data.
 */
typedef enum
{
  KAB_PROVIDER_ERROR_UNAVAILABLE,
  KAB_PROVIDER_ERROR_REFUSED,
  KAB_PROVIDER_ERROR_GARBAGE,
  KAB_PROVIDER_ERROR_NOT_FOUND,
  KAB_PROVIDER_ERROR_EXISTS,
  KAB_PROVIDER_ERROR_BUSY,
} KabProviderError;

#define KAB_PROVIDER_ERROR (kab_provider_error_quark ())
GQuark kab_provider_error_quark (void);

G_END_DECLS

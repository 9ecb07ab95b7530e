/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabDeliveryError:
 * @KAB_DELIVERY_ERROR_TEMPORARY: a later attempt may succeed
 * @KAB_DELIVERY_ERROR_PERMANENT: no attempt ever will
 *
 * Codes of the domain %KAB_DELIVERY_ERROR: why something could not be handed to a mail server, an
 * SMS gateway or another provider. No message carries an address or a text, so that it may be
 * logged and stored.
 */
typedef enum
{
  KAB_DELIVERY_ERROR_TEMPORARY,
  KAB_DELIVERY_ERROR_PERMANENT,
} KabDeliveryError;

#define KAB_DELIVERY_ERROR (kab_delivery_error_quark ())
GQuark kab_delivery_error_quark (void);

G_END_DECLS

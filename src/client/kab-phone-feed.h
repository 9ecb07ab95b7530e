/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "kab-phone-message.h"

G_BEGIN_DECLS

#define KAB_TYPE_PHONE_FEED (kab_phone_feed_get_type ())

/**
 * KabPhoneFeed:
 *
 * What arrives at the phone of the demo bank: a GListModel of KabPhoneMessage, newest first, filled
 * by the sandbox's live events. Connects again by itself when they end; it lives until it is told
 * to stop.
 *
 * Signals: "arrived" (KabPhoneMessage) for a message that came after those that were there at
 * first.
 */
G_DECLARE_FINAL_TYPE (KabPhoneFeed, kab_phone_feed, KAB, PHONE_FEED, GObject)

/** Returns: (transfer full) an empty one that isn't connected */
KabPhoneFeed *kab_phone_feed_new (void);

/**
 * Where the sandbox is from now on.
 *
 * @base_uri: (nullable): `phone.baseUrl` of what the sandbox said when it was ready, which has a
 *   secret part; NULL to stop
 */
void kab_phone_feed_connect (KabPhoneFeed *self, const char *base_uri);

G_END_DECLS

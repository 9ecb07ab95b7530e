/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabOutage:
 * @KAB_OUTAGE_NONE: none
 * @KAB_OUTAGE_NO_NETWORK: this computer has no connection
 * @KAB_OUTAGE_SERVER_DOWN: the server refuses, or its name is unknown
 * @KAB_OUTAGE_SLOW: no answer in time
 * @KAB_OUTAGE_GARBAGE: an answer that a bank's server would not give
 * @KAB_OUTAGE_OVERLOADED: the server asks to come back later
 * @KAB_OUTAGE_FAILED: the server answers that it failed
 * @KAB_OUTAGE_UNTRUSTED: the server's certificate is not valid
 * @KAB_OUTAGE_DEMO: the demo bank's own programs don't start
 *
 * Why the bank can't be reached, as far as it can be told apart.
 */
typedef enum
{
  KAB_OUTAGE_NONE,
  KAB_OUTAGE_NO_NETWORK,
  KAB_OUTAGE_SERVER_DOWN,
  KAB_OUTAGE_SLOW,
  KAB_OUTAGE_GARBAGE,
  KAB_OUTAGE_OVERLOADED,
  KAB_OUTAGE_FAILED,
  KAB_OUTAGE_UNTRUSTED,
  KAB_OUTAGE_DEMO,
} KabOutage;

const char *kab_outage_get_title (KabOutage outage);
const char *kab_outage_get_remedy (KabOutage outage);
const char *kab_outage_get_icon_name (KabOutage outage);

G_END_DECLS

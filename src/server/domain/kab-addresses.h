/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "kab-check.h"

G_BEGIN_DECLS

/* The two channels on which people are reached; each alone is a sign-in name (AUT-2). */
#define KAB_CHANNEL_EMAIL "email"
#define KAB_CHANNEL_PHONE "phone"

const char *kab_address_channel_of (const char *login);
KabCheck kab_address_check (const char *channel, const char *address);
char *kab_address_normalise (const char *channel, const char *address);
char *kab_address_key (const char *channel, const char *address);
char *kab_address_mask (const char *channel, const char *address);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "kab-notice-kind.h"

G_BEGIN_DECLS

/**
 * KabNoticeChannels:
 *
 * The ways in which a person is told something.
 */
typedef enum
{
  KAB_NOTICE_BY_EMAIL = 1 << 0,
  KAB_NOTICE_BY_SMS = 1 << 1,
} KabNoticeChannels;

KabNoticeChannels kab_notice_preferences_get (JsonObject *preferences, KabNoticeKind kind);
JsonObject *kab_notice_preferences_fill (JsonObject *preferences);
gboolean kab_notice_preferences_check (JsonObject *preferences, GError **error);

G_END_DECLS

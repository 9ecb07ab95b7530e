/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-identification-provider.h"

G_BEGIN_DECLS

#define KAB_TYPE_SUMSUB (kab_sumsub_get_type ())
G_DECLARE_FINAL_TYPE (KabSumsub, kab_sumsub, KAB, SUMSUB, GObject)

/**
 * KabSumsubSettings:
 * @base_url: `https://api.sumsub.com`, or a stand-in's
 * @token: the application token
 * @secret: its secret, which calls are signed with
 * @level_photo: the level whose checks are the photo-identification
 * @level_video: the level whose checks are the video-identification
 * @timeout_ms: for a call; 0 for ten seconds
 *
 * What a bank has agreed with Sumsub.
 */
typedef struct
{
  const char *base_url;
  const char *token;
  const char *secret;
  const char *level_photo;
  const char *level_video;
  guint timeout_ms;
} KabSumsubSettings;

KabSumsub *kab_sumsub_new (const KabSumsubSettings *settings);
char *kab_sumsub_sign (const char *secret,
                       gint64 timestamp,
                       const char *method,
                       const char *path,
                       const char *body);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-config.h"

G_BEGIN_DECLS

/*
 * KabConfigType:
 * @KAB_CONFIG_SECRET: the key, which ends in "-file", names a file or a systemd credential whose
 *   content is the value
 */
typedef enum
{
  KAB_CONFIG_STRING,
  KAB_CONFIG_STRINGS,
  KAB_CONFIG_INTEGER,
  KAB_CONFIG_BOOLEAN,
  KAB_CONFIG_URL,
  KAB_CONFIG_PATH,
  KAB_CONFIG_CHOICE,
  KAB_CONFIG_SECRET,
} KabConfigType;

typedef struct
{
  const char *group;
  const char *key;
  KabConfigType type;
  gsize offset;         /* in KabConfig; unused for server.mode */
  const char *fallback; /* as it would be written; NULL: the key is needed */
  gint64 minimum;
  gint64 maximum;
  const char *choices; /* of CHOICE and STRINGS: "|a|b|"; NULL: anything */
} KabConfigKey;

const KabConfigKey *kab_config_get_keys (gsize *n_keys);
gboolean kab_config_fail (const KabConfig *self,
                          const char *group,
                          const char *key,
                          KabConfigError code,
                          GError **error,
                          const char *format,
                          ...) G_GNUC_PRINTF (6, 7);
char *kab_config_read_secret (const KabConfig *self,
                              const KabConfigKey *key,
                              const char *value,
                              GError **error);
gboolean kab_config_check_production (const KabConfig *self, GError **error);

G_END_DECLS

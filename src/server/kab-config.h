/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KabConfigError:
 * @KAB_CONFIG_ERROR_UNREADABLE: a file can't be read or isn't a key file
 * @KAB_CONFIG_ERROR_UNKNOWN: a group or key that nobody reads
 * @KAB_CONFIG_ERROR_MISSING: a key that is needed
 * @KAB_CONFIG_ERROR_INVALID: a value that can't be used
 * @KAB_CONFIG_ERROR_UNSAFE: a value that production must not have
 *
 * Codes of the domain %KAB_CONFIG_ERROR. A message names file, group and key, and says what to set.
 */
typedef enum
{
  KAB_CONFIG_ERROR_UNREADABLE,
  KAB_CONFIG_ERROR_UNKNOWN,
  KAB_CONFIG_ERROR_MISSING,
  KAB_CONFIG_ERROR_INVALID,
  KAB_CONFIG_ERROR_UNSAFE,
} KabConfigError;

#define KAB_CONFIG_ERROR (kab_config_error_quark ())
GQuark kab_config_error_quark (void);

/**
 * KabConfig:
 *
 * All that can be configured, read once at start and never changed. docs/configuration.md explains
 * each key. Strings are never %NULL; one that isn't set is empty.
 */
typedef struct
{
  char *file; /* where it comes from, for messages */
  gboolean is_production;

  struct
  {
    char *address;
    gint64 port;
    char *public_url;
    char **trusted_proxies;
    char **metrics_from; /* who may read /metrics */
    gint64 http_threads;
    gint64 workers;
    char *secret_key; /* secret */
  } server;
  struct
  {
    char *url;         /* sqlite:/path or postgresql://… */
    char *history_key; /* secret */
  } store;
  struct
  {
    char *host;
    gint64 port;
    gboolean starttls;
    char *ca_file;
    char *user;
    char *password; /* secret */
    char *from;
  } mail;
  struct
  {
    char *url;
    char *token; /* secret */
    char *sender;
  } sms;
  struct
  {
    char *base_url;
    char *token;  /* secret */
    char *secret; /* secret */
    char *level_photo;
    char *level_video;
    char *webhook_secret; /* secret */
    char **webhook_algorithms;
    gboolean sandbox_mode; /* what the provider's answers have to say */
  } sumsub;
  struct
  {
    char *data_directory;
  } bank;
  struct
  {
    gint64 connections;
    gint64 connections_per_peer;
    gint64 requests_per_minute; /* of one peer's network */
    gint64 queue;
    gint64 password_memory; /* MiB */
    gint64 password_passes;
  } limits;
  struct
  {
    gint64 idle;     /* seconds */
    gint64 absolute; /* seconds */
  } session;
  struct
  {
    gint64 patience; /* days */
  } application;
  struct
  {
    gint64 lifetime;     /* minutes */
    gint64 resend_after; /* seconds */
    gint64 tries;
    gint64 per_hour;
  } codes;
  struct
  {
    char *level;
  } log;
} KabConfig;

KabConfig *kab_config_load (const char *file, GError **error);
KabConfig *kab_config_new_for_demo (const char *directory, GError **error);
void kab_config_free (KabConfig *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabConfig, kab_config_free)

G_END_DECLS

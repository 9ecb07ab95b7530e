/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define KAB_SERVER_ADDRESS_ERROR (kab_server_address_error_quark ())

/**
 * KabServerAddressError:
 * @KAB_SERVER_ADDRESS_ERROR_INVALID: not the URL of a server
 * @KAB_SERVER_ADDRESS_ERROR_INSECURE: plain HTTP to another computer
 * @KAB_SERVER_ADDRESS_ERROR_POLICY: the policy file can't be read or lacks what it must have
 */
typedef enum
{
  KAB_SERVER_ADDRESS_ERROR_INVALID,
  KAB_SERVER_ADDRESS_ERROR_INSECURE,
  KAB_SERVER_ADDRESS_ERROR_POLICY,
} KabServerAddressError;

GQuark kab_server_address_error_quark (void);

char *kab_server_address_normalize (const char *text, GError **error);
gboolean kab_server_address_has_policy (void);
char *kab_server_address_find (const char *command_line, GSettings *settings, GError **error);

G_END_DECLS

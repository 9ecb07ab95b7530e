/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "kab-problem.h"

G_BEGIN_DECLS

/**
 * KabApiError:
 * @KAB_API_ERROR_ADDRESS: the bank's address isn't https (or http on loopback)
 * @KAB_API_ERROR_OFFLINE: this computer has no network
 * @KAB_API_ERROR_UNREACHABLE: the server is down, refuses, isn't reached by the gateway before it,
 * or the line was cut
 * @KAB_API_ERROR_TIMEOUT: the server is too slow
 * @KAB_API_ERROR_UNTRUSTED: the server's certificate isn't valid; never retried
 * @KAB_API_ERROR_GARBAGE: what answered isn't the bank: no JSON, wrong content type, wrong members,
 *   a redirect, or more than is read
 * @KAB_API_ERROR_UNAUTHORIZED: the session has ended: sign in again
 * @KAB_API_ERROR_PASSWORD_CHANGE_REQUIRED: a new password first (RCV-7)
 * @KAB_API_ERROR_REFUSED: the bank says no; kab_api_problem_from_error() says why
 * @KAB_API_ERROR_CONFLICT: somebody else changed it meanwhile (412)
 * @KAB_API_ERROR_NOT_FOUND: it isn't there, or not yours
 * @KAB_API_ERROR_BUSY: too many requests or too busy (429, 503): kab_problem_get_retry_after()
 * @KAB_API_ERROR_FAILED: the server failed at its own work (other 5xx)
 *
 * What can become of a call, told apart for the user. A cancelled call is G_IO_ERROR_CANCELLED; a
 * local file that can't be read or written keeps its G_IO_ERROR. Show a text of the app's own by
 * code: the messages are for logs.
 */
typedef enum
{
  KAB_API_ERROR_ADDRESS,
  KAB_API_ERROR_OFFLINE,
  KAB_API_ERROR_UNREACHABLE,
  KAB_API_ERROR_TIMEOUT,
  KAB_API_ERROR_UNTRUSTED,
  KAB_API_ERROR_GARBAGE,
  KAB_API_ERROR_UNAUTHORIZED,
  KAB_API_ERROR_PASSWORD_CHANGE_REQUIRED,
  KAB_API_ERROR_REFUSED,
  KAB_API_ERROR_CONFLICT,
  KAB_API_ERROR_NOT_FOUND,
  KAB_API_ERROR_BUSY,
  KAB_API_ERROR_FAILED,
} KabApiError;

#define KAB_API_ERROR (kab_api_error_quark ())
GQuark kab_api_error_quark (void);

/**
 * The problem that the bank gave with @error. Returns: (transfer none) (nullable) NULL when
 * @error is NULL, of another domain, or came without one
 */
KabProblem *kab_api_problem_from_error (const GError *error);

/** Whether @error means that the line is to blame: the work can go on offline and be sent later. */
gboolean kab_api_error_is_connection (const GError *error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabCallerKind:
 * @KAB_CALLER_NOBODY: no token
 * @KAB_CALLER_REGISTRATION: holds the token of a registration that is under way
 * @KAB_CALLER_CLIENT: a signed-in client
 * @KAB_CALLER_STAFF: a signed-in employee
 * @KAB_CALLER_PASSWORD_CHANGE: signed in with a password that has to be changed first
 */
typedef enum
{
  KAB_CALLER_NOBODY,
  KAB_CALLER_REGISTRATION,
  KAB_CALLER_CLIENT,
  KAB_CALLER_STAFF,
  KAB_CALLER_PASSWORD_CHANGE,
} KabCallerKind;

/**
 * KabCaller:
 * @id: of the user or of the registration
 * @session: (nullable): of the session
 * @name: (nullable): of the user
 * @language: `lv`, `en` or `ru`
 *
 * Who asks. Domain functions take it as their first argument after the transaction and write it
 * into the history.
 */
typedef struct
{
  KabCallerKind kind;
  char *id;
  char *session;
  char *name;
  char *language;
} KabCaller;

void kab_caller_free (KabCaller *self);
const char *kab_caller_get_actor_kind (const KabCaller *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabCaller, kab_caller_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KAB_STORE_ERROR (kab_store_error_quark ())

/**
 * KabStoreError:
 * @KAB_STORE_ERROR_FAILED: anything that has no code of its own
 * @KAB_STORE_ERROR_CONFLICT: a unique key exists already, or a file grew meanwhile
 * @KAB_STORE_ERROR_REFERENCE: a foreign key points at nothing, or is still pointed at
 * @KAB_STORE_ERROR_CONSTRAINT: a check, a not-null or a trigger refused the row
 * @KAB_STORE_ERROR_NOT_FOUND: the row that was asked for isn't there
 * @KAB_STORE_ERROR_BUSY: others held the database for too long; trying again later may help
 * @KAB_STORE_ERROR_UNAVAILABLE: the database can't be reached now; nothing was changed
 * @KAB_STORE_ERROR_UNCERTAIN: the connection broke during the commit, so that the change may or
 *   may not be there; an idempotency key makes the repeat safe
 * @KAB_STORE_ERROR_BROKEN: reading or writing the medium failed; the store takes no writes until
 *   the process is started anew
 * @KAB_STORE_ERROR_CLOSED: the store is being closed
 * @KAB_STORE_ERROR_INVALID: the URL, the folder or the file can't serve as a store
 * @KAB_STORE_ERROR_MIGRATION: a migration failed; nothing was changed
 * @KAB_STORE_ERROR_NEWER: the database was written by a newer version of the server
 * @KAB_STORE_ERROR_TAMPERED: the history doesn't verify
 *
 * No message carries a stored value, so that all of them may be logged.
 */
typedef enum
{
  KAB_STORE_ERROR_FAILED,
  KAB_STORE_ERROR_CONFLICT,
  KAB_STORE_ERROR_REFERENCE,
  KAB_STORE_ERROR_CONSTRAINT,
  KAB_STORE_ERROR_NOT_FOUND,
  KAB_STORE_ERROR_BUSY,
  KAB_STORE_ERROR_UNAVAILABLE,
  KAB_STORE_ERROR_UNCERTAIN,
  KAB_STORE_ERROR_BROKEN,
  KAB_STORE_ERROR_CLOSED,
  KAB_STORE_ERROR_INVALID,
  KAB_STORE_ERROR_MIGRATION,
  KAB_STORE_ERROR_NEWER,
  KAB_STORE_ERROR_TAMPERED,
} KabStoreError;

GQuark kab_store_error_quark (void);

G_END_DECLS

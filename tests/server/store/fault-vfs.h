/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A file system for SQLite that fails when it is told to, with an I/O error or a full disk, and
 * that counts how often the disk is waited for. */

typedef enum
{
  FAULT_ONCE,
  FAULT_FROM_THEN_ON,
} FaultKind;

/* Has to be called before any database is opened. */
void fault_vfs_install (void);

/* The @nth write, sync or truncation from now on fails, counted from 1; 0 for none. */
void fault_vfs_arm (guint nth, FaultKind kind, int error_code);
gboolean fault_vfs_has_failed (void);

/* How often the log of a database was synced by who wrote to it: what makes a commit durable. */
guint fault_vfs_get_n_log_syncs (void);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KabGentleCancel:
 *
 * Cancels what libsoup does, but never between the end of an operation and its callback: up to
 * 3.6.5 libsoup finishes a message twice then and reads freed memory (CVE-2025-12105). So the
 * cancellable that libsoup is given is cancelled from a source of low priority, when no callback
 * is due.
 */
typedef struct _KabGentleCancel KabGentleCancel;

/** @outer: (nullable): followed until kab_gentle_cancel_free(). Returns: (transfer full) */
KabGentleCancel *kab_gentle_cancel_new (GCancellable *outer);

/** For libsoup. Returns: (transfer none) */
GCancellable *kab_gentle_cancel_get (KabGentleCancel *self);

/** Cancels soon. */
void kab_gentle_cancel_trigger (KabGentleCancel *self);

/** Stops to follow; what was triggered still happens. NULL is fine. */
void kab_gentle_cancel_free (KabGentleCancel *self);

G_END_DECLS

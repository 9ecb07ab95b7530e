/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * KabDemoBankState:
 * @KAB_DEMO_BANK_STOPPED: nothing runs
 * @KAB_DEMO_BANK_STARTING_SANDBOX: the stand-ins of the providers start
 * @KAB_DEMO_BANK_STARTING_SERVER: the server starts
 * @KAB_DEMO_BANK_RUNNING: kab_demo_bank_get_address() is the bank
 * @KAB_DEMO_BANK_STOPPING: both are asked to end
 * @KAB_DEMO_BANK_FAILED: see kab_demo_bank_get_error()
 */
typedef enum
{
  KAB_DEMO_BANK_STOPPED,
  KAB_DEMO_BANK_STARTING_SANDBOX,
  KAB_DEMO_BANK_STARTING_SERVER,
  KAB_DEMO_BANK_RUNNING,
  KAB_DEMO_BANK_STOPPING,
  KAB_DEMO_BANK_FAILED,
} KabDemoBankState;

#define KAB_TYPE_DEMO_BANK_STATE (kab_demo_bank_state_get_type ())
GType kab_demo_bank_state_get_type (void) G_GNUC_CONST;

/**
 * KabDemoBankError:
 * @KAB_DEMO_BANK_ERROR_MISSING: a program isn't installed; the message names its path
 * @KAB_DEMO_BANK_ERROR_FOLDER: the data folder can't be made or written
 * @KAB_DEMO_BANK_ERROR_DIED: a program ended; the message has its last line
 * @KAB_DEMO_BANK_ERROR_SILENT: a program didn't say that it is ready in time
 * @KAB_DEMO_BANK_ERROR_GARBAGE: what it said isn't understood
 */
typedef enum
{
  KAB_DEMO_BANK_ERROR_MISSING,
  KAB_DEMO_BANK_ERROR_FOLDER,
  KAB_DEMO_BANK_ERROR_DIED,
  KAB_DEMO_BANK_ERROR_SILENT,
  KAB_DEMO_BANK_ERROR_GARBAGE,
} KabDemoBankError;

#define KAB_DEMO_BANK_ERROR (kab_demo_bank_error_quark ())
GQuark kab_demo_bank_error_quark (void);

#define KAB_TYPE_DEMO_BANK (kab_demo_bank_get_type ())

/**
 * KabDemoBank:
 *
 * The demo bank: `kabinets-sandbox` and `kabinets-server` as children of the app on loopback. They
 * end when the app ends, however it ends: their standard input closes. When one dies both are
 * started anew, up to three times a minute; in the middle of a start that goes on with the new
 * ones.
 *
 * Properties, all notifying: state, address (string).
 */
G_DECLARE_FINAL_TYPE (KabDemoBank, kab_demo_bank, KAB, DEMO_BANK, GObject)

/**
 * @folder: (nullable): where its data is; NULL for `kabinets/demo` in the user's data folder
 *
 * Returns: (transfer full)
 */
KabDemoBank *kab_demo_bank_new (GFile *folder);

/** Starts the sandbox, then the server; only while stopped or failed. */
void kab_demo_bank_start_async (KabDemoBank *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/** Returns: FALSE with KAB_DEMO_BANK_ERROR or G_IO_ERROR_CANCELLED */
gboolean kab_demo_bank_start_finish (KabDemoBank *self, GAsyncResult *result, GError **error);

/** Closes their input, waits, kills after five seconds. Never fails. */
void kab_demo_bank_stop_async (KabDemoBank *self, GAsyncReadyCallback callback, gpointer user_data);
void kab_demo_bank_stop_finish (KabDemoBank *self, GAsyncResult *result);

KabDemoBankState kab_demo_bank_get_state (KabDemoBank *self);

/** Base URI of the server, for kab_api_new(). Returns: (transfer none) (nullable) */
const char *kab_demo_bank_get_address (KabDemoBank *self);

/**
 * What the sandbox said when it was ready: addresses of its parts.
 *
 * Returns: (transfer none) (nullable)
 */
JsonObject *kab_demo_bank_get_sandbox (KabDemoBank *self);

/** Returns: (transfer none) (nullable) */
const GError *kab_demo_bank_get_error (KabDemoBank *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define KAB_TYPE_DEMO_PROCESS (kab_demo_process_get_type ())

/**
 * KabDemoProcess:
 *
 * A program of the demo bank as a child of the app: it says that it is ready by one line of JSON
 * on its standard output and ends when its standard input is closed.
 *
 * Signals: "died" (string last_line) when it ends without having been asked to, after it was ready.
 */
G_DECLARE_FINAL_TYPE (KabDemoProcess, kab_demo_process, KAB, DEMO_PROCESS, GObject)

/**
 * Starts @argv and waits for its line.
 *
 * @seconds: how long to wait
 *
 * Finish: (transfer full) the process, NULL with KAB_DEMO_BANK_ERROR or G_IO_ERROR_CANCELLED
 */
void kab_demo_process_start_async (const char *const *argv,
                                   guint seconds,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
KabDemoProcess *kab_demo_process_start_finish (GAsyncResult *result, GError **error);

/** What it said. Returns: (transfer none) */
JsonObject *kab_demo_process_get_ready (KabDemoProcess *self);

/** Sends a line to its standard input; @line ends with a line feed. */
void kab_demo_process_tell (KabDemoProcess *self, const char *line);

/** Closes its standard input, waits, kills it after @seconds. Finish never fails. */
void kab_demo_process_stop_async (KabDemoProcess *self,
                                  guint seconds,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
void kab_demo_process_stop_finish (KabDemoProcess *self, GAsyncResult *result);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * KabTestSandbox:
 * @directory: where it keeps its files
 * @description: what sandbox.json says
 *
 * The program kabinets-sandbox (`KAB_SANDBOX_PROGRAM`), which a test lets speak the real providers'
 * protocols.
 */
typedef struct
{
  char *directory;
  GSubprocess *process;
  JsonObject *description;
  SoupSession *session;
} KabTestSandbox;

KabTestSandbox *kab_test_sandbox_new (void);
void kab_test_sandbox_free (KabTestSandbox *self);
const char *kab_test_sandbox_get (KabTestSandbox *self, const char *section, const char *member);
gint64 kab_test_sandbox_get_int (KabTestSandbox *self, const char *section, const char *member);
void kab_test_sandbox_control (KabTestSandbox *self, const char *command, const char *body);
void
kab_test_sandbox_order (KabTestSandbox *self, const char *provider, const char *what, int times);
JsonArray *kab_test_sandbox_messages (KabTestSandbox *self);
JsonObject *
kab_test_sandbox_wait_for (KabTestSandbox *self, const char *kind, const char *to, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabTestSandbox, kab_test_sandbox_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-sandbox.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Among the bank's answers: none at all. */
#define KAB_SANDBOX_FIXTURE_SILENCE 1

/**
 * KabSandboxFixture:
 * @directory: (owned): where the sandbox keeps its files
 * @sandbox: (owned): the sandbox, in this process and this main context
 * @description: (owned): what it says about itself
 * @session: (owned): the bank's HTTP client
 * @bank: (owned) (nullable): a small bank that takes the notices
 * @bank_url: (owned) (nullable): its address
 * @bank_statuses: (owned): what it answers to the next notices; 200 when empty
 * @notices: (owned): of JsonObject: the notices, each with digest and algorithm added
 *
 * A sandbox with a client on one side and a bank on the other.
 */
typedef struct
{
  char *directory;
  KabSandbox *sandbox;
  JsonObject *description;
  SoupSession *session;
  SoupServer *bank;
  char *bank_url;
  GQueue bank_statuses;
  GPtrArray *notices;
} KabSandboxFixture;

typedef gboolean (*KabSandboxCondition) (gpointer data);

void kab_sandbox_fixture_set_up (KabSandboxFixture *fixture, gconstpointer data);
void kab_sandbox_fixture_tear_down (KabSandboxFixture *fixture, gconstpointer data);
void kab_sandbox_fixture_start (KabSandboxFixture *fixture);
void kab_sandbox_fixture_stop (KabSandboxFixture *fixture);
void kab_sandbox_fixture_open_bank (KabSandboxFixture *fixture);
const char *
kab_sandbox_fixture_get (KabSandboxFixture *fixture, const char *section, const char *member);
void kab_sandbox_fixture_wait (KabSandboxCondition condition, gpointer data);
void kab_sandbox_fixture_wait_notices (KabSandboxFixture *fixture, guint n);
guint kab_sandbox_fixture_send (KabSandboxFixture *fixture,
                                SoupMessage *message,
                                const char *body,
                                char **reply);
SoupMessage *kab_sandbox_fixture_sign (KabSandboxFixture *fixture,
                                       const char *method,
                                       const char *target,
                                       const char *body,
                                       gint64 clock_error);
guint kab_sandbox_fixture_call (KabSandboxFixture *fixture,
                                const char *method,
                                const char *target,
                                const char *body,
                                JsonObject **reply);
guint kab_sandbox_fixture_control (KabSandboxFixture *fixture, const char *what, const char *body);
char *kab_sandbox_fixture_get_page (KabSandboxFixture *fixture, const char *url, guint *status);

G_END_DECLS

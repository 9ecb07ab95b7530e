/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * KabSandboxErrand:
 * @key: (owned): what is done once only
 * @path: (owned): where to send it
 * @body: (owned): what to send
 * @if_match: (owned) (nullable): the version that it is about
 * @form: (owned) (nullable): a definition that is needed to complete @body
 * @language: (owned): the client's language
 *
 * One thing that the bank's employee is about to do.
 */
typedef struct
{
  char *key;
  char *path;
  JsonObject *body;
  char *if_match;
  char *form;
  char *language;
} KabSandboxErrand;

KabSandboxErrand *kab_sandbox_errand_for_case (JsonObject *bank_case, GHashTable *done);
KabSandboxErrand *
kab_sandbox_errand_for_messages (JsonObject *conversation, JsonObject *messages, GHashTable *done);
void kab_sandbox_errand_complete (KabSandboxErrand *errand, JsonObject *form);
void kab_sandbox_errand_free (KabSandboxErrand *errand);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabSandboxErrand, kab_sandbox_errand_free)

G_END_DECLS

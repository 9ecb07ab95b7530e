/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-sandbox-script.h"

G_BEGIN_DECLS

/**
 * KabSandboxStep:
 * @KAB_SANDBOX_STEP_GO_ON: read the next line
 * @KAB_SANDBOX_STEP_WAIT: answer after the "slow" delay, then read the next line
 * @KAB_SANDBOX_STEP_START_TLS: answer, then negotiate TLS
 * @KAB_SANDBOX_STEP_CLOSE: answer, if there is an answer, and close
 *
 * What the connection has to do after a line.
 */
typedef enum
{
  KAB_SANDBOX_STEP_GO_ON,
  KAB_SANDBOX_STEP_WAIT,
  KAB_SANDBOX_STEP_START_TLS,
  KAB_SANDBOX_STEP_CLOSE,
} KabSandboxStep;

/**
 * KabSandboxDelivery:
 * @sender: the envelope's sender
 * @recipients: the envelope's recipients
 * @source: the mail
 * @user_data: what was given with the function
 *
 * Takes a mail that was accepted.
 */
typedef void (*KabSandboxDelivery) (const char *sender,
                                    const char *const *recipients,
                                    GBytes *source,
                                    gpointer user_data);

#define KAB_TYPE_SANDBOX_DIALOGUE (kab_sandbox_dialogue_get_type ())
G_DECLARE_FINAL_TYPE (KabSandboxDialogue, kab_sandbox_dialogue, KAB, SANDBOX_DIALOGUE, GObject)

KabSandboxDialogue *kab_sandbox_dialogue_new (KabSandboxScript *script,
                                              const char *user,
                                              const char *password,
                                              KabSandboxDelivery delivery,
                                              gpointer user_data);
void kab_sandbox_dialogue_greet (KabSandboxDialogue *self, GString *reply);
KabSandboxStep kab_sandbox_dialogue_feed (KabSandboxDialogue *self,
                                          const char *line,
                                          gsize length,
                                          GString *reply);
void kab_sandbox_dialogue_secured (KabSandboxDialogue *self);

G_END_DECLS

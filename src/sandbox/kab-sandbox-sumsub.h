/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-sandbox-applicant.h"
#include "kab-sandbox-guard.h"
#include "kab-sandbox-http.h"
#include "kab-sandbox-state.h"

G_BEGIN_DECLS

/**
 * KabSandboxLink:
 * @external_user_id: (owned): whom it is for
 * @level: (owned): which checks
 * @language: (owned) (nullable): the page's language
 * @success_url: (owned) (nullable): where the browser may go on after success
 * @reject_url: (owned) (nullable): where it may go on after a refusal
 * @sign_key: (owned) (nullable): key of the token that goes with it
 * @expires: microseconds since 1970
 * @opened: whether somebody has opened it
 *
 * A link to the provider's page, for one applicant.
 */
typedef struct
{
  char *external_user_id;
  char *level;
  char *language;
  char *success_url;
  char *reject_url;
  char *sign_key;
  gint64 expires;
  gboolean opened;
} KabSandboxLink;

#define KAB_TYPE_SANDBOX_SUMSUB (kab_sandbox_sumsub_get_type ())
G_DECLARE_FINAL_TYPE (KabSandboxSumsub, kab_sandbox_sumsub, KAB, SANDBOX_SUMSUB, GObject)

KabSandboxSumsub *
kab_sandbox_sumsub_new (KabSandboxScript *script, KabSandboxState *state, KabSandboxHttp *http);
void kab_sandbox_sumsub_set_bank (KabSandboxSumsub *self, const char *url);
KabSandboxScript *kab_sandbox_sumsub_get_script (KabSandboxSumsub *self);
KabSandboxGuard *kab_sandbox_sumsub_get_guard (KabSandboxSumsub *self);
gboolean kab_sandbox_sumsub_has_level (const char *level);
KabSandboxApplicant *kab_sandbox_sumsub_find (KabSandboxSumsub *self, const char *id);
KabSandboxApplicant *kab_sandbox_sumsub_find_user (KabSandboxSumsub *self,
                                                   const char *external_user_id);
KabSandboxApplicant *kab_sandbox_sumsub_create (KabSandboxSumsub *self,
                                                const char *external_user_id,
                                                const char *level,
                                                JsonObject *profile);
char *kab_sandbox_sumsub_add_link (KabSandboxSumsub *self, KabSandboxLink *link);
KabSandboxLink *kab_sandbox_sumsub_find_link (KabSandboxSumsub *self, const char *token);
void kab_sandbox_sumsub_changed (KabSandboxSumsub *self,
                                 KabSandboxApplicant *applicant,
                                 const char *type);
void kab_sandbox_sumsub_choose (KabSandboxSumsub *self,
                                KabSandboxApplicant *applicant,
                                const char *outcome);
gboolean kab_sandbox_sumsub_play (KabSandboxSumsub *self,
                                  KabSandboxApplicant *applicant,
                                  const char *scene,
                                  GError **error);
void kab_sandbox_sumsub_stop (KabSandboxSumsub *self);

void kab_sandbox_link_free (KabSandboxLink *link);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabSandboxLink, kab_sandbox_link_free)

G_END_DECLS

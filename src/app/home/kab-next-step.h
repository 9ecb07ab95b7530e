/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-journey.h"
#include "kab-onboarding.h"

G_BEGIN_DECLS

/**
 * KabNextStep:
 * @icon_name: a symbolic icon
 * @title: (owned): what to do now, or what is going on
 * @text: (owned): what it takes, or what happens then
 * @button: (nullable): the one button; %NULL when there is nothing to do
 * @action: (nullable): the action of that button
 * @target: (nullable): and its parameter
 *
 * The present step of an application, in words.
 */
typedef struct
{
  const char *icon_name;
  char *title;
  char *text;
  const char *button;
  const char *action;
  const char *target;
} KabNextStep;

KabNextStep *kab_next_step_new (KabOnboarding *onboarding, guint documents_to_do);
void kab_next_step_free (KabNextStep *self);
char *kab_next_step_dup_progress (KabStageKind kind, KabStageState state, GDateTime *done_at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabNextStep, kab_next_step_free)

G_END_DECLS

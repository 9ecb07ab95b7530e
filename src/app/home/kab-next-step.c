/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "home/kab-next-step.h"

#include <glib/gi18n.h>

#include "common/kab-journey-text.h"
#include "common/kab-local-text.h"
#include "kab-application-state.h"
#include "kab-identification-state.h"

/* What a step says; documents and identification have words of their own. */
typedef struct
{
  const char *icon_name;
  const char *title;
  const char *text;
  const char *button; /* (nullable) */
  const char *action; /* (nullable) */
  const char *target; /* (nullable) */
} StepText;

static const StepText start_text = {
  "document-edit-symbolic",
  N_("Apply for what you want"),
  N_("About 5 minutes. What you type is saved as you go, so you can stop at any time."),
  N_("Start the application"),
  "win.show",
  "application",
};

static const StepText draft_text = {
  "document-edit-symbolic",
  N_("Finish your application"),
  N_("Everything that you typed is here. Then send it to the bank."),
  N_("Continue"),
  "win.show",
  "application",
};

static const StepText ended_text = {
  "document-edit-symbolic",
  N_("This application has ended"),
  N_("Nothing more happens with it. You can begin a new one at any time."),
  N_("Start a new application"),
  "win.show",
  "application",
};

static const StepText withdrawn_text = {
  "document-edit-symbolic",
  N_("You withdrew the application"),
  N_("The bank does nothing more with it. You can begin a new one at any time."),
  N_("Start a new application"),
  "win.show",
  "application",
};

static const StepText bank_text = {
  "kab-hourglass-symbolic",
  N_("The bank is at work"),
  N_("There is nothing to do for you now. You are told here and by e-mail when that changes."),
  NULL,
  NULL,
  NULL,
};

static const StepText decided_text = {
  "object-select-symbolic",
  N_("The bank has decided"),
  N_("See the decision below."),
  NULL,
  NULL,
  NULL,
};

static const StepText failed_text = {
  "dialog-error-symbolic",
  N_("The identification did not succeed"),
  N_("The bank can’t go on this way. Call or write to it to hear what is possible."),
  N_("See why"),
  "win.show",
  "identification",
};

static const StepText stage_texts[KAB_N_STAGES] = {
  [KAB_STAGE_INITIAL_INFORMATION] = {
      "document-edit-symbolic", N_("Finish your application"),
      N_("Everything that you typed is here. Then send it to the bank."), N_("Continue"),
      "win.show", "application",
  },
  [KAB_STAGE_PHOTO_IDENTIFICATION] = {
      "camera-photo-symbolic", N_("Identify yourself with a photo"),
      N_("About 5 minutes, any time of day. Have your passport or ID card ready."),
      N_("Start identification"), "win.show", "identification",
  },
  [KAB_STAGE_DOCUMENTS] = {
      "folder-documents-symbolic", N_("Fill in the bank’s documents"),
      N_("You do it right here, and can stop and go on at any time."), N_("Open documents"),
      "win.show", "documents",
  },
  [KAB_STAGE_SIGNING] = {
      "kab-signature-symbolic", N_("Sign the documents"),
      N_("Look at the final documents and sign them electronically."), N_("Open documents"),
      "win.show", "documents",
  },
  [KAB_STAGE_FEE] = {
      "kab-document-ready-symbolic", N_("Pay the fee"),
      N_("The bank sends you the invoice. It goes on as soon as the payment is there."),
      N_("Open messages"), "win.show", "messages",
  },
  [KAB_STAGE_IDENTIFICATION] = {
      "camera-web-symbolic", N_("Talk to the bank by video, or visit it"),
      N_("The bank arranges the time with you. Have your passport or ID card ready."),
      N_("Open messages"), "win.show", "messages",
  },
  [KAB_STAGE_DECISION] = {
      "kab-hourglass-symbolic", N_("The bank decides now"),
      N_("There is nothing to do for you. The decision appears here."), NULL, NULL, NULL,
  },
};

static KabNextStep *
new_from_text (const StepText *text)
{
  KabNextStep *self = g_new0 (KabNextStep, 1);

  self->icon_name = text->icon_name;
  self->title = g_strdup (_ (text->title));
  self->text = g_strdup (_ (text->text));
  self->button = text->button != NULL ? _ (text->button) : NULL;
  self->action = text->action;
  self->target = text->target;

  return self;
}

static KabNextStep *
new_documents (guint to_do)
{
  KabNextStep *self = new_from_text (&stage_texts[KAB_STAGE_DOCUMENTS]);

  if (to_do > 0)
    {
      g_free (self->title);
      self->title = g_strdup_printf (
          ngettext ("%u document waits for you", "%u documents wait for you", to_do), to_do);
    }

  return self;
}

/* The photo-identification of who applies, as far as it is told. */
static KabIdentificationState
get_photo_state (KabOnboarding *onboarding)
{
  GListModel *all = kab_onboarding_get_identifications (onboarding);
  KabIdentificationState state = KAB_IDENTIFICATION_NOT_STARTED;

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (KabIdentification) each = g_list_model_get_item (all, i);

      if (kab_identification_get_mine (each) &&
          g_strcmp0 (kab_identification_get_kind (each), "photo") == 0)
        kab_identification_state_from_name (kab_identification_get_state (each), &state);
    }

  return state;
}

static void
replace (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

static KabNextStep *
new_photo (KabOnboarding *onboarding)
{
  KabNextStep *self = new_from_text (&stage_texts[KAB_STAGE_PHOTO_IDENTIFICATION]);

  switch (get_photo_state (onboarding))
    {
    case KAB_IDENTIFICATION_IN_PROGRESS:
      self->icon_name = "kab-hourglass-symbolic";
      replace (&self->title, _("Your photos are being checked"));
      replace (&self->text, _("As a rule this takes a few minutes. The result appears here by "
                               "itself."));
      self->button = _("Look at it");
      break;
    case KAB_IDENTIFICATION_REPEAT_REQUESTED:
      self->icon_name = "view-refresh-symbolic";
      replace (&self->title, _("Please identify yourself once more"));
      replace (&self->text, _("The first try could not be used. See what to do better."));
      self->button = _("See what to do");
      break;
    case KAB_IDENTIFICATION_NOT_STARTED:
    case KAB_IDENTIFICATION_PASSED:
    case KAB_IDENTIFICATION_FAILED:
    case KAB_N_IDENTIFICATION_STATES:
    default:
      break;
    }

  return self;
}

static KabNextStep *
new_from_stage (KabOnboarding *onboarding,
                KabStageKind kind,
                KabStageState state,
                guint documents_to_do)
{
  if (state == KAB_STAGE_FAILED)
    return new_from_text (&failed_text);
  if (kind == KAB_STAGE_PHOTO_IDENTIFICATION)
    return new_photo (onboarding);
  if (state == KAB_STAGE_WAITING_FOR_BANK && kind != KAB_STAGE_DECISION)
    return new_from_text (&bank_text);
  if (kind == KAB_STAGE_DOCUMENTS)
    return new_documents (documents_to_do);

  return new_from_text (&stage_texts[kind]);
}

/* The first stage that is under way. */
static gboolean
find_stage (KabOnboarding *onboarding, KabStageKind *kind, KabStageState *state)
{
  GListModel *stages = kab_onboarding_get_stages (onboarding);

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (KabOnboardingStage) stage = g_list_model_get_item (stages, i);

      if (kab_stage_kind_from_code (kab_onboarding_stage_get_stage (stage), kind) &&
          kab_stage_state_from_code (kab_onboarding_stage_get_state (stage), state) &&
          *state != KAB_STAGE_DONE && *state != KAB_STAGE_UPCOMING)
        return TRUE;
    }

  return FALSE;
}

/**
 * kab_next_step_new:
 * @onboarding: (nullable): an application; %NULL before the first
 * @documents_to_do: how many documents wait for the client
 *
 * Returns: (transfer full): what there is to do now, in the current language
 */
KabNextStep *
kab_next_step_new (KabOnboarding *onboarding, guint documents_to_do)
{
  KabApplicationState application = KAB_APPLICATION_DRAFT;
  KabStageKind kind;
  KabStageState state;

  if (onboarding == NULL ||
      !kab_application_state_from_name (kab_onboarding_get_state (onboarding), &application))
    return new_from_text (onboarding == NULL ? &start_text : &bank_text);
  if (application == KAB_APPLICATION_DRAFT)
    return new_from_text (&draft_text);
  if (application == KAB_APPLICATION_WITHDRAWN)
    return new_from_text (&withdrawn_text);
  if (application == KAB_APPLICATION_EXPIRED)
    return new_from_text (&ended_text);
  if (application == KAB_APPLICATION_DECIDED)
    return new_from_text (&decided_text);
  if (!find_stage (onboarding, &kind, &state))
    return new_from_text (&bank_text);

  return new_from_stage (onboarding, kind, state, documents_to_do);
}

void
kab_next_step_free (KabNextStep *self)
{
  g_free (self->title);
  g_free (self->text);
  g_free (self);
}

/**
 * kab_next_step_dup_progress:
 * @kind: a stage
 * @state: how far it is
 * @done_at: (nullable): when it was done
 *
 * Returns: (transfer full): "Done on 12 November", "Waits for you", in the current language
 */
char *
kab_next_step_dup_progress (KabStageKind kind, KabStageState state, GDateTime *done_at)
{
  g_autofree char *day = NULL;

  switch (state)
    {
    case KAB_STAGE_CURRENT:
      return g_strdup (_("Under way"));
    case KAB_STAGE_NEEDS_YOU:
      return g_strdup (_("Waits for you"));
    case KAB_STAGE_WAITING_FOR_BANK:
      return g_strdup (_("Waits for the bank"));
    case KAB_STAGE_FAILED:
      return g_strdup (_("Did not succeed"));
    case KAB_STAGE_DONE:
      if (done_at == NULL)
        return g_strdup (C_("stage", "Done"));
      day = kab_local_date_spell (g_date_time_to_unix_usec (done_at), g_get_real_time ());
      /* Translators: %s is a date */
      return g_strdup_printf (_("Done on %s"), day);
    case KAB_STAGE_UPCOMING:
    default:
      return g_strdup (kind == KAB_STAGE_DECISION ? _("At the end") : _("Later"));
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "home/kab-stage-row.h"

#include "common/kab-journey-text.h"
#include "home/kab-next-step.h"

/**
 * KabStageRow:
 *
 * A stage of the way to the decision: icon, name and how far it is. It follows its stage, and is
 * spoken as one sentence.
 */
struct _KabStageRow
{
  AdwActionRow parent_instance;

  KabOnboardingStage *stage; /* (owned) */
  GtkImage *icon;
};

G_DEFINE_FINAL_TYPE (KabStageRow, kab_stage_row, ADW_TYPE_ACTION_ROW)

typedef struct
{
  const char *icon_name;
  const char *css_class;
} StateSign;

static const StateSign signs[] = {
  [KAB_STAGE_UPCOMING] = { "kab-stage-upcoming-symbolic", "dimmed" },
  [KAB_STAGE_CURRENT] = { "kab-stage-current-symbolic", "accent" },
  [KAB_STAGE_NEEDS_YOU] = { "kab-stage-current-symbolic", "accent" },
  [KAB_STAGE_WAITING_FOR_BANK] = { "kab-hourglass-symbolic", "accent" },
  [KAB_STAGE_DONE] = { "kab-stage-done-symbolic", "success" },
  [KAB_STAGE_FAILED] = { "kab-stage-failed-symbolic", "error" },
};

static void
update (KabStageRow *self)
{
  KabStageKind kind = KAB_STAGE_DECISION;
  KabStageState state = KAB_STAGE_UPCOMING;
  const char *title;
  g_autofree char *progress = NULL;
  g_autofree char *spoken = NULL;

  kab_stage_kind_from_code (kab_onboarding_stage_get_stage (self->stage), &kind);
  kab_stage_state_from_code (kab_onboarding_stage_get_state (self->stage), &state);
  title = kab_stage_get_title (kind);
  progress =
      kab_next_step_dup_progress (kind, state, kab_onboarding_stage_get_done_at (self->stage));
  spoken = g_strdup_printf ("%s: %s", title, progress);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), progress);
  gtk_image_set_from_icon_name (self->icon, signs[state].icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon),
                              (const char *[]) { signs[state].css_class, NULL });
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
kab_stage_row_dispose (GObject *object)
{
  g_clear_object (&KAB_STAGE_ROW (object)->stage);

  G_OBJECT_CLASS (kab_stage_row_parent_class)->dispose (object);
}

static void
kab_stage_row_class_init (KabStageRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kab_stage_row_dispose;
}

static void
kab_stage_row_init (KabStageRow *self)
{
  self->icon = GTK_IMAGE (
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->icon));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

/**
 * kab_stage_row_new:
 * @stage: a stage of an application
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
kab_stage_row_new (KabOnboardingStage *stage)
{
  KabStageRow *self = g_object_new (KAB_TYPE_STAGE_ROW, NULL);

  g_set_object (&self->stage, stage);
  g_signal_connect_object (stage, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

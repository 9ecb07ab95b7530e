/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "welcome/kab-awaits-page.h"

#include <glib/gi18n.h>

#include "common/kab-journey-text.h"
#include "common/kab-local-text.h"
#include "common/kab-radio-row.h"

/**
 * KabAwaitsPage:
 *
 * "What awaits me": who am I and what do I want, and then all stages with the time, papers and fee
 * they ask for, before anything is typed. The answers come from the journey of src/core.
 */
struct _KabAwaitsPage
{
  KabPage parent_instance;

  AdwPreferencesGroup *who;
  GtkCheckButton *person;
  GtkCheckButton *company;
  AdwPreferencesGroup *wants;
  AdwPreferencesGroup *stages;
  GtkWidget *register_button;

  GPtrArray *want_rows;  /* (owned) of widgets that the group owns */
  GPtrArray *stage_rows; /* (owned) of widgets that the group owns */
};

G_DEFINE_FINAL_TYPE (KabAwaitsPage, kab_awaits_page, KAB_TYPE_PAGE)

static KabAwaitsModel *
get_model (KabAwaitsPage *self)
{
  return KAB_AWAITS_MODEL (kab_page_get_model (KAB_PAGE (self)));
}

static void
clear_rows (AdwPreferencesGroup *group, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

/* What a stage costs in time or money: as it is written, and as it is said. */
static void
get_cost (KabAwaitsModel *model, const KabStage *stage, char **written, char **spoken)
{
  KabBankModel *bank = kab_awaits_model_get_bank (model);

  if (stage->kind == KAB_STAGE_FEE)
    {
      *written = kab_local_money_format (&kab_bank_model_get_journey (bank)->fee);
      *spoken = g_strdup (*written);
    }
  else if (stage->minutes > 0)
    {
      *written = kab_minutes_short_text (stage->minutes);
      *spoken = kab_minutes_text (stage->minutes);
    }
}

static GtkWidget *
create_stage_row (KabAwaitsModel *model, guint index)
{
  const KabJourney *journey = kab_awaits_model_get_journey (model);
  const KabStage *stage = &journey->stages[index];
  const char *title = kab_stage_get_title (stage->kind);
  g_autofree char *number = g_strdup_printf ("%u", index + 1);
  g_autofree char *meaning = kab_stage_dup_meaning (journey, stage->kind);
  g_autofree char *cost = NULL;
  g_autofree char *spoken_cost = NULL;
  g_autofree char *spoken = NULL;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *badge = gtk_label_new (number);

  get_cost (model, stage, &cost, &spoken_cost);
  spoken = g_strdup_printf ("%s. %s%s%s. %s", number, title, cost != NULL ? ", " : "",
                            cost != NULL ? spoken_cost : "", meaning);
  gtk_widget_add_css_class (badge, "stage-number");
  gtk_widget_add_css_class (badge, "numeric");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), meaning);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), badge);
  if (cost != NULL)
    {
      GtkWidget *label = gtk_label_new (cost);

      gtk_widget_add_css_class (label, "numeric");
      gtk_widget_add_css_class (label, "dimmed");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);

  return row;
}

static void
show_stages (KabAwaitsPage *self)
{
  KabAwaitsModel *model = get_model (self);
  const KabJourney *journey = kab_awaits_model_get_journey (model);
  g_autofree char *time = NULL;
  g_autofree char *summary = NULL;

  clear_rows (self->stages, self->stage_rows);
  gtk_widget_set_visible (self->register_button, journey != NULL);
  if (journey == NULL)
    {
      adw_preferences_group_set_description (self->stages,
                                             _("Choose at least one thing that you want."));
      return;
    }

  for (guint i = 0; i < journey->n_stages; i++)
    {
      GtkWidget *row = create_stage_row (model, i);

      g_ptr_array_add (self->stage_rows, row);
      adw_preferences_group_add (self->stages, row);
    }
  time = kab_minutes_text (journey->minutes);
  summary = g_strdup_printf (ngettext ("%u step, %s of your time. You can stop and go on later.",
                                       "%u steps, %s of your time. You can stop and go on later.",
                                       journey->n_stages),
                             journey->n_stages, time);
  adw_preferences_group_set_description (self->stages, summary);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), summary,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static void
want_toggled_cb (GtkCheckButton *check, gpointer user_data)
{
  KabAwaitsPage *self = user_data;
  KabService service = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (check), "service"));

  kab_awaits_model_set_wanted (get_model (self), service, gtk_check_button_get_active (check));
}

static GtkWidget *
create_want_row (KabAwaitsPage *self, KabService service)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               kab_awaits_model_get_wanted (get_model (self), service));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (check), "service", GUINT_TO_POINTER (service));
  g_signal_connect_object (check, "toggled", G_CALLBACK (want_toggled_cb), self, 0);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), kab_service_get_title (service));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), kab_service_get_meaning (service));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, kab_service_get_title (service),
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, kab_service_get_meaning (service), -1);

  return row;
}

static void
show_wants (KabAwaitsPage *self)
{
  KabServices offered = kab_awaits_model_get_offered (get_model (self));

  clear_rows (self->wants, self->want_rows);
  for (guint i = 0; i < KAB_N_SERVICES; i++)
    {
      GtkWidget *row;

      if (!(offered & KAB_SERVICES (i)))
        continue;
      row = create_want_row (self, i);
      g_ptr_array_add (self->want_rows, row);
      adw_preferences_group_add (self->wants, row);
    }
}

static void
person_toggled_cb (KabAwaitsPage *self)
{
  KabClientType type =
      gtk_check_button_get_active (self->person) ? KAB_CLIENT_NATURAL : KAB_CLIENT_LEGAL;

  if (kab_awaits_model_get_client_type (get_model (self)) == type)
    return;

  kab_awaits_model_set_client_type (get_model (self), type);
  show_wants (self);
}

static gboolean
offers_to (KabBankModel *bank, KabClientType type)
{
  for (guint i = 0; i < KAB_N_SERVICES; i++)
    {
      if ((kab_bank_model_get_services (bank) & KAB_SERVICES (i)) &&
          kab_service_get_info (i)->client_type == type)
        return TRUE;
    }

  return FALSE;
}

static void
kab_awaits_page_constructed (GObject *object)
{
  KabAwaitsPage *self = KAB_AWAITS_PAGE (object);
  KabAwaitsModel *model = get_model (self);
  KabBankModel *bank = kab_awaits_model_get_bank (model);

  G_OBJECT_CLASS (kab_awaits_page_parent_class)->constructed (object);

  gtk_widget_set_visible (GTK_WIDGET (self->who), offers_to (bank, KAB_CLIENT_NATURAL) &&
                                                      offers_to (bank, KAB_CLIENT_LEGAL));
  if (kab_awaits_model_get_client_type (model) == KAB_CLIENT_LEGAL)
    gtk_check_button_set_active (self->company, TRUE);
  g_signal_connect_object (self->person, "toggled", G_CALLBACK (person_toggled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "changed", G_CALLBACK (show_stages), self, G_CONNECT_SWAPPED);
  show_wants (self);
  show_stages (self);
}

static void
kab_awaits_page_finalize (GObject *object)
{
  KabAwaitsPage *self = KAB_AWAITS_PAGE (object);

  g_ptr_array_unref (self->want_rows);
  g_ptr_array_unref (self->stage_rows);

  G_OBJECT_CLASS (kab_awaits_page_parent_class)->finalize (object);
}

static void
kab_awaits_page_class_init (KabAwaitsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = kab_awaits_page_constructed;
  object_class->finalize = kab_awaits_page_finalize;

  g_type_ensure (KAB_TYPE_RADIO_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/welcome/kab-awaits-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KabAwaitsPage, who);
  gtk_widget_class_bind_template_child (widget_class, KabAwaitsPage, person);
  gtk_widget_class_bind_template_child (widget_class, KabAwaitsPage, company);
  gtk_widget_class_bind_template_child (widget_class, KabAwaitsPage, wants);
  gtk_widget_class_bind_template_child (widget_class, KabAwaitsPage, stages);
  gtk_widget_class_bind_template_child (widget_class, KabAwaitsPage, register_button);
}

static void
kab_awaits_page_init (KabAwaitsPage *self)
{
  self->want_rows = g_ptr_array_new ();
  self->stage_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

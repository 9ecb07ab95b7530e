/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "home/kab-decision-row.h"

#include <glib/gi18n.h>

#include "common/kab-journey-text.h"
#include "kab-service.h"

typedef struct
{
  const char *positive;
  const char *negative;
} DecisionText;

/* DEC-1 to DEC-5. */
static const DecisionText texts[] = {
  [KAB_DECISION_ACCOUNT_OPENING] = { N_("Your account is being opened"),
                                     N_("The account is not opened") },
  [KAB_DECISION_SERVICE_CONNECTION] = { N_("The bank begins to work with you"),
                                        N_("The bank does not begin to work with you") },
  [KAB_DECISION_DOCUMENT_RENEWAL] = { N_("The renewal of the documents is approved"),
                                      N_("The renewal of the documents is refused") },
  [KAB_DECISION_CARD_ISSUING] = { N_("The additional payment card will be issued"),
                                  N_("The additional payment card will not be issued") },
  [KAB_DECISION_USER_ACTIVATION] = { N_("The internet bank user will be activated"),
                                     N_("The internet bank user will not be activated") },
};

/* DEC-7: no reason is promised, but where to ask. */
static char *
dup_details (const char *service, gboolean positive, const char *phone)
{
  if (positive)
    return g_strdup (service);
  if (phone == NULL)
    return g_strdup_printf (_("%s. Your personal manager at the bank tells you more."), service);

  /* Translators: the first %s is a service, the second a phone number */
  return g_strdup_printf (_("%s. Your personal manager at the bank tells you more: %s"), service,
                          phone);
}

/**
 * kab_decision_row_new:
 * @decision: a decision of the bank
 * @phone: (nullable): where the bank answers questions
 *
 * Returns: (transfer floating): the decision in words (DEC); a refusal names @phone
 */
GtkWidget *
kab_decision_row_new (KabServiceDecision *decision, const char *phone)
{
  GtkWidget *row = adw_action_row_new ();
  gboolean positive = g_strcmp0 (kab_service_decision_get_outcome (decision), "positive") == 0;
  KabService service = KAB_SERVICE_NEW_CLIENT;
  const DecisionText *text;
  GtkWidget *icon;
  g_autofree char *details = NULL;

  kab_service_from_code (kab_service_decision_get_service (decision), &service);
  text = &texts[kab_service_get_info (service)->decision];
  details = dup_details (kab_service_get_title (service), positive, phone);
  icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                       "icon-name",
                       positive ? "kab-stage-done-symbolic" : "kab-stage-failed-symbolic", NULL);
  gtk_widget_add_css_class (icon, positive ? "success" : "error");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 positive ? _ (text->positive) : _ (text->negative));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), details);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), !positive);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);

  return row;
}

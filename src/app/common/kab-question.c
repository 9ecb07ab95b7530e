/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-question.h"

/* libadwaita measures a heading in its large size without breaking it, at whatever width there is,
 * and warns of large text in a narrow window. A heading that may break fits every width. */
static void
let_heading_wrap (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "title-2"))
    {
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (widget), PANGO_WRAP_WORD_CHAR);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    let_heading_wrap (child);
}

/**
 * kab_question_new:
 * @heading: what is asked
 * @body: (nullable): what follows from it
 *
 * Returns: (transfer floating): a dialog that asks something, without answers yet
 */
AdwAlertDialog *
kab_question_new (const char *heading, const char *body)
{
  AdwDialog *self = adw_alert_dialog_new (heading, body);

  let_heading_wrap (adw_dialog_get_child (self));

  return ADW_ALERT_DIALOG (self);
}

/**
 * kab_question_answers:
 * @self: a question
 * @stay: the answer that changes nothing; Escape gives it too
 * @stay_label: its button
 * @act: the other answer
 * @act_label: its button, the suggested one; Enter presses it
 */
void
kab_question_answers (AdwAlertDialog *self,
                      const char *stay,
                      const char *stay_label,
                      const char *act,
                      const char *act_label)
{
  g_return_if_fail (ADW_IS_ALERT_DIALOG (self));

  adw_alert_dialog_add_responses (self, stay, stay_label, act, act_label, NULL);
  adw_alert_dialog_set_response_appearance (self, act, ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (self, act);
  adw_alert_dialog_set_close_response (self, stay);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "home/kab-withdrawal.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "common/kab-api-error-text.h"
#include "common/kab-question.h"
#include "common/kab-toast.h"
#include "kab-application-state.h"
#include "kab-onboarding-operations.h"

/* The client doesn't want to become a client after all (A36): a question, the request, a word. */
typedef struct
{
  GtkWidget *page;           /* (owned) */
  KabApi *api;               /* (owned) */
  KabOnboarding *onboarding; /* (owned) */
} Withdrawal;

static void
withdrawal_free (Withdrawal *self)
{
  g_object_unref (self->page);
  g_object_unref (self->api);
  g_object_unref (self->onboarding);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Withdrawal, withdrawal_free)

static void
withdrawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Withdrawal) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!kab_onboarding_withdraw_finish (KAB_API (source), result, &error))
    text = kab_api_error_text (error);
  kab_toast_tell (self->page, text != NULL ? text : _("The application is withdrawn."));
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Withdrawal *self = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);
  g_autofree char *key = kab_idempotency_key_new ();

  if (g_str_equal (response, "withdraw") && kab_withdrawal_is_possible (self->onboarding))
    kab_onboarding_withdraw_async (self->api, self->onboarding, key, NULL, withdrawn_cb, self);
  else
    withdrawal_free (self);
}

/**
 * kab_withdrawal_is_possible:
 * @onboarding: (nullable): an application
 *
 * Returns: whether it was sent, and the bank has decided on no part of it yet
 */
gboolean
kab_withdrawal_is_possible (KabOnboarding *onboarding)
{
  KabApplicationState state;

  return onboarding != NULL && kab_onboarding_get_submitted_at (onboarding) != NULL &&
         kab_application_state_from_name (kab_onboarding_get_state (onboarding), &state) &&
         !kab_application_state_is_closed (state) &&
         g_list_model_get_n_items (kab_onboarding_get_decisions (onboarding)) == 0;
}

/**
 * kab_withdrawal_ask:
 * @page: where it is asked and told
 * @api: the line to the bank
 * @onboarding: an application that can be withdrawn
 *
 * Asks whether to withdraw it, and does so.
 */
void
kab_withdrawal_ask (GtkWidget *page, KabApi *api, KabOnboarding *onboarding)
{
  AdwAlertDialog *dialog =
      kab_question_new (_("Withdraw the application?"),
                        _("The bank stops working on it. What you sent stays with the bank and "
                           "can’t be changed any more. You can begin a new application later."));
  Withdrawal *self = g_new (Withdrawal, 1);

  *self = (Withdrawal) { g_object_ref (page), g_object_ref (api), g_object_ref (onboarding) };
  adw_alert_dialog_add_responses (dialog, "cancel", _("Cancel"), "withdraw", _("Withdraw"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "withdraw", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, page, NULL, answered_cb, self);
}

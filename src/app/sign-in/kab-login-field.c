/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-in/kab-login-field.h"

#include <string.h>

#include <glib/gi18n.h>

#include "common/kab-error-text.h"
#include "common/kab-field-row.h"
#include "kab-email.h"
#include "kab-phone.h"

/* The one field that takes an e-mail address or a phone number (AUT-2, RCV-2). */

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static char *
dup_error (GtkWidget *row)
{
  KabCheck found;

  if (get_text (row)[0] == '\0')
    return kab_error_text ("required", NULL);

  found = strchr (get_text (row), '@') != NULL ? kab_email_check (get_text (row))
                                               : kab_phone_check (get_text (row));
  if (found == KAB_CHECK_PHONE_FORMAT)
    return g_strdup (_("Type an e-mail address, or a phone number with its country code, such as "
                        "+371 20 000 000."));

  return found != KAB_CHECK_OK ? kab_error_text (kab_check_code (found), NULL) : NULL;
}

static void
changed_cb (GtkWidget *row)
{
  g_autofree char *error = dup_error (row);

  if (error == NULL || get_text (row)[0] == '\0')
    kab_field_row_mark_error (row, NULL);
}

static void
left_cb (GtkEventController *controller)
{
  GtkWidget *row = gtk_event_controller_get_widget (controller);
  g_autofree char *error = dup_error (row);

  if (get_text (row)[0] != '\0')
    kab_field_row_set_error (row, error);
}

/**
 * kab_login_field_prepare:
 * @row: an #AdwEntryRow
 *
 * Makes it check itself when it is left, and tell its format.
 */
void
kab_login_field_prepare (GtkWidget *row)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  kab_field_row_set_required (row, TRUE);
  kab_field_row_set_hint (row, _("A phone number in the form +xxx12345678"));
  g_signal_connect (row, "changed", G_CALLBACK (changed_cb), NULL);
  g_signal_connect (focus, "leave", G_CALLBACK (left_cb), NULL);
  gtk_widget_add_controller (row, focus);
}

/**
 * kab_login_field_check:
 * @row: as of kab_login_field_prepare()
 *
 * Marks what is wrong; kab_field_row_focus_first_error() comes next.
 *
 * Returns: whether it can be sent
 */
gboolean
kab_login_field_check (GtkWidget *row)
{
  g_autofree char *error = dup_error (row);

  kab_field_row_mark_error (row, error);

  return error == NULL;
}

/**
 * kab_login_field_dup_login:
 * @row: as of kab_login_field_prepare()
 *
 * Returns: (transfer full): what was typed as it is sent: a phone number without spaces
 */
char *
kab_login_field_dup_login (GtkWidget *row)
{
  return strchr (get_text (row), '@') != NULL ? kab_email_normalise (get_text (row))
                                              : kab_phone_normalise (get_text (row));
}

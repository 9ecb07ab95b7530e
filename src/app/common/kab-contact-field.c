/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-contact-field.h"

#include <glib/gi18n.h>

#include "common/kab-error-text.h"
#include "common/kab-field-row.h"
#include "kab-email.h"
#include "kab-phone.h"

/* The two addresses that a person has with the bank, checked where they are typed: an error is told
 * when the field is left and taken back as soon as it is put right. */

static char *
dup_value (GtkWidget *row)
{
  if (KAB_IS_PHONE_ROW (row))
    return kab_phone_row_dup_number (KAB_PHONE_ROW (row));

  return g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));
}

static KabCheck
check (GtkWidget *row)
{
  g_autofree char *value = dup_value (row);

  return KAB_IS_PHONE_ROW (row) ? kab_phone_check (value) : kab_email_check (value);
}

static char *
dup_error (GtkWidget *row)
{
  KabCheck found = check (row);

  return found != KAB_CHECK_OK ? kab_error_text (kab_check_code (found), NULL) : NULL;
}

static void
changed_cb (GtkWidget *row)
{
  g_autofree char *value = dup_value (row);

  if (value[0] == '\0' || check (row) == KAB_CHECK_OK)
    kab_field_row_mark_error (row, NULL);
}

static void
left_cb (GtkEventController *controller)
{
  GtkWidget *row = gtk_event_controller_get_widget (controller);
  g_autofree char *value = dup_value (row);
  g_autofree char *error = dup_error (row);

  if (value[0] != '\0')
    kab_field_row_set_error (row, error);
}

static void
prepare (GtkWidget *row)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  kab_field_row_set_required (row, TRUE);
  g_signal_connect (row, "changed", G_CALLBACK (changed_cb), NULL);
  g_signal_connect (focus, "leave", G_CALLBACK (left_cb), NULL);
  gtk_widget_add_controller (row, focus);
}

static gboolean
check_and_mark (GtkWidget *row)
{
  g_autofree char *error = dup_error (row);

  kab_field_row_mark_error (row, error);

  return error == NULL;
}

/**
 * kab_contact_field_prepare_email:
 * @row: an #AdwEntryRow for an e-mail address
 *
 * Makes it check itself, and tell its format.
 */
void
kab_contact_field_prepare_email (GtkWidget *row)
{
  g_return_if_fail (ADW_IS_ENTRY_ROW (row));

  prepare (row);
  kab_field_row_set_hint (row, _("For example name@example.com"));
}

/**
 * kab_contact_field_check_email:
 * @row: as of kab_contact_field_prepare_email()
 *
 * Marks what is wrong; kab_field_row_focus_first_error() comes next.
 *
 * Returns: whether it is right
 */
gboolean
kab_contact_field_check_email (GtkWidget *row)
{
  g_return_val_if_fail (ADW_IS_ENTRY_ROW (row), FALSE);

  return check_and_mark (row);
}

/**
 * kab_contact_field_prepare_phone:
 * @row: a field for a phone number
 *
 * Makes it check itself, and tell its format.
 */
void
kab_contact_field_prepare_phone (KabPhoneRow *row)
{
  g_return_if_fail (KAB_IS_PHONE_ROW (row));

  prepare (GTK_WIDGET (row));
  kab_field_row_set_hint (GTK_WIDGET (row), _("A mobile phone that takes text messages"));
}

/**
 * kab_contact_field_check_phone:
 * @row: as of kab_contact_field_prepare_phone()
 *
 * Marks what is wrong; kab_field_row_focus_first_error() comes next.
 *
 * Returns: whether it is right
 */
gboolean
kab_contact_field_check_phone (KabPhoneRow *row)
{
  g_return_val_if_fail (KAB_IS_PHONE_ROW (row), FALSE);

  return check_and_mark (GTK_WIDGET (row));
}

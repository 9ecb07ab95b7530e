/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-code-row.h"

#include <string.h>

#define N_DIGITS 6

/**
 * KabCodeRow:
 *
 * A field for a code of six digits (A2 of the guide). It takes a code as it is copied from a
 * message, with spaces or a dash in it; a whole code pasted replaces what was there. `complete`
 * tells when all six digits are there; the text is the entry's own.
 */
struct _KabCodeRow
{
  AdwEntryRow parent_instance;

  gboolean complete;
};

enum
{
  PROP_COMPLETE = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KabCodeRow, kab_code_row, ADW_TYPE_ENTRY_ROW)

static char *
keep_digits (const char *text, int length)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (int i = 0; i < length && digits->len < N_DIGITS; i++)
    {
      if (g_ascii_isdigit (text[i]))
        g_string_append_c (digits, text[i]);
    }

  return g_string_free (g_steal_pointer (&digits), FALSE);
}

static void
insert_text_cb (GtkEditable *editable,
                const char *text,
                int length,
                int *position,
                gpointer user_data)
{
  g_autofree char *digits = keep_digits (text, length < 0 ? (int) strlen (text) : length);

  g_signal_handlers_block_by_func (editable, insert_text_cb, user_data);
  if (strlen (digits) == N_DIGITS)
    {
      gtk_editable_delete_text (editable, 0, -1);
      *position = 0;
    }
  gtk_editable_insert_text (editable, digits, -1, position);
  g_signal_handlers_unblock_by_func (editable, insert_text_cb, user_data);
  g_signal_stop_emission_by_name (editable, "insert-text");
}

static void
changed_cb (KabCodeRow *self)
{
  gboolean complete = strlen (kab_code_row_get_code (self)) == N_DIGITS;

  if (self->complete == complete)
    return;

  self->complete = complete;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPLETE]);
}

static void
kab_code_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_COMPLETE:
      g_value_set_boolean (value, KAB_CODE_ROW (object)->complete);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_code_row_class_init (KabCodeRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kab_code_row_get_property;

  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kab_code_row_init (KabCodeRow *self)
{
  GtkEditable *delegate = gtk_editable_get_delegate (GTK_EDITABLE (self));

  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self), GTK_INPUT_PURPOSE_DIGITS);
  adw_entry_row_set_max_length (ADW_ENTRY_ROW (self), N_DIGITS);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self), "code");
  g_signal_connect (delegate, "insert-text", G_CALLBACK (insert_text_cb), NULL);
  g_signal_connect (self, "changed", G_CALLBACK (changed_cb), NULL);
}

/**
 * kab_code_row_new:
 *
 * Returns: (transfer floating): an empty field
 */
GtkWidget *
kab_code_row_new (void)
{
  return g_object_new (KAB_TYPE_CODE_ROW, NULL);
}

/**
 * kab_code_row_get_code:
 * @self: a field
 *
 * Returns: (transfer none): the digits so far
 */
const char *
kab_code_row_get_code (KabCodeRow *self)
{
  g_return_val_if_fail (KAB_IS_CODE_ROW (self), "");

  return gtk_editable_get_text (GTK_EDITABLE (self));
}

/**
 * kab_code_row_is_complete:
 * @self: a field
 *
 * Returns: whether all six digits are there
 */
gboolean
kab_code_row_is_complete (KabCodeRow *self)
{
  g_return_val_if_fail (KAB_IS_CODE_ROW (self), FALSE);

  return self->complete;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-date-row.h"

#include <glib/gi18n.h>

#include "common/kab-field-row.h"
#include "common/kab-local-text.h"
#include "kab-date.h"

/**
 * KabDateRow:
 *
 * A field for a date, typed in the order of the user's language or chosen from a calendar. `date`
 * is YYYY-MM-DD, or %NULL while the text is no date; the text is the entry's own, so that what is
 * half typed is kept. When the field is left, a date is written out in full.
 */
struct _KabDateRow
{
  AdwEntryRow parent_instance;

  char *date;            /* (owned) (nullable) */
  GtkCalendar *calendar; /* in the popover of the suffix */
  GtkWidget *popover;
  gboolean showing; /* the calendar follows the text */
};

enum
{
  PROP_DATE = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KabDateRow, kab_date_row, ADW_TYPE_ENTRY_ROW)

static void
take_date (KabDateRow *self, char *date)
{
  g_autofree char *taken = date;

  if (g_set_str (&self->date, taken))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DATE]);
}

static void
changed_cb (KabDateRow *self)
{
  GDate date;

  g_date_clear (&date, 1);
  if (kab_local_date_parse (gtk_editable_get_text (GTK_EDITABLE (self)), &date))
    take_date (self, kab_date_format (&date));
  else
    take_date (self, NULL);
}

static void
write_out (KabDateRow *self)
{
  GDate date;
  g_autofree char *text = NULL;

  g_date_clear (&date, 1);
  if (self->date == NULL || kab_date_parse (self->date, &date) != KAB_CHECK_OK)
    return;

  text = kab_local_date_format (&date);
  if (!g_str_equal (text, gtk_editable_get_text (GTK_EDITABLE (self))))
    gtk_editable_set_text (GTK_EDITABLE (self), text);
}

static void
left_cb (KabDateRow *self)
{
  write_out (self);
}

static void
calendar_shown_cb (KabDateRow *self)
{
  GDate date;
  g_autoptr (GDateTime) day = NULL;

  g_date_clear (&date, 1);
  if (self->date != NULL && kab_date_parse (self->date, &date) == KAB_CHECK_OK)
    day = g_date_time_new_local (g_date_get_year (&date), g_date_get_month (&date),
                                 g_date_get_day (&date), 0, 0, 0);
  else
    day = g_date_time_new_now_local ();

  self->showing = TRUE;
  gtk_calendar_select_day (self->calendar, day);
  self->showing = FALSE;
}

static void
day_selected_cb (KabDateRow *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autofree char *date = g_date_time_format (day, "%Y-%m-%d");

  if (self->showing)
    return;

  kab_date_row_set_date (self, date);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
kab_date_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_DATE:
      g_value_set_string (value, KAB_DATE_ROW (object)->date);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_date_row_set_property (GObject *object,
                           guint property_id,
                           const GValue *value,
                           GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_DATE:
      kab_date_row_set_date (KAB_DATE_ROW (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_date_row_finalize (GObject *object)
{
  g_free (KAB_DATE_ROW (object)->date);

  G_OBJECT_CLASS (kab_date_row_parent_class)->finalize (object);
}

static void
kab_date_row_class_init (KabDateRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kab_date_row_get_property;
  object_class->set_property = kab_date_row_set_property;
  object_class->finalize = kab_date_row_finalize;

  properties[PROP_DATE] =
      g_param_spec_string ("date", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
add_calendar (KabDateRow *self)
{
  GtkWidget *button = gtk_menu_button_new ();

  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), GTK_WIDGET (self->calendar));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), self->popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_widget_set_tooltip_text (button, _("Choose from a calendar"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Choose from a calendar"), -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), button);
  g_signal_connect_object (self->popover, "show", G_CALLBACK (calendar_shown_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (day_selected_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
show_example (KabDateRow *self)
{
  GDate date;
  g_autofree char *example = NULL;
  g_autofree char *hint = NULL;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 24, G_DATE_MARCH, 1990);
  example = kab_local_date_format (&date);
  /* Translators: %s is a date in figures, in the order of the language */
  hint = g_strdup_printf (_("For example %s"), example);
  kab_field_row_set_hint (GTK_WIDGET (self), hint);
}

static void
kab_date_row_init (KabDateRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  add_calendar (self);
  show_example (self);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  g_signal_connect (self, "changed", G_CALLBACK (changed_cb), NULL);
}

/**
 * kab_date_row_new:
 *
 * Returns: (transfer floating): an empty field
 */
GtkWidget *
kab_date_row_new (void)
{
  return g_object_new (KAB_TYPE_DATE_ROW, NULL);
}

/**
 * kab_date_row_get_date:
 * @self: a field
 *
 * Returns: (transfer none) (nullable): YYYY-MM-DD, if the text is a date
 */
const char *
kab_date_row_get_date (KabDateRow *self)
{
  g_return_val_if_fail (KAB_IS_DATE_ROW (self), NULL);

  return self->date;
}

/**
 * kab_date_row_set_date:
 * @self: a field
 * @date: (nullable): YYYY-MM-DD; %NULL or anything else empties the field
 */
void
kab_date_row_set_date (KabDateRow *self, const char *date)
{
  GDate parsed;
  g_autofree char *text = NULL;

  g_return_if_fail (KAB_IS_DATE_ROW (self));

  if (g_strcmp0 (self->date, date) == 0 && date != NULL)
    return;

  g_date_clear (&parsed, 1);
  if (date != NULL && kab_date_parse (date, &parsed) == KAB_CHECK_OK)
    text = kab_local_date_format (&parsed);
  gtk_editable_set_text (GTK_EDITABLE (self), text != NULL ? text : "");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-country-dialog.h"

#include <glib/gi18n.h>

/**
 * KabCountryDialog:
 *
 * Every country in a list that can be searched, in the current language or in English; `chosen`
 * gives the code.
 */
struct _KabCountryDialog
{
  AdwDialog parent_instance;

  char *search; /* (owned) */

  GtkSearchEntry *entry;
  GtkStack *stack;
  GtkListView *list;
  GtkSingleSelection *selection;
  GtkFilterListModel *filtered;
  GtkCustomFilter *filter;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabCountryDialog, kab_country_dialog, ADW_TYPE_DIALOG)

static gboolean
matches (gpointer item, gpointer user_data)
{
  KabCountryDialog *self = user_data;

  return self->search == NULL || self->search[0] == '\0' ||
         kab_country_matches (KAB_COUNTRY (item), self->search);
}

static void
search_changed_cb (KabCountryDialog *self)
{
  guint n_items;
  g_autofree char *found = NULL;
  gboolean is_new = g_set_str (&self->search, gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
  gtk_stack_set_visible_child_name (self->stack, n_items > 0 ? "list" : "empty");
  found = g_strdup_printf (ngettext ("%u country", "%u countries", n_items), n_items);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, found,
                                  -1);
  if (is_new && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self->entry), found,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static void
choose (KabCountryDialog *self, guint position)
{
  g_autoptr (KabCountry) country = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (country == NULL)
    return;

  g_signal_emit (self, signals[CHOSEN], 0, kab_country_get_code (country));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
activated_cb (KabCountryDialog *self, guint position)
{
  choose (self, position);
}

/* Enter in the search takes the first that is left. */
static void
search_activated_cb (KabCountryDialog *self)
{
  search_changed_cb (self);
  choose (self, 0);
}

/* The entry takes the Escape that would have closed the dialog. */
static void
search_stopped_cb (KabCountryDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
kab_country_dialog_dispose (GObject *object)
{
  KabCountryDialog *self = KAB_COUNTRY_DIALOG (object);

  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), KAB_TYPE_COUNTRY_DIALOG);

  G_OBJECT_CLASS (kab_country_dialog_parent_class)->dispose (object);
}

static void
kab_country_dialog_finalize (GObject *object)
{
  g_free (KAB_COUNTRY_DIALOG (object)->search);

  G_OBJECT_CLASS (kab_country_dialog_parent_class)->finalize (object);
}

static void
kab_country_dialog_class_init (KabCountryDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kab_country_dialog_dispose;
  object_class->finalize = kab_country_dialog_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (KAB_TYPE_COUNTRY);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/common/kab-country-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KabCountryDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, KabCountryDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, KabCountryDialog, list);
  gtk_widget_class_bind_template_child (widget_class, KabCountryDialog, selection);
  gtk_widget_class_bind_template_child (widget_class, KabCountryDialog, filtered);
  gtk_widget_class_bind_template_child (widget_class, KabCountryDialog, filter);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
kab_country_dialog_init (KabCountryDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_custom_filter_set_filter_func (self->filter, matches, self, NULL);
  gtk_search_entry_set_key_capture_widget (self->entry, GTK_WIDGET (self));
}

static void
select_country (KabCountryDialog *self, const char *code)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (KabCountry) country = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (g_strcmp0 (kab_country_get_code (country), code) == 0)
        {
          gtk_single_selection_set_selected (self->selection, i);
          return;
        }
    }
}

/**
 * kab_country_dialog_new:
 * @title: what the country is for, in the current language
 * @code: (nullable): the country chosen so far
 *
 * Returns: (transfer floating): the dialog; present it on the row that opened it
 */
AdwDialog *
kab_country_dialog_new (const char *title, const char *code)
{
  KabCountryDialog *self = g_object_new (KAB_TYPE_COUNTRY_DIALOG, "title", title, NULL);
  g_autoptr (KabCountries) countries = kab_countries_new ();

  gtk_filter_list_model_set_model (self->filtered, G_LIST_MODEL (countries));
  search_changed_cb (self);
  select_country (self, code);

  return ADW_DIALOG (self);
}

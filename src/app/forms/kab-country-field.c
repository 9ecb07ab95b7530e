/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/kab-country-field.h"

#include "common/kab-country-row.h"

/**
 * KabCountryField:
 *
 * A field for a country of the world.
 */
struct _KabCountryField
{
  KabFieldView parent_instance;

  GtkWidget *row; /* (unowned): of the group */
};

G_DEFINE_FINAL_TYPE (KabCountryField, kab_country_field, KAB_TYPE_FIELD_VIEW)

static JsonNode *
kab_country_field_dup_answer (KabFieldView *view)
{
  const char *code = kab_country_row_get_country (KAB_COUNTRY_ROW (KAB_COUNTRY_FIELD (view)->row));

  return code != NULL ? json_node_init_string (json_node_alloc (), code) : NULL;
}

static void
kab_country_field_show_answer (KabFieldView *view, JsonNode *answer)
{
  kab_country_row_set_country (KAB_COUNTRY_ROW (KAB_COUNTRY_FIELD (view)->row),
                               answer != NULL ? json_node_get_string (answer) : NULL);
}

static void
kab_country_field_build (KabFieldView *view, AdwPreferencesGroup *group)
{
  KabCountryField *self = KAB_COUNTRY_FIELD (view);

  self->row = kab_country_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), kab_field_view_get_label (view));
  g_signal_connect_object (self->row, "notify::country", G_CALLBACK (kab_field_view_chosen), self,
                           G_CONNECT_SWAPPED);
  kab_field_view_set_row (view, self->row);
  adw_preferences_group_add (group, self->row);
}

static void
kab_country_field_class_init (KabCountryFieldClass *klass)
{
  KabFieldViewClass *view_class = KAB_FIELD_VIEW_CLASS (klass);

  view_class->build = kab_country_field_build;
  view_class->dup_answer = kab_country_field_dup_answer;
  view_class->show_answer = kab_country_field_show_answer;
}

static void
kab_country_field_init (KabCountryField *self)
{
}

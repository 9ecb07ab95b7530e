/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-form-context-private.h"

struct _KabFormContext
{
  GDate today;
  JsonObject *facts; /* (owned) */
};

/**
 * kab_form_context_new:
 * @today: the day of filling, in the bank's time zone
 *
 * Returns: (transfer full): a context without facts
 */
KabFormContext *
kab_form_context_new (const GDate *today)
{
  KabFormContext *self;

  g_return_val_if_fail (g_date_valid (today), NULL);

  self = g_new0 (KabFormContext, 1);
  self->today = *today;
  self->facts = json_object_new ();
  return self;
}

void
kab_form_context_free (KabFormContext *self)
{
  json_object_unref (self->facts);
  g_free (self);
}

/**
 * kab_form_context_set_fact:
 * @self: a context
 * @name: #KAB_FORM_FACT_CLIENT_TYPE or #KAB_FORM_FACT_REGISTRATION_COUNTRY
 * @value: what it is
 */
void
kab_form_context_set_fact (KabFormContext *self, const char *name, const char *value)
{
  json_object_set_string_member (self->facts, name, value);
}

/**
 * kab_form_context_set_facts:
 * @self: a context
 * @name: #KAB_FORM_FACT_CITIZENSHIPS or #KAB_FORM_FACT_SERVICES
 * @values: what they are
 */
void
kab_form_context_set_facts (KabFormContext *self, const char *name, const char *const *values)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; values[i] != NULL; i++)
    json_array_add_string_element (array, values[i]);
  json_object_set_array_member (self->facts, name, array);
}

/* The day of filling, borrowed. */
const GDate *
kab_form_context_get_today (const KabFormContext *self)
{
  return &self->today;
}

/* The fact, borrowed, or NULL. */
JsonNode *
kab_form_context_get_fact (const KabFormContext *self, const char *name)
{
  return json_object_get_member (self->facts, name);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * KabFormContext:
 *
 * What is known beside the answers when a form is evaluated: the day, in the
 * bank's time zone, and facts that conditions call "@name".
 */
typedef struct _KabFormContext KabFormContext;

/* The facts: "natural" or "legal"; countries; a country; service codes. */
#define KAB_FORM_FACT_CLIENT_TYPE          "client_type"
#define KAB_FORM_FACT_CITIZENSHIPS         "citizenships"
#define KAB_FORM_FACT_REGISTRATION_COUNTRY "registration_country"
#define KAB_FORM_FACT_SERVICES             "services"

KabFormContext *kab_form_context_new (const GDate *today);
void kab_form_context_free (KabFormContext *self);
void kab_form_context_set_fact (KabFormContext *self, const char *name, const char *value);
void kab_form_context_set_facts (KabFormContext *self, const char *name, const char *const *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabFormContext, kab_form_context_free)

G_END_DECLS

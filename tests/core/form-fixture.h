/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-form-evaluation.h"

G_BEGIN_DECLS

char *form_fixture_bank_path (const char *name);
KabFormCatalog *form_fixture_catalog (void);
KabFormDefinition *form_fixture_shipped (const char *form);
KabFormDefinition *form_fixture_parse (const char *json);
KabFormContext *form_fixture_context (const char *today, const char *citizenship);
KabFormEvaluation *
form_fixture_evaluate (KabFormDefinition *definition, const char *answers, KabFormContext *context);
char *form_fixture_codes (KabFormEvaluation *evaluation);
char *form_fixture_stored (KabFormEvaluation *evaluation);
void form_fixture_assert (KabFormDefinition *definition,
                          const char *answers,
                          KabFormContext *context,
                          const char *codes);

G_END_DECLS

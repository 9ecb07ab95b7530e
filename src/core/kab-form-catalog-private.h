/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-form-catalog.h"
#include "kab-form-text-private.h"

G_BEGIN_DECLS

GPtrArray *kab_form_options_new_read (KabFormReader *reader,
                                      const char *const *languages,
                                      KabFormTextVariable variable,
                                      gpointer data);
gboolean kab_form_options_contain (GPtrArray *options, const char *value);
gboolean kab_form_catalog_enter_extra_fields (KabFormCatalog *self,
                                              KabFormReader *reader,
                                              const char *form,
                                              const char *slot);
const KabFormText *kab_form_catalog_get_variable (const char *name, gpointer catalog);
char **kab_form_read_languages (KabFormReader *reader);

G_END_DECLS

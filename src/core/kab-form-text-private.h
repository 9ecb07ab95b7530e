/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-form-reader.h"
#include "kab-form-text.h"

G_BEGIN_DECLS

/* What "{name}" in a text becomes; NULL when there is no such name. */
typedef const KabFormText *(*KabFormTextVariable) (const char *name, gpointer data);

KabFormText *kab_form_text_new_read (KabFormReader *reader,
                                     const char *const *languages,
                                     KabFormTextVariable variable,
                                     gpointer data);
KabFormText *kab_form_text_new_same (const char *text, const char *const *languages);
void kab_form_text_free (KabFormText *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabFormText, kab_form_text_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-form-error.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A JSON text with the line of every value, so that what is wrong with its
 * meaning can be reported by line too. Immutable after creation. */
typedef struct _KabFormSource KabFormSource;

KabFormSource *
kab_form_source_new (const char *data, gssize length, const char *name, GError **error);
KabFormSource *kab_form_source_new_from_node (JsonNode *root, const char *name);
KabFormSource *kab_form_source_new_from_file (const char *path, GError **error);
KabFormSource *kab_form_source_ref (KabFormSource *self);
void kab_form_source_unref (KabFormSource *self);
JsonNode *kab_form_source_get_root (KabFormSource *self);
const char *kab_form_source_get_name (KabFormSource *self);
guint kab_form_source_get_line (KabFormSource *self, const char *pointer);

char *kab_form_pointer_append (const char *pointer, const char *member);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabFormSource, kab_form_source_unref)

G_END_DECLS

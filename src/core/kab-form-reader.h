/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-form-source.h"

G_BEGIN_DECLS

/* Walks a source. The first thing found wrong is kept with its place and
 * everything after it is read without effect, so that loaders can be written
 * straight down and ask once at the end. */
typedef struct _KabFormReader KabFormReader;

KabFormReader *kab_form_reader_new (KabFormSource *source);
void kab_form_reader_free (KabFormReader *self);
gboolean kab_form_reader_finish (KabFormReader *self, GError **error);
gboolean kab_form_reader_has_failed (KabFormReader *self);
void kab_form_reader_fail (KabFormReader *self, KabFormError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
void kab_form_reader_fail_at (KabFormReader *self,
                              const char *pointer,
                              KabFormError code,
                              const char *format,
                              ...) G_GNUC_PRINTF (4, 5);
void kab_form_reader_switch_source (KabFormReader *self,
                                    KabFormSource *source,
                                    const char *pointer,
                                    JsonNode *node);
KabFormSource *kab_form_reader_get_source (KabFormReader *self);
const char *kab_form_reader_get_pointer (KabFormReader *self);
JsonNode *kab_form_reader_get_node (KabFormReader *self);
gboolean kab_form_reader_enter (KabFormReader *self, const char *member);
gboolean kab_form_reader_require (KabFormReader *self, const char *member);
void kab_form_reader_enter_element (KabFormReader *self, guint index);
void kab_form_reader_leave (KabFormReader *self);
gboolean kab_form_reader_check_object (KabFormReader *self, const char *const *allowed);
guint kab_form_reader_get_length (KabFormReader *self);
const char *kab_form_reader_get_string (KabFormReader *self);
gboolean kab_form_reader_get_boolean (KabFormReader *self);
gint64 kab_form_reader_get_integer (KabFormReader *self, gint64 minimum, gint64 maximum);
char *kab_form_reader_dup_id (KabFormReader *self, const char *member);
char *kab_form_reader_dup_member (KabFormReader *self, const char *member);
char **kab_form_reader_dup_strings (KabFormReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabFormReader, kab_form_reader_free)

G_END_DECLS

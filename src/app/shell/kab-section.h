/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define KAB_TYPE_SECTION (kab_section_get_type ())
G_DECLARE_FINAL_TYPE (KabSection, kab_section, KAB, SECTION, GObject)

KabSection *kab_section_new (const char *id,
                             const char *title,
                             const char *icon_name,
                             GType page_type,
                             GObject *model);

const char *kab_section_get_id (KabSection *self);
const char *kab_section_get_title (KabSection *self);
const char *kab_section_get_icon_name (KabSection *self);
GType kab_section_get_page_type (KabSection *self);
GObject *kab_section_get_model (KabSection *self);
guint kab_section_get_count (KabSection *self);
void kab_section_set_count (KabSection *self, guint count);

G_END_DECLS

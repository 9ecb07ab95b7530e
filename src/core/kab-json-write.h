/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Writing JSON straight into a text, for lists: no tree is built that would be thrown away at once.
 * Commas are put where they belong. @name is that of the member, or %NULL in an array and at the
 * outermost place; a name is a constant, that is nothing in it has to be escaped.
 */
void kab_json_write_begin_object (GString *text, const char *name);
void kab_json_write_end_object (GString *text);
void kab_json_write_begin_array (GString *text, const char *name);
void kab_json_write_end_array (GString *text);
void kab_json_write_string (GString *text, const char *name, const char *value);
void kab_json_write_integer (GString *text, const char *name, gint64 value);
void kab_json_write_boolean (GString *text, const char *name, gboolean value);
void kab_json_write_json (GString *text, const char *name, const char *value);

G_END_DECLS

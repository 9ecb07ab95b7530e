/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_INLINE_MESSAGE (kab_inline_message_get_type ())
G_DECLARE_FINAL_TYPE (KabInlineMessage, kab_inline_message, KAB, INLINE_MESSAGE, AdwBin)

void kab_inline_message_show_error (KabInlineMessage *self, const char *text);
void kab_inline_message_show_api_error (KabInlineMessage *self, const GError *error);
void kab_inline_message_clear (KabInlineMessage *self);

G_END_DECLS

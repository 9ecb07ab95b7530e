/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/kab-field-view.h"

G_BEGIN_DECLS

#define KAB_TYPE_NOTE_FIELD (kab_note_field_get_type ())
G_DECLARE_FINAL_TYPE (KabNoteField, kab_note_field, KAB, NOTE_FIELD, KabFieldView)

G_END_DECLS

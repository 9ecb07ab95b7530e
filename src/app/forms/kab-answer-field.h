/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/kab-field-view.h"

G_BEGIN_DECLS

#define KAB_TYPE_ANSWER_FIELD (kab_answer_field_get_type ())
G_DECLARE_FINAL_TYPE (KabAnswerField, kab_answer_field, KAB, ANSWER_FIELD, KabFieldView)

G_END_DECLS

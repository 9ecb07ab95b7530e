/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <poppler.h>

#include "kab-helper-channel.h"

/* poppler 25.03 declares no automatic clean-up for its pages. */
typedef PopplerPage KabHelperPage;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabHelperPage, g_object_unref)

void kab_helper_fields_load (PopplerDocument *document, GBytes *bytes);
void kab_helper_fields_describe (GVariantBuilder *fields);
void kab_helper_fields_set (GVariant *arguments, KabHelperReply *reply);

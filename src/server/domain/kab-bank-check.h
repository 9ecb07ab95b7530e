/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-form-source.h"

G_BEGIN_DECLS

gboolean kab_bank_check (KabFormSource *source, const char *folder, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-check.h"

G_BEGIN_DECLS

#define KAB_IBAN_LENGTH_MAX 34

KabCheck kab_iban_check (const char *text);
char *kab_iban_normalise (const char *text);
char *kab_iban_format (const char *text);
gboolean kab_iban_is_sepa (const char *text);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-check.h"

G_BEGIN_DECLS

KabCheck kab_email_check (const char *text);
char *kab_email_normalise (const char *text);
char *kab_email_key (const char *text);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/*
 * How this process gives up what it could do. Called once, after everything
 * that has to be opened is open, and before the first outside byte is read.
 */

gboolean kab_confinement_enter (guint *posture, guint *landlock_version, char **missing);
void kab_confinement_start_clock (void);
void kab_confinement_stop_clock (void);

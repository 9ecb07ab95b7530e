/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

GVariant *kab_self_test_run (void);

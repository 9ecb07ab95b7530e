/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

int fuzz_bulk_new (const guint8 *data, gsize size, unsigned int seals);

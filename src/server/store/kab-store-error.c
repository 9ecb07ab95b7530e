/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-store-error.h"

G_DEFINE_QUARK (kab - store - error - quark, kab_store_error)

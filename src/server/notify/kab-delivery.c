/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-delivery.h"

G_DEFINE_QUARK (kab - delivery - error - quark, kab_delivery_error)

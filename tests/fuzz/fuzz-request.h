/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-request-private.h"

KabRequest *fuzz_request_new (const char *text, gsize length, GBytes **body);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <curl/curl.h>
#include <glib.h>

G_BEGIN_DECLS

CURL *kab_curl_new (void);

G_END_DECLS

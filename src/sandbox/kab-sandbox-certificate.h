/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GTlsCertificate *kab_sandbox_certificate_new (char **authority, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-sandbox-sumsub.h"

G_BEGIN_DECLS

void kab_sandbox_sumsub_page_serve (KabSandboxSumsub *sumsub, KabSandboxHttp *http);

G_END_DECLS

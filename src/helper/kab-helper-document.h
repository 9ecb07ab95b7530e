/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-helper-channel.h"

void kab_helper_document_handle (const KabHelperRequest *request, KabHelperReply *reply);

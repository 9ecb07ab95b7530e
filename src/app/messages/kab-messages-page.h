/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-page.h"
#include "messages/kab-messages-model.h"

G_BEGIN_DECLS

#define KAB_TYPE_MESSAGES_PAGE (kab_messages_page_get_type ())
G_DECLARE_FINAL_TYPE (KabMessagesPage, kab_messages_page, KAB, MESSAGES_PAGE, KabPage)

G_END_DECLS

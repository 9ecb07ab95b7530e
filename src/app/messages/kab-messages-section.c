/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "messages/kab-messages-section.h"

#include <glib/gi18n.h>

#include "messages/kab-messages-page.h"

/**
 * kab_messages_section_new:
 * @data: what the bank knows about who is signed in
 * @journal: (nullable): where what isn't sent is kept
 *
 * Returns: (transfer full): the section `messages` of the client, counting what isn't read
 */
KabSection *
kab_messages_section_new (KabClientData *data, KabDraftJournal *journal)
{
  g_autoptr (KabMessagesModel) model = kab_messages_model_new (data, journal);
  KabSection *section = kab_section_new ("messages", N_("Messages"), "mail-unread-symbolic",
                                         KAB_TYPE_MESSAGES_PAGE, G_OBJECT (model));

  g_object_bind_property (data, "unread-messages", section, "count", G_BINDING_SYNC_CREATE);

  return section;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/kab-documents-section.h"

#include <glib/gi18n.h>

#include "documents/kab-documents-page.h"

/**
 * kab_documents_section_new:
 * @data: what the bank knows about who is signed in
 * @bank: the bank
 * @journal: (nullable): where what isn't sent is kept
 *
 * Returns: (transfer full): the section `documents` of the client, counting what waits for the user
 */
KabSection *
kab_documents_section_new (KabClientData *data, KabBank *bank, KabDraftJournal *journal)
{
  g_autoptr (KabDocumentsModel) model = kab_documents_model_new (data, bank, journal);
  KabSection *section = kab_section_new ("documents", N_("Documents"), "folder-documents-symbolic",
                                         KAB_TYPE_DOCUMENTS_PAGE, G_OBJECT (model));

  g_object_bind_property (data, "documents-to-do", section, "count", G_BINDING_SYNC_CREATE);

  return section;
}

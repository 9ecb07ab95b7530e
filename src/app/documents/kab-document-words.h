/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-document-workflow.h"
#include "kab-document.h"

G_BEGIN_DECLS

const char *kab_document_get_local_title (KabDocument *document);
gboolean kab_document_has_name (KabDocument *document, const char *file_name);
char *kab_document_dup_file_name (KabDocument *document);
KabDocumentState kab_document_read_state (KabDocument *document);
gboolean kab_document_allows (KabDocument *document, const char *action);
const char *kab_document_get_icon_name (KabDocument *document);
const char *kab_document_get_next_word (KabDocument *document);
const char *kab_document_get_meaning (KabDocument *document);
char *kab_document_dup_version (gint64 revision);
char *kab_document_dup_spoken (KabDocument *document);
gint64 kab_date_time_to_time (GDateTime *date_time);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-application.h"

void picture_show_documents (KabApplication *application, KabWindow *window);
void picture_show_documents_filtered (KabApplication *application, KabWindow *window);
void picture_show_documents_empty (KabApplication *application, KabWindow *window);
void picture_show_document (KabApplication *application, KabWindow *window);
void picture_show_document_below (KabApplication *application, KabWindow *window);
void picture_show_document_files (KabApplication *application, KabWindow *window);
void picture_show_document_uploads (KabApplication *application, KabWindow *window);
void picture_show_document_conflict (KabApplication *application, KabWindow *window);
void picture_show_document_electronic (KabApplication *application, KabWindow *window);
void picture_show_document_approve (KabApplication *application, KabWindow *window);
void picture_show_document_submit (KabApplication *application, KabWindow *window);
void picture_show_document_fill (KabApplication *application, KabWindow *window);
void picture_show_messages (KabApplication *application, KabWindow *window);
void picture_show_messages_writing (KabApplication *application, KabWindow *window);
void picture_show_messages_empty (KabApplication *application, KabWindow *window);
void picture_show_documents_many (KabApplication *application, KabWindow *window);
void picture_show_documents_rest (KabApplication *application, KabWindow *window);
void picture_show_document_loading (KabApplication *application, KabWindow *window);
void picture_show_document_unreachable (KabApplication *application, KabWindow *window);

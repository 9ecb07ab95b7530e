/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-app-walk.h"
#include "kab-documents-fixture.h"

G_BEGIN_DECLS

/**
 * KabDocumentsWindow:
 *
 * The window on the documents of somebody who is signed in.
 */
typedef struct
{
  KabApplication *application;
  KabWindow *window;
  KabOnboardingFixture *bank;
  KabDraftJournal *journal;     /* (nullable) */
  KabDocumentsModel *documents; /* (unowned) */
} KabDocumentsWindow;

void kab_documents_window_set_up (KabDocumentsWindow *self, gconstpointer data);
void kab_documents_window_set_up_empty (KabDocumentsWindow *self, gconstpointer data);
void kab_documents_window_set_up_keeping (KabDocumentsWindow *self, gconstpointer data);
void kab_documents_window_sign_in (KabDocumentsWindow *self);
void kab_documents_window_sign_out (KabDocumentsWindow *self);
void kab_documents_window_tear_down (KabDocumentsWindow *self, gconstpointer data);
gpointer kab_documents_window_get_page (KabDocumentsWindow *self);
void kab_documents_window_settle (KabDocumentsWindow *self);
void kab_documents_window_serve_template (KabDocumentsWindow *self, GBytes *pdf);
KabDocument *kab_documents_window_get_document (KabDocumentsWindow *self, const char *id);
KabDocumentModel *kab_documents_window_open (KabDocumentsWindow *self, const char *id);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-saved-label.h"
#include "common/kab-status-label.h"
#include "common/kab-status-view.h"
#include "common/kab-time-label.h"
#include "common/kab-upload-list.h"
#include "documents/kab-document-page.h"

G_BEGIN_DECLS

struct _KabDocumentPage
{
  KabPage parent_instance;

  GtkStack *stack;
  KabStatusView *failure;
  GtkWidget *content;
  KabSavedLabel *saved;
  KabStatusLabel *state;
  GtkLabel *version;
  KabTimeLabel *time;
  GtkLabel *meaning;
  GtkWidget *comments_group;
  GtkListBox *comments;
  GtkWidget *fill_group;
  AdwActionRow *fill_row;
  GtkWidget *blank_row;
  AdwPreferencesGroup *files_group;
  KabUploadList *files;
  GtkWidget *versions_group;
  GtkListBox *versions;
  GtkWidget *history_group;
  GtkListBox *history;
  GtkWidget *bar;
  GtkLabel *note;
  GtkButton *save_button;
  GtkButton *submit_button;
  GtkButton *approve_button;
};

KabDocumentModel *kab_document_page_get_model (KabDocumentPage *self);
void kab_document_page_fill (KabDocumentPage *self, const char *field);
void kab_document_page_ask_conflict (KabDocumentPage *self);
void kab_document_page_tell_error (KabDocumentPage *self, const GError *error);
void kab_document_page_install_sending (GtkWidgetClass *widget_class);
void kab_document_page_install_filling (GtkWidgetClass *widget_class);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_PAGE (kab_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (KabPage, kab_page, KAB, PAGE, AdwNavigationPage)

/**
 * KabPageClass:
 * @first_shown: the page is on screen for the first time; chain up to move the focus there
 */
struct _KabPageClass
{
  AdwNavigationPageClass parent_class;

  void (*first_shown) (KabPage *self);
};

KabPage *kab_page_new (GType page_type, GObject *model);
KabPage *kab_page_rebuild (KabPage *self);

GObject *kab_page_get_model (KabPage *self);
GtkWidget *kab_page_get_initial_focus (KabPage *self);
void kab_page_set_initial_focus (KabPage *self, GtkWidget *widget);
void kab_page_focus (KabPage *self);
void kab_page_set_content (KabPage *self, GtkWidget *content);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/kab-answers-page.h"

#include "forms/kab-form-view.h"
#include "forms/kab-form-words.h"

/**
 * KabAnswersPage:
 *
 * The answers of an earlier version, to read. `model` is a read-only #KabFormModel.
 */
struct _KabAnswersPage
{
  KabPage parent_instance;
};

G_DEFINE_FINAL_TYPE (KabAnswersPage, kab_answers_page, KAB_TYPE_PAGE)

static void
kab_answers_page_constructed (GObject *object)
{
  KabFormModel *form = KAB_FORM_MODEL (kab_page_get_model (KAB_PAGE (object)));
  GtkWidget *view = kab_form_view_new ();

  G_OBJECT_CLASS (kab_answers_page_parent_class)->constructed (object);

  adw_navigation_page_set_title (
      ADW_NAVIGATION_PAGE (object),
      kab_form_definition_get_title (kab_form_model_get_definition (form),
                                     kab_form_words_get_language ()));
  kab_form_view_set_model (KAB_FORM_VIEW (view), form);
  kab_page_set_content (KAB_PAGE (object), view);
}

static void
kab_answers_page_class_init (KabAnswersPageClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = kab_answers_page_constructed;
}

static void
kab_answers_page_init (KabAnswersPage *self)
{
}

/**
 * kab_answers_page_open:
 * @origin: a widget of the page that is left
 * @form: the answers
 *
 * Goes on to them.
 */
void
kab_answers_page_open (GtkWidget *origin, KabFormModel *form)
{
  GtkWidget *view = gtk_widget_get_ancestor (origin, ADW_TYPE_NAVIGATION_VIEW);

  adw_navigation_view_push (
      ADW_NAVIGATION_VIEW (view),
      ADW_NAVIGATION_PAGE (kab_page_new (KAB_TYPE_ANSWERS_PAGE, G_OBJECT (form))));
}

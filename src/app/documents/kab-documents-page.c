/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/kab-documents-page.h"

#include <glib/gi18n.h>

#include "common/kab-status-label.h"
#include "common/kab-status-view.h"
#include "documents/kab-document-page.h"
#include "documents/kab-document-row.h"

/**
 * KabDocumentsPage:
 *
 * Every document that the bank asks for («Dokumenti», DOC-1). `model` is a #KabDocumentsModel.
 */
struct _KabDocumentsPage
{
  KabPage parent_instance;

  GtkStack *stack;
  KabStatusView *failure;
  AdwBanner *rest;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search;
  GtkDropDown *states;
  GtkListView *list;
  GtkNoSelection *selection;
};

G_DEFINE_FINAL_TYPE (KabDocumentsPage, kab_documents_page, KAB_TYPE_PAGE)

static KabDocumentsModel *
get_model (KabDocumentsPage *self)
{
  return KAB_DOCUMENTS_MODEL (kab_page_get_model (KAB_PAGE (self)));
}

static KabPagedList *
get_documents (KabDocumentsPage *self)
{
  return kab_client_data_get_documents (kab_documents_model_get_data (get_model (self)));
}

static const char *
choose_view (KabDocumentsPage *self)
{
  GListModel *all = G_LIST_MODEL (get_documents (self));
  const GError *error = kab_documents_model_get_error (get_model (self));

  if (g_list_model_get_n_items (kab_documents_model_get_visible (get_model (self))) > 0)
    return "list";
  if (g_list_model_get_n_items (all) > 0)
    return "nothing-found";
  if (error != NULL)
    return "failure";
  if (kab_paged_list_get_loaded (get_documents (self)))
    return "empty";

  return "loading";
}

/* Of documents that could not be read beside those that were. */
static void
show_rest (KabDocumentsPage *self, gboolean is_missing)
{
  if (is_missing && !adw_banner_get_revealed (self->rest))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), adw_banner_get_title (self->rest),
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  adw_banner_set_revealed (self->rest, is_missing);
}

static void
update (KabDocumentsPage *self)
{
  guint n_items = g_list_model_get_n_items (kab_documents_model_get_visible (get_model (self)));
  const GError *error = kab_documents_model_get_error (get_model (self));
  guint n_all = g_list_model_get_n_items (G_LIST_MODEL (get_documents (self)));
  g_autofree char *label =
      g_strdup_printf (ngettext ("%u document", "%u documents", n_items), n_items);

  if (error != NULL)
    kab_status_view_set_error (self->failure, error, _("The documents can’t be shown"));
  show_rest (self, error != NULL && n_all > 0);
  gtk_stack_set_visible_child_name (self->stack, choose_view (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
announce_found (KabDocumentsPage *self)
{
  guint n_items = g_list_model_get_n_items (kab_documents_model_get_visible (get_model (self)));
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u document found", "%u documents found", n_items), n_items);

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = kab_document_row_new ();

  g_object_bind_property (row, "spoken", item, "accessible-label", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (item, row);
}

/* Nothing can be selected, which the list item doesn't tell by itself. */
static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  kab_document_row_set_document (KAB_DOCUMENT_ROW (row), gtk_list_item_get_item (item));
  gtk_accessible_reset_state (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                              GTK_ACCESSIBLE_STATE_SELECTED);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  kab_document_row_set_document (KAB_DOCUMENT_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
activated_cb (KabDocumentsPage *self, guint position)
{
  g_autoptr (KabDocument) document =
      g_list_model_get_item (kab_documents_model_get_visible (get_model (self)), position);

  kab_document_page_open (GTK_WIDGET (self), kab_documents_model_open (get_model (self), document));
}

static void
search_changed_cb (KabDocumentsPage *self)
{
  const char *search = gtk_editable_get_text (GTK_EDITABLE (self->search));

  /* The entry tells of its text also when it is shown. */
  if (g_str_equal (search, kab_documents_model_get_search (get_model (self))))
    return;

  kab_documents_model_set_search (get_model (self), search);
  announce_found (self);
}

static void
name_states (KabDocumentsPage *self)
{
  GtkStringObject *chosen = gtk_drop_down_get_selected_item (self->states);
  g_autofree char *label =
      g_strdup_printf ("%s: %s", _("State"), gtk_string_object_get_string (chosen));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->states), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static void
state_chosen_cb (KabDocumentsPage *self)
{
  kab_documents_model_set_state (get_model (self), gtk_drop_down_get_selected (self->states));
  name_states (self);
  announce_found (self);
}

static void
show_all_cb (KabDocumentsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_drop_down_set_selected (self->states, KAB_DOCUMENT_NONE);
}

static void
retry_cb (KabDocumentsPage *self)
{
  kab_documents_model_load (get_model (self));
}

static void
find_action_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  KabDocumentsPage *self = KAB_DOCUMENTS_PAGE (widget);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
fill_states (KabDocumentsPage *self)
{
  g_autoptr (GtkStringList) words =
      gtk_string_list_new ((const char *[]) { _("All states"), NULL });

  for (KabDocumentState state = KAB_DOCUMENT_NEW; state < KAB_N_DOCUMENT_STATES; state++)
    gtk_string_list_append (words, kab_document_state_get_word (state));
  gtk_drop_down_set_model (self->states, G_LIST_MODEL (words));
}

static void
show_search (KabDocumentsPage *self)
{
  KabDocumentsModel *model = get_model (self);
  const char *search = kab_documents_model_get_search (model);
  KabDocumentState state = kab_documents_model_get_state (model);

  gtk_editable_set_text (GTK_EDITABLE (self->search), search);
  gtk_drop_down_set_selected (self->states, state);
  gtk_search_bar_set_search_mode (self->search_bar, *search != '\0');
  name_states (self);
}

static void
kab_documents_page_constructed (GObject *object)
{
  KabDocumentsPage *self = KAB_DOCUMENTS_PAGE (object);
  KabDocumentsModel *model = get_model (self);

  G_OBJECT_CLASS (kab_documents_page_parent_class)->constructed (object);

  gtk_no_selection_set_model (self->selection, kab_documents_model_get_visible (model));
  fill_states (self);
  show_search (self);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->states, "notify::selected", G_CALLBACK (state_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "error-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kab_documents_model_get_visible (model), "items-changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_documents (self), "notify::loaded", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  if (kab_paged_list_get_has_more (get_documents (self)))
    kab_documents_model_load (model);
  update (self);
}

static void
kab_documents_page_class_init (KabDocumentsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = kab_documents_page_constructed;

  g_type_ensure (KAB_TYPE_STATUS_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/documents/kab-documents-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KabDocumentsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentsPage, failure);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentsPage, rest);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentsPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentsPage, search);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentsPage, states);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentsPage, list);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentsPage, selection);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);

  gtk_widget_class_install_action (widget_class, "documents.find", NULL, find_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "documents.find",
                                       NULL);
}

static void
kab_documents_page_init (KabDocumentsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search));
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self));
}

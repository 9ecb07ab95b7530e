/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "messages/kab-messages-page.h"

#include <glib/gi18n.h>

#include "common/kab-api-error-text.h"
#include "common/kab-local-text.h"
#include "common/kab-status-view.h"
#include "common/kab-toast.h"
#include "kab-time.h"
#include "messages/kab-composer.h"
#include "messages/kab-message-row.h"

/* Nearer to the end than this counts as being there, in pixels. */
#define NEAR_END 48

/**
 * KabMessagesPage:
 *
 * The conversation with the bank («Ziņojumi»): the newest message is at the bottom, and below it
 * the next one is written. What is seen is read. `model` is a #KabMessagesModel.
 */
struct _KabMessagesPage
{
  KabPage parent_instance;

  guint scroll_source;
  gboolean pinned; /* the end is in sight and stays so */
  GtkRoot *root;   /* (weak): whose focus is watched */

  GtkStack *stack;
  KabStatusView *failure;
  GtkWidget *earlier;
  GtkScrolledWindow *scroller;
  GtkListView *list;
  GtkNoSelection *selection;
  KabComposer *composer;
};

G_DEFINE_FINAL_TYPE (KabMessagesPage, kab_messages_page, KAB_TYPE_PAGE)

static KabMessagesModel *
get_model (KabMessagesPage *self)
{
  return KAB_MESSAGES_MODEL (kab_page_get_model (KAB_PAGE (self)));
}

static KabPagedList *
get_messages (KabMessagesPage *self)
{
  return kab_client_data_get_messages (kab_messages_model_get_data (get_model (self)));
}

static gboolean
is_at_end (KabMessagesPage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  return gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) >=
         gtk_adjustment_get_upper (adjustment) - NEAR_END;
}

/* Read when seen: the newest is on screen, in a window that is in use. */
static void
mark_read (KabMessagesPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self->list)) && GTK_IS_WINDOW (self->root) &&
      gtk_window_is_active (GTK_WINDOW (self->root)) && is_at_end (self))
    kab_messages_model_mark_read (get_model (self));
}

static gboolean
scroll_to_end_cb (gpointer user_data)
{
  KabMessagesPage *self = user_data;
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  self->scroll_source = 0;
  if (n_items > 0)
    gtk_list_view_scroll_to (self->list, n_items - 1, GTK_LIST_SCROLL_NONE, NULL);
  mark_read (self);

  return G_SOURCE_REMOVE;
}

static void scroll_to_end (KabMessagesPage *self);

static void
scrolled_cb (KabMessagesPage *self)
{
  self->pinned = is_at_end (self);
  mark_read (self);
}

/* More was written or came: the end stays in sight. */
static void
size_changed_cb (KabMessagesPage *self)
{
  if (self->pinned && !is_at_end (self))
    scroll_to_end (self);
}

/* Later, when the list has laid out what is new. */
static void
scroll_to_end (KabMessagesPage *self)
{
  if (self->scroll_source == 0)
    self->scroll_source = g_timeout_add (50, scroll_to_end_cb, self);
}

static const char *
choose_view (KabMessagesPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (get_messages (self))) > 0)
    return "list";
  if (kab_messages_model_get_error (get_model (self)) != NULL)
    return "failure";

  return kab_paged_list_get_loaded (get_messages (self)) ? "empty" : "loading";
}

static void
update (KabMessagesPage *self)
{
  const GError *error = kab_messages_model_get_error (get_model (self));
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (get_messages (self)));
  g_autofree char *label =
      g_strdup_printf (ngettext ("%u message", "%u messages", n_items), n_items);

  if (error != NULL)
    kab_status_view_set_error (self->failure, error, _("The messages can’t be shown"));
  gtk_stack_set_visible_child_name (self->stack, choose_view (self));
  gtk_widget_set_visible (self->earlier,
                          n_items > 0 && kab_paged_list_get_has_more (get_messages (self)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

/* The messages that are there stay, and so does the button for those before. */
static void
error_changed_cb (KabMessagesPage *self)
{
  const GError *error = kab_messages_model_get_error (get_model (self));
  g_autofree char *text = NULL;

  update (self);
  if (error == NULL || g_strcmp0 (choose_view (self), "list") != 0)
    return;

  text = kab_api_error_text (error);
  kab_toast_tell (GTK_WIDGET (self), text);
}

/* What comes at the end is shown when the end was in sight, or when it is one's own. */
static void
items_changed_cb (KabMessagesPage *self, guint position, guint removed, guint added)
{
  guint n_items = g_list_model_get_n_items (kab_messages_model_get_list (get_model (self)));
  g_autoptr (KabMessage) last =
      n_items > 0
          ? g_list_model_get_item (kab_messages_model_get_list (get_model (self)), n_items - 1)
          : NULL;

  update (self);
  if (added > 0 && position + added == n_items &&
      (self->pinned || g_strcmp0 (kab_message_get_from (last), "client") == 0))
    scroll_to_end (self);
}

static void
message_arrived_cb (KabMessagesPage *self, KabMessage *message)
{
  g_autofree char *text =
      g_strdup_printf (_("New message from the bank: %s"), kab_message_get_text (message));

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, KabMessagesPage *self)
{
  GtkWidget *row = kab_message_row_new (
      kab_client_data_get_api (kab_messages_model_get_data (get_model (self))));

  g_object_bind_property (row, "spoken", item, "accessible-label", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, row);
}

/* Nothing can be selected, which the list item doesn't tell by itself. */
static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, KabMessagesPage *self)
{
  KabMessage *message = gtk_list_item_get_item (item);
  GtkWidget *row = gtk_list_item_get_child (item);

  kab_message_row_set_message (KAB_MESSAGE_ROW (row), message,
                               kab_messages_model_is_fresh (get_model (self), message));
  gtk_accessible_reset_state (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                              GTK_ACCESSIBLE_STATE_SELECTED);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, KabMessagesPage *self)
{
  kab_message_row_set_message (KAB_MESSAGE_ROW (gtk_list_item_get_child (item)), NULL, FALSE);
}

static void
setup_day_cb (GtkSignalListItemFactory *factory, GtkListHeader *header)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "day");
  gtk_widget_set_halign (label, GTK_ALIGN_CENTER);
  gtk_list_header_set_child (header, label);
}

static void
bind_day_cb (GtkSignalListItemFactory *factory, GtkListHeader *header)
{
  KabMessage *message = gtk_list_header_get_item (header);
  GDateTime *sent_at = kab_message_get_sent_at (message);
  g_autofree char *day = NULL;

  if (sent_at != NULL)
    day = kab_local_day_format (g_date_time_to_unix (sent_at) * KAB_TIME_SECOND, kab_clock_now ());
  gtk_label_set_label (GTK_LABEL (gtk_list_header_get_child (header)), day != NULL ? day : "");
}

static void
earlier_cb (KabMessagesPage *self)
{
  kab_messages_model_load_earlier (get_model (self));
}

static void
retry_cb (KabMessagesPage *self)
{
  kab_messages_model_load (get_model (self));
}

static void
write_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  kab_composer_focus (KAB_MESSAGES_PAGE (widget)->composer);
}

static void
kab_messages_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (kab_messages_page_parent_class)->map (widget);

  scroll_to_end (KAB_MESSAGES_PAGE (widget));
}

static void
kab_messages_page_root (GtkWidget *widget)
{
  KabMessagesPage *self = KAB_MESSAGES_PAGE (widget);

  GTK_WIDGET_CLASS (kab_messages_page_parent_class)->root (widget);

  self->root = gtk_widget_get_root (widget);
  if (GTK_IS_WINDOW (self->root))
    g_signal_connect_object (self->root, "notify::is-active", G_CALLBACK (mark_read), self,
                             G_CONNECT_SWAPPED);
}

static void
kab_messages_page_unroot (GtkWidget *widget)
{
  KabMessagesPage *self = KAB_MESSAGES_PAGE (widget);

  if (GTK_IS_WINDOW (self->root))
    g_signal_handlers_disconnect_by_func (self->root, mark_read, self);
  self->root = NULL;

  GTK_WIDGET_CLASS (kab_messages_page_parent_class)->unroot (widget);
}

static void
kab_messages_page_constructed (GObject *object)
{
  KabMessagesPage *self = KAB_MESSAGES_PAGE (object);
  KabMessagesModel *model = get_model (self);

  G_OBJECT_CLASS (kab_messages_page_parent_class)->constructed (object);

  gtk_no_selection_set_model (self->selection, kab_messages_model_get_list (model));
  kab_composer_set_model (self->composer, model);
  kab_composer_take_drops (self->composer, GTK_WIDGET (self));
  g_signal_connect_object (model, "error-changed", G_CALLBACK (error_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (kab_messages_model_get_list (model), "items-changed",
                           G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kab_messages_model_get_data (model), "message-arrived",
                           G_CALLBACK (message_arrived_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_messages (self), "notify", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "value-changed",
                           G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "changed",
                           G_CALLBACK (size_changed_cb), self, G_CONNECT_SWAPPED);
  kab_page_set_initial_focus (KAB_PAGE (self), kab_composer_get_text (self->composer));
  kab_messages_model_load (model);
  update (self);
}

static void
kab_messages_page_dispose (GObject *object)
{
  g_clear_handle_id (&KAB_MESSAGES_PAGE (object)->scroll_source, g_source_remove);

  G_OBJECT_CLASS (kab_messages_page_parent_class)->dispose (object);
}

static void
kab_messages_page_class_init (KabMessagesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = kab_messages_page_constructed;
  object_class->dispose = kab_messages_page_dispose;
  widget_class->map = kab_messages_page_map;
  widget_class->root = kab_messages_page_root;
  widget_class->unroot = kab_messages_page_unroot;

  g_type_ensure (KAB_TYPE_STATUS_VIEW);
  g_type_ensure (KAB_TYPE_COMPOSER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/messages/kab-messages-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KabMessagesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KabMessagesPage, failure);
  gtk_widget_class_bind_template_child (widget_class, KabMessagesPage, earlier);
  gtk_widget_class_bind_template_child (widget_class, KabMessagesPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, KabMessagesPage, list);
  gtk_widget_class_bind_template_child (widget_class, KabMessagesPage, selection);
  gtk_widget_class_bind_template_child (widget_class, KabMessagesPage, composer);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_day_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_day_cb);
  gtk_widget_class_bind_template_callback (widget_class, earlier_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);

  gtk_widget_class_install_action (widget_class, "messages.write", NULL, write_cb);
}

static void
kab_messages_page_init (KabMessagesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

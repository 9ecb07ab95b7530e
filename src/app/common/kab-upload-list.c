/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-upload-list.h"

#include <glib/gi18n.h>

#include "common/kab-button-row.h"
#include "common/kab-file-saver.h"
#include "common/kab-toast.h"
#include "common/kab-upload-row.h"
#include "kab-file-rules.h"

/**
 * KabUploadList:
 *
 * The files of #KabAttachments with what can be done with each, a row to add more, and what is
 * accepted. Files can be dropped on it, and on a larger area with kab_upload_list_take_drops().
 * Removing one can be undone. It suits a page, a dialog or an AdwPreferencesGroup. Where something
 * else calls kab_upload_list_choose(), `adds` leaves out the row for that and the hint.
 *
 * `open` is emitted with the #KabAttachment when a file that the bank has is to be looked at.
 */
struct _KabUploadList
{
  AdwBin parent_instance;

  KabAttachments *attachments; /* (owned) (nullable) */
  gboolean editable;
  gboolean adds;
  char *error_text; /* (owned) (nullable) */

  GListStore *parts;       /* (owned) of GListModel */
  GtkStringList *add_rows; /* (owned): one, or none when it can't be changed */

  GtkListBox *list;
  GtkWidget *error_box;
  GtkLabel *error;
  GtkLabel *hint;
};

enum
{
  PROP_ATTACHMENTS = 1,
  PROP_EDITABLE,
  PROP_ADDS,
  N_PROPS,
};

enum
{
  OPEN,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabUploadList, kab_upload_list, ADW_TYPE_BIN)

typedef struct
{
  KabAttachments *attachments; /* (owned) */
  KabAttachment *attachment;   /* (owned) */
  guint position;
  gboolean restored;
} Removal;

static void
removal_free (gpointer data, GClosure *closure)
{
  Removal *removal = data;

  g_object_unref (removal->attachments);
  g_object_unref (removal->attachment);
  g_free (removal);
}

static void
undo_cb (AdwToast *toast, Removal *removal)
{
  removal->restored = TRUE;
  kab_attachments_restore (removal->attachments, removal->attachment, removal->position);
}

static void
dismissed_cb (AdwToast *toast, Removal *removal)
{
  if (!removal->restored)
    kab_attachments_forget (removal->attachments, removal->attachment);
}

static void
offer_undo (KabUploadList *self, Removal *removal)
{
  g_autofree char *message =
      g_strdup_printf (_("“%s” removed"), kab_attachment_get_name (removal->attachment));
  AdwToast *toast = adw_toast_new (message);

  adw_toast_set_button_label (toast, _("_Undo"));
  g_signal_connect (toast, "button-clicked", G_CALLBACK (undo_cb), removal);
  g_signal_connect_data (toast, "dismissed", G_CALLBACK (dismissed_cb), removal, removal_free, 0);
  kab_toast_show (GTK_WIDGET (self), toast);
}

/* From a row that goes to the one below or above it, or out of the list. */
static void
pass_focus_on (KabUploadList *self, GtkListBoxRow *row)
{
  int index = gtk_list_box_row_get_index (row);
  GtkListBoxRow *other = gtk_list_box_get_row_at_index (self->list, index + 1);

  if (other == NULL && index > 0)
    other = gtk_list_box_get_row_at_index (self->list, index - 1);
  if (other != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (other));
  else
    g_signal_emit_by_name (row, "move-focus", GTK_DIR_TAB_FORWARD);
}

static void
remove_cb (KabUploadList *self, KabUploadRow *row)
{
  Removal *removal = g_new0 (Removal, 1);

  removal->attachments = g_object_ref (self->attachments);
  removal->attachment = g_object_ref (kab_upload_row_get_attachment (row));
  pass_focus_on (self, GTK_LIST_BOX_ROW (row));
  removal->position = kab_attachments_remove (self->attachments, removal->attachment);
  offer_undo (self, removal);
}

static void
save_cb (KabUploadList *self, KabUploadRow *row)
{
  KabAttachment *attachment = kab_upload_row_get_attachment (row);

  if (kab_attachment_get_download (attachment) == NULL)
    {
      g_autoptr (KabDownload) download = kab_download_new (
          kab_attachments_get_api (self->attachments), kab_attachment_get_file (attachment));

      kab_attachment_set_download (attachment, download);
    }
  kab_file_saver_choose (GTK_WIDGET (self), kab_attachment_get_download (attachment));
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  KabUploadList *self = user_data;
  GtkWidget *row;

  if (KAB_IS_ATTACHMENT (item))
    {
      row = kab_upload_row_new (item, self->editable);
      g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "save", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
      return row;
    }

  row = adw_button_row_new ();
  adw_button_row_set_start_icon_name (ADW_BUTTON_ROW (row), "list-add-symbolic");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Add files…"));
  kab_button_row_let_wrap (row);
  g_signal_connect_object (row, "activated", G_CALLBACK (kab_upload_list_choose), self,
                           G_CONNECT_SWAPPED);

  return row;
}

static void
show_error (KabUploadList *self)
{
  guint excess = self->attachments != NULL ? kab_attachments_get_excess (self->attachments) : 0;
  g_autofree char *text = NULL;

  if (excess > 0)
    text = g_strdup_printf (
        ngettext ("%u file was not added: there can be %u. Remove another one first.",
                  "%u files were not added: there can be %u. Remove others first.", excess),
        excess, kab_attachments_get_maximum (self->attachments));
  else
    text = g_strdup (self->error_text);

  gtk_widget_set_visible (self->error_box, text != NULL);
  if (text == NULL)
    {
      gtk_accessible_reset_property (GTK_ACCESSIBLE (self->list),
                                     GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      return;
    }

  gtk_label_set_label (self->error, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text, -1);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
show_hint (KabUploadList *self)
{
  g_autofree char *formats = g_strjoinv (", ", (char **) kab_file_rules_extensions ());
  guint maximum = self->attachments != NULL ? kab_attachments_get_maximum (self->attachments) : 0;
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u file, up to %u MB: %s", "Up to %u files, each up to %u MB: %s", maximum),
      maximum, (guint) (KAB_FILE_SIZE_MAX / (1024 * 1024)), formats);

  gtk_label_set_label (self->hint, text);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), self->editable && self->adds && maximum > 0);
}

static void
show_emptiness (KabUploadList *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->list),
                          gtk_list_box_get_row_at_index (self->list, 0) != NULL);
}

/* The rows are made anew, for they differ when they can't be changed. */
static void
show_rows (KabUploadList *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->add_rows));

  g_list_store_remove_all (self->parts);
  gtk_string_list_splice (self->add_rows, 0, n_rows, NULL);
  if (self->editable && self->adds)
    gtk_string_list_append (self->add_rows, "");
  if (self->attachments != NULL)
    g_list_store_append (self->parts, self->attachments);
  g_list_store_append (self->parts, self->add_rows);
  show_hint (self);
  show_error (self);
  show_emptiness (self);
}

static void
add_files (KabUploadList *self, GListModel *files)
{
  kab_upload_list_set_error (self, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      kab_attachments_add (self->attachments, file);
    }
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GListModel) files =
      gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (KabUploadList) self = user_data;

  if (files != NULL && self->attachments != NULL)
    add_files (self, files);
}

static GListModel *
create_filters (void)
{
  GListStore *filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) accepted = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (accepted, _("Accepted files"));
  for (const char *const *extension = kab_file_rules_extensions (); *extension != NULL; extension++)
    gtk_file_filter_add_suffix (accepted, *extension);
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, accepted);
  g_list_store_append (filters, all);

  return G_LIST_MODEL (filters);
}

/* Only what can be added is drawn as being welcome. */
static gboolean
accept_cb (GtkDropTarget *target, GdkDrop *drop, KabUploadList *self)
{
  g_autoptr (GdkContentFormats) formats = gdk_content_formats_union_deserialize_gtypes (
      gdk_content_formats_ref (gdk_drop_get_formats (drop)));

  return self->editable && self->attachments != NULL &&
         gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, KabUploadList *self)
{
  GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));
  g_autoptr (GListStore) list = g_list_store_new (G_TYPE_FILE);

  for (GSList *l = files; l != NULL; l = l->next)
    g_list_store_append (list, l->data);
  g_slist_free (files);
  add_files (self, G_LIST_MODEL (list));

  return TRUE;
}

static void
row_activated_cb (KabUploadList *self, GtkListBoxRow *row)
{
  if (KAB_IS_UPLOAD_ROW (row))
    g_signal_emit (self, signals[OPEN], 0, kab_upload_row_get_attachment (KAB_UPLOAD_ROW (row)));
}

static void
kab_upload_list_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  KabUploadList *self = KAB_UPLOAD_LIST (object);

  switch (property_id)
    {
    case PROP_ATTACHMENTS:
      g_value_set_object (value, self->attachments);
      break;
    case PROP_EDITABLE:
      g_value_set_boolean (value, self->editable);
      break;
    case PROP_ADDS:
      g_value_set_boolean (value, self->adds);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_upload_list_set_property (GObject *object,
                              guint property_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  KabUploadList *self = KAB_UPLOAD_LIST (object);

  switch (property_id)
    {
    case PROP_ATTACHMENTS:
      kab_upload_list_set_attachments (self, g_value_get_object (value));
      break;
    case PROP_EDITABLE:
      kab_upload_list_set_editable (self, g_value_get_boolean (value));
      break;
    case PROP_ADDS:
      self->adds = g_value_get_boolean (value);
      show_rows (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_upload_list_dispose (GObject *object)
{
  KabUploadList *self = KAB_UPLOAD_LIST (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  self->list = NULL;
  g_clear_object (&self->parts);
  g_clear_object (&self->add_rows);
  g_clear_object (&self->attachments);
  g_clear_pointer (&self->error_text, g_free);

  G_OBJECT_CLASS (kab_upload_list_parent_class)->dispose (object);
}

static void
kab_upload_list_class_init (KabUploadListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_upload_list_get_property;
  object_class->set_property = kab_upload_list_set_property;
  object_class->dispose = kab_upload_list_dispose;

  properties[PROP_ATTACHMENTS] =
      g_param_spec_object ("attachments", NULL, NULL, KAB_TYPE_ATTACHMENTS, flags);
  properties[PROP_EDITABLE] = g_param_spec_boolean ("editable", NULL, NULL, TRUE, flags);
  properties[PROP_ADDS] =
      g_param_spec_boolean ("adds", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, KAB_TYPE_ATTACHMENT);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/common/kab-upload-list.ui");
  gtk_widget_class_bind_template_child (widget_class, KabUploadList, list);
  gtk_widget_class_bind_template_child (widget_class, KabUploadList, error_box);
  gtk_widget_class_bind_template_child (widget_class, KabUploadList, error);
  gtk_widget_class_bind_template_child (widget_class, KabUploadList, hint);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
kab_upload_list_init (KabUploadList *self)
{
  g_autoptr (GtkFlattenListModel) rows = NULL;

  self->editable = TRUE;
  self->adds = TRUE;
  self->parts = g_list_store_new (G_TYPE_LIST_MODEL);
  self->add_rows = gtk_string_list_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  rows = gtk_flatten_list_model_new (g_object_ref (G_LIST_MODEL (self->parts)));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (rows), create_row, self, NULL);
  kab_upload_list_take_drops (self, GTK_WIDGET (self->list));
  show_rows (self);
}

/**
 * kab_upload_list_new:
 * @attachments: (nullable): the files
 *
 * Returns: (transfer floating): a list of them that can be changed
 */
GtkWidget *
kab_upload_list_new (KabAttachments *attachments)
{
  return g_object_new (KAB_TYPE_UPLOAD_LIST, "attachments", attachments, NULL);
}

/**
 * kab_upload_list_set_attachments:
 * @self: a list
 * @attachments: (nullable): the files
 */
void
kab_upload_list_set_attachments (KabUploadList *self, KabAttachments *attachments)
{
  g_return_if_fail (KAB_IS_UPLOAD_LIST (self));

  if (self->attachments == attachments)
    return;

  if (self->attachments != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->attachments, show_error, self);
      g_signal_handlers_disconnect_by_func (self->attachments, show_emptiness, self);
    }
  g_set_object (&self->attachments, attachments);
  show_rows (self);
  if (attachments != NULL)
    {
      g_signal_connect_object (attachments, "notify::excess", G_CALLBACK (show_error), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (attachments, "items-changed", G_CALLBACK (show_emptiness), self,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ATTACHMENTS]);
}

/**
 * kab_upload_list_set_editable:
 * @self: a list
 * @editable: whether files can be added and removed
 */
void
kab_upload_list_set_editable (KabUploadList *self, gboolean editable)
{
  g_return_if_fail (KAB_IS_UPLOAD_LIST (self));

  if (self->editable == editable)
    return;

  self->editable = editable;
  show_rows (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITABLE]);
}

/**
 * kab_upload_list_set_error:
 * @self: a list
 * @text: (nullable): what is wrong with the files and what to do, in the current language
 *
 * Stands under the files, and is said, until files are added.
 */
void
kab_upload_list_set_error (KabUploadList *self, const char *text)
{
  g_return_if_fail (KAB_IS_UPLOAD_LIST (self));

  if (g_set_str (&self->error_text, text))
    show_error (self);
}

/**
 * kab_upload_list_choose:
 * @self: a list that can be changed
 *
 * Asks which files to add.
 */
void
kab_upload_list_choose (KabUploadList *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListModel) filters = create_filters ();
  GtkRoot *root;

  g_return_if_fail (KAB_IS_UPLOAD_LIST (self));

  root = gtk_widget_get_root (GTK_WIDGET (self));
  gtk_file_dialog_set_title (dialog, _("Add files"));
  gtk_file_dialog_set_accept_label (dialog, _("_Add"));
  gtk_file_dialog_set_filters (dialog, filters);
  gtk_file_dialog_open_multiple (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL,
                                 chosen_cb, g_object_ref (self));
}

/**
 * kab_upload_list_take_drops:
 * @self: a list
 * @area: a widget, such as the whole page
 *
 * Files that are dropped on @area are added, also where something in it would take them as text.
 */
void
kab_upload_list_take_drops (KabUploadList *self, GtkWidget *area)
{
  GtkDropTarget *target;

  g_return_if_fail (KAB_IS_UPLOAD_LIST (self));
  g_return_if_fail (GTK_IS_WIDGET (area));

  target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "accept", G_CALLBACK (accept_cb), self, 0);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (area, GTK_EVENT_CONTROLLER (target));
  gtk_widget_add_css_class (area, "drop-area");
}

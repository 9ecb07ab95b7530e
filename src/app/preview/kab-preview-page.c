/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview/kab-preview-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "preview/kab-preview-page-private.h"

/**
 * KabPreviewPage:
 *
 * A PDF to read and, when it is editable and has fields, to fill in.
 *
 * Properties: `editable`; `missing`, how many required fields are empty;
 * `modified`, whether something was filled in since it was saved; `ready`.
 *
 * Signals: `saved` and `submitted`, each with the filled copy as a #GBytes.
 * The page asks for nothing itself: what becomes of the copy is the caller's.
 * `translated` tells that the language changed, for a title of the caller's.
 *
 * Action: `page.translate`, when the language changed.
 */

enum
{
  PROP_0,
  PROP_EDITABLE,
  PROP_MISSING,
  PROP_MODIFIED,
  PROP_READY,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* Passed on to the view. */
static const char *const view_actions[] = {
  "preview.zoom-in",   "preview.zoom-out", "preview.zoom-full",
  "preview.fit-width", "preview.fit-page",
};

G_DEFINE_FINAL_TYPE (KabPreviewPage, kab_preview_page, ADW_TYPE_NAVIGATION_PAGE)

static void open_document (KabPreviewPage *self, const char *password);

static gboolean
can_fill (KabPreviewPage *self)
{
  return self->editable && self->document != NULL &&
         g_list_model_get_n_items (kab_pdf_document_get_fields (self->document)) > 0 &&
         (kab_pdf_document_get_permissions (self->document) & KAB_HELPER_MAY_FILL) != 0;
}

/* For kab-preview-page-states.c: whether there is a document to act on. */
void
kab_preview_page_set_ready (KabPreviewPage *self, gboolean ready)
{
  const gboolean may_print =
      ready && (kab_pdf_document_get_permissions (self->document) & KAB_HELPER_MAY_PRINT) != 0;
  static const char *const actions[] = {
    "preview.save-copy", "preview.find", "preview.save", "preview.submit", "preview.next-missing",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], ready);
  for (gsize i = 0; i < G_N_ELEMENTS (view_actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), view_actions[i], ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.print", may_print);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.download", self->pdf != NULL);
  if (self->ready == ready)
    return;
  self->ready = ready;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READY]);
}

static void
update_missing (KabPreviewPage *self)
{
  const gboolean fillable = can_fill (self);
  g_autofree char *label = NULL;
  guint missing = 0;

  if (fillable)
    kab_pdf_document_find_missing (self->document, &missing);
  label = missing > 0 ? g_strdup_printf (ngettext ("%u required field is empty",
                                                   "%u required fields are empty", missing),
                                         missing)
                      : g_strdup (_("All required fields are filled in"));
  gtk_label_set_label (self->missing_label, label);
  gtk_image_set_from_icon_name (self->missing_icon,
                                missing > 0 ? "go-down-symbolic" : "object-select-symbolic");
  gtk_widget_set_tooltip_text (self->missing_button,
                               missing > 0 ? _("Go to the first of them") : NULL);
  gtk_revealer_set_reveal_child (self->bottom_bar, fillable && self->ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.next-missing",
                                 self->ready && missing > 0);
  if (self->missing != missing)
    {
      self->missing = missing;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MISSING]);
    }
}

static void
show_page_number (KabPreviewPage *self)
{
  const guint n_pages = kab_pdf_document_get_n_pages (self->document);
  const guint page = kab_pdf_view_get_page (self->view);
  g_autofree char *subtitle = g_strdup_printf (_("Page %u of %u"), page + 1, n_pages);

  adw_window_title_set_subtitle (self->window_title, subtitle);
  kab_pdf_sidebar_set_page (self->sidebar, page);
}

static void
find_wanted_field (KabPreviewPage *self)
{
  GListModel *fields = kab_pdf_document_get_fields (self->document);
  const guint n_fields = g_list_model_get_n_items (fields);

  for (guint i = 0; self->wanted_field != NULL && i < n_fields; i++)
    {
      g_autoptr (KabPdfField) field = g_list_model_get_item (fields, i);

      if (g_str_equal (kab_pdf_field_get_name (field), self->wanted_field))
        {
          g_clear_pointer (&self->wanted_field, g_free);
          kab_pdf_view_focus_field (self->view, field);
        }
    }
}

static void
detailed_cb (KabPreviewPage *self)
{
  kab_pdf_sidebar_set_document (self->sidebar, self->document);
  kab_pdf_view_set_editable (self->view, can_fill (self));
  show_page_number (self);
  update_missing (self);
  find_wanted_field (self);
}

static void
document_changed_cb (KabPreviewPage *self)
{
  kab_preview_page_set_modified (self, TRUE);
  update_missing (self);
}

static void
document_ended_cb (KabPdfDocument *document, GError *error, KabPreviewPage *self)
{
  self->page_to_restore = kab_pdf_view_get_page (self->view);
  kab_preview_page_show_error (self, error);
}

static void
show_document (KabPreviewPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "document");
  kab_preview_page_set_ready (self, TRUE);
  show_page_number (self);
  update_missing (self);
}

static void
take_document (KabPreviewPage *self, KabPdfDocument *document)
{
  self->document = document;
  g_signal_connect_object (document, "ended", G_CALLBACK (document_ended_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (document, "detailed", G_CALLBACK (detailed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "changed", G_CALLBACK (document_changed_cb), self,
                           G_CONNECT_SWAPPED);
  kab_pdf_view_set_document (self->view, document);
  kab_pdf_search_set_document (self->search, document, self->view);
  show_document (self);
}

/* For kab-preview-page-language.c: the widgets are new, the document is the same. */
void
kab_preview_page_connect_document (KabPreviewPage *self)
{
  if (self->document == NULL)
    return;
  kab_pdf_view_set_document (self->view, self->document);
  kab_pdf_search_set_document (self->search, self->document, self->view);
  detailed_cb (self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KabPdfDocument) document = kab_pdf_document_open_finish (result, &error);
  g_autoptr (KabPreviewPage) self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->stack == NULL)
    return;
  if (document != NULL)
    take_document (self, g_steal_pointer (&document));
  else if (g_error_matches (error, KAB_PREVIEW_ERROR, KAB_PREVIEW_ERROR_PASSWORD))
    kab_preview_page_ask_password (
        self, *gtk_editable_get_text (GTK_EDITABLE (self->password_row)) != '\0');
  else
    kab_preview_page_show_error (self, error);
}

static void
reopened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  const gboolean opened =
      kab_pdf_document_reopen_finish (KAB_PDF_DOCUMENT (source), result, &error);
  g_autoptr (KabPreviewPage) self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->stack == NULL)
    return;
  if (!opened)
    {
      kab_preview_page_show_error (self, error);
      return;
    }
  show_document (self);
  kab_pdf_view_go_to_page (self->view, self->page_to_restore);
}

static void
open_document (KabPreviewPage *self, const char *password)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->document);
  self->cancellable = g_cancellable_new ();
  gtk_stack_set_visible_child_name (self->stack, "loading");
  kab_preview_page_set_ready (self, FALSE);
  if (self->pdf != NULL)
    kab_pdf_document_open_async (self->pdf, password, self->cancellable, opened_cb,
                                 g_object_ref (self));
}

static void
reopen_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KabPreviewPage *self = KAB_PREVIEW_PAGE (widget);

  if (self->document == NULL)
    {
      open_document (self, NULL);
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "loading");
  kab_pdf_document_reopen_async (self->document, self->cancellable, reopened_cb,
                                 g_object_ref (self));
}

static void
translate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kab_preview_page_translate (KAB_PREVIEW_PAGE (widget));
  g_signal_emit_by_name (widget, "translated");
}

static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kab_pdf_search_start (KAB_PREVIEW_PAGE (widget)->search);
}

/* The view's own action of the same name: "preview.fit-page" is "view.fit-page". */
static void
view_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KabPreviewPage *self = KAB_PREVIEW_PAGE (widget);
  g_autofree char *action = g_strconcat ("view", strchr (name, '.'), NULL);

  gtk_widget_activate_action (GTK_WIDGET (self->view), action, NULL);
}

static void
next_missing_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KabPreviewPage *self = KAB_PREVIEW_PAGE (widget);
  guint missing;
  KabPdfField *field = kab_pdf_document_find_missing (self->document, &missing);

  if (field != NULL)
    kab_pdf_view_focus_field (self->view, field);
}

static void
toggle_sidebar_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KabPreviewPage *self = KAB_PREVIEW_PAGE (widget);

  adw_overlay_split_view_set_show_sidebar (self->split,
                                           !adw_overlay_split_view_get_show_sidebar (self->split));
}

static void
zoom_changed_cb (KabPreviewPage *self)
{
  g_autofree char *zoom = kab_pdf_view_dup_zoom (self->view);
  g_autofree char *label = g_strdup_printf (_("Size of the page: %s"), zoom);

  gtk_menu_button_set_label (self->zoom_button, zoom);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->zoom_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static void
page_changed_cb (KabPreviewPage *self)
{
  if (self->document != NULL)
    show_page_number (self);
}

static void
page_chosen_cb (KabPreviewPage *self, guint page)
{
  kab_pdf_view_go_to_page (self->view, page);
  if (adw_overlay_split_view_get_collapsed (self->split))
    adw_overlay_split_view_set_show_sidebar (self->split, FALSE);
}

static void
password_entered_cb (KabPreviewPage *self)
{
  g_autofree char *password = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->password_row)));

  if (*password != '\0')
    open_document (self, password);
}

static void
kab_preview_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KabPreviewPage *self = KAB_PREVIEW_PAGE (object);

  switch (id)
    {
    case PROP_EDITABLE:
      g_value_set_boolean (value, self->editable);
      break;
    case PROP_MISSING:
      g_value_set_uint (value, self->missing);
      break;
    case PROP_MODIFIED:
      g_value_set_boolean (value, self->modified);
      break;
    case PROP_READY:
      g_value_set_boolean (value, self->ready);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kab_preview_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_EDITABLE)
    kab_preview_page_set_editable (KAB_PREVIEW_PAGE (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kab_preview_page_dispose (GObject *object)
{
  KabPreviewPage *self = KAB_PREVIEW_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->document);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_clear_pointer (&self->wanted_field, g_free);
  g_clear_error (&self->problem);
  self->stack = NULL;

  G_OBJECT_CLASS (kab_preview_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, KabPreviewPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, KabPreviewPage, zoom_button);
  gtk_widget_class_bind_template_child (widget_class, KabPreviewPage, search);
  gtk_widget_class_bind_template_child (widget_class, KabPreviewPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, KabPreviewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KabPreviewPage, split);
  gtk_widget_class_bind_template_child (widget_class, KabPreviewPage, sidebar);
  gtk_widget_class_bind_template_child (widget_class, KabPreviewPage, view);
  gtk_widget_class_bind_template_child (widget_class, KabPreviewPage, problem_status);
  gtk_widget_class_bind_template_child (widget_class, KabPreviewPage, retry_button);
  gtk_widget_class_bind_template_child (widget_class, KabPreviewPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, KabPreviewPage, password_error);
  gtk_widget_class_bind_template_child (widget_class, KabPreviewPage, bottom_bar);
  gtk_widget_class_bind_template_child (widget_class, KabPreviewPage, missing_button);
  gtk_widget_class_bind_template_child (widget_class, KabPreviewPage, missing_icon);
  gtk_widget_class_bind_template_child (widget_class, KabPreviewPage, missing_label);
  gtk_widget_class_bind_template_callback (widget_class, zoom_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, password_entered_cb);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_f, GDK_CONTROL_MASK, "preview.find" },
    { GDK_KEY_p, GDK_CONTROL_MASK, "preview.print" },
    { GDK_KEY_s, GDK_CONTROL_MASK, "preview.save" },
    { GDK_KEY_Return, GDK_CONTROL_MASK, "preview.submit" },
    { GDK_KEY_F9, 0, "preview.toggle-sidebar" },
  };

  gtk_widget_class_install_action (widget_class, "preview.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "preview.reopen", NULL, reopen_action);
  gtk_widget_class_install_action (widget_class, "page.translate", NULL, translate_action);
  gtk_widget_class_install_action (widget_class, "preview.next-missing", NULL, next_missing_action);
  for (gsize i = 0; i < G_N_ELEMENTS (view_actions); i++)
    gtk_widget_class_install_action (widget_class, view_actions[i], NULL, view_action);
  gtk_widget_class_install_action (widget_class, "preview.toggle-sidebar", NULL,
                                   toggle_sidebar_action);
  kab_preview_page_install_file_actions (widget_class);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers,
                                         keys[i].action, NULL);
}

static void
kab_preview_page_class_init (KabPreviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GType type = G_TYPE_FROM_CLASS (klass);

  object_class->get_property = kab_preview_page_get_property;
  object_class->set_property = kab_preview_page_set_property;
  object_class->dispose = kab_preview_page_dispose;

  properties[PROP_EDITABLE] =
      g_param_spec_boolean ("editable", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_MISSING] = g_param_spec_uint ("missing", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE, readable);
  properties[PROP_READY] = g_param_spec_boolean ("ready", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_signal_new ("saved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_BYTES);
  g_signal_new ("submitted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_BYTES);
  g_signal_new ("translated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (KAB_TYPE_PDF_VIEW);
  g_type_ensure (KAB_TYPE_PDF_SEARCH);
  g_type_ensure (KAB_TYPE_PDF_SIDEBAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/preview/kab-preview-page.ui");
  bind_children (widget_class);
  install_actions (widget_class);
}

static void
kab_preview_page_init (KabPreviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kab_preview_page_set_ready (self, FALSE);
}

/**
 * kab_preview_page_new:
 * @pdf: (nullable): the document; %NULL while it is still being fetched
 * @title: what it is called
 *
 * Returns: (transfer floating): the page, which opens @pdf at once
 */
KabPreviewPage *
kab_preview_page_new (GBytes *pdf, const char *title)
{
  KabPreviewPage *self = g_object_new (KAB_TYPE_PREVIEW_PAGE, "title", title, NULL);

  if (pdf != NULL)
    kab_preview_page_set_pdf (self, pdf);
  return self;
}

/** kab_preview_page_set_pdf: opens @pdf in place of what was shown. */
void
kab_preview_page_set_pdf (KabPreviewPage *self, GBytes *pdf)
{
  g_clear_pointer (&self->pdf, g_bytes_unref);
  self->pdf = g_bytes_ref (pdf);
  kab_preview_page_set_modified (self, FALSE);
  open_document (self, NULL);
}

/** kab_preview_page_set_editable: whether the fields can be filled in. */
void
kab_preview_page_set_editable (KabPreviewPage *self, gboolean editable)
{
  if (self->editable == !!editable)
    return;
  self->editable = !!editable;
  kab_pdf_view_set_editable (self->view, can_fill (self));
  update_missing (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITABLE]);
}

/** kab_preview_page_get_editable: whether the fields can be filled in. */
gboolean
kab_preview_page_get_editable (KabPreviewPage *self)
{
  return self->editable;
}

/** kab_preview_page_get_modified: whether something was filled in and isn't saved. */
gboolean
kab_preview_page_get_modified (KabPreviewPage *self)
{
  return self->modified;
}

/** kab_preview_page_set_modified: for kab-preview-page-files.c. */
void
kab_preview_page_set_modified (KabPreviewPage *self, gboolean modified)
{
  if (self->modified == modified)
    return;
  self->modified = modified;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODIFIED]);
}

/** kab_preview_page_get_missing: how many required fields are empty. */
guint
kab_preview_page_get_missing (KabPreviewPage *self)
{
  return self->missing;
}

/**
 * kab_preview_page_go_to_field:
 * @name: the full name of a field, as in a comment of the bank
 *
 * Puts the cursor into the field, as soon as it is there.
 */
void
kab_preview_page_go_to_field (KabPreviewPage *self, const char *name)
{
  g_set_str (&self->wanted_field, name);
  if (self->ready)
    find_wanted_field (self);
}

/** kab_preview_page_show_message: says @message in passing, as after saving. */
void
kab_preview_page_show_message (KabPreviewPage *self, const char *message)
{
  AdwToast *toast = adw_toast_new (message);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/** kab_preview_page_get_document: (transfer none) (nullable): %NULL until it is open. */
KabPdfDocument *
kab_preview_page_get_document (KabPreviewPage *self)
{
  return self->document;
}

/** kab_preview_page_get_view: (transfer none): where the pages are. */
KabPdfView *
kab_preview_page_get_view (KabPreviewPage *self)
{
  return self->view;
}

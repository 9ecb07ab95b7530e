/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The control for a field of a form: an ordinary widget that is bound to the
 * field, named by its tooltip, and placed by the page that it is on.
 */

#include "preview/kab-pdf-field-widget.h"

#include <glib/gi18n.h>
#include <math.h>

#define FIELD_KEY      "kab-pdf-field"
#define SIZE_KEY       "kab-pdf-size"
#define SMALLEST_FONT  5
#define LARGEST_FONT   64
#define AUTOMATIC_FONT 12.0 /* points, when the document leaves the size open */

/* A class for each size of text: widgets take their font from CSS alone. */
static void
add_font_classes (void)
{
  static gboolean added;
  g_autoptr (GtkCssProvider) provider = NULL;
  g_autoptr (GString) css = NULL;

  if (added)
    return;
  added = TRUE;
  css = g_string_new (NULL);
  for (int size = SMALLEST_FONT; size <= LARGEST_FONT; size++)
    g_string_append_printf (css, ".pdf-field.pdf-font-%d { font-size: %dpx; }\n", size, size);
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_string (provider, css->str);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
update_state (KabPdfField *field, GParamSpec *pspec, GtkWidget *widget)
{
  const gboolean refused = kab_pdf_field_get_refused (field);

  if (refused)
    gtk_widget_add_css_class (widget, "refused");
  else
    gtk_widget_remove_css_class (widget, "refused");
  if (kab_pdf_field_is_missing (field))
    gtk_widget_add_css_class (widget, "missing");
  else
    gtk_widget_remove_css_class (widget, "missing");

  gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_INVALID,
                               refused ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  if (refused)
    gtk_accessible_update_property (
        GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
        _("The document doesn't take this. Write it shorter or differently."), -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static GtkWidget *
make_entry (KabPdfField *field)
{
  GtkWidget *entry =
      kab_pdf_field_is_password (field) ? gtk_password_entry_new () : gtk_entry_new ();

  if (GTK_IS_ENTRY (entry))
    gtk_entry_set_max_length (
        GTK_ENTRY (entry), (int) MIN (kab_pdf_field_get_max_length (field), (guint) G_MAXUINT16));
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 1);
  g_object_bind_property (field, "value", entry, "text",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  return entry;
}

/* Puts back what is more than the document takes. */
static void
text_changed_cb (GtkTextBuffer *buffer, KabPdfField *field)
{
  const int max_length = (int) kab_pdf_field_get_max_length (field);
  GtkTextIter start, end;

  if (max_length > 0 && gtk_text_buffer_get_char_count (buffer) > max_length)
    {
      gtk_text_buffer_get_iter_at_offset (buffer, &start, max_length);
      gtk_text_buffer_get_end_iter (buffer, &end);
      gtk_text_buffer_delete (buffer, &start, &end);
    }
}

static GtkWidget *
make_text_view (KabPdfField *field)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (text_changed_cb), field,
                           G_CONNECT_DEFAULT);
  g_object_bind_property (field, "value", buffer, "text",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  return view;
}

/* A radio button is switched off by another one of its name. */
static void
toggled_cb (GtkCheckButton *button, KabPdfField *field)
{
  const gboolean active = gtk_check_button_get_active (button);

  if (kab_pdf_field_get_kind (field) == KAB_HELPER_FIELD_CHECK || active)
    kab_pdf_field_set_active (field, active);
}

static GtkWidget *
make_button (KabPdfField *field)
{
  GtkWidget *button = gtk_check_button_new ();

  g_object_bind_property (field, "active", button, "active", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), field, G_CONNECT_DEFAULT);
  return button;
}

/* A drop-down is named by its inner button, and that by nothing while no option is chosen. */
static void
name_choice (GtkDropDown *choice, GParamSpec *pspec, KabPdfField *field)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (choice);
  g_autofree char *value =
      g_strstrip (g_strdup (item != NULL ? gtk_string_object_get_string (item) : ""));
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (choice));
  g_autofree char *label = g_strdup_printf ("%s: %s", kab_pdf_field_get_label (field),
                                            value[0] != '\0' ? value : _("Not chosen yet"));

  gtk_accessible_reset_relation (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static GtkWidget *
make_choice (KabPdfField *field)
{
  GtkWidget *choice = gtk_drop_down_new_from_strings (kab_pdf_field_get_options (field));

  g_object_bind_property (field, "chosen", choice, "selected",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_object (choice, "notify::selected-item", G_CALLBACK (name_choice), field,
                           G_CONNECT_DEFAULT);
  return choice;
}

static void
describe_to_assistive_technology (KabPdfField *field, GtkWidget *widget)
{
  if (GTK_IS_DROP_DOWN (widget))
    name_choice (GTK_DROP_DOWN (widget), NULL, field);
  else
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    kab_pdf_field_get_label (field), -1);
  if (kab_pdf_field_get_kind (field) == KAB_HELPER_FIELD_TEXT ||
      kab_pdf_field_get_kind (field) == KAB_HELPER_FIELD_CHOICE)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_REQUIRED,
                                    kab_pdf_field_is_required (field), -1);
}

/**
 * kab_pdf_field_widget_join:
 * @widget: a control for a field
 * @other: another one on the same page
 *
 * Makes two radio buttons of one name a group; does nothing to others. A button joins once: GTK
 * doesn't unlink it from the group that it is in already.
 *
 * Returns: whether they are a group now
 */
gboolean
kab_pdf_field_widget_join (GtkWidget *widget, GtkWidget *other)
{
  KabPdfField *field = kab_pdf_field_widget_get_field (widget);
  KabPdfField *other_field = kab_pdf_field_widget_get_field (other);

  if (kab_pdf_field_get_kind (field) != KAB_HELPER_FIELD_RADIO ||
      kab_pdf_field_get_kind (other_field) != KAB_HELPER_FIELD_RADIO ||
      !g_str_equal (kab_pdf_field_get_name (field), kab_pdf_field_get_name (other_field)))
    return FALSE;

  gtk_check_button_set_group (GTK_CHECK_BUTTON (widget), GTK_CHECK_BUTTON (other));

  return TRUE;
}

/**
 * kab_pdf_field_widget_new:
 * @field: a field that may be changed
 *
 * Returns: (transfer floating): a control that edits @field
 */
GtkWidget *
kab_pdf_field_widget_new (KabPdfField *field)
{
  GtkWidget *widget;

  add_font_classes ();
  switch (kab_pdf_field_get_kind (field))
    {
    case KAB_HELPER_FIELD_CHECK:
    case KAB_HELPER_FIELD_RADIO:
      widget = make_button (field);
      break;
    case KAB_HELPER_FIELD_CHOICE:
      widget = make_choice (field);
      break;
    case KAB_HELPER_FIELD_TEXT:
    default:
      widget = kab_pdf_field_is_multiline (field) ? make_text_view (field) : make_entry (field);
    }
  gtk_widget_add_css_class (widget, "pdf-field");
  if (kab_pdf_field_is_required (field))
    gtk_widget_add_css_class (widget, "required");
  gtk_widget_set_tooltip_text (widget, kab_pdf_field_get_label (field));
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  g_object_set_data_full (G_OBJECT (widget), FIELD_KEY, g_object_ref (field), g_object_unref);

  describe_to_assistive_technology (field, widget);
  g_signal_connect_object (field, "notify", G_CALLBACK (update_state), widget, G_CONNECT_DEFAULT);
  update_state (field, NULL, widget);
  return widget;
}

/** kab_pdf_field_widget_get_field: (transfer none) (nullable): what @widget edits. */
KabPdfField *
kab_pdf_field_widget_get_field (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), FIELD_KEY);
}

/* In points: of the text, or of the mark of a button. */
static double
get_size (KabPdfField *field)
{
  const graphene_size_t *area = &kab_pdf_field_get_area (field)->size;

  if (kab_pdf_field_get_kind (field) == KAB_HELPER_FIELD_CHECK ||
      kab_pdf_field_get_kind (field) == KAB_HELPER_FIELD_RADIO)
    return MIN (area->width, area->height);
  if (kab_pdf_field_get_font_size (field) > 0)
    return kab_pdf_field_get_font_size (field);
  if (kab_pdf_field_is_multiline (field))
    return AUTOMATIC_FONT;
  return MIN (area->height * 0.68, AUTOMATIC_FONT);
}

/**
 * kab_pdf_field_widget_set_scale:
 * @widget: a control for a field
 * @scale: pixels per point
 *
 * Makes the text, or the mark of a button, as large as on the page.
 */
void
kab_pdf_field_widget_set_scale (GtkWidget *widget, double scale)
{
  const double size = get_size (kab_pdf_field_widget_get_field (widget));
  const int pixels = CLAMP ((int) round (size * scale), SMALLEST_FONT, LARGEST_FONT);
  const int current = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (widget), SIZE_KEY));
  g_autofree char *old = g_strdup_printf ("pdf-font-%d", current);
  g_autofree char *name = g_strdup_printf ("pdf-font-%d", pixels);

  if (pixels == current)
    return;
  gtk_widget_remove_css_class (widget, old);
  gtk_widget_add_css_class (widget, name);
  g_object_set_data (G_OBJECT (widget), SIZE_KEY, GINT_TO_POINTER (pixels));
}

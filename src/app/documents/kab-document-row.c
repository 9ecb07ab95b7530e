/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/kab-document-row.h"

#include "common/kab-status-label.h"
#include "common/kab-time-label.h"
#include "documents/kab-document-words.h"

/**
 * KabDocumentRow:
 *
 * A document in a list: what it is, its state, version and time, and what can be done. `spoken`
 * says all that in one sentence, for the list item; the parts are not spoken themselves.
 */
struct _KabDocumentRow
{
  AdwBin parent_instance;

  GSignalGroup *signals; /* (owned) */
  char *spoken;          /* (owned) (nullable) */

  GtkImage *icon;
  GtkLabel *title;
  KabStatusLabel *state;
  GtkLabel *version;
  KabTimeLabel *time;
  GtkLabel *next;
};

enum
{
  PROP_SPOKEN = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KabDocumentRow, kab_document_row, ADW_TYPE_BIN)

static void
update (KabDocumentRow *self)
{
  g_autoptr (KabDocument) document = g_signal_group_dup_target (self->signals);
  g_autofree char *version = NULL;

  if (document == NULL)
    return;

  version = kab_document_dup_version (kab_document_get_revision (document));
  gtk_image_set_from_icon_name (self->icon, kab_document_get_icon_name (document));
  gtk_label_set_label (self->title, kab_document_get_local_title (document));
  kab_status_label_set_state (self->state, kab_document_read_state (document));
  gtk_label_set_label (self->version, version);
  kab_time_label_set_time (self->time,
                           kab_date_time_to_time (kab_document_get_changed_at (document)));
  gtk_label_set_label (self->next, kab_document_get_next_word (document));
  gtk_widget_set_css_classes (GTK_WIDGET (self->next),
                              *kab_document_get_actions (document) != NULL
                                  ? (const char *[]) { "heading", "accent", NULL }
                                  : (const char *[]) { "dimmed", NULL });

  g_free (self->spoken);
  self->spoken = kab_document_dup_spoken (document);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPOKEN]);
}

static void
kab_document_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SPOKEN:
      g_value_set_string (value, KAB_DOCUMENT_ROW (object)->spoken);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_document_row_dispose (GObject *object)
{
  g_clear_object (&KAB_DOCUMENT_ROW (object)->signals);

  G_OBJECT_CLASS (kab_document_row_parent_class)->dispose (object);
}

static void
kab_document_row_finalize (GObject *object)
{
  g_free (KAB_DOCUMENT_ROW (object)->spoken);

  G_OBJECT_CLASS (kab_document_row_parent_class)->finalize (object);
}

static void
kab_document_row_class_init (KabDocumentRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = kab_document_row_get_property;
  object_class->dispose = kab_document_row_dispose;
  object_class->finalize = kab_document_row_finalize;

  properties[PROP_SPOKEN] =
      g_param_spec_string ("spoken", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (KAB_TYPE_STATUS_LABEL);
  g_type_ensure (KAB_TYPE_TIME_LABEL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/documents/kab-document-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KabDocumentRow, icon);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentRow, title);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentRow, state);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentRow, version);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentRow, time);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentRow, next);
}

static void
kab_document_row_init (KabDocumentRow *self)
{
  self->signals = g_signal_group_new (KAB_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (update), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Returns: (transfer floating): a row without a document. */
GtkWidget *
kab_document_row_new (void)
{
  return g_object_new (KAB_TYPE_DOCUMENT_ROW, NULL);
}

/**
 * kab_document_row_set_document:
 * @self: a row
 * @document: (nullable): what it shows
 */
void
kab_document_row_set_document (KabDocumentRow *self, KabDocument *document)
{
  g_return_if_fail (KAB_IS_DOCUMENT_ROW (self));

  g_signal_group_set_target (self->signals, document);
  update (self);
}

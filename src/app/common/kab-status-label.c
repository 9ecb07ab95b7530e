/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-status-label.h"

#include <glib/gi18n.h>

/**
 * KabStatusLabel:
 *
 * The state of a document as one icon and one word, the same everywhere; colour is only a third
 * sign.
 */
struct _KabStatusLabel
{
  AdwBin parent_instance;

  KabDocumentState state;
  GtkImage *icon;
  GtkLabel *word;
};

typedef struct
{
  const char *word;
  const char *icon_name;
  const char *css_class;
} StateLook;

static const StateLook looks[] = {
  [KAB_DOCUMENT_NONE] = { N_("Not asked for"), "document-new-symbolic", "dimmed" },
  [KAB_DOCUMENT_NEW] = { NC_("document state", "New"), "document-new-symbolic", NULL },
  [KAB_DOCUMENT_PROCESSING] = { NC_("document state", "Processing"), "kab-hourglass-symbolic",
                                NULL },
  [KAB_DOCUMENT_INFORMATION_NEEDED] = { NC_("document state", "Information needed"),
                                        "dialog-warning-symbolic", "warning" },
  [KAB_DOCUMENT_DRAFT] = { NC_("document state", "Draft"), "document-edit-symbolic", NULL },
  [KAB_DOCUMENT_READY_FOR_SIGNING] = { NC_("document state", "Ready for signing"),
                                       "kab-document-ready-symbolic", "accent" },
  [KAB_DOCUMENT_SIGNING] = { NC_("document state", "Signing"), "kab-signature-symbolic",
                             "accent" },
  [KAB_DOCUMENT_SIGNED] = { NC_("document state", "Signed"), "kab-document-signed-symbolic",
                            "success" },
};

enum
{
  PROP_STATE = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KabStatusLabel, kab_status_label, ADW_TYPE_BIN)

static const char *
get_css_class (KabDocumentState state)
{
  return (guint) state < G_N_ELEMENTS (looks) ? looks[state].css_class : NULL;
}

static void
update (KabStatusLabel *self, KabDocumentState old_state)
{
  GtkWidget *box = adw_bin_get_child (ADW_BIN (self));

  gtk_image_set_from_icon_name (self->icon, kab_document_state_get_icon_name (self->state));
  gtk_label_set_label (self->word, kab_document_state_get_word (self->state));
  if (get_css_class (old_state) != NULL)
    gtk_widget_remove_css_class (box, get_css_class (old_state));
  if (get_css_class (self->state) != NULL)
    gtk_widget_add_css_class (box, get_css_class (self->state));
}

static void
kab_status_label_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, KAB_STATUS_LABEL (object)->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_status_label_set_property (GObject *object,
                               guint property_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_STATE:
      kab_status_label_set_state (KAB_STATUS_LABEL (object), g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_status_label_class_init (KabStatusLabelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kab_status_label_get_property;
  object_class->set_property = kab_status_label_set_property;

  properties[PROP_STATE] = g_param_spec_uint (
      "state", NULL, NULL, KAB_DOCUMENT_NONE, KAB_DOCUMENT_SIGNED, KAB_DOCUMENT_NONE,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kab_status_label_init (KabStatusLabel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->icon = GTK_IMAGE (
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  self->word = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->word, TRUE);
  gtk_label_set_wrap_mode (self->word, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (self->word, GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (self->word, 0);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->word));
  adw_bin_set_child (ADW_BIN (self), box);
  update (self, self->state);
}

/**
 * kab_status_label_new:
 *
 * Returns: (transfer floating): a label without a state
 */
GtkWidget *
kab_status_label_new (void)
{
  return g_object_new (KAB_TYPE_STATUS_LABEL, NULL);
}

/**
 * kab_status_label_set_state:
 * @self: a label
 * @state: what it shows
 */
void
kab_status_label_set_state (KabStatusLabel *self, KabDocumentState state)
{
  KabDocumentState old_state;

  g_return_if_fail (KAB_IS_STATUS_LABEL (self));

  if (self->state == state)
    return;

  old_state = self->state;
  self->state = state;
  update (self, old_state);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/**
 * kab_document_state_get_word:
 * @state: the state of a document
 *
 * Returns: (transfer none): STS-1 to STS-7 of the guide, in the current language
 */
const char *
kab_document_state_get_word (KabDocumentState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (looks), "");

  if (state == KAB_DOCUMENT_NONE)
    return _ (looks[state].word);

  return g_dpgettext2 (NULL, "document state", looks[state].word);
}

/**
 * kab_document_state_get_icon_name:
 * @state: the state of a document
 *
 * Returns: (transfer none): its icon
 */
const char *
kab_document_state_get_icon_name (KabDocumentState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (looks), NULL);

  return looks[state].icon_name;
}

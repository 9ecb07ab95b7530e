/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-busy-button.h"

#include <glib/gi18n.h>

/**
 * KabBusyButton:
 *
 * The suggested button of a page. While it is `busy` it shows a spinner in place of its label and
 * takes no second press, yet keeps the focus. `clicked` is its signal.
 */
struct _KabBusyButton
{
  AdwBin parent_instance;

  char *label; /* (owned) (nullable) */
  gboolean busy;
  GtkWidget *button;
  GtkStack *stack;
  GtkLabel *text;
};

enum
{
  PROP_LABEL = 1,
  PROP_BUSY,
  N_PROPS,
};

enum
{
  CLICKED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabBusyButton, kab_busy_button, ADW_TYPE_BIN)

static void
clicked_cb (KabBusyButton *self)
{
  if (!self->busy)
    g_signal_emit (self, signals[CLICKED], 0);
}

static void
update (KabBusyButton *self)
{
  const char *label = self->label != NULL ? self->label : "";

  gtk_label_set_label (self->text, label);
  gtk_stack_set_visible_child_name (self->stack, self->busy ? "busy" : "label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_BUSY, self->busy,
                               -1);
}

/* Its name stays: a screen reader would begin to read a button that changes it anew. */
static void
announce_wait (KabBusyButton *self)
{
  g_autofree char *text = g_strdup_printf (_("%s, please wait"), self->label);

  gtk_accessible_announce (GTK_ACCESSIBLE (self->button), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static gboolean
kab_busy_button_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (KAB_BUSY_BUTTON (widget)->button);
}

static void
kab_busy_button_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  KabBusyButton *self = KAB_BUSY_BUTTON (object);

  switch (property_id)
    {
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_busy_button_set_property (GObject *object,
                              guint property_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  KabBusyButton *self = KAB_BUSY_BUTTON (object);

  switch (property_id)
    {
    case PROP_LABEL:
      if (g_set_str (&self->label, g_value_get_string (value)))
        {
          update (self);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_BUSY:
      kab_busy_button_set_busy (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_busy_button_finalize (GObject *object)
{
  g_free (KAB_BUSY_BUTTON (object)->label);

  G_OBJECT_CLASS (kab_busy_button_parent_class)->finalize (object);
}

static void
kab_busy_button_class_init (KabBusyButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_busy_button_get_property;
  object_class->set_property = kab_busy_button_set_property;
  object_class->finalize = kab_busy_button_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = kab_busy_button_grab_focus;

  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CLICKED] = g_signal_new ("clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_busy_button_init (KabBusyButton *self)
{
  GtkWidget *spinner = adw_spinner_new ();

  self->text = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->text, TRUE);
  gtk_label_set_wrap_mode (self->text, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (self->text, GTK_JUSTIFY_CENTER);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_size_request (spinner, 16, 16);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->text), "label");
  gtk_stack_add_named (self->stack, spinner, "busy");
  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), GTK_WIDGET (self->stack));
  gtk_widget_set_halign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->button, "pill");
  gtk_widget_add_css_class (self->button, "suggested-action");
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
  adw_bin_set_child (ADW_BIN (self), self->button);
  update (self);
}

/**
 * kab_busy_button_get_busy:
 * @self: a button
 *
 * Returns: whether it waits for something
 */
gboolean
kab_busy_button_get_busy (KabBusyButton *self)
{
  g_return_val_if_fail (KAB_IS_BUSY_BUTTON (self), FALSE);

  return self->busy;
}

/**
 * kab_busy_button_set_busy:
 * @self: a button
 * @busy: whether what it started still goes on
 */
void
kab_busy_button_set_busy (KabBusyButton *self, gboolean busy)
{
  g_return_if_fail (KAB_IS_BUSY_BUTTON (self));

  if (self->busy == busy)
    return;

  self->busy = busy;
  update (self);
  if (busy && self->label != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    announce_wait (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

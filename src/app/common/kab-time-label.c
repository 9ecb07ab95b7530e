/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-time-label.h"

#include "common/kab-local-text.h"
#include "kab-time.h"

/**
 * KabTimeLabel:
 *
 * When something happened: how long ago up to a day, then the date; the exact time is in the
 * tooltip and spoken. It stays true while it is on screen. `time` is in microseconds since 1970,
 * UTC, and 0 shows nothing.
 */
struct _KabTimeLabel
{
  AdwBin parent_instance;

  gint64 time;
  guint timeout;
  GtkLabel *label;
};

enum
{
  PROP_TIME = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KabTimeLabel, kab_time_label, ADW_TYPE_BIN)

static void
update (KabTimeLabel *self)
{
  g_autofree char *relative = NULL;
  g_autofree char *exact = NULL;

  if (self->time != 0)
    {
      relative = kab_local_time_relative (self->time, kab_clock_now ());
      exact = kab_local_time_exact (self->time);
    }
  gtk_label_set_label (self->label, relative != NULL ? relative : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), exact);
  if (exact != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->label), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    exact, -1);
}

static gboolean
minute_passed_cb (gpointer user_data)
{
  update (user_data);

  return G_SOURCE_CONTINUE;
}

static void
kab_time_label_map (GtkWidget *widget)
{
  KabTimeLabel *self = KAB_TIME_LABEL (widget);

  GTK_WIDGET_CLASS (kab_time_label_parent_class)->map (widget);

  update (self);
  self->timeout = g_timeout_add_seconds (60, minute_passed_cb, self);
}

static void
kab_time_label_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&KAB_TIME_LABEL (widget)->timeout, g_source_remove);

  GTK_WIDGET_CLASS (kab_time_label_parent_class)->unmap (widget);
}

static void
kab_time_label_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_TIME:
      g_value_set_int64 (value, KAB_TIME_LABEL (object)->time);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_time_label_set_property (GObject *object,
                             guint property_id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_TIME:
      kab_time_label_set_time (KAB_TIME_LABEL (object), g_value_get_int64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_time_label_dispose (GObject *object)
{
  g_clear_handle_id (&KAB_TIME_LABEL (object)->timeout, g_source_remove);

  G_OBJECT_CLASS (kab_time_label_parent_class)->dispose (object);
}

static void
kab_time_label_class_init (KabTimeLabelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = kab_time_label_get_property;
  object_class->set_property = kab_time_label_set_property;
  object_class->dispose = kab_time_label_dispose;
  widget_class->map = kab_time_label_map;
  widget_class->unmap = kab_time_label_unmap;

  properties[PROP_TIME] =
      g_param_spec_int64 ("time", NULL, NULL, G_MININT64, G_MAXINT64, 0,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kab_time_label_init (KabTimeLabel *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->label));
}

/**
 * kab_time_label_new:
 *
 * Returns: (transfer floating): an empty label
 */
GtkWidget *
kab_time_label_new (void)
{
  return g_object_new (KAB_TYPE_TIME_LABEL, NULL);
}

/**
 * kab_time_label_set_time:
 * @self: a label
 * @time: microseconds since 1970, UTC; 0 for nothing
 */
void
kab_time_label_set_time (KabTimeLabel *self, gint64 time)
{
  g_return_if_fail (KAB_IS_TIME_LABEL (self));

  if (self->time == time)
    return;

  self->time = time;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TIME]);
}

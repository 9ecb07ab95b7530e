/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-code-group.h"

#include <glib/gi18n.h>

#include "common/kab-code-row.h"
#include "common/kab-error-text.h"
#include "common/kab-field-row.h"
#include "common/kab-spelling.h"
#include "kab-time.h"

/* How often the time left is said (WCAG 2.2.1 wants it known, not chattered). */
#define ANNOUNCE_SECONDS 30

/**
 * KabCodeGroup:
 *
 * A code that was sent (CON-8, A2): the field, where the code went, how long it is valid, and a
 * button for another one that says from when it can be asked for. `resend` asks for another code,
 * `change` (only with `changeable`; `change-label` names its button) for another address,
 * `activated` is Enter in the field. With `resendable` FALSE there is no such button.
 */
struct _KabCodeGroup
{
  AdwPreferencesGroup parent_instance;

  gint64 expires_at; /* microseconds of the clock of this computer; 0 unknown */
  gint64 resend_at;
  gint64 announced_at;
  gboolean confirmed;
  gboolean was_expired;
  gboolean resending;
  guint tick;

  GtkWidget *row;
  GtkWidget *status;
  GtkLabel *left;
  GtkWidget *resend;
  GtkLabel *resend_label;
  GtkWidget *change;
};

enum
{
  PROP_FIELD_TITLE = 1,
  PROP_CHANGEABLE,
  PROP_CHANGE_LABEL,
  PROP_RESENDABLE,
  N_PROPS,
};

enum
{
  RESEND,
  CHANGE,
  ACTIVATED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabCodeGroup, kab_code_group, ADW_TYPE_PREFERENCES_GROUP)

static guint
seconds_until (gint64 time)
{
  gint64 left = time - kab_clock_now ();

  return left <= 0 ? 0 : (guint) ((left + KAB_TIME_SECOND - 1) / KAB_TIME_SECOND);
}

static char *
format_seconds (guint seconds)
{
  return g_strdup_printf ("%u:%02u", seconds / 60, seconds % 60);
}

static void
show_left (KabCodeGroup *self, guint seconds)
{
  g_autofree char *digits = format_seconds (seconds);
  g_autofree char *text = NULL;
  guint minutes = (seconds + 59) / 60;
  g_autofree char *spoken =
      g_strdup_printf (ngettext ("The code is valid for %u more minute.",
                                 "The code is valid for %u more minutes.", minutes),
                       minutes);

  text = g_strdup_printf (_("Valid for %s"), digits);
  gtk_label_set_label (self->left, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->left), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}

static void
announce_left (KabCodeGroup *self, guint seconds)
{
  gint64 now = kab_clock_now ();
  g_autofree char *text = NULL;

  if (seconds > 2 * ANNOUNCE_SECONDS || seconds == 0 ||
      now - self->announced_at < ANNOUNCE_SECONDS * KAB_TIME_SECOND ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  self->announced_at = now;
  text = g_strdup_printf (ngettext ("The code is valid for %u more second.",
                                    "The code is valid for %u more seconds.", seconds),
                          seconds);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
show_resend (KabCodeGroup *self)
{
  guint seconds = seconds_until (self->resend_at);
  g_autofree char *digits = format_seconds (seconds);
  g_autofree char *text = NULL;

  text = seconds > 0 ? g_strdup_printf (_("New code in %s"), digits)
                     : g_strdup (_("Send a new code"));
  gtk_label_set_label (self->resend_label, text);
  gtk_widget_set_sensitive (self->resend, seconds == 0 && !self->resending);
}

static void
show_expired (KabCodeGroup *self, gboolean expired)
{
  if (self->was_expired == expired)
    return;

  self->was_expired = expired;
  if (expired)
    {
      g_autofree char *text = kab_error_text ("code-expired", NULL);

      kab_field_row_set_error (self->row, text);
      gtk_label_set_label (self->left, "");
    }
  else
    {
      kab_field_row_set_error (self->row, NULL);
    }
}

static void
update (KabCodeGroup *self)
{
  guint seconds = seconds_until (self->expires_at);

  gtk_widget_set_visible (self->status, !self->confirmed && self->expires_at != 0);
  gtk_widget_set_sensitive (self->row, !self->confirmed);
  gtk_widget_set_sensitive (self->change, !self->confirmed);
  if (self->confirmed || self->expires_at == 0)
    return;

  show_expired (self, seconds == 0);
  if (seconds > 0)
    show_left (self, seconds);
  announce_left (self, seconds);
  show_resend (self);
}

static gboolean
tick_cb (gpointer user_data)
{
  update (user_data);

  return G_SOURCE_CONTINUE;
}

static void
changed_cb (KabCodeGroup *self)
{
  if (!self->was_expired)
    kab_field_row_mark_error (self->row, NULL);
}

static void
resend_cb (KabCodeGroup *self)
{
  g_signal_emit (self, signals[RESEND], 0);
}

static void
change_cb (KabCodeGroup *self)
{
  g_signal_emit (self, signals[CHANGE], 0);
}

static void
activated_cb (KabCodeGroup *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
kab_code_group_map (GtkWidget *widget)
{
  KabCodeGroup *self = KAB_CODE_GROUP (widget);

  GTK_WIDGET_CLASS (kab_code_group_parent_class)->map (widget);

  self->tick = g_timeout_add_seconds (1, tick_cb, self);
  update (self);
}

static void
kab_code_group_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&KAB_CODE_GROUP (widget)->tick, g_source_remove);

  GTK_WIDGET_CLASS (kab_code_group_parent_class)->unmap (widget);
}

static gboolean
kab_code_group_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (KAB_CODE_GROUP (widget)->row);
}

static void
kab_code_group_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  KabCodeGroup *self = KAB_CODE_GROUP (object);

  switch (property_id)
    {
    case PROP_FIELD_TITLE:
      g_value_set_string (value, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->row)));
      break;
    case PROP_CHANGEABLE:
      g_value_set_boolean (value, gtk_widget_get_visible (self->change));
      break;
    case PROP_RESENDABLE:
      g_value_set_boolean (value, gtk_widget_get_visible (self->resend));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_code_group_set_property (GObject *object,
                             guint property_id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  KabCodeGroup *self = KAB_CODE_GROUP (object);

  switch (property_id)
    {
    case PROP_FIELD_TITLE:
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), g_value_get_string (value));
      break;
    case PROP_CHANGEABLE:
      gtk_widget_set_visible (self->change, g_value_get_boolean (value));
      break;
    case PROP_CHANGE_LABEL:
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->change),
                                     GTK_ACCESSIBLE_RELATION_LABELLED_BY);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->change), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      g_value_get_string (value), -1);
      break;
    case PROP_RESENDABLE:
      gtk_widget_set_visible (self->resend, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_code_group_class_init (KabCodeGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_code_group_get_property;
  object_class->set_property = kab_code_group_set_property;
  widget_class->map = kab_code_group_map;
  widget_class->unmap = kab_code_group_unmap;
  widget_class->grab_focus = kab_code_group_grab_focus;

  properties[PROP_FIELD_TITLE] = g_param_spec_string ("field-title", NULL, NULL, NULL, flags);
  properties[PROP_CHANGEABLE] = g_param_spec_boolean ("changeable", NULL, NULL, FALSE, flags);
  properties[PROP_CHANGE_LABEL] = g_param_spec_string ("change-label", NULL, NULL, NULL,
                                                       G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_RESENDABLE] = g_param_spec_boolean ("resendable", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  for (guint i = 0; i < N_SIGNALS; i++)
    {
      static const char *const names[] = { "resend", "change", "activated" };

      signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
    }
}

/* A row below the field: the time left and the button for a new code. */
static GtkWidget *
create_status (KabCodeGroup *self)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = adw_wrap_box_new ();

  self->left = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->left), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->left), "dimmed");
  gtk_label_set_xalign (self->left, 0);
  self->resend_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->resend_label, TRUE);
  gtk_label_set_wrap_mode (self->resend_label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (self->resend_label, GTK_JUSTIFY_CENTER);
  self->resend = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->resend), GTK_WIDGET (self->resend_label));
  gtk_widget_add_css_class (self->resend, "numeric");
  adw_wrap_box_append (ADW_WRAP_BOX (box), GTK_WIDGET (self->left));
  adw_wrap_box_append (ADW_WRAP_BOX (box), self->resend);
  adw_wrap_box_set_justify (ADW_WRAP_BOX (box), ADW_JUSTIFY_SPREAD);
  adw_wrap_box_set_justify_last_line (ADW_WRAP_BOX (box), TRUE);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 12);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_add_css_class (row, "code-status");

  return row;
}

static void
kab_code_group_init (KabCodeGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->row = kab_code_row_new ();
  self->status = create_status (self);
  self->change = gtk_button_new_with_label (_("Change"));
  gtk_widget_set_valign (self->change, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->change, "flat");
  gtk_widget_set_visible (self->change, FALSE);
  kab_field_row_set_required (self->row, TRUE);
  adw_preferences_group_set_header_suffix (group, self->change);
  adw_preferences_group_add (group, self->row);
  adw_preferences_group_add (group, self->status);

  g_signal_connect_swapped (self->row, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->row, "entry-activated", G_CALLBACK (activated_cb), self);
  g_signal_connect_swapped (self->resend, "clicked", G_CALLBACK (resend_cb), self);
  g_signal_connect_swapped (self->change, "clicked", G_CALLBACK (change_cb), self);
  update (self);
}

/**
 * kab_code_group_get_code:
 * @self: a group
 *
 * Returns: (transfer none): the digits so far
 */
const char *
kab_code_group_get_code (KabCodeGroup *self)
{
  g_return_val_if_fail (KAB_IS_CODE_GROUP (self), "");

  return kab_code_row_get_code (KAB_CODE_ROW (self->row));
}

/**
 * kab_code_group_get_row:
 * @self: a group
 *
 * Returns: (transfer none): the field, to mark it as refused by the bank
 */
GtkWidget *
kab_code_group_get_row (KabCodeGroup *self)
{
  g_return_val_if_fail (KAB_IS_CODE_GROUP (self), NULL);

  return self->row;
}

/**
 * kab_code_group_check:
 * @self: a group
 *
 * Marks what is wrong; kab_field_row_focus_first_error() comes next.
 *
 * Returns: whether there is a code that can be sent, or none is needed any more
 */
gboolean
kab_code_group_check (KabCodeGroup *self)
{
  g_return_val_if_fail (KAB_IS_CODE_GROUP (self), FALSE);

  if (self->confirmed)
    return TRUE;
  if (self->was_expired)
    return FALSE;
  if (kab_code_row_is_complete (KAB_CODE_ROW (self->row)))
    return TRUE;

  kab_field_row_mark_error (self->row, _("Type the six digits of the code."));

  return FALSE;
}

/**
 * kab_code_group_set_sent:
 * @self: a group
 * @target: the masked address that the code went to
 * @expires_at: until when it is valid, by this computer's clock, in microseconds
 * @resend_at: from when another one can be asked for; 0 at once
 *
 * A code was sent. What was typed of the one before is forgotten when this one is another.
 */
void
kab_code_group_set_sent (KabCodeGroup *self,
                         const char *target,
                         gint64 expires_at,
                         gint64 resend_at)
{
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;

  g_return_if_fail (KAB_IS_CODE_GROUP (self));

  text = g_strdup_printf (_("Sent to %s"), target);
  markup = kab_spelling_dup_markup (text);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), markup);
  if (self->expires_at != 0 && self->expires_at != expires_at)
    gtk_editable_set_text (GTK_EDITABLE (self->row), "");
  self->expires_at = expires_at;
  self->resend_at = resend_at;
  update (self);
}

/**
 * kab_code_group_set_resending:
 * @self: a group
 * @resending: whether another code is being asked for, so that it can't be asked for once more
 */
void
kab_code_group_set_resending (KabCodeGroup *self, gboolean resending)
{
  g_return_if_fail (KAB_IS_CODE_GROUP (self));

  self->resending = resending;
  update (self);
}

/**
 * kab_code_group_set_confirmed:
 * @self: a group
 * @confirmed: whether the code was right, so that none is asked for any more
 */
void
kab_code_group_set_confirmed (KabCodeGroup *self, gboolean confirmed)
{
  g_return_if_fail (KAB_IS_CODE_GROUP (self));

  self->confirmed = confirmed;
  update (self);
}

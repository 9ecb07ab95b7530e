/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "messages/kab-message-row.h"

#include <glib/gi18n.h>

#include "common/kab-local-text.h"
#include "kab-time.h"
#include "messages/kab-file-chip.h"

/**
 * KabMessageRow:
 *
 * A message of the conversation: the user's on one side, the bank's on the other, with its files.
 * `spoken` says all of it in one sentence, for the list item.
 */
struct _KabMessageRow
{
  AdwBin parent_instance;

  KabApi *api;           /* (owned) */
  GSignalGroup *signals; /* (owned) */
  gboolean fresh;
  char *spoken; /* (owned) (nullable) */

  GtkWidget *bubble;
  GtkLabel *author;
  GtkLabel *text;
  AdwWrapBox *files;
  GtkLabel *time;
  GtkWidget *badge;
};

enum
{
  PROP_SPOKEN = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KabMessageRow, kab_message_row, ADW_TYPE_BIN)

static gboolean
is_own (KabMessage *message)
{
  return g_strcmp0 (kab_message_get_from (message), "client") == 0;
}

static char *
dup_author (KabMessage *message)
{
  const char *author = kab_message_get_author (message);

  if (is_own (message))
    return g_strdup (_("You"));
  if (author != NULL && *author != '\0')
    /* Translators: an employee of the bank: Anna Kalniņa, bank */
    return g_strdup_printf (_("%s, bank"), author);

  return g_strdup (_("Bank"));
}

static void
show_files (KabMessageRow *self, KabMessage *message)
{
  GListModel *files = kab_message_get_attachments (message);
  guint n_files = g_list_model_get_n_items (files);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->files))) != NULL)
    adw_wrap_box_remove (self->files, child);
  for (guint i = 0; i < n_files; i++)
    {
      g_autoptr (KabFile) file = g_list_model_get_item (files, i);

      adw_wrap_box_append (self->files, kab_file_chip_new (self->api, file));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->files), n_files > 0);
}

static void
show_side (KabMessageRow *self, gboolean own)
{
  gtk_widget_set_halign (self->bubble, own ? GTK_ALIGN_END : GTK_ALIGN_START);
  if (own)
    gtk_widget_add_css_class (self->bubble, "own");
  else
    gtk_widget_remove_css_class (self->bubble, "own");
}

static void
speak (KabMessageRow *self, KabMessage *message, const char *author, const char *time)
{
  guint n_files = g_list_model_get_n_items (kab_message_get_attachments (message));
  g_autofree char *files = g_strdup_printf (ngettext ("%u file", "%u files", n_files), n_files);

  g_free (self->spoken);
  self->spoken = g_strdup_printf ("%s%s, %s: %s%s%s", self->fresh ? _("New. ") : "", author, time,
                                  kab_message_get_text (message), n_files > 0 ? ". " : "",
                                  n_files > 0 ? files : "");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPOKEN]);
}

static void
update (KabMessageRow *self)
{
  g_autoptr (KabMessage) message = g_signal_group_dup_target (self->signals);
  GDateTime *sent_at;
  gint64 time;
  g_autofree char *author = NULL;
  g_autofree char *clock = NULL;
  g_autofree char *exact = NULL;
  g_autofree char *below = NULL;

  if (message == NULL)
    return;

  sent_at = kab_message_get_sent_at (message);
  time = sent_at != NULL ? g_date_time_to_unix (sent_at) * KAB_TIME_SECOND : 0;
  author = dup_author (message);
  clock = kab_local_time_of_day (time);
  exact = kab_local_time_exact (time);
  /* Translators: a message of the user that the bank has read: 14:02, read */
  below = is_own (message) && kab_message_get_read (message)
              ? g_strdup_printf (_("%s, read"), clock)
              : g_strdup (clock);
  gtk_label_set_label (self->author, author);
  gtk_label_set_label (self->text, kab_message_get_text (message));
  gtk_label_set_label (self->time, below);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->time), exact);
  gtk_widget_set_visible (self->badge, self->fresh);
  show_side (self, is_own (message));
  speak (self, message, author, below);
}

static void
kab_message_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SPOKEN:
      g_value_set_string (value, KAB_MESSAGE_ROW (object)->spoken);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_message_row_dispose (GObject *object)
{
  KabMessageRow *self = KAB_MESSAGE_ROW (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->api);

  G_OBJECT_CLASS (kab_message_row_parent_class)->dispose (object);
}

static void
kab_message_row_finalize (GObject *object)
{
  g_free (KAB_MESSAGE_ROW (object)->spoken);

  G_OBJECT_CLASS (kab_message_row_parent_class)->finalize (object);
}

static void
kab_message_row_class_init (KabMessageRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = kab_message_row_get_property;
  object_class->dispose = kab_message_row_dispose;
  object_class->finalize = kab_message_row_finalize;

  properties[PROP_SPOKEN] =
      g_param_spec_string ("spoken", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/messages/kab-message-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KabMessageRow, bubble);
  gtk_widget_class_bind_template_child (widget_class, KabMessageRow, author);
  gtk_widget_class_bind_template_child (widget_class, KabMessageRow, text);
  gtk_widget_class_bind_template_child (widget_class, KabMessageRow, files);
  gtk_widget_class_bind_template_child (widget_class, KabMessageRow, time);
  gtk_widget_class_bind_template_child (widget_class, KabMessageRow, badge);
}

static void
kab_message_row_init (KabMessageRow *self)
{
  self->signals = g_signal_group_new (KAB_TYPE_MESSAGE);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (update), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kab_message_row_new:
 * @api: the line to the bank, for the files
 *
 * Returns: (transfer floating): a row without a message
 */
GtkWidget *
kab_message_row_new (KabApi *api)
{
  KabMessageRow *self = g_object_new (KAB_TYPE_MESSAGE_ROW, NULL);

  self->api = g_object_ref (api);

  return GTK_WIDGET (self);
}

/**
 * kab_message_row_set_message:
 * @self: a row
 * @message: (nullable): what it shows
 * @fresh: whether it is new to the user
 */
void
kab_message_row_set_message (KabMessageRow *self, KabMessage *message, gboolean fresh)
{
  g_return_if_fail (KAB_IS_MESSAGE_ROW (self));

  self->fresh = fresh;
  g_signal_group_set_target (self->signals, message);
  if (message != NULL)
    show_files (self, message);
  update (self);
}

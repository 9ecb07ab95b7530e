/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identification/kab-identification-page.h"

#include <glib/gi18n.h>

#include "common/kab-api-error-text.h"
#include "identification/kab-identification-text.h"
#include "identification/kab-phone-dialog.h"

/**
 * KabIdentificationPage:
 *
 * Identification by photo (PID): what to have ready, the way to begin here or on a phone, and what
 * became of it. `model` is a #KabIdentificationModel.
 */
struct _KabIdentificationPage
{
  KabPage parent_instance;

  GPtrArray *reason_rows;    /* (owned) (element-type GtkWidget) (unowned elements) */
  GCancellable *cancellable; /* (owned) */
  gboolean launching;
  int shown_state; /* -1 for none */

  GtkImage *icon;
  GtkLabel *heading;
  GtkLabel *text;
  AdwPreferencesGroup *reasons;
  AdwPreferencesGroup *instructions;
  GtkLabel *problem;
  GtkWidget *start;
  GtkLabel *start_label;
  GtkWidget *phone;
  GtkWidget *documents;
};

G_DEFINE_FINAL_TYPE (KabIdentificationPage, kab_identification_page, KAB_TYPE_PAGE)

typedef struct
{
  const char *icon_name;
  const char *css_class;
  const char *title;
  const char *text;
  const char *button; /* (nullable): none can be pressed */
} StateText;

static const StateText texts[KAB_N_IDENTIFICATION_STATES] = {
  [KAB_IDENTIFICATION_NOT_STARTED] = {
      "camera-photo-symbolic", "accent", N_("Identify yourself with a photo"),
      N_("About 5 minutes, any time of day."), N_("Start identification"),
  },
  [KAB_IDENTIFICATION_IN_PROGRESS] = {
      "kab-hourglass-symbolic", "accent", N_("Your photos are being checked"),
      N_("As a rule this takes a few minutes. You can leave this page; the result appears by "
         "itself. If you stopped halfway, you can go on."),
      N_("Go on with identification"),
  },
  [KAB_IDENTIFICATION_PASSED] = {
      "object-select-symbolic", "success", N_("You are identified"),
      N_("Now your documents are open."), NULL,
  },
  [KAB_IDENTIFICATION_FAILED] = {
      "dialog-error-symbolic", "error", N_("The identification did not succeed"),
      N_("The bank can’t go on this way. Call or write to it to hear what is possible."), NULL,
  },
  [KAB_IDENTIFICATION_REPEAT_REQUESTED] = {
      "view-refresh-symbolic", "warning", N_("Please do it once more"),
      N_("The first try could not be used. This is what to do better:"),
      N_("Start again"),
  },
};

static KabIdentificationModel *
get_model (KabIdentificationPage *self)
{
  return KAB_IDENTIFICATION_MODEL (kab_page_get_model (KAB_PAGE (self)));
}

static void
show_reasons (KabIdentificationPage *self, KabIdentificationState state)
{
  KabIdentification *identification =
      kab_identification_model_get_identification (get_model (self));
  g_auto (GStrv) reasons = NULL;

  for (guint i = 0; i < self->reason_rows->len; i++)
    adw_preferences_group_remove (self->reasons, self->reason_rows->pdata[i]);
  g_ptr_array_set_size (self->reason_rows, 0);
  if (identification != NULL &&
      (state == KAB_IDENTIFICATION_FAILED || state == KAB_IDENTIFICATION_REPEAT_REQUESTED))
    reasons = kab_identification_dup_reasons (identification);
  for (gsize i = 0; reasons != NULL && reasons[i] != NULL; i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), reasons[i]);
      adw_preferences_group_add (self->reasons, row);
      g_ptr_array_add (self->reason_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->reasons), self->reason_rows->len > 0);
}

/* Told politely, unless it is what the page opened with; the focus stays where it can. */
static void
announce (KabIdentificationPage *self, KabIdentificationState state)
{
  if (self->shown_state >= 0 && self->shown_state != (int) state)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), _ (texts[state].title),
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  self->shown_state = (int) state;
}

static void
show_state (KabIdentificationPage *self)
{
  KabIdentificationState state = kab_identification_model_get_state (get_model (self));
  const StateText *text = &texts[state];
  const char *classes[] = { "identification-icon", text->css_class, NULL };
  gboolean can_start = text->button != NULL;
  gboolean had_focus = gtk_widget_is_focus (self->start) || gtk_widget_is_focus (self->phone);

  gtk_image_set_from_icon_name (self->icon, text->icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), classes);
  gtk_label_set_label (self->heading, _ (text->title));
  gtk_label_set_label (self->text, _ (text->text));
  gtk_widget_set_visible (GTK_WIDGET (self->instructions),
                          can_start && state != KAB_IDENTIFICATION_IN_PROGRESS);
  gtk_widget_set_visible (self->start, can_start);
  gtk_widget_set_visible (self->phone, can_start);
  gtk_widget_set_visible (self->documents, state == KAB_IDENTIFICATION_PASSED);
  kab_page_set_initial_focus (KAB_PAGE (self), can_start ? self->start : self->documents);
  if (can_start)
    gtk_label_set_label (self->start_label, _ (text->button));
  if (had_focus && !can_start && gtk_widget_get_mapped (GTK_WIDGET (self)))
    kab_page_focus (KAB_PAGE (self));
  show_reasons (self, state);
  announce (self, state);
}

static void
show_problem (KabIdentificationPage *self, const char *text)
{
  gtk_label_set_label (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabIdentificationPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    return;

  show_problem (self, _("No browser could be opened here. Continue on a phone, or copy the link "
                         "from there."));
}

static void
launch (KabIdentificationPage *self, const char *link)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (link);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_uri_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                           self->cancellable, launched_cb, g_object_ref (self));
}

/* A link was asked for, to begin with: here it is, or why not. */
static void
go_on (KabIdentificationPage *self)
{
  const char *link = kab_identification_model_get_link (get_model (self));
  const GError *error = kab_identification_model_get_error (get_model (self));
  g_autofree char *problem = NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "identification.start", !self->launching);
  if (!self->launching || kab_identification_model_get_busy (get_model (self)))
    return;

  self->launching = FALSE;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "identification.start", TRUE);
  if (link != NULL)
    {
      launch (self, link);
    }
  else if (error != NULL)
    {
      problem = kab_api_error_text (error);
      show_problem (self, problem);
    }
}

static void
changed_cb (KabIdentificationPage *self)
{
  show_state (self);
  go_on (self);
}

static void
start_action_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  KabIdentificationPage *self = KAB_IDENTIFICATION_PAGE (widget);
  const char *link = kab_identification_model_get_link (get_model (self));

  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  if (link != NULL)
    {
      launch (self, link);
      return;
    }

  self->launching = TRUE;
  kab_identification_model_fetch (get_model (self));
}

static void
phone_action_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  KabIdentificationPage *self = KAB_IDENTIFICATION_PAGE (widget);

  adw_dialog_present (kab_phone_dialog_new (get_model (self)), widget);
}

static void
kab_identification_page_constructed (GObject *object)
{
  KabIdentificationPage *self = KAB_IDENTIFICATION_PAGE (object);

  G_OBJECT_CLASS (kab_identification_page_parent_class)->constructed (object);

  g_signal_connect_object (get_model (self), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  changed_cb (self);
}

static void
kab_identification_page_dispose (GObject *object)
{
  KabIdentificationPage *self = KAB_IDENTIFICATION_PAGE (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (kab_identification_page_parent_class)->dispose (object);
}

static void
kab_identification_page_finalize (GObject *object)
{
  KabIdentificationPage *self = KAB_IDENTIFICATION_PAGE (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->reason_rows);

  G_OBJECT_CLASS (kab_identification_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, KabIdentificationPage, icon);
  gtk_widget_class_bind_template_child (widget_class, KabIdentificationPage, heading);
  gtk_widget_class_bind_template_child (widget_class, KabIdentificationPage, text);
  gtk_widget_class_bind_template_child (widget_class, KabIdentificationPage, reasons);
  gtk_widget_class_bind_template_child (widget_class, KabIdentificationPage, instructions);
  gtk_widget_class_bind_template_child (widget_class, KabIdentificationPage, problem);
  gtk_widget_class_bind_template_child (widget_class, KabIdentificationPage, start);
  gtk_widget_class_bind_template_child (widget_class, KabIdentificationPage, start_label);
  gtk_widget_class_bind_template_child (widget_class, KabIdentificationPage, phone);
  gtk_widget_class_bind_template_child (widget_class, KabIdentificationPage, documents);
}

static void
kab_identification_page_class_init (KabIdentificationPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = kab_identification_page_constructed;
  object_class->dispose = kab_identification_page_dispose;
  object_class->finalize = kab_identification_page_finalize;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/identification/kab-identification-page.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "identification.start", NULL, start_action_cb);
  gtk_widget_class_install_action (widget_class, "identification.phone", NULL, phone_action_cb);
}

static void
kab_identification_page_init (KabIdentificationPage *self)
{
  self->reason_rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  self->shown_state = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/kab-document-rows.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "common/kab-attachment.h"
#include "common/kab-history-words.h"
#include "common/kab-local-text.h"
#include "common/kab-status-label.h"
#include "documents/kab-document-words.h"

/* The rows of a document's page that only tell something. */

static void
set_row_text (GtkWidget *row, const char *title, const char *subtitle)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
}

static void
add_chevron (GtkWidget *row)
{
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), image);
}

static GtkWidget *
create_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static GtkWidget *
create_go_button (const char *field, const char *name, const char *action_name)
{
  GtkWidget *button = gtk_button_new_with_label (_("Go to field"));
  g_autofree char *spoken = g_strdup_printf ("%s: %s", _("Go to field"), name);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", field);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);

  return button;
}

/**
 * kab_comment_row_new:
 * @comment: what the bank asks to correct
 * @action_name: what goes to its field, with the field as a string
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
kab_comment_row_new (KabComment *comment, const char *action_name)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "dialog-warning-symbolic",
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  KabTranslations *label = kab_comment_get_field_label (comment);
  const char *field = kab_comment_get_field (comment);
  const char *name =
      label != NULL ? kab_translations_get (label, setlocale (LC_MESSAGES, NULL)) : "";
  const char *text = kab_comment_get_text (comment);
  g_autofree char *spoken = NULL;

  name = *name != '\0' ? name : _("The whole document");
  spoken = g_strdup_printf ("%s: %s", name, text);
  gtk_widget_add_css_class (icon, "warning");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (box, "comment");
  gtk_box_append (GTK_BOX (column), create_label (name, "heading"));
  gtk_box_append (GTK_BOX (column), create_label (text, NULL));
  if (field != NULL && *field != '\0')
    gtk_box_append (GTK_BOX (column), create_go_button (field, name, action_name));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), column);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);

  return row;
}

static GtkWidget *
create_link (const char *title,
             const char *subtitle,
             const char *icon_name,
             const char *action_name,
             GVariant *target)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_name, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  set_row_text (row, title, subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  add_chevron (row);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action_name);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (row), target);

  return row;
}

static void
add_files (GtkWidget *row, KabDocumentVersion *version, const char *action_name)
{
  GListModel *files = kab_document_version_get_files (version);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (KabFile) file = g_list_model_get_item (files, i);
      g_autofree char *size = g_format_size (kab_file_get_size (file));
      const char *name = kab_file_get_name (file);

      adw_expander_row_add_row (
          ADW_EXPANDER_ROW (row),
          create_link (name, size, kab_file_get_icon_name (name), action_name,
                       g_variant_new ("(xs)", kab_document_version_get_revision (version),
                                      kab_file_get_id (file))));
    }
}

/* A version goes on to be looked at, corrected, accepted. */
static void
show_version_state (KabStatusLabel *label, GParamSpec *pspec, KabDocumentVersion *version)
{
  KabDocumentState state = KAB_DOCUMENT_NONE;

  kab_document_state_from_name (kab_document_version_get_state (version), &state);
  kab_status_label_set_state (label, state);
}

/**
 * kab_version_row_new:
 * @version: a version of a document
 * @answers_action: what shows its answers, with the revision as an int64
 * @file_action: what shows a file of it, with the revision as an int64 and the file's id
 *
 * Returns: (transfer floating): a row that opens to what the version consists of
 */
GtkWidget *
kab_version_row_new (KabDocumentVersion *version,
                     const char *answers_action,
                     const char *file_action)
{
  GtkWidget *row = adw_expander_row_new ();
  gint64 revision = kab_document_version_get_revision (version);
  g_autofree char *title = kab_document_dup_version (revision);
  g_autofree char *when =
      kab_local_time_exact (kab_date_time_to_time (kab_document_version_get_at (version)));
  gboolean by_bank = g_strcmp0 (kab_document_version_get_by (version), "bank") == 0;
  g_autofree char *subtitle =
      g_strdup_printf (by_bank ? _("From the bank, %s") : _("From you, %s"), when);
  GtkWidget *label = kab_status_label_new ();
  g_autofree char *spoken = g_strdup_printf ("%s. %s", title, subtitle);

  /* libadwaita names the header within the row, but not the row that takes the focus. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  show_version_state (KAB_STATUS_LABEL (label), NULL, version);
  g_signal_connect_object (version, "notify::state", G_CALLBACK (show_version_state), label,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (label, "dimmed");
  adw_expander_row_add_suffix (ADW_EXPANDER_ROW (row), label);
  if (kab_document_version_get_answers (version) != NULL)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                              create_link (_("Read the answers"), NULL,
                                           "x-office-document-symbolic", answers_action,
                                           g_variant_new_int64 (revision)));
  add_files (row, version, file_action);

  return row;
}

/**
 * kab_history_row_new:
 * @entry: an entry of the history
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
kab_history_row_new (KabHistoryEntry *entry)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *sentence = kab_history_dup_sentence (entry);
  g_autofree char *when =
      kab_local_time_exact (kab_date_time_to_time (kab_history_entry_get_at (entry)));
  g_autofree char *spoken = g_strdup_printf ("%s, %s", sentence, when);

  set_row_text (row, sentence, when);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);

  return row;
}

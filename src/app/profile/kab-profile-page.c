/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "profile/kab-profile-page.h"

#include <glib/gi18n.h>

#include "common/kab-button-row.h"
#include "common/kab-choice-row.h"
#include "common/kab-inline-message.h"
#include "common/kab-legal-document-row.h"
#include "common/kab-local-text.h"
#include "common/kab-spelling.h"
#include "common/kab-toast.h"
#include "kab-consent.h"
#include "kab-profile-operations.h"
#include "profile/kab-address-change-dialog.h"
#include "profile/kab-notice-row.h"
#include "profile/kab-sessions-list.h"
#include "shell/kab-window.h"
#include "sign-in/kab-access.h"

/**
 * KabProfilePage:
 *
 * How the bank and a client reach one another (SET-5, SET-7): addresses, language and channels of
 * notices, sessions, and the terms that were accepted. Its model is the #KabAccess of somebody who
 * is signed in. What is chosen is saved at once, or as soon as the choice before is saved.
 */
struct _KabProfilePage
{
  KabPage parent_instance;

  KabApi *api;               /* (owned) */
  KabProfile *profile;       /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GtkWidget *kinds[3];
  GPtrArray *term_rows; /* (owned) of GtkWidget */
  gboolean is_showing;
  gboolean is_saving;
  gboolean saves_again; /* more was chosen meanwhile */

  AdwActionRow *email;
  AdwActionRow *phone;
  GtkAccessible *email_button;
  GtkAccessible *phone_button;
  AdwPreferencesGroup *notices;
  AdwComboRow *language;
  KabInlineMessage *message;
  AdwPreferencesGroup *sessions;
  AdwPreferencesGroup *terms;
};

G_DEFINE_FINAL_TYPE (KabProfilePage, kab_profile_page, KAB_TYPE_PAGE)

static const struct
{
  const char *kind;
  const char *title;
} kinds[] = {
  { "corrections", N_("When something has to be corrected") },
  { "messages", N_("When the bank writes to you") },
  { "decisions", N_("When the bank decides") },
};

static KabAccess *
get_access (KabProfilePage *self)
{
  return KAB_ACCESS (kab_page_get_model (KAB_PAGE (self)));
}

static gboolean
has_channel (JsonObject *notices, const char *kind, const char *channel)
{
  JsonNode *node = notices != NULL ? json_object_get_member (notices, kind) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) &&
         json_object_get_boolean_member_with_default (json_node_get_object (node), channel, FALSE);
}

static void
show_language (KabProfilePage *self)
{
  const char *const *codes = kab_language_get_codes ();
  const char *code = kab_profile_get_language (self->profile);

  for (guint i = 0; code != NULL && codes[i] != NULL; i++)
    {
      if (g_str_equal (codes[i], code))
        adw_combo_row_set_selected (self->language, i);
    }
}

static void
show_profile (KabProfilePage *self)
{
  JsonObject *notices = kab_profile_get_notices (self->profile);

  /* More may be chosen here than the bank knows. */
  if (self->is_saving)
    return;

  self->is_showing = TRUE;
  adw_action_row_set_subtitle (self->email, kab_profile_get_email (self->profile));
  adw_action_row_set_subtitle (self->phone, kab_profile_get_phone (self->profile));
  show_language (self);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    kab_notice_row_set (KAB_NOTICE_ROW (self->kinds[i]),
                        has_channel (notices, kinds[i].kind, "email"),
                        has_channel (notices, kinds[i].kind, "sms"));
  self->is_showing = FALSE;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = kab_profile_load_finish (KAB_API (source), result, &error);
  g_autoptr (KabProfilePage) self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (!done)
    kab_inline_message_show_api_error (self->message, error);
  show_profile (self);
}

static void save (KabProfilePage *self);

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = kab_profile_save_finish (KAB_API (source), result, &error);
  g_autoptr (KabProfilePage) self = user_data;
  gboolean again = self->saves_again;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->is_saving = self->saves_again = FALSE;
  if (done && again)
    {
      save (self);
      return;
    }
  if (done)
    {
      show_profile (self);
      kab_toast_tell (GTK_WIDGET (self), _("Saved"));
      return;
    }

  kab_inline_message_show_api_error (self->message, error);
  if (g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_CONFLICT))
    kab_profile_load_async (self->api, self->profile, self->cancellable, loaded_cb,
                            g_object_ref (self));
  else
    show_profile (self);
}

static JsonObject *
create_notices (KabProfilePage *self)
{
  JsonObject *notices = json_object_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      JsonObject *channels = json_object_new ();
      gboolean email;
      gboolean sms;

      kab_notice_row_get (KAB_NOTICE_ROW (self->kinds[i]), &email, &sms);
      json_object_set_boolean_member (channels, "email", email);
      json_object_set_boolean_member (channels, "sms", sms);
      json_object_set_object_member (notices, kinds[i].kind, channels);
    }

  return notices;
}

static void
save (KabProfilePage *self)
{
  g_autoptr (JsonObject) notices = NULL;
  guint selected = adw_combo_row_get_selected (self->language);

  if (self->is_showing || selected == GTK_INVALID_LIST_POSITION)
    return;
  if (self->is_saving)
    {
      self->saves_again = TRUE;
      return;
    }

  self->is_saving = TRUE;
  notices = create_notices (self);
  kab_inline_message_clear (self->message);
  kab_profile_save_async (self->api, self->profile, kab_language_get_codes ()[selected], notices,
                          self->cancellable, saved_cb, g_object_ref (self));
}

static void
address_changed_cb (KabProfilePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (KAB_IS_WINDOW (root))
    kab_window_tell (KAB_WINDOW (root), _("Your new address is saved. Use it to sign in."));
}

static void
change_address (KabProfilePage *self, gboolean is_email)
{
  AdwDialog *dialog = kab_address_change_dialog_new (self->api, self->profile, is_email);

  g_signal_connect_object (dialog, "changed", G_CALLBACK (address_changed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
change_email_cb (KabProfilePage *self)
{
  change_address (self, TRUE);
}

static void
change_phone_cb (KabProfilePage *self)
{
  change_address (self, FALSE);
}

static KabLegalDocument *
find_document (KabAccess *access, const char *id)
{
  GListModel *documents = kab_bank_get_legal_documents (kab_access_get_bank (access));

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (KabLegalDocument) document = g_list_model_get_item (documents, i);

      if (g_strcmp0 (kab_legal_document_get_id (document), id) == 0)
        return document;
    }

  return NULL;
}

static char *
describe_consent (KabConsent *consent)
{
  GDateTime *time = kab_consent_get_accepted_at (consent);
  g_autofree char *exact =
      time != NULL ? kab_local_time_exact (g_date_time_to_unix_usec (time)) : NULL;

  if (exact == NULL)
    return g_strdup_printf (_("Version %s"), kab_consent_get_version (consent));

  return g_strdup_printf (_("Version %s, accepted %s"), kab_consent_get_version (consent), exact);
}

static GtkWidget *
create_term_row (KabProfilePage *self, KabConsent *consent)
{
  KabAccess *access = get_access (self);
  const char *language = kab_language_get_current (kab_access_get_language (access));
  KabLegalDocument *document = find_document (access, kab_consent_get_document (consent));
  KabTranslations *title = kab_consent_get_title (consent);
  g_autofree char *subtitle = describe_consent (consent);
  GtkWidget *row;

  if (document != NULL)
    {
      row = kab_legal_document_row_new (self->api, document, language);
    }
  else
    {
      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                     title != NULL ? kab_translations_get (title, language)
                                                   : kab_consent_get_document (consent));
    }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);

  return row;
}

static void
show_terms (KabProfilePage *self)
{
  GListModel *consents = kab_profile_get_consents (self->profile);
  guint n_consents = consents != NULL ? g_list_model_get_n_items (consents) : 0;

  for (guint i = 0; i < self->term_rows->len; i++)
    adw_preferences_group_remove (self->terms, self->term_rows->pdata[i]);
  g_ptr_array_set_size (self->term_rows, 0);

  for (guint i = 0; i < n_consents; i++)
    {
      g_autoptr (KabConsent) consent = g_list_model_get_item (consents, i);
      GtkWidget *row = create_term_row (self, consent);

      adw_preferences_group_add (self->terms, row);
      g_ptr_array_add (self->term_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->terms), n_consents > 0);
}

static void
add_notices (KabProfilePage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const char *const *codes = kab_language_get_codes ();

  for (guint i = 0; codes[i] != NULL; i++)
    gtk_string_list_append (names, kab_language_get_own_name (codes[i]));
  adw_combo_row_set_model (self->language, G_LIST_MODEL (names));
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      self->kinds[i] = kab_notice_row_new (_ (kinds[i].title));
      adw_preferences_group_add (self->notices, self->kinds[i]);
      g_signal_connect_object (self->kinds[i], "chosen", G_CALLBACK (save), self,
                               G_CONNECT_SWAPPED);
    }
}

static void
kab_profile_page_constructed (GObject *object)
{
  KabProfilePage *self = KAB_PROFILE_PAGE (object);
  KabAccess *access = get_access (self);

  G_OBJECT_CLASS (kab_profile_page_parent_class)->constructed (object);

  g_set_object (&self->api, kab_access_get_api (access));
  g_set_object (&self->profile, kab_client_data_get_profile (kab_access_get_data (access)));
  self->is_showing = TRUE;
  add_notices (self);
  show_profile (self);
  show_terms (self);
  adw_preferences_group_add (self->sessions, kab_sessions_list_new (self->api));
  g_signal_connect_object (self->language, "notify::selected", G_CALLBACK (save), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->profile, "notify", G_CALLBACK (show_profile), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (kab_profile_get_consents (self->profile), "items-changed",
                           G_CALLBACK (show_terms), self, G_CONNECT_SWAPPED);
}

static void
kab_profile_page_dispose (GObject *object)
{
  KabProfilePage *self = KAB_PROFILE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->profile);
  g_clear_object (&self->api);
  g_clear_pointer (&self->term_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (kab_profile_page_parent_class)->dispose (object);
}

static void
kab_profile_page_class_init (KabProfilePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kab_profile_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = kab_profile_page_dispose;

  g_type_ensure (KAB_TYPE_CHOICE_ROW);
  g_type_ensure (KAB_TYPE_INLINE_MESSAGE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/profile/kab-profile-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KabProfilePage, email);
  gtk_widget_class_bind_template_child (widget_class, KabProfilePage, phone);
  gtk_widget_class_bind_template_child (widget_class, KabProfilePage, email_button);
  gtk_widget_class_bind_template_child (widget_class, KabProfilePage, phone_button);
  gtk_widget_class_bind_template_child (widget_class, KabProfilePage, notices);
  gtk_widget_class_bind_template_child (widget_class, KabProfilePage, language);
  gtk_widget_class_bind_template_child (widget_class, KabProfilePage, message);
  gtk_widget_class_bind_template_child (widget_class, KabProfilePage, sessions);
  gtk_widget_class_bind_template_child (widget_class, KabProfilePage, terms);
  gtk_widget_class_bind_template_callback (widget_class, change_email_cb);
  gtk_widget_class_bind_template_callback (widget_class, change_phone_cb);
}

static void
kab_profile_page_init (KabProfilePage *self)
{
  self->cancellable = g_cancellable_new ();
  self->term_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  kab_button_row_let_wrap (GTK_WIDGET (self));
  kab_spelling_keep (GTK_WIDGET (self->email));
  /* The row names the button that it activates by its title, which would win. */
  gtk_accessible_reset_relation (self->email_button, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_reset_relation (self->phone_button, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

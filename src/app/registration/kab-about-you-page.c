/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "registration/kab-about-you-page.h"

#include <glib/gi18n.h>

#include "common/kab-busy-button.h"
#include "common/kab-button-row.h"
#include "common/kab-country-row.h"
#include "common/kab-error-text.h"
#include "common/kab-field-row.h"
#include "common/kab-inline-message.h"
#include "common/kab-legal-document-row.h"
#include "common/kab-radio-row.h"
#include "registration/kab-codes-page.h"
#include "registration/kab-contact-page.h"
#include "registration/kab-registration-model.h"
#include "shell/kab-window.h"

/**
 * KabAboutYouPage:
 *
 * The first page of the registration (REG-7 to REG-15): who registers, of which countries they are
 * citizens, and the bank's documents with the one consent that names them (A27).
 */
struct _KabAboutYouPage
{
  KabPage parent_instance;

  KabRadioRow *natural;
  KabRadioRow *legal;
  AdwPreferencesGroup *countries;
  KabCountryRow *citizenship;
  KabCountryRow *citizenship_2;
  GtkWidget *add_button;
  AdwPreferencesGroup *notice;
  AdwPreferencesGroup *documents;
  AdwSwitchRow *consent;
  KabInlineMessage *message;
  GtkWidget *continue_button;
  GPtrArray *rows; /* (owned) of KabLegalDocumentRow */
};

G_DEFINE_FINAL_TYPE (KabAboutYouPage, kab_about_you_page, KAB_TYPE_PAGE)

static KabRegistrationModel *
get_model (KabAboutYouPage *self)
{
  return KAB_REGISTRATION_MODEL (kab_page_get_model (KAB_PAGE (self)));
}

static void
mark (gpointer row, const char *code)
{
  g_autofree char *text = code != NULL ? kab_error_text (code, NULL) : NULL;

  kab_field_row_mark_error (GTK_WIDGET (row), text);
}

/* A company has one country, that of its register (REG-10). */
static void
show_type (KabAboutYouPage *self)
{
  gboolean is_natural = kab_radio_row_get_active (self->natural);

  adw_preferences_group_set_title (self->countries,
                                   is_natural ? _("Citizenship") : _("Registration"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->citizenship),
                                 is_natural ? _("Country whose citizen you are")
                                            : _("Country where the company is registered"));
}

static void
show_second (KabAboutYouPage *self)
{
  gboolean is_natural = kab_radio_row_get_active (self->natural);
  gboolean has_second;

  g_object_get (get_model (self), "has-second", &has_second, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->citizenship_2), is_natural && has_second);
  gtk_widget_set_visible (self->add_button, is_natural && !has_second);
}

static void
type_toggled_cb (KabAboutYouPage *self)
{
  if (kab_page_get_model (KAB_PAGE (self)) == NULL)
    return;

  g_object_set (get_model (self), "client-type",
                kab_radio_row_get_active (self->natural) ? "natural" : "legal", NULL);
  show_type (self);
  show_second (self);
}

static void
add_second_cb (KabAboutYouPage *self)
{
  g_object_set (get_model (self), "has-second", TRUE, NULL);
  show_second (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->citizenship_2));
}

static void
remove_second_cb (KabAboutYouPage *self)
{
  g_object_set (get_model (self), "has-second", FALSE, "citizenship-2", NULL, NULL);
  mark (self->citizenship_2, NULL);
  show_second (self);
  gtk_widget_grab_focus (self->add_button);
}

static gboolean
check_countries (KabAboutYouPage *self)
{
  const char *first = kab_country_row_get_country (self->citizenship);
  const char *second = kab_country_row_get_country (self->citizenship_2);
  gboolean has_second = gtk_widget_get_visible (GTK_WIDGET (self->citizenship_2));
  gboolean is_same = has_second && first != NULL && g_strcmp0 (first, second) == 0;

  mark (self->citizenship, first == NULL ? "required" : NULL);
  mark (self->citizenship_2, !has_second      ? NULL
                             : second == NULL ? "required"
                             : is_same        ? "same"
                                              : NULL);

  return first != NULL && (!has_second || (second != NULL && !is_same));
}

static gboolean
check_consent (KabAboutYouPage *self)
{
  gboolean given = adw_switch_row_get_active (self->consent);

  kab_field_row_mark_error (
      GTK_WIDGET (self->consent),
      given ? NULL
            : _("Without this the bank can’t take your registration. Switch it "
                 "on when you have read the documents."));

  return given;
}

static void
continue_cb (KabAboutYouPage *self)
{
  gboolean countries_right = check_countries (self);
  gboolean consent_right = check_consent (self);

  if (!countries_right || !consent_right)
    {
      kab_field_row_focus_first_error (GTK_WIDGET (self));
      return;
    }

  kab_window_push (KAB_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), KAB_TYPE_CONTACT_PAGE,
                   G_OBJECT (get_model (self)));
}

static void
country_changed_cb (KabAboutYouPage *self, GParamSpec *pspec, KabCountryRow *row)
{
  mark (row, NULL);
}

static void
consent_changed_cb (KabAboutYouPage *self)
{
  kab_field_row_mark_error (GTK_WIDGET (self->consent), NULL);
}

static void
read_changed_cb (KabAboutYouPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      KabLegalDocumentRow *row = self->rows->pdata[i];

      kab_legal_document_row_set_read (
          row, kab_registration_model_is_read (get_model (self),
                                               kab_legal_document_row_get_document (row)));
    }
}

static void
opened_cb (KabAboutYouPage *self, KabLegalDocumentRow *row)
{
  kab_registration_model_set_read (get_model (self), kab_legal_document_row_get_document (row));
}

static void
add_document (KabAboutYouPage *self, KabAccess *access, KabLegalDocument *document, GString *names)
{
  const char *language = kab_language_get_current (kab_access_get_language (access));
  gboolean is_binding = kab_legal_document_get_binding (document);
  GtkWidget *row = kab_legal_document_row_new (kab_access_get_api (access), document, language);

  adw_preferences_group_add (is_binding ? self->documents : self->notice, row);
  g_ptr_array_add (self->rows, g_object_ref (row));
  g_signal_connect_object (row, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  if (is_binding)
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                            adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
}

static void
add_documents (KabAboutYouPage *self)
{
  KabAccess *access = kab_registration_model_get_access (get_model (self));
  GListModel *documents = kab_bank_get_legal_documents (kab_access_get_bank (access));
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (KabLegalDocument) document = g_list_model_get_item (documents, i);

      add_document (self, access, document, names);
    }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->consent), names->str);
  read_changed_cb (self);
}

static void
resumed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabAboutYouPage) self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!kab_registration_model_resume_finish (KAB_REGISTRATION_MODEL (source), result) ||
      !KAB_IS_WINDOW (root))
    return;

  kab_window_push (KAB_WINDOW (root), KAB_TYPE_CONTACT_PAGE, source);
  kab_window_push (KAB_WINDOW (root), KAB_TYPE_CODES_PAGE, source);
  kab_window_tell (KAB_WINDOW (root), _("Your registration goes on where you left it."));
}

static void
kab_about_you_page_first_shown (KabPage *page)
{
  KabAboutYouPage *self = KAB_ABOUT_YOU_PAGE (page);

  KAB_PAGE_CLASS (kab_about_you_page_parent_class)->first_shown (page);

  kab_registration_model_resume_async (get_model (self), resumed_cb, g_object_ref (self));
}

static void
bind_model (KabAboutYouPage *self)
{
  KabRegistrationModel *model = get_model (self);
  gboolean is_natural = g_strcmp0 (kab_registration_model_get_client_type (model), "legal") != 0;

  kab_radio_row_set_active (is_natural ? self->natural : self->legal, TRUE);
  g_object_bind_property (model, "citizenship", self->citizenship, "country",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (model, "citizenship-2", self->citizenship_2, "country",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (model, "consent", self->consent, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  if (!kab_registration_model_offers_companies (model))
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self->legal), FALSE);
      adw_action_row_set_subtitle (
          ADW_ACTION_ROW (self->legal),
          _("This bank does not register companies here yet. Call it; it will help you."));
    }
}

static void
kab_about_you_page_constructed (GObject *object)
{
  KabAboutYouPage *self = KAB_ABOUT_YOU_PAGE (object);

  G_OBJECT_CLASS (kab_about_you_page_parent_class)->constructed (object);

  kab_field_row_set_required (GTK_WIDGET (self->citizenship), TRUE);
  kab_field_row_set_required (GTK_WIDGET (self->citizenship_2), TRUE);
  kab_field_row_set_required (GTK_WIDGET (self->consent), TRUE);
  bind_model (self);
  add_documents (self);
  show_type (self);
  show_second (self);
  g_signal_connect_object (get_model (self), "read-changed", G_CALLBACK (read_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->citizenship, "notify::country", G_CALLBACK (country_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->citizenship_2, "notify::country", G_CALLBACK (country_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->consent, "notify::active", G_CALLBACK (consent_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
kab_about_you_page_dispose (GObject *object)
{
  g_clear_pointer (&KAB_ABOUT_YOU_PAGE (object)->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (kab_about_you_page_parent_class)->dispose (object);
}

static void
kab_about_you_page_class_init (KabAboutYouPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kab_about_you_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = kab_about_you_page_dispose;
  KAB_PAGE_CLASS (klass)->first_shown = kab_about_you_page_first_shown;

  g_type_ensure (KAB_TYPE_BUSY_BUTTON);
  g_type_ensure (KAB_TYPE_COUNTRY_ROW);
  g_type_ensure (KAB_TYPE_INLINE_MESSAGE);
  g_type_ensure (KAB_TYPE_RADIO_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/registration/kab-about-you-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KabAboutYouPage, natural);
  gtk_widget_class_bind_template_child (widget_class, KabAboutYouPage, legal);
  gtk_widget_class_bind_template_child (widget_class, KabAboutYouPage, countries);
  gtk_widget_class_bind_template_child (widget_class, KabAboutYouPage, citizenship);
  gtk_widget_class_bind_template_child (widget_class, KabAboutYouPage, citizenship_2);
  gtk_widget_class_bind_template_child (widget_class, KabAboutYouPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, KabAboutYouPage, notice);
  gtk_widget_class_bind_template_child (widget_class, KabAboutYouPage, documents);
  gtk_widget_class_bind_template_child (widget_class, KabAboutYouPage, consent);
  gtk_widget_class_bind_template_child (widget_class, KabAboutYouPage, message);
  gtk_widget_class_bind_template_child (widget_class, KabAboutYouPage, continue_button);
  gtk_widget_class_bind_template_callback (widget_class, type_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_second_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_second_cb);
  gtk_widget_class_bind_template_callback (widget_class, continue_cb);
}

static void
kab_about_you_page_init (KabAboutYouPage *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  kab_button_row_let_wrap (GTK_WIDGET (self));
}

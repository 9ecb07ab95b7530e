/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-app-fixture.h"

#include <glib/gi18n.h>

#include "common/kab-status-view.h"

/* A page that shows the text of its model, a GtkEntryBuffer. */
#define KAB_TYPE_SAMPLE_PAGE (kab_sample_page_get_type ())
G_DECLARE_FINAL_TYPE (KabSamplePage, kab_sample_page, KAB, SAMPLE_PAGE, KabPage)

struct _KabSamplePage
{
  KabPage parent_instance;
};

G_DEFINE_FINAL_TYPE (KabSamplePage, kab_sample_page, KAB_TYPE_PAGE)

static void
kab_sample_page_constructed (GObject *object)
{
  GtkEntryBuffer *buffer = GTK_ENTRY_BUFFER (kab_page_get_model (KAB_PAGE (object)));
  GtkWidget *view = kab_status_view_new ();

  G_OBJECT_CLASS (kab_sample_page_parent_class)->constructed (object);

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (object), _("Documents"));
  g_object_set (view, "title", _("Documents"), "child", gtk_entry_new_with_buffer (buffer), NULL);
  kab_page_set_content (KAB_PAGE (object), view);
}

static void
kab_sample_page_class_init (KabSamplePageClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = kab_sample_page_constructed;
}

static void
kab_sample_page_init (KabSamplePage *self)
{
}

/* Puts @content on a page of its own. */
void
kab_app_fixture_show (KabWindow *window, GtkWidget *content)
{
  g_autoptr (GtkEntryBuffer) buffer = gtk_entry_buffer_new (NULL, 0);
  AdwNavigationView *view = kab_window_get_view (window);

  kab_window_push (window, KAB_TYPE_SAMPLE_PAGE, G_OBJECT (buffer));
  kab_page_set_content (KAB_PAGE (adw_navigation_view_get_visible_page (view)), content);
}

/* A section whose page has one entry. */
KabSection *
kab_app_fixture_section (const char *id, const char *title, const char *icon_name)
{
  g_autoptr (GtkEntryBuffer) buffer = gtk_entry_buffer_new (NULL, 0);

  return kab_section_new (id, title, icon_name, KAB_TYPE_SAMPLE_PAGE, G_OBJECT (buffer));
}

/* Whether the addresses that a test connects to are really asked. */
void
kab_app_fixture_set_online (KabApplication *application, gboolean online)
{
  KabBankModel *bank = kab_application_get_bank (application);
  KabAccess *access = kab_application_get_access (application);

  if (online)
    g_signal_handlers_unblock_matched (bank, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, access);
  else
    g_signal_handlers_block_matched (bank, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, access);
}

/* An application that is started, has its own settings in memory and shares
 * nothing with a running one. A process can have one only; each start finds it
 * without a window or a bank, in English. */
KabApplication *
kab_app_fixture_start (void)
{
  static KabApplication *application;

  if (application == NULL)
    {
      g_autoptr (GError) error = NULL;

      application = kab_application_new ();
      g_application_set_flags (G_APPLICATION (application),
                               G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_COMMAND_LINE);
      g_application_register (G_APPLICATION (application), NULL, &error);
      g_assert_no_error (error);
      kab_app_fixture_set_online (application, FALSE);
    }
  g_assert_null (gtk_application_get_windows (GTK_APPLICATION (application)));
  kab_bank_model_connect (kab_application_get_bank (application), NULL);
  kab_language_set_current (kab_application_get_language (application), "en");

  return application;
}

/* Closes the window and checks that nothing keeps it. */
void
kab_app_fixture_stop (KabApplication *application)
{
  GList *windows;

  kab_language_set_current (kab_application_get_language (application), "en");
  while ((windows = gtk_application_get_windows (GTK_APPLICATION (application))) != NULL)
    kab_app_fixture_close (windows->data);
}

/* Closes @window and checks that nothing keeps it. */
void
kab_app_fixture_close (gpointer window)
{
  gpointer weak = window;

  g_object_add_weak_pointer (window, &weak);
  gtk_window_destroy (window);
  kab_app_wait_until (weak == NULL);
}

void
kab_app_fixture_fill_bank (KabBankModel *bank)
{
  kab_bank_model_connect (bank, "https://bank.example");
  g_object_set (bank, "name", "Baltijas Nams & Co", "phone", "+371 67 772 999", "email",
                "info@bank.example", "hours", "Mo–Fr 9–17", NULL);
  kab_bank_model_set_journey (bank,
                              KAB_SERVICES (KAB_SERVICE_NEW_CLIENT) |
                                  KAB_SERVICES (KAB_SERVICE_CARD_USER) |
                                  KAB_SERVICES (KAB_SERVICE_INTERNET_BANK_USER),
                              &(KabJourneySettings) {
                                  .fee = { .minor = 5000, .currency = "EUR" },
                                  .offers_signing = TRUE,
                                  .expected_documents = 2,
                              });
  kab_bank_model_set_ready (bank);
}

static gboolean
frame_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  guint *frames = user_data;

  (*frames)++;

  return *frames < 3 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* Waits until @widget was laid out and drawn. */
void
kab_app_fixture_wait_frame (GtkWidget *widget)
{
  guint frames = 0;

  kab_app_wait_until (gtk_widget_get_mapped (widget));
  gtk_widget_add_tick_callback (widget, frame_cb, &frames, NULL);
  kab_app_wait_until (frames >= 3);
}

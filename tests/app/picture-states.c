/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-states.h"

#include "common/kab-menu-button.h"
#include "forms/kab-conflict-dialog.h"
#include "forms/kab-missing-button.h"
#include "kab-app-walk.h"
#include "kab-onboarding-fixture.h"
#include "pdf-fixture.h"
#include "picture-onboarding.h"
#include "preview/kab-preview-page.h"
#include "sign-in/kab-idle-guard.h"

/* What opens over a page, and the preview in its states. */

static GtkPopover *popover;
static KabIdleTimer *idle_timer;
static KabIdleGuard *idle_guard;
static gint64 idle_now;

static void
open_popover (gpointer root)
{
  GtkWidget *button = kab_app_find (root, GTK_TYPE_MENU_BUTTON, NULL);

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));
  kab_app_fixture_wait_frame (GTK_WIDGET (popover));
}

GtkWidget *
picture_find_popover (void)
{
  return GTK_WIDGET (popover);
}

void
picture_show_menu (KabApplication *application, KabWindow *window)
{
  picture_show_home_photo (application, window);
  open_popover (kab_app_find (kab_app_get_page (window), KAB_TYPE_MENU_BUTTON, NULL));
}

void
picture_show_missing (KabApplication *application, KabWindow *window)
{
  picture_show_application_wrong (application, window);
  open_popover (kab_app_find (kab_app_get_page (window), KAB_TYPE_MISSING_BUTTON, NULL));
}

void
picture_show_entry (KabApplication *application, KabWindow *window)
{
  GtkWidget *row;

  picture_show_tax_form (application, window);
  row = kab_app_find (kab_app_get_page (window), ADW_TYPE_BUTTON_ROW, NULL);
  g_signal_emit_by_name (row, "activated");
  kab_app_get_dialog (window);
}

void
picture_show_conflict (KabApplication *application, KabWindow *window)
{
  g_autoptr (KabFormDefinition) definition =
      kab_onboarding_fixture_load_form ("application-natural");
  g_autoptr (JsonObject) mine = kab_test_json (
      "{'full_name': 'Anna Bērziņa', 'birth_date': '1990-03-24', 'related_client': 'SIA Baltā'}");
  g_autoptr (JsonObject) theirs =
      kab_test_json ("{'full_name': 'Anna Bērziņa-Kalniņa', 'birth_date': '1990-03-24'}");

  picture_show_application (application, window);
  adw_dialog_present (kab_conflict_dialog_new (definition, mine, theirs), GTK_WIDGET (window));
  kab_app_get_dialog (window);
}

static gint64
get_idle_now (gpointer user_data)
{
  return idle_now;
}

void
picture_show_idle (KabApplication *application, KabWindow *window)
{
  picture_show_home_photo (application, window);
  idle_now = 0;
  idle_timer = kab_idle_timer_new (300);
  kab_idle_timer_set_clock (idle_timer, get_idle_now, NULL);
  idle_guard = kab_idle_guard_new (GTK_WIDGET (window), idle_timer);
  idle_now = 255 * G_USEC_PER_SEC;
  kab_idle_timer_check (idle_timer);
  kab_app_get_dialog (window);
}

void
picture_leave_idle (void)
{
  g_clear_object (&idle_guard);
  g_clear_object (&idle_timer);
}

static gboolean
is_ready (KabPreviewPage *page)
{
  gboolean ready;

  g_object_get (page, "ready", &ready, NULL);

  return ready;
}

static KabPreviewPage *
push_preview (KabWindow *window, GBytes *pdf)
{
  KabPreviewPage *page = kab_preview_page_new (pdf, "Customer questionnaire.pdf");

  picture_show_home_photo (NULL, window);
  kab_preview_page_set_editable (page, TRUE);
  adw_navigation_view_push (kab_window_get_view (window), ADW_NAVIGATION_PAGE (page));
  kab_app_fixture_wait_frame (GTK_WIDGET (page));

  return page;
}

void
picture_show_preview_fields (KabApplication *application, KabWindow *window)
{
  const char *language = kab_language_get_current (kab_application_get_language (application));
  KabPreviewPage *page;
  g_autofree char *path =
      g_strdup_printf ("%s/questionnaires/customer-questionnaire.%s.pdf", KAB_BANK_DIR, language);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  char *data = NULL;
  gsize length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  pdf = g_bytes_new_take (data, length);
  page = push_preview (window, pdf);
  kab_app_wait_until (is_ready (page));
}

void
picture_show_preview_search (KabApplication *application, KabWindow *window)
{
  GtkWidget *page;

  picture_show_preview_fields (application, window);
  page = GTK_WIDGET (adw_navigation_view_get_visible_page (kab_window_get_view (window)));
  gtk_widget_activate_action (page, "preview.find", NULL);
  kab_app_fixture_wait_frame (page);
}

void
picture_show_preview_opening (KabApplication *application, KabWindow *window)
{
  push_preview (window, NULL);
}

static GObject *
get_preview_child (KabPreviewPage *page, const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (page), KAB_TYPE_PREVIEW_PAGE, name);
}

static gboolean
shows (KabPreviewPage *page, const char *state)
{
  GtkStack *stack = GTK_STACK (get_preview_child (page, "stack"));

  return g_str_equal (gtk_stack_get_visible_child_name (stack), state);
}

void
picture_show_preview_problem (KabApplication *application, KabWindow *window)
{
  g_autoptr (GBytes) damaged = g_bytes_new_static ("%PDF-1.7\nnothing", 16);
  KabPreviewPage *page = push_preview (window, damaged);

  kab_app_wait_until (shows (page, "problem"));
}

/* After one try that was wrong. */
void
picture_show_preview_password (KabApplication *application, KabWindow *window)
{
  g_autoptr (GBytes) locked = pdf_fixture_encrypted ();
  KabPreviewPage *page = push_preview (window, locked);
  GObject *row;

  kab_app_wait_until (shows (page, "password"));
  row = get_preview_child (page, "password_row");
  gtk_editable_set_text (GTK_EDITABLE (row), "guess");
  g_signal_emit_by_name (row, "entry-activated");
  kab_app_wait_until (
      gtk_widget_get_visible (GTK_WIDGET (get_preview_child (page, "password_error"))));
}

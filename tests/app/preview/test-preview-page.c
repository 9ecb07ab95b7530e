/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdlib.h>

#include "pdf-fixture.h"
#include "preview-window.h"
#include "preview/kab-pdf-field-widget.h"

static gboolean
is_problem (PreviewWindow *fixture)
{
  return g_str_equal (preview_window_get_state (fixture), "problem");
}

static gboolean
is_password (PreviewWindow *fixture)
{
  return g_str_equal (preview_window_get_state (fixture), "password");
}

static gboolean
is_document (PreviewWindow *fixture)
{
  return g_str_equal (preview_window_get_state (fixture), "document");
}

static GtkWidget *
find_control (PreviewWindow *fixture, const char *label)
{
  KabPdfPageView *view = preview_window_get_page_view (fixture, 0);
  GListModel *fields = kab_pdf_document_get_fields (kab_preview_page_get_document (fixture->page));

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (KabPdfField) field = g_list_model_get_item (fields, i);

      if (g_str_equal (kab_pdf_field_get_label (field), label))
        return kab_pdf_page_view_get_control (view, field);
    }
  return NULL;
}

static gboolean
has_controls (PreviewWindow *fixture)
{
  return preview_window_is_drawn (fixture) && find_control (fixture, "Notes") != NULL;
}

static void
open_form (PreviewWindow *fixture)
{
  g_autoptr (GBytes) pdf = pdf_fixture_form ();

  preview_window_open (fixture, pdf, TRUE);
  preview_window_wait (fixture, has_controls);
}

static void
test_read (void)
{
  PreviewWindow fixture;
  g_autoptr (GBytes) pdf = pdf_fixture_text (12);
  KabPdfPageView *view;

  preview_window_open (&fixture, pdf, FALSE);
  preview_window_wait (&fixture, preview_window_is_drawn);
  view = preview_window_get_page_view (&fixture, 0);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_ROLE_ARTICLE);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Page 1 of 12");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       kab_pdf_page_get_text (kab_pdf_page_view_get_page (view)));
  g_assert_cmpstr (adw_window_title_get_subtitle (
                       ADW_WINDOW_TITLE (preview_window_get_child (&fixture, "window_title"))),
                   ==, "Page 1 of 12");
  g_assert_false (gtk_revealer_get_reveal_child (
      GTK_REVEALER (preview_window_get_child (&fixture, "bottom_bar"))));
  g_assert_null (preview_window_get_page_view (&fixture, 11)); /* only what is near exists */
  preview_window_close (&fixture);
}

/* Everything that can be focused has a name. */
static void
assert_named (GtkWidget *widget)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget) ||
      GTK_IS_CHECK_BUTTON (widget) || GTK_IS_DROP_DOWN (widget) || KAB_IS_PDF_PAGE_VIEW (widget) ||
      GTK_IS_MENU_BUTTON (widget))
    {
      const gboolean named =
          gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget),
                                            GTK_ACCESSIBLE_PROPERTY_LABEL) ||
          gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                            GTK_ACCESSIBLE_RELATION_LABELLED_BY) ||
          gtk_widget_get_tooltip_text (widget) != NULL ||
          GTK_IS_WINDOW_CONTROLS (gtk_widget_get_parent (widget)) ||
          GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget)) ||
          GTK_IS_DROP_DOWN (gtk_widget_get_parent (widget)) ||
          (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL);

      if (!named)
        g_error ("a %s in a %s has no name", G_OBJECT_TYPE_NAME (widget),
                 G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_named (child);
}

static void
test_names (void)
{
  PreviewWindow fixture;

  open_form (&fixture);
  assert_named (GTK_WIDGET (fixture.page));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_control (&fixture, "Vārds")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Vārds");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_control (&fixture, "Vārds")),
                                       GTK_ACCESSIBLE_PROPERTY_REQUIRED, TRUE);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_control (&fixture, "Notes")),
                                       GTK_ACCESSIBLE_PROPERTY_REQUIRED, FALSE);
  g_assert_null (find_control (&fixture, "Bank")); /* read-only: part of the picture */
  preview_window_close (&fixture);
}

static void
copied_cb (KabPreviewPage *page, GBytes *copy, GBytes **result)
{
  *result = g_bytes_ref (copy);
}

static GBytes *copied;

static gboolean
is_copied (PreviewWindow *fixture)
{
  return copied != NULL;
}

/* Submitting leads to what is missing, until nothing is. */
static void
test_fill (void)
{
  PreviewWindow fixture;
  GtkWidget *name;

  open_form (&fixture);
  g_signal_connect (fixture.page, "submitted", G_CALLBACK (copied_cb), &copied);
  g_signal_connect (fixture.page, "saved", G_CALLBACK (copied_cb), &copied);
  g_assert_true (gtk_revealer_get_reveal_child (
      GTK_REVEALER (preview_window_get_child (&fixture, "bottom_bar"))));
  g_assert_cmpuint (kab_preview_page_get_missing (fixture.page), ==, 3);
  g_assert_cmpstr (
      gtk_label_get_label (GTK_LABEL (preview_window_get_child (&fixture, "missing_label"))), ==,
      "3 required fields are empty");

  gtk_widget_activate_action (GTK_WIDGET (fixture.page), "preview.submit", NULL);
  name = find_control (&fixture, "Vārds");
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (fixture.window), name));
  g_assert_null (copied);

  gtk_editable_set_text (GTK_EDITABLE (name), "Jānis");
  g_assert_cmpuint (kab_preview_page_get_missing (fixture.page), ==, 2);
  g_assert_true (kab_preview_page_get_modified (fixture.page));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_control (&fixture, "I agree")), TRUE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_control (&fixture, "Company")), TRUE);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find_control (&fixture, "Country")), 1);
  g_assert_cmpuint (kab_preview_page_get_missing (fixture.page), ==, 0);

  gtk_widget_activate_action (GTK_WIDGET (fixture.page), "preview.save", NULL);
  preview_window_wait (&fixture, is_copied);
  g_assert_false (kab_preview_page_get_modified (fixture.page));
  g_clear_pointer (&copied, g_bytes_unref);
  gtk_widget_activate_action (GTK_WIDGET (fixture.page), "preview.submit", NULL);
  preview_window_wait (&fixture, is_copied);
  preview_window_close (&fixture);

  /* The copy, read again. */
  preview_window_open (&fixture, copied, TRUE);
  preview_window_wait (&fixture, has_controls);
  g_assert_cmpuint (kab_preview_page_get_missing (fixture.page), ==, 0);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_control (&fixture, "Vārds"))), ==,
                   "Jānis");
  g_assert_true (
      gtk_check_button_get_active (GTK_CHECK_BUTTON (find_control (&fixture, "Company"))));
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (find_control (&fixture, "Country"))),
                    ==, 1);
  preview_window_close (&fixture);
  g_clear_pointer (&copied, g_bytes_unref);
}

/* What is typed while the copy is made isn't in it, and isn't taken for saved. */
static void
test_fill_meanwhile (void)
{
  PreviewWindow fixture;
  GtkEditable *name;

  open_form (&fixture);
  g_signal_connect (fixture.page, "saved", G_CALLBACK (copied_cb), &copied);
  name = GTK_EDITABLE (find_control (&fixture, "Vārds"));
  gtk_editable_set_text (name, "Jānis");
  gtk_widget_activate_action (GTK_WIDGET (fixture.page), "preview.save", NULL);
  g_assert_false (kab_preview_page_get_modified (fixture.page));
  gtk_editable_set_text (name, "Jānis Bērziņš");
  preview_window_wait (&fixture, is_copied);
  g_clear_pointer (&copied, g_bytes_unref);
  g_assert_true (kab_preview_page_get_modified (fixture.page));

  gtk_widget_activate_action (GTK_WIDGET (fixture.page), "preview.save", NULL);
  kill (
      (pid_t) atoi (kab_pdf_document_get_helper_pid (kab_preview_page_get_document (fixture.page))),
      SIGKILL);
  preview_window_wait (&fixture, is_problem);
  g_assert_null (copied);
  g_assert_true (kab_preview_page_get_modified (fixture.page));
  preview_window_close (&fixture);
}

/* Where the keyboard is: the label of the field, or "page". */
static const char *
get_focus_label (PreviewWindow *fixture)
{
  GtkWidget *focus = gtk_window_get_focus (fixture->window);

  for (; focus != NULL; focus = gtk_widget_get_parent (focus))
    {
      KabPdfField *field = kab_pdf_field_widget_get_field (focus);

      if (field != NULL)
        return kab_pdf_field_get_label (field);
      if (KAB_IS_PDF_PAGE_VIEW (focus))
        return "page";
    }
  return "elsewhere";
}

static void
test_tab (void)
{
  static const char *const order[] = { "page",   "Vārds",   "Notes",  "I agree",
                                       "Person", "Company", "Country" };
  PreviewWindow fixture;
  GtkWidget *canvas;

  open_form (&fixture);
  canvas = GTK_WIDGET (kab_pdf_view_get_canvas (kab_preview_page_get_view (fixture.page)));
  gtk_window_set_focus (fixture.window, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_assert_true (gtk_widget_child_focus (canvas, GTK_DIR_TAB_FORWARD));
      g_assert_cmpstr (get_focus_label (&fixture), ==, order[i]);
    }
  g_assert_false (gtk_widget_child_focus (canvas, GTK_DIR_TAB_FORWARD)); /* no trap */
  for (gsize i = G_N_ELEMENTS (order) - 1; i > 0; i--)
    {
      g_assert_true (gtk_widget_child_focus (canvas, GTK_DIR_TAB_BACKWARD));
      g_assert_cmpstr (get_focus_label (&fixture), ==, order[i - 1]);
    }
  g_assert_false (gtk_widget_child_focus (canvas, GTK_DIR_TAB_BACKWARD));

  kab_preview_page_go_to_field (fixture.page, "country");
  g_assert_cmpstr (get_focus_label (&fixture), ==, "Country");
  preview_window_close (&fixture);
}

static gboolean
is_on_last_page (PreviewWindow *fixture)
{
  return kab_pdf_view_get_page (kab_preview_page_get_view (fixture->page)) == 11;
}

static gboolean
is_without_sidebar (PreviewWindow *fixture)
{
  return gtk_widget_get_width (GTK_WIDGET (kab_preview_page_get_view (fixture->page))) ==
         gtk_widget_get_width (GTK_WIDGET (fixture->page));
}

static gboolean
is_on_first_page (PreviewWindow *fixture)
{
  return kab_pdf_view_get_page (kab_preview_page_get_view (fixture->page)) == 0;
}

static gboolean
is_larger (PreviewWindow *fixture)
{
  g_autofree char *zoom = kab_pdf_view_dup_zoom (kab_preview_page_get_view (fixture->page));

  return g_str_equal (zoom, "110%");
}

static void
test_move (void)
{
  PreviewWindow fixture;
  g_autoptr (GBytes) pdf = pdf_fixture_text (12);
  GtkWidget *view;

  preview_window_open (&fixture, pdf, FALSE);
  preview_window_wait (&fixture, preview_window_is_drawn);
  view = GTK_WIDGET (kab_preview_page_get_view (fixture.page));
  gtk_widget_activate_action (view, "view.last-page", NULL);
  preview_window_wait (&fixture, is_on_last_page);
  g_assert_nonnull (preview_window_get_page_view (&fixture, 11));
  g_assert_null (preview_window_get_page_view (&fixture, 5)); /* pages passed by are gone */
  gtk_widget_activate_action (GTK_WIDGET (fixture.page), "preview.toggle-sidebar", NULL);
  preview_window_wait (&fixture, is_without_sidebar);
  preview_window_wait (&fixture, is_on_last_page); /* larger pages, the same place */
  gtk_widget_activate_action (view, "view.first-page", NULL);
  preview_window_wait (&fixture, is_on_first_page);
  gtk_widget_activate_action (view, "view.zoom-full", NULL);
  preview_window_wait (&fixture, preview_window_is_full_size);
  gtk_widget_activate_action (view, "view.zoom-in", NULL);
  preview_window_wait (&fixture, is_larger);
  preview_window_close (&fixture);
}

static void
test_broken (void)
{
  PreviewWindow fixture;
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF-1.7 no", 11);
  g_autoptr (GBytes) good = pdf_fixture_text (1);
  GtkWidget *download;

  preview_window_open (&fixture, pdf, FALSE);
  preview_window_wait (&fixture, is_problem);
  g_assert_cmpstr (adw_status_page_get_title (
                       ADW_STATUS_PAGE (preview_window_get_child (&fixture, "problem_status"))),
                   ==, "The document can't be shown");
  g_assert_false (gtk_widget_get_visible (preview_window_get_child (&fixture, "retry_button")));
  download = gtk_widget_get_next_sibling (preview_window_get_child (&fixture, "retry_button"));
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (download)), ==,
                   "preview.download");
  g_assert_true (gtk_widget_get_mapped (download));
  g_assert_true (gtk_widget_is_sensitive (download));
  kab_preview_page_set_pdf (fixture.page, good);
  preview_window_wait (&fixture, preview_window_is_drawn);
  preview_window_close (&fixture);
}

static void
test_protected (void)
{
  PreviewWindow fixture;
  g_autoptr (GBytes) pdf = pdf_fixture_encrypted ();
  GtkWidget *row;

  preview_window_open (&fixture, pdf, FALSE);
  preview_window_wait (&fixture, is_password);
  row = preview_window_get_child (&fixture, "password_row");
  g_assert_false (gtk_widget_get_visible (preview_window_get_child (&fixture, "password_error")));
  gtk_editable_set_text (GTK_EDITABLE (row), "guess");
  g_signal_emit_by_name (row, "entry-activated");
  g_assert_cmpstr (preview_window_get_state (&fixture), ==, "loading");
  preview_window_wait (&fixture, is_password);
  g_assert_true (gtk_widget_get_visible (preview_window_get_child (&fixture, "password_error")));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  preview_window_close (&fixture);
}

static gboolean
is_filled_again (PreviewWindow *fixture)
{
  GtkWidget *control = has_controls (fixture) ? find_control (fixture, "Vārds") : NULL;

  return control != NULL && is_document (fixture) &&
         g_str_equal (gtk_editable_get_text (GTK_EDITABLE (control)), "Anna");
}

static void
test_helper_falls (void)
{
  PreviewWindow fixture;

  open_form (&fixture);
  gtk_editable_set_text (GTK_EDITABLE (find_control (&fixture, "Vārds")), "Anna");
  kill (
      (pid_t) atoi (kab_pdf_document_get_helper_pid (kab_preview_page_get_document (fixture.page))),
      SIGKILL);
  preview_window_wait (&fixture, is_problem);
  g_assert_true (gtk_widget_get_visible (preview_window_get_child (&fixture, "retry_button")));
  gtk_widget_activate_action (GTK_WIDGET (fixture.page), "preview.reopen", NULL);
  preview_window_wait (&fixture, is_filled_again);
  g_assert_cmpuint (kab_preview_page_get_missing (fixture.page), ==, 2);
  preview_window_close (&fixture);
}

static void
test_not_confined (void)
{
  PreviewWindow fixture;
  g_autoptr (GBytes) pdf = pdf_fixture_text (1);
  g_autofree char *helper = g_strdup (g_getenv ("KABINETS_DOCUMENT_HELPER"));

  kab_document_process_drop_spare ();
  g_setenv ("KABINETS_DOCUMENT_HELPER", g_getenv ("HELPER_WITHOUT_LANDLOCK"), TRUE);
  preview_window_open (&fixture, pdf, FALSE);
  preview_window_wait (&fixture, is_problem);
  g_assert_cmpstr (adw_status_page_get_title (
                       ADW_STATUS_PAGE (preview_window_get_child (&fixture, "problem_status"))),
                   ==, "No preview on this computer");
  preview_window_close (&fixture);
  kab_document_process_drop_spare ();
  g_setenv ("KABINETS_DOCUMENT_HELPER", helper, TRUE);
}

int
main (int argc, char *argv[])
{
  int result;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/preview-page/read", test_read);
  g_test_add_func ("/preview-page/names", test_names);
  g_test_add_func ("/preview-page/fill", test_fill);
  g_test_add_func ("/preview-page/fill-meanwhile", test_fill_meanwhile);
  g_test_add_func ("/preview-page/tab", test_tab);
  g_test_add_func ("/preview-page/move", test_move);
  g_test_add_func ("/preview-page/broken", test_broken);
  g_test_add_func ("/preview-page/protected", test_protected);
  g_test_add_func ("/preview-page/helper-falls", test_helper_falls);
  g_test_add_func ("/preview-page/not-confined", test_not_confined);
  result = g_test_run ();
  kab_document_process_drop_spare ();
  return result;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the preview says when there is no document to show. */

#include <glib/gi18n.h>

#include "preview/kab-preview-page-private.h"

static void
show_problem (KabPreviewPage *self,
              const char *icon,
              const char *title,
              const char *description,
              gboolean retry)
{
  kab_preview_page_set_ready (self, FALSE);
  adw_status_page_set_icon_name (self->problem_status, icon);
  adw_status_page_set_title (self->problem_status, title);
  adw_status_page_set_description (self->problem_status, description);
  gtk_widget_set_visible (self->retry_button, retry);
  gtk_stack_set_visible_child_name (self->stack, "problem");
  gtk_revealer_set_reveal_child (self->bottom_bar, FALSE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/* What the user reads is chosen by the code of @error alone. */
void
kab_preview_page_show_error (KabPreviewPage *self, const GError *error)
{
  g_debug ("Preview: %s", error->message);
  if (self->problem != error)
    {
      g_clear_error (&self->problem);
      self->problem = g_error_copy (error);
    }
  if (g_error_matches (error, KAB_PREVIEW_ERROR, KAB_PREVIEW_ERROR_NOT_CONFINED))
    show_problem (self, "security-low-symbolic", _("No preview on this computer"),
                  _("Documents are only opened in a protected space, and this computer doesn't "
                     "offer one. You can save the file and open it with another program."),
                  FALSE);
  else if (g_error_matches (error, KAB_PREVIEW_ERROR, KAB_PREVIEW_ERROR_TOO_LARGE))
    show_problem (self, "x-office-document-symbolic", _("The document is too large to show"),
                  _("A preview shows up to 150 MB and 5000 pages. You can save the file and open "
                     "it with another program."),
                  FALSE);
  else if (g_error_matches (error, KAB_PREVIEW_ERROR, KAB_PREVIEW_ERROR_ENDED) ||
           g_error_matches (error, KAB_PREVIEW_ERROR, KAB_PREVIEW_ERROR_TIMED_OUT))
    show_problem (self, "dialog-warning-symbolic", _("The preview was closed"),
                  _("Something in the document stopped it. What you filled in is kept. Open the "
                     "document again, or save the file and open it with another program."),
                  TRUE);
  else
    show_problem (self, "dialog-warning-symbolic", _("The document can't be shown"),
                  _("The file is damaged or isn't a PDF. You can still save it, or ask the sender "
                     "for a new one."),
                  FALSE);
}

/* Asks for the password; @again when one was wrong. */
void
kab_preview_page_ask_password (KabPreviewPage *self, gboolean again)
{
  gtk_widget_set_visible (self->password_error, again);
  gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
  if (again)
    gtk_widget_add_css_class (GTK_WIDGET (self->password_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->password_row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->password_row), GTK_ACCESSIBLE_STATE_INVALID,
                               again ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  gtk_stack_set_visible_child_name (self->stack, "password");
  gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
}

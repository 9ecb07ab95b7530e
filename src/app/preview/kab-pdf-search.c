/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview/kab-pdf-search.h"

#include <glib/gi18n.h>

/**
 * KabPdfSearch:
 *
 * The bar to find a text in a document: marks what is found in a KabPdfView
 * and goes from one place to the next.
 */
struct _KabPdfSearch
{
  GtkWidget parent_instance;

  GtkSearchBar *bar; /* child */
  GtkSearchEntry *entry;
  GtkLabel *status;
  GtkWidget *previous;
  GtkWidget *next;

  KabPdfDocument *document;  /* (owned) (nullable) */
  KabPdfView *view;          /* (weak) */
  GCancellable *cancellable; /* (owned) (nullable) */
  GArray *matches;           /* (owned) (nullable) */
  int current;
  int resumed; /* the match that was current before, or -1 */
};

enum
{
  PROP_0,
  PROP_ACTIVE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (KabPdfSearch, kab_pdf_search, GTK_TYPE_WIDGET)

static void
show_status (KabPdfSearch *self)
{
  const guint n_matches = self->matches != NULL ? self->matches->len : 0;
  const gboolean searched = self->matches != NULL;
  g_autofree char *text = NULL;

  if (n_matches > 0)
    /* Translators: which match of how many. */
    text = g_strdup_printf (_("%d of %u"), self->current + 1, n_matches);
  else
    text = g_strdup (searched ? _("Not found") : "");
  gtk_label_set_text (self->status, text);
  gtk_widget_set_sensitive (self->previous, n_matches > 0);
  gtk_widget_set_sensitive (self->next, n_matches > 0);
  if (searched && n_matches == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  if (searched)
    gtk_accessible_announce (GTK_ACCESSIBLE (self->entry), text,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
show_current (KabPdfSearch *self)
{
  if (self->view != NULL)
    kab_pdf_view_show_matches (self->view, self->matches, self->current);
  show_status (self);
}

static void
forget (KabPdfSearch *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->matches, g_array_unref);
  self->current = -1;
}

/* The first match on the page in sight or after it. */
static int
nearest_match (KabPdfSearch *self)
{
  const guint page = self->view != NULL ? kab_pdf_view_get_page (self->view) : 0;

  for (guint i = 0; i < self->matches->len; i++)
    {
      if (g_array_index (self->matches, KabPdfMatch, i).page >= page)
        return (int) i;
    }
  return self->matches->len > 0 ? 0 : -1;
}

/* It was found before: what is in sight stays so. */
static void
show_resumed (KabPdfSearch *self)
{
  const guint page = self->view != NULL ? kab_pdf_view_get_page (self->view) : 0;

  self->current = self->resumed;
  self->resumed = -1;
  show_current (self);
  if (self->view != NULL && kab_pdf_view_get_page (self->view) != page)
    kab_pdf_view_go_to_page (self->view, page);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) matches =
      kab_pdf_document_search_finish (KAB_PDF_DOCUMENT (source), result, &error);
  g_autoptr (KabPdfSearch) self = user_data;

  if (matches == NULL || self->entry == NULL)
    return;
  g_clear_pointer (&self->matches, g_array_unref);
  self->matches = g_steal_pointer (&matches);
  if (self->resumed >= 0 && self->resumed < (int) self->matches->len)
    {
      show_resumed (self);
      return;
    }
  self->current = nearest_match (self);
  show_current (self);
}

static void
search_changed_cb (KabPdfSearch *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  forget (self);
  show_current (self);
  if (self->document == NULL || *text == '\0')
    return;
  self->cancellable = g_cancellable_new ();
  kab_pdf_document_search_async (self->document, text, self->cancellable, found_cb,
                                 g_object_ref (self));
}

static void
step (KabPdfSearch *self, int by)
{
  const int n_matches = self->matches != NULL ? (int) self->matches->len : 0;

  if (n_matches == 0)
    return;
  self->current = (self->current + by + n_matches) % n_matches;
  show_current (self);
}

static void
next_cb (KabPdfSearch *self)
{
  step (self, 1);
}

static void
previous_cb (KabPdfSearch *self)
{
  step (self, -1);
}

static void
stopped_cb (KabPdfSearch *self)
{
  gtk_search_bar_set_search_mode (self->bar, FALSE);
}

static void
mode_changed_cb (KabPdfSearch *self)
{
  if (!gtk_search_bar_get_search_mode (self->bar))
    {
      forget (self);
      show_current (self);
      if (self->view != NULL)
        gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
kab_pdf_search_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ACTIVE)
    g_value_set_boolean (value, gtk_search_bar_get_search_mode (KAB_PDF_SEARCH (object)->bar));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kab_pdf_search_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KabPdfSearch *self = KAB_PDF_SEARCH (object);

  if (id != PROP_ACTIVE)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else if (g_value_get_boolean (value))
    kab_pdf_search_start (self);
  else
    gtk_search_bar_set_search_mode (self->bar, FALSE);
}

static void
kab_pdf_search_dispose (GObject *object)
{
  KabPdfSearch *self = KAB_PDF_SEARCH (object);

  forget (self);
  g_clear_object (&self->document);
  g_clear_weak_pointer (&self->view);
  if (self->bar != NULL)
    g_signal_handlers_disconnect_by_func (self->bar, mode_changed_cb, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), KAB_TYPE_PDF_SEARCH);

  G_OBJECT_CLASS (kab_pdf_search_parent_class)->dispose (object);
}

static void
kab_pdf_search_class_init (KabPdfSearchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = kab_pdf_search_get_property;
  object_class->set_property = kab_pdf_search_set_property;
  object_class->dispose = kab_pdf_search_dispose;

  properties[PROP_ACTIVE] =
      g_param_spec_boolean ("active", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/preview/kab-pdf-search.ui");
  gtk_widget_class_bind_template_child (widget_class, KabPdfSearch, bar);
  gtk_widget_class_bind_template_child (widget_class, KabPdfSearch, entry);
  gtk_widget_class_bind_template_child (widget_class, KabPdfSearch, status);
  gtk_widget_class_bind_template_child (widget_class, KabPdfSearch, previous);
  gtk_widget_class_bind_template_child (widget_class, KabPdfSearch, next);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, stopped_cb);
}

static void
kab_pdf_search_init (KabPdfSearch *self)
{
  self->current = -1;
  self->resumed = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->bar, GTK_EDITABLE (self->entry));
  g_signal_connect_object (self->bar, "notify::search-mode-enabled", G_CALLBACK (mode_changed_cb),
                           self, G_CONNECT_SWAPPED);
}

/** kab_pdf_search_set_document: what to look in, and where to show what is found. */
void
kab_pdf_search_set_document (KabPdfSearch *self, KabPdfDocument *document, KabPdfView *view)
{
  forget (self);
  g_set_object (&self->document, document);
  g_set_weak_pointer (&self->view, view);
}

/** kab_pdf_search_start: opens the bar and puts the cursor into it. */
void
kab_pdf_search_start (KabPdfSearch *self)
{
  gtk_search_bar_set_search_mode (self->bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/**
 * kab_pdf_search_dup_text:
 * @current: (out): which match is the current one, -1 for none
 *
 * Returns: (transfer full) (nullable): what is looked for, %NULL while the bar is closed
 */
char *
kab_pdf_search_dup_text (KabPdfSearch *self, int *current)
{
  *current = self->current;
  return gtk_search_bar_get_search_mode (self->bar)
             ? g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)))
             : NULL;
}

/** kab_pdf_search_resume: opens the bar as it was, by what kab_pdf_search_dup_text() gave. */
void
kab_pdf_search_resume (KabPdfSearch *self, const char *text, int current)
{
  gtk_search_bar_set_search_mode (self->bar, TRUE);
  self->resumed = current;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

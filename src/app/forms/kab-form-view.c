/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/kab-form-view.h"

#include <glib/gi18n.h>

#include "forms/kab-field-list.h"
#include "forms/kab-form-words.h"

/**
 * KabFormView:
 *
 * Draws any form: its sections one below the other, and beside them, where there is room and there
 * are several, a list to go to each. `model` is the form.
 */
struct _KabFormView
{
  GtkWidget parent_instance;

  KabFormModel *model; /* (owned) (nullable) */
  GPtrArray *sections; /* (owned) (element-type Section) */
  gboolean jumping;

  AdwBreakpointBin *breakpoint_bin;
  GtkWidget *sidebar;
  GtkListBox *index;
  GtkScrolledWindow *scroller;
  GtkViewport *viewport;
  GtkWidget *box;
  GtkLabel *help;
};

/* A section on screen. */
typedef struct
{
  const KabFormSection *section; /* (unowned): the definition's */
  GtkWidget *box;                /* (unowned): of the view, as all below */
  GtkWidget *heading;
  KabFieldList *fields;
  GtkWidget *row;
} Section;

enum
{
  PROP_MODEL = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KabFormView, kab_form_view, GTK_TYPE_WIDGET)

static GtkWidget *
create_heading (const char *title)
{
  GtkWidget *heading =
      g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "label", title,
                    "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (heading), GTK_ACCESSIBLE_PROPERTY_LEVEL, 2, -1);
  gtk_widget_add_css_class (heading, "title-2");

  return heading;
}

static GtkWidget *
create_help (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "dimmed");

  return label;
}

static GtkWidget *
create_index_row (const char *title)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);

  return row;
}

static void
add_section (KabFormView *self, const KabFormSection *source)
{
  const char *language = kab_form_words_get_language ();
  const char *help = kab_form_section_get_help (source, language);
  Section *section = g_new0 (Section, 1);

  section->section = source;
  section->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  section->heading = create_heading (kab_form_section_get_title (source, language));
  section->row = create_index_row (kab_form_section_get_title (source, language));
  section->fields =
      KAB_FIELD_LIST (kab_field_list_new (self->model, kab_form_section_get_fields (source), ""));
  gtk_box_append (GTK_BOX (section->box), section->heading);
  if (help != NULL)
    gtk_box_append (GTK_BOX (section->box), create_help (help));
  gtk_box_append (GTK_BOX (section->box), GTK_WIDGET (section->fields));
  gtk_box_append (GTK_BOX (self->box), section->box);
  gtk_list_box_append (self->index, section->row);
  g_ptr_array_add (self->sections, section);
}

static void
clear_sections (KabFormView *self)
{
  for (guint i = 0; i < self->sections->len; i++)
    {
      Section *section = self->sections->pdata[i];

      gtk_box_remove (GTK_BOX (self->box), section->box);
      gtk_list_box_remove (self->index, section->row);
    }
  g_ptr_array_set_size (self->sections, 0);
}

static guint
update_sections (KabFormView *self)
{
  guint n_visible = 0;

  for (guint i = 0; i < self->sections->len; i++)
    {
      Section *section = self->sections->pdata[i];
      gboolean visible = kab_field_list_has_visible (section->fields);

      gtk_widget_set_visible (section->box, visible);
      gtk_widget_set_visible (section->row, visible);
      n_visible += visible;
    }

  return n_visible;
}

static gboolean
get_wide (KabFormView *self)
{
  return adw_breakpoint_bin_get_current_breakpoint (self->breakpoint_bin) != NULL;
}

static void
updated_cb (KabFormView *self)
{
  guint n_visible = update_sections (self);

  gtk_widget_set_visible (self->sidebar, get_wide (self) && n_visible > 1);
}

/* The section whose heading is the last above the middle of what is seen. */
static void
scrolled_cb (KabFormView *self)
{
  GtkWidget *current = NULL;

  if (self->jumping)
    return;

  for (guint i = 0; i < self->sections->len; i++)
    {
      Section *section = self->sections->pdata[i];
      graphene_rect_t bounds;

      if (!gtk_widget_get_visible (section->box) ||
          !gtk_widget_compute_bounds (section->box, GTK_WIDGET (self->scroller), &bounds))
        continue;
      if (current == NULL ||
          bounds.origin.y < (float) gtk_widget_get_height (GTK_WIDGET (self->scroller)) / 3)
        current = section->row;
    }
  if (current != NULL)
    gtk_list_box_select_row (self->index, GTK_LIST_BOX_ROW (current));
}

static void
section_activated_cb (KabFormView *self, GtkListBoxRow *row)
{
  for (guint i = 0; i < self->sections->len; i++)
    {
      Section *section = self->sections->pdata[i];

      if (section->row != GTK_WIDGET (row))
        continue;
      self->jumping = TRUE;
      gtk_widget_child_focus (GTK_WIDGET (section->fields), GTK_DIR_TAB_FORWARD);
      gtk_viewport_scroll_to (self->viewport, section->heading, NULL);
      gtk_list_box_select_row (self->index, row);
      self->jumping = FALSE;
    }
}

static void
kab_form_view_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_MODEL:
      g_value_set_object (value, kab_form_view_get_model (KAB_FORM_VIEW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_form_view_set_property (GObject *object,
                            guint property_id,
                            const GValue *value,
                            GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_MODEL:
      kab_form_view_set_model (KAB_FORM_VIEW (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_form_view_dispose (GObject *object)
{
  KabFormView *self = KAB_FORM_VIEW (object);

  g_ptr_array_set_size (self->sections, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), KAB_TYPE_FORM_VIEW);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, updated_cb, self);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (kab_form_view_parent_class)->dispose (object);
}

static void
kab_form_view_finalize (GObject *object)
{
  g_ptr_array_unref (KAB_FORM_VIEW (object)->sections);

  G_OBJECT_CLASS (kab_form_view_parent_class)->finalize (object);
}

static void
kab_form_view_class_init (KabFormViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = kab_form_view_get_property;
  object_class->set_property = kab_form_view_set_property;
  object_class->dispose = kab_form_view_dispose;
  object_class->finalize = kab_form_view_finalize;

  properties[PROP_MODEL] =
      g_param_spec_object ("model", NULL, NULL, KAB_TYPE_FORM_MODEL,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kabinets/Kabinets/ui/forms/kab-form-view.ui");
  gtk_widget_class_bind_template_child (widget_class, KabFormView, breakpoint_bin);
  gtk_widget_class_bind_template_child (widget_class, KabFormView, sidebar);
  gtk_widget_class_bind_template_child (widget_class, KabFormView, index);
  gtk_widget_class_bind_template_child (widget_class, KabFormView, scroller);
  gtk_widget_class_bind_template_child (widget_class, KabFormView, viewport);
  gtk_widget_class_bind_template_child (widget_class, KabFormView, box);
  gtk_widget_class_bind_template_child (widget_class, KabFormView, help);
  gtk_widget_class_bind_template_callback (widget_class, section_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, updated_cb);
}

static void
kab_form_view_init (KabFormView *self)
{
  self->sections = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "value-changed",
                           G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}

/**
 * kab_form_view_new:
 *
 * Returns: (transfer floating): a view without a form
 */
GtkWidget *
kab_form_view_new (void)
{
  return g_object_new (KAB_TYPE_FORM_VIEW, NULL);
}

/**
 * kab_form_view_get_model:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the form
 */
KabFormModel *
kab_form_view_get_model (KabFormView *self)
{
  g_return_val_if_fail (KAB_IS_FORM_VIEW (self), NULL);

  return self->model;
}

static void
show_form (KabFormView *self)
{
  const char *language = kab_form_words_get_language ();
  KabFormDefinition *definition = kab_form_model_get_definition (self->model);
  GPtrArray *sections = kab_form_definition_get_sections (definition);
  const char *help = kab_form_definition_get_help (definition, language);

  gtk_label_set_label (self->help, help != NULL ? help : "");
  gtk_widget_set_visible (GTK_WIDGET (self->help), help != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kab_form_definition_get_title (definition, language), -1);
  for (guint i = 0; i < sections->len; i++)
    add_section (self, sections->pdata[i]);
  g_signal_connect_object (self->model, "updated", G_CALLBACK (updated_cb), self,
                           G_CONNECT_SWAPPED);
  updated_cb (self);
  scrolled_cb (self);
}

/**
 * kab_form_view_set_model:
 * @self: a view
 * @model: (nullable): the form to show
 */
void
kab_form_view_set_model (KabFormView *self, KabFormModel *model)
{
  g_return_if_fail (KAB_IS_FORM_VIEW (self));

  if (self->model == model)
    return;

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, updated_cb, self);
  clear_sections (self);
  g_set_object (&self->model, model);
  if (model != NULL)
    show_form (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
}

static KabFieldView *
find_view (KabFormView *self, const char *pointer)
{
  for (guint i = 0; i < self->sections->len; i++)
    {
      Section *section = self->sections->pdata[i];
      KabFieldView *view = kab_field_list_find (section->fields, pointer);

      if (view != NULL)
        return view;
    }

  return NULL;
}

/**
 * kab_form_view_focus:
 * @self: a view
 * @pointer: the place of an answer
 *
 * Moves the focus there, and so into sight.
 *
 * Returns: whether there is such a field
 */
gboolean
kab_form_view_focus (KabFormView *self, const char *pointer)
{
  KabFieldView *view;

  g_return_val_if_fail (KAB_IS_FORM_VIEW (self), FALSE);

  view = find_view (self, pointer);

  return view != NULL && kab_field_view_grab_focus (view);
}

/**
 * kab_form_view_focus_first_error:
 * @self: a view
 *
 * Lets every field show what is missing or wrong, moves the focus to the first of them and says how
 * many there are.
 *
 * Returns: whether there was one
 */
gboolean
kab_form_view_focus_first_error (KabFormView *self)
{
  const char *pointer;
  KabFieldView *view;
  g_autofree char *count = NULL;
  g_autofree char *error = NULL;
  g_autofree char *message = NULL;

  g_return_val_if_fail (KAB_IS_FORM_VIEW (self), FALSE);

  kab_form_model_show_problems (self->model, "");
  pointer = kab_form_model_get_first_error (self->model);
  view = pointer != NULL ? find_view (self, pointer) : NULL;
  if (view == NULL)
    return FALSE;

  kab_field_view_grab_focus (view);
  count = kab_form_words_dup_missing (kab_form_model_get_evaluation (self->model));
  error = kab_form_model_dup_error (self->model, pointer);
  /* Translators: how many answers are missing, the first field of them, what is wrong with it */
  message = g_strdup_printf (_("%s. %s: %s"), count != NULL ? count : "",
                             kab_field_view_get_label (view), error != NULL ? error : "");
  gtk_accessible_announce (GTK_ACCESSIBLE (self), message,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);

  return TRUE;
}

/**
 * kab_form_view_dup_focus:
 * @self: a view
 *
 * Returns: (transfer full) (nullable): the place of the answer that has the focus
 */
char *
kab_form_view_dup_focus (KabFormView *self)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_val_if_fail (KAB_IS_FORM_VIEW (self), NULL);

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  for (guint i = 0; focus != NULL && i < self->sections->len; i++)
    {
      Section *section = self->sections->pdata[i];
      KabFieldView *view = kab_field_list_find_widget (section->fields, focus);

      if (view != NULL)
        return g_strdup (kab_field_view_get_pointer (view));
    }

  return NULL;
}

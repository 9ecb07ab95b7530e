/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/kab-field-list.h"

#include "forms/kab-answer-field.h"
#include "forms/kab-boolean-field.h"
#include "forms/kab-country-field.h"
#include "forms/kab-files-field.h"
#include "forms/kab-form-words.h"
#include "forms/kab-group-field.h"
#include "forms/kab-long-text-field.h"
#include "forms/kab-note-field.h"
#include "forms/kab-option-field.h"
#include "forms/kab-options-field.h"
#include "forms/kab-text-field.h"

/* More than these are chosen from a list that opens. */
#define MAX_OPEN_OPTIONS 6

/**
 * KabFieldList:
 *
 * The fields of a section of a form, or of an entry of a repeating group, as boxed lists one below
 * the other. A field with several rows of its own has a list for itself.
 */
struct _KabFieldList
{
  GtkWidget parent_instance;

  KabFormModel *model; /* (owned) */
  GPtrArray *views;    /* (owned) (element-type KabFieldView) */
  GPtrArray *groups;   /* (owned) (element-type Block) */
};

/* A boxed list and what is in it. */
typedef struct
{
  GtkWidget *box; /* (unowned): of the list, as its group */
  AdwPreferencesGroup *group;
  GPtrArray *views; /* (owned) (element-type KabFieldView) (unowned elements) */
} Block;

G_DEFINE_FINAL_TYPE (KabFieldList, kab_field_list, GTK_TYPE_WIDGET)

static void
block_free (Block *block)
{
  g_ptr_array_unref (block->views);
  g_free (block);
}

static gboolean
has_open_options (const KabFormField *field)
{
  return kab_form_field_get_options (field)->len <= MAX_OPEN_OPTIONS;
}

static GType
get_view_type (KabFormModel *model, const KabFormField *field)
{
  if (kab_form_field_get_kind (field) == KAB_FORM_FIELD_NOTE)
    return KAB_TYPE_NOTE_FIELD;
  if (kab_form_model_get_read_only (model))
    return KAB_TYPE_ANSWER_FIELD;

  switch (kab_form_field_get_kind (field))
    {
    case KAB_FORM_FIELD_LONG_TEXT:
      return KAB_TYPE_LONG_TEXT_FIELD;
    case KAB_FORM_FIELD_CHOICE:
    case KAB_FORM_FIELD_LANGUAGE:
      return has_open_options (field) ? KAB_TYPE_OPTIONS_FIELD : KAB_TYPE_OPTION_FIELD;
    case KAB_FORM_FIELD_CHOICES:
      return KAB_TYPE_OPTIONS_FIELD;
    case KAB_FORM_FIELD_BOOLEAN:
    case KAB_FORM_FIELD_CONSENT:
      return KAB_TYPE_BOOLEAN_FIELD;
    case KAB_FORM_FIELD_COUNTRY:
      return KAB_TYPE_COUNTRY_FIELD;
    case KAB_FORM_FIELD_FILES:
      return kab_form_model_get_api (model) != NULL ? KAB_TYPE_FILES_FIELD : KAB_TYPE_ANSWER_FIELD;
    case KAB_FORM_FIELD_GROUP:
      return KAB_TYPE_GROUP_FIELD;
    default:
      return KAB_TYPE_TEXT_FIELD;
    }
}

static gboolean
stands_alone (GType type)
{
  return type == KAB_TYPE_OPTIONS_FIELD || type == KAB_TYPE_FILES_FIELD ||
         type == KAB_TYPE_GROUP_FIELD || type == KAB_TYPE_NOTE_FIELD;
}

static Block *
add_block (KabFieldList *self)
{
  Block *block = g_new0 (Block, 1);

  block->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  block->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  block->views = g_ptr_array_new ();
  gtk_box_append (GTK_BOX (block->box), GTK_WIDGET (block->group));
  gtk_widget_set_parent (block->box, GTK_WIDGET (self));
  g_ptr_array_add (self->groups, block);

  return block;
}

static GtkWidget *
create_label (const char *text, GtkAccessibleRole role, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", role, "label", text, "wrap",
                                   TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0, NULL);

  gtk_widget_add_css_class (label, css_class);

  return label;
}

/* Labels of our own: those of AdwPreferencesGroup are cut where they don't fit. */
static void
set_heading (Block *block, const KabFormField *field)
{
  const char *language = kab_form_words_get_language ();
  const char *help = kab_form_field_get_help (field, language);
  GtkWidget *heading = create_label (kab_form_field_get_label (field, language),
                                     GTK_ACCESSIBLE_ROLE_HEADING, "heading");

  gtk_accessible_update_property (GTK_ACCESSIBLE (heading), GTK_ACCESSIBLE_PROPERTY_LEVEL, 3, -1);
  if (help != NULL)
    gtk_box_prepend (GTK_BOX (block->box),
                     create_label (help, GTK_ACCESSIBLE_ROLE_LABEL, "dimmed"));
  gtk_box_prepend (GTK_BOX (block->box), heading);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (block->group),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, heading, NULL, -1);
}

static void
add_field (KabFieldList *self,
           Block *block,
           GType type,
           const KabFormField *field,
           const char *parent)
{
  g_autofree char *pointer = g_strdup_printf ("%s/%s", parent, kab_form_field_get_id (field));
  KabFieldView *view = kab_field_view_new (type, self->model, field, pointer);

  g_ptr_array_add (self->views, view);
  g_ptr_array_add (block->views, view);
  kab_field_view_build (view, block->group);
}

static void
add_fields (KabFieldList *self, GPtrArray *fields, const char *parent)
{
  Block *open = NULL;

  for (guint i = 0; i < fields->len; i++)
    {
      const KabFormField *field = fields->pdata[i];
      GType type = get_view_type (self->model, field);

      if (kab_form_field_get_kind (field) == KAB_FORM_FIELD_HEADING)
        {
          open = add_block (self);
          set_heading (open, field);
          continue;
        }
      if (open == NULL || stands_alone (type))
        open = add_block (self);
      if (stands_alone (type) && type != KAB_TYPE_NOTE_FIELD)
        set_heading (open, field);
      add_field (self, open, type, field, parent);
      if (stands_alone (type))
        open = NULL;
    }
}

static void
update_blocks (KabFieldList *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      Block *block = self->groups->pdata[i];
      gboolean visible = FALSE;

      for (guint j = 0; j < block->views->len; j++)
        visible |= kab_field_view_get_visible (block->views->pdata[j]);
      gtk_widget_set_visible (block->box, visible);
    }
}

static void
updated_cb (KabFieldList *self)
{
  for (guint i = 0; i < self->views->len; i++)
    kab_field_view_update (self->views->pdata[i]);
  update_blocks (self);
}

static void
kab_field_list_dispose (GObject *object)
{
  KabFieldList *self = KAB_FIELD_LIST (object);
  GtkWidget *child;

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, updated_cb, self);
  g_ptr_array_set_size (self->views, 0);
  g_ptr_array_set_size (self->groups, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (kab_field_list_parent_class)->dispose (object);
}

static void
kab_field_list_finalize (GObject *object)
{
  KabFieldList *self = KAB_FIELD_LIST (object);

  g_ptr_array_unref (self->views);
  g_ptr_array_unref (self->groups);

  G_OBJECT_CLASS (kab_field_list_parent_class)->finalize (object);
}

static void
kab_field_list_class_init (KabFieldListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kab_field_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = kab_field_list_finalize;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
kab_field_list_init (KabFieldList *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 18);
  self->views = g_ptr_array_new_with_free_func (g_object_unref);
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) block_free);
}

/**
 * kab_field_list_new:
 * @model: a form
 * @fields: (element-type KabFormField): fields of one section or one group
 * @parent: the place that their answers are in: "" for the form, "/residences/0" for an entry
 *
 * Returns: (transfer floating): the fields, following the form
 */
GtkWidget *
kab_field_list_new (KabFormModel *model, GPtrArray *fields, const char *parent)
{
  KabFieldList *self = g_object_new (KAB_TYPE_FIELD_LIST, NULL);

  g_set_object (&self->model, model);
  add_fields (self, fields, parent);
  update_blocks (self);
  g_signal_connect_object (model, "updated", G_CALLBACK (updated_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * kab_field_list_find:
 * @self: fields
 * @pointer: the place of an answer
 *
 * Returns: (transfer none) (nullable): the view that it is in: its own, or that of its group
 */
KabFieldView *
kab_field_list_find (KabFieldList *self, const char *pointer)
{
  g_return_val_if_fail (KAB_IS_FIELD_LIST (self), NULL);

  for (guint i = 0; i < self->views->len; i++)
    {
      const char *place = kab_field_view_get_pointer (self->views->pdata[i]);
      gsize length = strlen (place);

      if (strncmp (place, pointer, length) == 0 &&
          (pointer[length] == '\0' || pointer[length] == '/'))
        return self->views->pdata[i];
    }

  return NULL;
}

/**
 * kab_field_list_find_widget:
 * @self: fields
 * @widget: any widget
 *
 * Returns: (transfer none) (nullable): the view whose main row it is in
 */
KabFieldView *
kab_field_list_find_widget (KabFieldList *self, GtkWidget *widget)
{
  g_return_val_if_fail (KAB_IS_FIELD_LIST (self), NULL);

  for (guint i = 0; i < self->views->len; i++)
    {
      GtkWidget *row = kab_field_view_get_row (self->views->pdata[i]);

      if (row != NULL && (widget == row || gtk_widget_is_ancestor (widget, row)))
        return self->views->pdata[i];
    }

  return NULL;
}

/**
 * kab_field_list_has_visible:
 * @self: fields
 *
 * Returns: whether any of them is shown now
 */
gboolean
kab_field_list_has_visible (KabFieldList *self)
{
  g_return_val_if_fail (KAB_IS_FIELD_LIST (self), FALSE);

  for (guint i = 0; i < self->views->len; i++)
    {
      if (kab_field_view_get_visible (self->views->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

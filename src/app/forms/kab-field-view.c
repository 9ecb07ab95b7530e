/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/kab-field-view.h"

#include <glib/gi18n.h>

#include "common/kab-field-row.h"
#include "common/kab-reveal.h"
#include "forms/kab-form-words.h"

/**
 * KabFieldView:
 *
 * One field of a form on screen: makes its rows, and keeps them and the form in step. Rows come and
 * go by being shown and hidden, so that the focus stays where it is. Under the rows stands what the
 * bank says to the field.
 */
typedef struct
{
  KabFormModel *model;       /* (owned) */
  const KabFormField *field; /* (unowned): the definition's */
  char *pointer;             /* (owned) */
  GtkWidget *row;            /* (weak) (nullable) */
  GtkWidget *focus;          /* (weak) (nullable): instead of the row */
  GtkWidget *last;           /* (weak) (nullable): the row with the error, if it is another */
  GtkWidget *comment;        /* (weak) (nullable) */
  GtkLabel *comment_text;
  gboolean visible;
  gboolean showing;
} KabFieldViewPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KabFieldView, kab_field_view, G_TYPE_OBJECT)

#define PRIVATE(self)                                                                              \
  ((KabFieldViewPrivate *) kab_field_view_get_instance_private (KAB_FIELD_VIEW (self)))

static void
kab_field_view_show_state (KabFieldView *self, const KabFormState *state, const char *error)
{
  KabFieldViewPrivate *priv = PRIVATE (self);
  g_autofree char *hint = kab_form_words_dup_hint (priv->field, state->required);

  if (priv->row == NULL)
    return;

  gtk_widget_set_visible (priv->row, state->visible);
  kab_field_row_set_required (priv->row, state->required);
  kab_field_row_set_hint (priv->row, hint);
  if (kab_form_model_get_quiet (priv->model))
    kab_field_row_mark_error (priv->row, error);
  else
    kab_field_row_set_error (priv->row, error);
}

static JsonNode *
kab_field_view_dup_answer (KabFieldView *self)
{
  return NULL;
}

static void
kab_field_view_show_answer (KabFieldView *self, JsonNode *answer)
{
}

static void
kab_field_view_dispose (GObject *object)
{
  KabFieldViewPrivate *priv = PRIVATE (object);

  g_clear_weak_pointer (&priv->row);
  g_clear_weak_pointer (&priv->focus);
  g_clear_weak_pointer (&priv->last);
  g_clear_weak_pointer (&priv->comment);
  g_clear_object (&priv->model);

  G_OBJECT_CLASS (kab_field_view_parent_class)->dispose (object);
}

static void
kab_field_view_finalize (GObject *object)
{
  g_free (PRIVATE (object)->pointer);

  G_OBJECT_CLASS (kab_field_view_parent_class)->finalize (object);
}

static void
kab_field_view_class_init (KabFieldViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kab_field_view_dispose;
  object_class->finalize = kab_field_view_finalize;
  klass->show_state = kab_field_view_show_state;
  klass->show_answer = kab_field_view_show_answer;
  klass->dup_answer = kab_field_view_dup_answer;
}

static void
kab_field_view_init (KabFieldView *self)
{
}

/**
 * kab_field_view_new:
 * @type: a subclass
 * @model: a form
 * @field: a field of its definition
 * @pointer: the place of its answer
 *
 * Returns: (transfer full): its view, without rows yet
 */
KabFieldView *
kab_field_view_new (GType type, KabFormModel *model, const KabFormField *field, const char *pointer)
{
  KabFieldView *self = g_object_new (type, NULL);
  KabFieldViewPrivate *priv = PRIVATE (self);

  priv->model = g_object_ref (model);
  priv->field = field;
  priv->pointer = g_strdup (pointer);

  return self;
}

static GtkWidget *
create_comment (KabFieldView *self)
{
  KabFieldViewPrivate *priv = PRIVATE (self);
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name ("user-available-symbolic");
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *heading = gtk_label_new (_("The bank asks"));

  priv->comment_text = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "caption-heading");
  gtk_label_set_xalign (priv->comment_text, 0);
  gtk_label_set_wrap (priv->comment_text, TRUE);
  gtk_label_set_wrap_mode (priv->comment_text, PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (words), heading);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (priv->comment_text));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), words);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_add_css_class (row, "bank-comment");

  return row;
}

static void
show_comment (KabFieldView *self)
{
  KabFieldViewPrivate *priv = PRIVATE (self);
  const char *comment = kab_form_model_get_comment (priv->model, priv->pointer);
  g_autofree char *spoken = NULL;

  if (priv->comment == NULL)
    return;

  gtk_widget_set_visible (priv->comment, comment != NULL && priv->visible);
  if (comment == NULL)
    return;

  /* Translators: the first %s is a field of a form, the second what the bank says to it */
  spoken = g_strdup_printf (_("The bank asks about “%s”: %s"), kab_field_view_get_label (self),
                            comment);
  gtk_label_set_label (priv->comment_text, comment);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->comment), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}

/**
 * kab_field_view_build:
 * @self: a view
 * @group: where its rows go
 */
void
kab_field_view_build (KabFieldView *self, AdwPreferencesGroup *group)
{
  KabFieldViewPrivate *priv = PRIVATE (self);

  KAB_FIELD_VIEW_GET_CLASS (self)->build (self, group);
  if (kab_form_field_has_answer (priv->field))
    {
      g_set_weak_pointer (&priv->comment, create_comment (self));
      adw_preferences_group_add (group, priv->comment);
    }
  kab_field_view_update (self);
}

static gboolean
is_same (JsonNode *a, JsonNode *b)
{
  return a == NULL || b == NULL ? a == b : json_node_equal (a, b);
}

/**
 * kab_field_view_update:
 * @self: a view
 *
 * Shows what the form is now. An answer that the rows say already is left alone.
 */
void
kab_field_view_update (KabFieldView *self)
{
  KabFieldViewPrivate *priv = PRIVATE (self);
  KabFieldViewClass *klass = KAB_FIELD_VIEW_GET_CLASS (self);
  const KabFormState *state;
  JsonNode *answer = kab_form_model_get_answer (priv->model, priv->pointer);
  g_autoptr (JsonNode) shown = klass->dup_answer (self);
  g_autofree char *error = NULL;

  priv->showing = TRUE;
  if (!is_same (shown, answer))
    klass->show_answer (self, answer);
  priv->showing = FALSE;

  state =
      kab_form_evaluation_find_state (kab_form_model_get_evaluation (priv->model), priv->pointer);
  if (state == NULL)
    return;
  error = kab_form_model_dup_error (priv->model, priv->pointer);
  priv->visible = state->visible;
  klass->show_state (self, state, error);
  show_comment (self);
}

/* What a getter returns belongs to the view. */
KabFormModel *
kab_field_view_get_model (KabFieldView *self)
{
  return PRIVATE (self)->model;
}

const KabFormField *
kab_field_view_get_field (KabFieldView *self)
{
  return PRIVATE (self)->field;
}

const char *
kab_field_view_get_pointer (KabFieldView *self)
{
  return PRIVATE (self)->pointer;
}

/* Its label in the current language. */
const char *
kab_field_view_get_label (KabFieldView *self)
{
  return kab_form_field_get_label (PRIVATE (self)->field, kab_form_words_get_language ());
}

GtkWidget *
kab_field_view_get_row (KabFieldView *self)
{
  return PRIVATE (self)->row;
}

gboolean
kab_field_view_get_visible (KabFieldView *self)
{
  return PRIVATE (self)->visible;
}

/**
 * kab_field_view_grab_focus:
 * @self: a view
 *
 * Moves the focus to the field, and both it and what is wrong with it into sight.
 *
 * Returns: whether the focus is in the field now
 */
gboolean
kab_field_view_grab_focus (KabFieldView *self)
{
  KabFieldViewPrivate *priv = PRIVATE (self);
  GtkWidget *target = priv->focus != NULL ? priv->focus : priv->row;

  if (target == NULL || priv->row == NULL ||
      !(gtk_widget_grab_focus (target) || gtk_widget_child_focus (target, GTK_DIR_TAB_FORWARD)))
    return FALSE;

  kab_reveal (priv->row, kab_field_row_get_end (priv->last != NULL ? priv->last : priv->row));

  return TRUE;
}

/**
 * kab_field_view_set_row:
 * @self: a view
 * @row: its main row: that with the label, the hint and the error
 */
void
kab_field_view_set_row (KabFieldView *self, GtkWidget *row)
{
  g_set_weak_pointer (&PRIVATE (self)->row, row);
}

/**
 * kab_field_view_set_last:
 * @self: a view of several rows
 * @row: the last of them, which shows what is wrong instead of the main row
 */
void
kab_field_view_set_last (KabFieldView *self, GtkWidget *row)
{
  g_set_weak_pointer (&PRIVATE (self)->last, row);
}

/**
 * kab_field_view_set_focus:
 * @self: a view
 * @widget: where the focus goes instead of the main row
 */
void
kab_field_view_set_focus (KabFieldView *self, GtkWidget *widget)
{
  g_set_weak_pointer (&PRIVATE (self)->focus, widget);
}

/**
 * kab_field_view_typed:
 * @self: a view
 *
 * The rows say something else, in the middle of typing.
 */
void
kab_field_view_typed (KabFieldView *self)
{
  KabFieldViewPrivate *priv = PRIVATE (self);
  g_autoptr (JsonNode) answer = NULL;

  if (priv->showing)
    return;

  answer = KAB_FIELD_VIEW_GET_CLASS (self)->dup_answer (self);
  if (!is_same (answer, kab_form_model_get_answer (priv->model, priv->pointer)))
    kab_form_model_take_answer (priv->model, priv->pointer, g_steal_pointer (&answer));
}

/**
 * kab_field_view_chosen:
 * @self: a view
 *
 * The rows say something else, and are done with it: what is wrong may be told at once.
 */
void
kab_field_view_chosen (KabFieldView *self)
{
  KabFieldViewPrivate *priv = PRIVATE (self);

  if (priv->showing)
    return;

  kab_field_view_typed (self);
  kab_form_model_leave (priv->model, priv->pointer);
}

/**
 * kab_field_view_left:
 * @self: a view
 *
 * The focus went on. A required field that was only passed through stays as it is until something
 * was typed into it once, or the form is to be submitted.
 */
void
kab_field_view_left (KabFieldView *self)
{
  KabFieldViewPrivate *priv = PRIVATE (self);

  if (kab_form_model_get_answer (priv->model, priv->pointer) != NULL)
    kab_form_model_leave (priv->model, priv->pointer);
}

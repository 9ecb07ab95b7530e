/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-status-view.h"

#include <adwaita.h>

#include "common/kab-api-error-text.h"

/**
 * KabStatusView:
 *
 * A page, or part of one, that tells one thing: a picture, a heading, a sentence or two, and below
 * them what can be done about it. For empty, loading and failed states and for the first page. The
 * picture is `paintable`, else a spinner while `busy`, else `icon-name`. It scrolls when it must.
 */
struct _KabStatusView
{
  GtkWidget parent_instance;

  GtkScrolledWindow *scroller;
  GtkWidget *content;
  GtkImage *image;
  GtkPicture *picture;
  AdwSpinner *spinner;
  GtkLabel *title;
  GtkLabel *description;
  AdwBin *bin;

  gboolean busy;
};

enum
{
  PROP_ICON_NAME = 1,
  PROP_PAINTABLE,
  PROP_BUSY,
  PROP_TITLE,
  PROP_DESCRIPTION,
  PROP_CHILD,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static GtkBuildableIface *parent_buildable_iface;

static void buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KabStatusView,
                               kab_status_view,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

static void
kab_status_view_add_child (GtkBuildable *buildable,
                           GtkBuilder *builder,
                           GObject *child,
                           const char *type)
{
  KabStatusView *self = KAB_STATUS_VIEW (buildable);

  if (self->bin != NULL && GTK_IS_WIDGET (child) && type == NULL)
    kab_status_view_set_child (self, GTK_WIDGET (child));
  else
    parent_buildable_iface->add_child (buildable, builder, child, type);
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable_iface = g_type_interface_peek_parent (iface);
  iface->add_child = kab_status_view_add_child;
}

static void
update_picture (KabStatusView *self)
{
  gboolean has_picture = gtk_picture_get_paintable (self->picture) != NULL;
  gboolean has_icon = gtk_image_get_storage_type (self->image) == GTK_IMAGE_ICON_NAME;

  gtk_widget_set_visible (GTK_WIDGET (self->picture), has_picture);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->busy && !has_picture);
  gtk_widget_set_visible (GTK_WIDGET (self->image), has_icon && !self->busy && !has_picture);
}

/* A symbolic icon is a sign, not a picture: it stands back. */
static void
set_icon (KabStatusView *self, const char *icon_name)
{
  gtk_image_set_from_icon_name (self->image, icon_name);
  if (icon_name != NULL && g_str_has_suffix (icon_name, "-symbolic"))
    gtk_widget_add_css_class (GTK_WIDGET (self->image), "dimmed");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->image), "dimmed");
}

/* When the focus comes to a button a screen reader says what the view tells, because it is within
 * it; where there is no button the text takes the focus itself. */
static void
update_focus (KabStatusView *self)
{
  const char *title = gtk_label_get_label (self->title);
  const char *description = gtk_label_get_label (self->description);
  gboolean ends_sentence =
      title[0] == '\0' || description[0] == '\0' || g_str_has_suffix (title, "…");
  g_autofree char *spoken = g_strconcat (title, ends_sentence ? " " : ". ", description, NULL);

  gtk_widget_set_focusable (self->content, adw_bin_get_child (self->bin) == NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->content), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  g_strstrip (spoken), -1);
}

static void
set_text (KabStatusView *self, GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && text[0] != '\0');
  update_focus (self);
}

static void
kab_status_view_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  KabStatusView *self = KAB_STATUS_VIEW (object);

  switch (property_id)
    {
    case PROP_ICON_NAME:
      g_value_set_string (value, gtk_image_get_icon_name (self->image));
      break;
    case PROP_PAINTABLE:
      g_value_set_object (value, gtk_picture_get_paintable (self->picture));
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_label (self->title));
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, gtk_label_get_label (self->description));
      break;
    case PROP_CHILD:
      g_value_set_object (value, adw_bin_get_child (self->bin));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_status_view_set_property (GObject *object,
                              guint property_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  KabStatusView *self = KAB_STATUS_VIEW (object);

  switch (property_id)
    {
    case PROP_ICON_NAME:
      set_icon (self, g_value_get_string (value));
      break;
    case PROP_PAINTABLE:
      gtk_picture_set_paintable (self->picture, g_value_get_object (value));
      break;
    case PROP_BUSY:
      self->busy = g_value_get_boolean (value);
      break;
    case PROP_TITLE:
      set_text (self, self->title, g_value_get_string (value));
      break;
    case PROP_DESCRIPTION:
      set_text (self, self->description, g_value_get_string (value));
      break;
    case PROP_CHILD:
      kab_status_view_set_child (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }

  update_picture (self);
}

/* A box doesn't take the focus by itself, and its scroller, which has nothing to say, would. */
static gboolean
kab_status_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  KabStatusView *self = KAB_STATUS_VIEW (widget);

  if (adw_bin_get_child (self->bin) != NULL)
    return GTK_WIDGET_CLASS (kab_status_view_parent_class)->focus (widget, direction);

  return !gtk_widget_is_focus (self->content) && gtk_widget_grab_focus (self->content);
}

static void
kab_status_view_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KAB_TYPE_STATUS_VIEW);

  G_OBJECT_CLASS (kab_status_view_parent_class)->dispose (object);
}

static void
kab_status_view_class_init (KabStatusViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_status_view_get_property;
  object_class->set_property = kab_status_view_set_property;
  object_class->dispose = kab_status_view_dispose;
  widget_class->focus = kab_status_view_focus;

  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_PAINTABLE] =
      g_param_spec_object ("paintable", NULL, NULL, GDK_TYPE_PAINTABLE, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, flags);
  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/common/kab-status-view.ui");
  gtk_widget_class_bind_template_child (widget_class, KabStatusView, scroller);
  gtk_widget_class_bind_template_child (widget_class, KabStatusView, content);
  gtk_widget_class_bind_template_child (widget_class, KabStatusView, image);
  gtk_widget_class_bind_template_child (widget_class, KabStatusView, picture);
  gtk_widget_class_bind_template_child (widget_class, KabStatusView, spinner);
  gtk_widget_class_bind_template_child (widget_class, KabStatusView, title);
  gtk_widget_class_bind_template_child (widget_class, KabStatusView, description);
  gtk_widget_class_bind_template_child (widget_class, KabStatusView, bin);
}

static void
kab_status_view_init (KabStatusView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update_picture (self);
}

/**
 * kab_status_view_new:
 *
 * Returns: (transfer floating): an empty view
 */
GtkWidget *
kab_status_view_new (void)
{
  return g_object_new (KAB_TYPE_STATUS_VIEW, NULL);
}

/**
 * kab_status_view_set_outage:
 * @self: a view
 * @outage: why the bank can't be reached
 *
 * Tells the outage and what to do.
 */
void
kab_status_view_set_outage (KabStatusView *self, KabOutage outage)
{
  g_return_if_fail (KAB_IS_STATUS_VIEW (self));

  g_object_set (self, "icon-name", kab_outage_get_icon_name (outage), "title",
                kab_outage_get_title (outage), "description", kab_outage_get_remedy (outage), NULL);
}

/**
 * kab_status_view_set_error:
 * @self: a view
 * @error: how a call of the bank ended
 * @title: what could not be done, said when the bank itself refused
 *
 * Tells an outage as kab_status_view_set_outage() does, anything else under @title.
 */
void
kab_status_view_set_error (KabStatusView *self, const GError *error, const char *title)
{
  KabOutage outage = kab_outage_from_error (error);
  g_autofree char *text = NULL;

  g_return_if_fail (KAB_IS_STATUS_VIEW (self));
  g_return_if_fail (error != NULL);

  if (outage != KAB_OUTAGE_NONE)
    {
      kab_status_view_set_outage (self, outage);
      return;
    }

  text = kab_api_error_text (error);
  g_object_set (self, "icon-name", "dialog-warning-symbolic", "title", title, "description", text,
                NULL);
}

/* With large text a button's words take two lines rather than more width than
 * there is. */
static void
wrap_buttons (GtkWidget *widget)
{
  GtkWidget *label = GTK_IS_BUTTON (widget) ? gtk_button_get_child (GTK_BUTTON (widget)) : NULL;

  if (GTK_IS_LABEL (label))
    {
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    wrap_buttons (child);
}

/**
 * kab_status_view_set_child:
 * @self: a view
 * @child: (nullable) (transfer floating): what can be done, usually buttons
 */
void
kab_status_view_set_child (KabStatusView *self, GtkWidget *child)
{
  g_return_if_fail (KAB_IS_STATUS_VIEW (self));

  adw_bin_set_child (self->bin, child);
  update_focus (self);
  if (child != NULL)
    wrap_buttons (child);
}

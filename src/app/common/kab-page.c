/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-page.h"

#include "common/kab-menu-button.h"

#include <glib/gi18n.h>

/**
 * KabPage:
 *
 * What every page of the application has: a header bar with the menu at its end, the banner that
 * tells that the connection is lost, the page's own content, and places for more bars. In a
 * subclass' template an untyped child is the content; child types are `header-start`, `header-end`,
 * `title` (in place of the page's title), `top` (below the header bar) and `bottom`.
 *
 * All that a page shows and all that is typed into it lives in its `model`, its one construction
 * property. That is what lets the window make a page anew, in another language, with nothing lost:
 * see kab_page_rebuild(). A subclass reads its model in `constructed`.
 *
 * A screen reader says the title of a page that is opened, and what is in `introduction`, a text
 * that the page begins with.
 *
 * `show-title` can be turned off where the content begins with the same words.
 *
 * When a page is shown for the first time, the focus goes to `initial-focus`, or else to the first
 * control of the content.
 */
typedef struct
{
  GObject *model; /* (owned) (nullable) */
  AdwToolbarView *view;
  AdwToastOverlay *toasts; /* (unowned): between the bars, so that none of them is covered */
  AdwHeaderBar *header;
  GtkWidget *initial_focus;       /* (weak) (nullable) */
  char *introduction;             /* (owned) (nullable) */
  GBindingGroup *window_bindings; /* (owned) */
  gboolean is_shown;
  gboolean was_shown;
} KabPagePrivate;

enum
{
  PROP_MODEL = 1,
  PROP_INITIAL_FOCUS,
  PROP_INTRODUCTION,
  PROP_SHOW_TITLE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static GtkBuildableIface *parent_buildable_iface;

static void buildable_init (GtkBuildableIface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (KabPage,
                                  kab_page,
                                  ADW_TYPE_NAVIGATION_PAGE,
                                  G_ADD_PRIVATE (KabPage)
                                      G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

#define PRIVATE(self) ((KabPagePrivate *) kab_page_get_instance_private (KAB_PAGE (self)))

static void
kab_page_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  KabPagePrivate *priv = PRIVATE (buildable);

  if (!GTK_IS_WIDGET (child))
    parent_buildable_iface->add_child (buildable, builder, child, type);
  else if (type == NULL)
    adw_toast_overlay_set_child (priv->toasts, GTK_WIDGET (child));
  else if (g_str_equal (type, "header-start"))
    adw_header_bar_pack_start (priv->header, GTK_WIDGET (child));
  else if (g_str_equal (type, "header-end"))
    adw_header_bar_pack_end (priv->header, GTK_WIDGET (child));
  else if (g_str_equal (type, "title"))
    adw_header_bar_set_title_widget (priv->header, GTK_WIDGET (child));
  else if (g_str_equal (type, "top"))
    adw_toolbar_view_add_top_bar (priv->view, GTK_WIDGET (child));
  else if (g_str_equal (type, "bottom"))
    adw_toolbar_view_add_bottom_bar (priv->view, GTK_WIDGET (child));
  else
    parent_buildable_iface->add_child (buildable, builder, child, type);
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable_iface = g_type_interface_peek_parent (iface);
  iface->add_child = kab_page_add_child;
}

static void
update_label (KabPage *self)
{
  const char *title = adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (self));
  g_autofree char *spoken = NULL;

  if (PRIVATE (self)->introduction == NULL)
    return;

  spoken = g_strdup_printf ("%s. %s", title, PRIVATE (self)->introduction);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
kab_page_first_shown (KabPage *self)
{
  kab_page_focus (self);
}

static void
show_first (KabPage *self)
{
  KabPagePrivate *priv = PRIVATE (self);

  if (priv->was_shown)
    return;

  priv->was_shown = TRUE;
  KAB_PAGE_GET_CLASS (self)->first_shown (self);
}

/* The control that had the focus is gone, with the page that was on top of this one for example. */
static void
find_focus (KabPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = gtk_root_get_focus (root);

  if (focus == NULL || !gtk_widget_get_mapped (focus) ||
      gtk_widget_is_ancestor (GTK_WIDGET (self), focus))
    kab_page_focus (self);
}

static void
kab_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (kab_page_parent_class)->map (widget);

  if (PRIVATE (widget)->is_shown)
    show_first (KAB_PAGE (widget));
}

static void
kab_page_shown (AdwNavigationPage *page)
{
  KabPage *self = KAB_PAGE (page);

  /* A view that is not in a window yet says so of its first page. */
  PRIVATE (self)->is_shown = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      show_first (self);
      find_focus (self);
    }

  if (ADW_NAVIGATION_PAGE_CLASS (kab_page_parent_class)->shown != NULL)
    ADW_NAVIGATION_PAGE_CLASS (kab_page_parent_class)->shown (page);
}

/* The state that the page shares with all others is the window's. */
static void
kab_page_root (GtkWidget *widget)
{
  KabPagePrivate *priv = PRIVATE (widget);
  GtkRoot *root;

  GTK_WIDGET_CLASS (kab_page_parent_class)->root (widget);

  root = gtk_widget_get_root (widget);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (root), "offline") != NULL)
    g_binding_group_set_source (priv->window_bindings, root);
}

static void
kab_page_unroot (GtkWidget *widget)
{
  g_binding_group_set_source (PRIVATE (widget)->window_bindings, NULL);

  GTK_WIDGET_CLASS (kab_page_parent_class)->unroot (widget);
}

static void
kab_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  KabPage *self = KAB_PAGE (object);

  switch (property_id)
    {
    case PROP_MODEL:
      g_value_set_object (value, kab_page_get_model (self));
      break;
    case PROP_INITIAL_FOCUS:
      g_value_set_object (value, kab_page_get_initial_focus (self));
      break;
    case PROP_INTRODUCTION:
      g_value_set_string (value, PRIVATE (self)->introduction);
      break;
    case PROP_SHOW_TITLE:
      g_value_set_boolean (value, adw_header_bar_get_show_title (PRIVATE (self)->header));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_page_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  KabPage *self = KAB_PAGE (object);

  switch (property_id)
    {
    case PROP_MODEL:
      PRIVATE (self)->model = g_value_dup_object (value);
      break;
    case PROP_INITIAL_FOCUS:
      kab_page_set_initial_focus (self, g_value_get_object (value));
      break;
    case PROP_INTRODUCTION:
      if (g_set_str (&PRIVATE (self)->introduction, g_value_get_string (value)))
        update_label (self);
      break;
    case PROP_SHOW_TITLE:
      adw_header_bar_set_show_title (PRIVATE (self)->header, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_page_dispose (GObject *object)
{
  KabPagePrivate *priv = PRIVATE (object);

  g_clear_weak_pointer (&priv->initial_focus);
  g_clear_object (&priv->window_bindings);
  g_clear_object (&priv->model);
  g_clear_pointer (&priv->introduction, g_free);

  G_OBJECT_CLASS (kab_page_parent_class)->dispose (object);
}

static void
kab_page_class_init (KabPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  AdwNavigationPageClass *page_class = ADW_NAVIGATION_PAGE_CLASS (klass);

  object_class->get_property = kab_page_get_property;
  object_class->set_property = kab_page_set_property;
  object_class->dispose = kab_page_dispose;
  widget_class->map = kab_page_map;
  widget_class->root = kab_page_root;
  widget_class->unroot = kab_page_unroot;
  page_class->shown = kab_page_shown;
  klass->first_shown = kab_page_first_shown;

  properties[PROP_MODEL] =
      g_param_spec_object ("model", NULL, NULL, G_TYPE_OBJECT,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_INITIAL_FOCUS] =
      g_param_spec_object ("initial-focus", NULL, NULL, GTK_TYPE_WIDGET,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_INTRODUCTION] = g_param_spec_string ("introduction", NULL, NULL, NULL,
                                                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_TITLE] = g_param_spec_boolean ("show-title", NULL, NULL, TRUE,
                                                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static gboolean
choose_notice (GBinding *binding, const GValue *keeps_drafts, GValue *title, gpointer user_data)
{
  g_value_set_string (
      title, g_value_get_boolean (keeps_drafts)
                 ? _("No connection. What you do is kept here and sent later.")
                 : _("No connection, and nothing can be kept on this computer. Leave this window "
                      "open until the connection is back, or make room on the disk."));

  return TRUE;
}

static void
kab_page_init (KabPage *self)
{
  KabPagePrivate *priv = PRIVATE (self);
  GtkWidget *menu = kab_menu_button_new ();
  GtkWidget *banner = adw_banner_new ("");

  priv->view = ADW_TOOLBAR_VIEW (adw_toolbar_view_new ());
  priv->header = ADW_HEADER_BAR (adw_header_bar_new ());
  adw_header_bar_pack_end (priv->header, menu);
  adw_toolbar_view_add_top_bar (priv->view, GTK_WIDGET (priv->header));
  adw_toolbar_view_add_top_bar (priv->view, banner);
  priv->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toolbar_view_set_content (priv->view, GTK_WIDGET (priv->toasts));
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), GTK_WIDGET (priv->view));

  priv->window_bindings = g_binding_group_new ();
  g_binding_group_bind_full (priv->window_bindings, "keeps-drafts", banner, "title",
                             G_BINDING_SYNC_CREATE, choose_notice, NULL, NULL, NULL);
  g_binding_group_bind (priv->window_bindings, "offline", banner, "revealed",
                        G_BINDING_SYNC_CREATE);
  /* Else a screen reader finds it also while it isn't revealed. */
  g_object_bind_property (banner, "revealed", banner, "visible", G_BINDING_SYNC_CREATE);
  /* After the base class, which says the title alone. */
  g_signal_connect (self, "notify::title", G_CALLBACK (update_label), NULL);
  g_binding_group_bind (priv->window_bindings, "user-name", menu, "user-name",
                        G_BINDING_SYNC_CREATE);
}

/**
 * kab_page_new:
 * @page_type: a subclass of #KabPage
 * @model: (nullable): what the page shows and changes
 *
 * Returns: (transfer floating): the page
 */
KabPage *
kab_page_new (GType page_type, GObject *model)
{
  g_return_val_if_fail (g_type_is_a (page_type, KAB_TYPE_PAGE), NULL);

  return g_object_new (page_type, "model", model, NULL);
}

/**
 * kab_page_rebuild:
 * @self: a page
 *
 * Returns: (transfer floating): the same page of the same model, made anew in the current language
 */
KabPage *
kab_page_rebuild (KabPage *self)
{
  KabPage *page;

  g_return_val_if_fail (KAB_IS_PAGE (self), NULL);

  page = kab_page_new (G_OBJECT_TYPE (self), PRIVATE (self)->model);
  adw_navigation_page_set_tag (ADW_NAVIGATION_PAGE (page),
                               adw_navigation_page_get_tag (ADW_NAVIGATION_PAGE (self)));
  PRIVATE (page)->was_shown = PRIVATE (self)->was_shown;

  return page;
}

/**
 * kab_page_get_model:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what it shows
 */
GObject *
kab_page_get_model (KabPage *self)
{
  g_return_val_if_fail (KAB_IS_PAGE (self), NULL);

  return PRIVATE (self)->model;
}

/**
 * kab_page_get_initial_focus:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): where the focus goes first
 */
GtkWidget *
kab_page_get_initial_focus (KabPage *self)
{
  g_return_val_if_fail (KAB_IS_PAGE (self), NULL);

  return PRIVATE (self)->initial_focus;
}

/**
 * kab_page_set_initial_focus:
 * @self: a page
 * @widget: (nullable): a widget of the page, such as its heading
 *
 * Where the focus goes when the page is shown for the first time.
 */
void
kab_page_set_initial_focus (KabPage *self, GtkWidget *widget)
{
  g_return_if_fail (KAB_IS_PAGE (self));

  if (g_set_weak_pointer (&PRIVATE (self)->initial_focus, widget))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INITIAL_FOCUS]);
}

/**
 * kab_page_set_content:
 * @self: a page
 * @content: (transfer floating): what it shows between its bars
 *
 * For pages that are made without a template.
 */
void
kab_page_set_content (KabPage *self, GtkWidget *content)
{
  g_return_if_fail (KAB_IS_PAGE (self));

  adw_toast_overlay_set_child (PRIVATE (self)->toasts, content);
}

/**
 * kab_page_focus:
 * @self: a page that is on screen
 *
 * Moves the focus to where it goes first, such as when the control that had it is gone.
 */
void
kab_page_focus (KabPage *self)
{
  KabPagePrivate *priv;
  GtkWidget *content;

  g_return_if_fail (KAB_IS_PAGE (self));

  priv = PRIVATE (self);
  content = adw_toast_overlay_get_child (priv->toasts);
  /* What is hidden would take the focus, and then no key leads away from it. */
  if (priv->initial_focus != NULL && gtk_widget_get_mapped (priv->initial_focus) &&
      gtk_widget_grab_focus (priv->initial_focus))
    return;

  if (content != NULL)
    gtk_widget_child_focus (content, GTK_DIR_TAB_FORWARD);
}

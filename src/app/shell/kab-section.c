/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shell/kab-section.h"

#include <glib/gi18n.h>

/**
 * KabSection:
 *
 * An entry of the sidebar: which page it opens, of which model, and how many things wait in it.
 */
struct _KabSection
{
  GObject parent_instance;

  char *id;        /* (owned) */
  char *title;     /* (owned) untranslated */
  char *icon_name; /* (owned) */
  GType page_type;
  GObject *model; /* (owned) (nullable) */
  guint count;
};

enum
{
  PROP_COUNT = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KabSection, kab_section, G_TYPE_OBJECT)

static void
kab_section_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_COUNT:
      g_value_set_uint (value, KAB_SECTION (object)->count);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_section_set_property (GObject *object,
                          guint property_id,
                          const GValue *value,
                          GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_COUNT:
      kab_section_set_count (KAB_SECTION (object), g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_section_finalize (GObject *object)
{
  KabSection *self = KAB_SECTION (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->icon_name);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (kab_section_parent_class)->finalize (object);
}

static void
kab_section_class_init (KabSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kab_section_get_property;
  object_class->set_property = kab_section_set_property;
  object_class->finalize = kab_section_finalize;

  properties[PROP_COUNT] =
      g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kab_section_init (KabSection *self)
{
}

/**
 * kab_section_new:
 * @id: its name in `win.show`
 * @title: its title as marked with N_(); translated whenever it is read
 * @icon_name: a symbolic icon
 * @page_type: a subclass of #KabPage
 * @model: (nullable): the page's model
 *
 * Returns: (transfer full): the section
 */
KabSection *
kab_section_new (const char *id,
                 const char *title,
                 const char *icon_name,
                 GType page_type,
                 GObject *model)
{
  KabSection *self = g_object_new (KAB_TYPE_SECTION, NULL);

  self->id = g_strdup (id);
  self->title = g_strdup (title);
  self->icon_name = g_strdup (icon_name);
  self->page_type = page_type;
  g_set_object (&self->model, model);

  return self;
}

/* What a getter returns belongs to the section. */
const char *
kab_section_get_id (KabSection *self)
{
  g_return_val_if_fail (KAB_IS_SECTION (self), NULL);

  return self->id;
}

/**
 * kab_section_get_title:
 * @self: a section
 *
 * Returns: (transfer none): the title in the current language
 */
const char *
kab_section_get_title (KabSection *self)
{
  g_return_val_if_fail (KAB_IS_SECTION (self), NULL);

  return _ (self->title);
}

const char *
kab_section_get_icon_name (KabSection *self)
{
  g_return_val_if_fail (KAB_IS_SECTION (self), NULL);

  return self->icon_name;
}

GType
kab_section_get_page_type (KabSection *self)
{
  g_return_val_if_fail (KAB_IS_SECTION (self), G_TYPE_INVALID);

  return self->page_type;
}

GObject *
kab_section_get_model (KabSection *self)
{
  g_return_val_if_fail (KAB_IS_SECTION (self), NULL);

  return self->model;
}

guint
kab_section_get_count (KabSection *self)
{
  g_return_val_if_fail (KAB_IS_SECTION (self), 0);

  return self->count;
}

/**
 * kab_section_set_count:
 * @self: a section
 * @count: how many things in it wait for the user; 0 shows nothing
 */
void
kab_section_set_count (KabSection *self, guint count)
{
  g_return_if_fail (KAB_IS_SECTION (self));

  if (self->count == count)
    return;

  self->count = count;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
}

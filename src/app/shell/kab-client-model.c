/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shell/kab-client-model.h"

/**
 * KabClientModel:
 *
 * Who is signed in and where they are: what the client's shell shows, apart from the pages.
 */
struct _KabClientModel
{
  GObject parent_instance;

  KabBankModel *bank;   /* (owned) */
  char *name;           /* (owned) */
  char *acting_for;     /* (owned) (nullable) */
  GListStore *sections; /* (owned) */
  KabSection *selected; /* (owned) (nullable) */
};

enum
{
  PROP_NAME = 1,
  PROP_ACTING_FOR,
  PROP_SELECTED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KabClientModel, kab_client_model, G_TYPE_OBJECT)

static void
kab_client_model_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  KabClientModel *self = KAB_CLIENT_MODEL (object);

  switch (property_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_ACTING_FOR:
      g_value_set_string (value, self->acting_for);
      break;
    case PROP_SELECTED:
      g_value_set_object (value, self->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_client_model_set_property (GObject *object,
                               guint property_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  KabClientModel *self = KAB_CLIENT_MODEL (object);

  switch (property_id)
    {
    case PROP_NAME:
      if (g_set_str (&self->name, g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_ACTING_FOR:
      if (g_set_str (&self->acting_for, g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SELECTED:
      kab_client_model_select (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_client_model_dispose (GObject *object)
{
  KabClientModel *self = KAB_CLIENT_MODEL (object);

  g_clear_object (&self->selected);
  g_clear_object (&self->bank);
  g_clear_object (&self->sections);

  G_OBJECT_CLASS (kab_client_model_parent_class)->dispose (object);
}

static void
kab_client_model_finalize (GObject *object)
{
  KabClientModel *self = KAB_CLIENT_MODEL (object);

  g_free (self->name);
  g_free (self->acting_for);

  G_OBJECT_CLASS (kab_client_model_parent_class)->finalize (object);
}

static void
kab_client_model_class_init (KabClientModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_client_model_get_property;
  object_class->set_property = kab_client_model_set_property;
  object_class->dispose = kab_client_model_dispose;
  object_class->finalize = kab_client_model_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_ACTING_FOR] = g_param_spec_string ("acting-for", NULL, NULL, NULL, flags);
  properties[PROP_SELECTED] = g_param_spec_object ("selected", NULL, NULL, KAB_TYPE_SECTION, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kab_client_model_init (KabClientModel *self)
{
  self->sections = g_list_store_new (KAB_TYPE_SECTION);
}

/**
 * kab_client_model_new:
 * @bank: the bank that was signed in to
 * @name: the person's name, or the e-mail address as long as no name is known
 *
 * Returns: (transfer full): a client without sections
 */
KabClientModel *
kab_client_model_new (KabBankModel *bank, const char *name)
{
  KabClientModel *self = g_object_new (KAB_TYPE_CLIENT_MODEL, "name", name, NULL);

  g_set_object (&self->bank, bank);

  return self;
}

/* What a getter returns belongs to the client. */
KabBankModel *
kab_client_model_get_bank (KabClientModel *self)
{
  g_return_val_if_fail (KAB_IS_CLIENT_MODEL (self), NULL);

  return self->bank;
}

const char *
kab_client_model_get_name (KabClientModel *self)
{
  g_return_val_if_fail (KAB_IS_CLIENT_MODEL (self), NULL);

  return self->name;
}

GListModel *
kab_client_model_get_sections (KabClientModel *self)
{
  g_return_val_if_fail (KAB_IS_CLIENT_MODEL (self), NULL);

  return G_LIST_MODEL (self->sections);
}

/**
 * kab_client_model_add_section:
 * @self: a client
 * @section: (transfer full): its next section; the first one is selected
 */
void
kab_client_model_add_section (KabClientModel *self, KabSection *section)
{
  g_return_if_fail (KAB_IS_CLIENT_MODEL (self));

  g_list_store_append (self->sections, section);
  if (self->selected == NULL)
    kab_client_model_select (self, section);
  g_object_unref (section);
}

/**
 * kab_client_model_find_section:
 * @self: a client
 * @id: a section's name
 *
 * Returns: (transfer none) (nullable): the section
 */
KabSection *
kab_client_model_find_section (KabClientModel *self, const char *id)
{
  guint n_sections;

  g_return_val_if_fail (KAB_IS_CLIENT_MODEL (self), NULL);

  n_sections = g_list_model_get_n_items (G_LIST_MODEL (self->sections));
  for (guint i = 0; i < n_sections; i++)
    {
      g_autoptr (KabSection) section = g_list_model_get_item (G_LIST_MODEL (self->sections), i);

      if (g_strcmp0 (kab_section_get_id (section), id) == 0)
        return section;
    }

  return NULL;
}

/**
 * kab_client_model_get_selected:
 * @self: a client
 *
 * Returns: (transfer none) (nullable): the section that is shown
 */
KabSection *
kab_client_model_get_selected (KabClientModel *self)
{
  g_return_val_if_fail (KAB_IS_CLIENT_MODEL (self), NULL);

  return self->selected;
}

/**
 * kab_client_model_select:
 * @self: a client
 * @section: one of its sections
 */
void
kab_client_model_select (KabClientModel *self, KabSection *section)
{
  g_return_if_fail (KAB_IS_CLIENT_MODEL (self));

  if (g_set_object (&self->selected, section))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

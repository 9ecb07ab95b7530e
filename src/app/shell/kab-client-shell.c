/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shell/kab-client-shell.h"

#include "common/kab-page.h"
#include "common/kab-spelling.h"
#include "shell/kab-bank-contacts.h"
#include "shell/kab-section-row.h"

/**
 * KabClientShell:
 *
 * What surrounds the pages of somebody who is signed in: a sidebar with who they are, the sections
 * and the bank's contacts, and beside it the pages of the chosen section. In a narrow window the
 * sidebar is the page before them.
 */
struct _KabClientShell
{
  AdwBin parent_instance;

  KabClientModel *model; /* (owned) */

  AdwNavigationSplitView *split_view;
  AdwNavigationPage *sidebar;
  AdwNavigationView *view;
  AdwAvatar *avatar;
  GtkLabel *name;
  GtkLabel *acting_for;
  GtkListBox *sections;
  KabBankContacts *contacts;
};

enum
{
  PROP_MODEL = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KabClientShell, kab_client_shell, ADW_TYPE_BIN)

static GtkWidget *
create_section_row (gpointer item, gpointer user_data)
{
  return kab_section_row_new (KAB_SECTION (item));
}

/* What is marked is where the user is, not what the arrow keys are passing. */
static void
mark_row (KabClientShell *self, KabSection *section)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->sections, i)) != NULL; i++)
    kab_section_row_set_current (KAB_SECTION_ROW (row),
                                 kab_section_row_get_section (KAB_SECTION_ROW (row)) == section);
}

static void
selected_changed_cb (KabClientShell *self)
{
  KabSection *section = kab_client_model_get_selected (self->model);
  KabPage *page;

  if (section == NULL)
    return;

  mark_row (self, section);
  page = kab_page_new (kab_section_get_page_type (section), kab_section_get_model (section));
  adw_navigation_page_set_tag (ADW_NAVIGATION_PAGE (page), kab_section_get_id (section));
  adw_navigation_view_replace (self->view, (AdwNavigationPage *[]) { ADW_NAVIGATION_PAGE (page) },
                               1);
}

static void
section_activated_cb (KabClientShell *self, GtkListBoxRow *row)
{
  KabSection *section = kab_section_row_get_section (KAB_SECTION_ROW (row));

  if (section == kab_client_model_get_selected (self->model))
    selected_changed_cb (self);
  else
    kab_client_model_select (self->model, section);
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
}

static gboolean
has_text (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  const char *text = g_value_get_string (from);

  g_value_set_boolean (to, text != NULL && text[0] != '\0');

  return TRUE;
}

static void
bind_person (KabClientShell *self)
{
  KabBankModel *bank = kab_client_model_get_bank (self->model);

  g_object_bind_property (bank, "name", self->sidebar, "title", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->model, "name", self->avatar, "text", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->model, "name", self->name, "label", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->model, "acting-for", self->acting_for, "label",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property_full (self->model, "acting-for", self->acting_for, "visible",
                               G_BINDING_SYNC_CREATE, has_text, NULL, NULL, NULL);
  kab_bank_contacts_set_bank (self->contacts, bank);
}

static void
kab_client_shell_constructed (GObject *object)
{
  KabClientShell *self = KAB_CLIENT_SHELL (object);

  G_OBJECT_CLASS (kab_client_shell_parent_class)->constructed (object);

  bind_person (self);
  gtk_list_box_bind_model (self->sections, kab_client_model_get_sections (self->model),
                           create_section_row, NULL, NULL);
  g_signal_connect_object (self->model, "notify::selected", G_CALLBACK (selected_changed_cb), self,
                           G_CONNECT_SWAPPED);
  selected_changed_cb (self);
}

static void
kab_client_shell_set_property (GObject *object,
                               guint property_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_MODEL:
      KAB_CLIENT_SHELL (object)->model = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_client_shell_dispose (GObject *object)
{
  KabClientShell *self = KAB_CLIENT_SHELL (object);

  g_clear_object (&self->model);

  G_OBJECT_CLASS (kab_client_shell_parent_class)->dispose (object);
}

/* From any page to a new message. */
static gboolean
write_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  KabClientShell *self = KAB_CLIENT_SHELL (widget);

  if (kab_client_model_find_section (self->model, "messages") == NULL)
    return FALSE;

  gtk_widget_activate_action (widget, "win.show", "s", "messages");
  gtk_widget_activate_action (GTK_WIDGET (adw_navigation_view_get_visible_page (self->view)),
                              "messages.write", NULL);

  return TRUE;
}

static void
kab_client_shell_class_init (KabClientShellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = kab_client_shell_constructed;
  object_class->set_property = kab_client_shell_set_property;
  object_class->dispose = kab_client_shell_dispose;

  properties[PROP_MODEL] =
      g_param_spec_object ("model", NULL, NULL, KAB_TYPE_CLIENT_MODEL,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (KAB_TYPE_BANK_CONTACTS);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/shell/kab-client-shell.ui");
  gtk_widget_class_bind_template_child (widget_class, KabClientShell, split_view);
  gtk_widget_class_bind_template_child (widget_class, KabClientShell, sidebar);
  gtk_widget_class_bind_template_child (widget_class, KabClientShell, view);
  gtk_widget_class_bind_template_child (widget_class, KabClientShell, avatar);
  gtk_widget_class_bind_template_child (widget_class, KabClientShell, name);
  gtk_widget_class_bind_template_child (widget_class, KabClientShell, acting_for);
  gtk_widget_class_bind_template_child (widget_class, KabClientShell, sections);
  gtk_widget_class_bind_template_child (widget_class, KabClientShell, contacts);
  gtk_widget_class_bind_template_callback (widget_class, section_activated_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, write_cb, NULL);
}

static void
kab_client_shell_init (KabClientShell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The e-mail address stands for a name that the bank doesn't know yet. */
  kab_spelling_keep (GTK_WIDGET (self->name));
}

/**
 * kab_client_shell_new:
 * @model: who is signed in, with at least one section
 *
 * Returns: (transfer floating): the shell, on the selected section's page
 */
GtkWidget *
kab_client_shell_new (KabClientModel *model)
{
  return g_object_new (KAB_TYPE_CLIENT_SHELL, "model", model, NULL);
}

/**
 * kab_client_shell_get_view:
 * @self: a shell
 *
 * Returns: (transfer none): where pages are pushed
 */
AdwNavigationView *
kab_client_shell_get_view (KabClientShell *self)
{
  g_return_val_if_fail (KAB_IS_CLIENT_SHELL (self), NULL);

  return self->view;
}

/**
 * kab_client_shell_show_content:
 * @self: a shell
 *
 * In a narrow window, goes from the sidebar to the pages.
 */
void
kab_client_shell_show_content (KabClientShell *self)
{
  g_return_if_fail (KAB_IS_CLIENT_SHELL (self));

  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/kab-files-field.h"

#include "common/kab-upload-list.h"
#include "kab-file.h"

/**
 * KabFilesField:
 *
 * Files that are sent as they are added. The answer names those that the bank has; the rest is on
 * its way, and stays with the form while its page is made anew.
 */
struct _KabFilesField
{
  KabFieldView parent_instance;

  KabAttachments *attachments; /* (owned) */
  GtkWidget *list;             /* (unowned): of the group */
};

G_DEFINE_FINAL_TYPE (KabFilesField, kab_files_field, KAB_TYPE_FIELD_VIEW)

static JsonNode *
kab_files_field_dup_answer (KabFieldView *view)
{
  GListModel *list = G_LIST_MODEL (KAB_FILES_FIELD (view)->attachments);
  g_autoptr (JsonArray) files = json_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (KabAttachment) each = g_list_model_get_item (list, i);
      JsonObject *file;

      if (kab_attachment_get_id (each) == NULL)
        continue;
      file = json_object_new ();
      json_object_set_string_member (file, "upload", kab_attachment_get_id (each));
      json_object_set_string_member (file, "name", kab_attachment_get_name (each));
      json_object_set_int_member (file, "size", kab_attachment_get_size (each));
      json_array_add_object_element (files, file);
    }
  if (json_array_get_length (files) == 0)
    return NULL;

  return json_node_init_array (json_node_alloc (), files);
}

static KabFile *
create_file (JsonObject *answer)
{
  g_autoptr (KabFile) file = kab_file_new ();
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "id",
                                 json_object_get_string_member_with_default (answer, "upload", ""));
  json_object_set_string_member (object, "name",
                                 json_object_get_string_member_with_default (answer, "name", ""));
  json_object_set_int_member (object, "size",
                              json_object_get_int_member_with_default (answer, "size", 0));
  json_object_set_string_member (object, "mediaType", "application/octet-stream");
  if (!kab_record_update_from_json (KAB_RECORD (file), object, NULL))
    return NULL;

  return g_steal_pointer (&file);
}

static void
kab_files_field_show_answer (KabFieldView *view, JsonNode *answer)
{
  g_autoptr (GListStore) files = g_list_store_new (KAB_TYPE_FILE);
  JsonArray *array =
      answer != NULL && JSON_NODE_HOLDS_ARRAY (answer) ? json_node_get_array (answer) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      g_autoptr (KabFile) file = NULL;

      if (JSON_NODE_HOLDS_OBJECT (element))
        file = create_file (json_node_get_object (element));
      if (file != NULL)
        g_list_store_append (files, file);
    }
  kab_attachments_set_saved (KAB_FILES_FIELD (view)->attachments);
  kab_attachments_show_files (KAB_FILES_FIELD (view)->attachments, G_LIST_MODEL (files));
}

static void
kab_files_field_show_state (KabFieldView *view, const KabFormState *state, const char *error)
{
  GtkWidget *list = KAB_FILES_FIELD (view)->list;

  gtk_widget_set_visible (list, state->visible);
  kab_upload_list_set_error (KAB_UPLOAD_LIST (list), error);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_REQUIRED,
                                  state->required, -1);
}

static void
kab_files_field_build (KabFieldView *view, AdwPreferencesGroup *group)
{
  KabFilesField *self = KAB_FILES_FIELD (view);

  g_set_object (&self->attachments,
                kab_form_model_get_attachments (kab_field_view_get_model (view),
                                                kab_field_view_get_pointer (view)));
  self->list = kab_upload_list_new (self->attachments);
  kab_upload_list_set_editable (KAB_UPLOAD_LIST (self->list), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kab_field_view_get_label (view), -1);
  g_signal_connect_object (self->attachments, "changed", G_CALLBACK (kab_field_view_chosen), self,
                           G_CONNECT_SWAPPED);
  kab_field_view_set_row (view, self->list);
  adw_preferences_group_add (group, self->list);
}

static void
kab_files_field_dispose (GObject *object)
{
  g_clear_object (&KAB_FILES_FIELD (object)->attachments);

  G_OBJECT_CLASS (kab_files_field_parent_class)->dispose (object);
}

static void
kab_files_field_class_init (KabFilesFieldClass *klass)
{
  KabFieldViewClass *view_class = KAB_FIELD_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kab_files_field_dispose;
  view_class->build = kab_files_field_build;
  view_class->dup_answer = kab_files_field_dup_answer;
  view_class->show_answer = kab_files_field_show_answer;
  view_class->show_state = kab_files_field_show_state;
}

static void
kab_files_field_init (KabFilesField *self)
{
}

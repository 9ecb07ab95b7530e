/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-tus.h"
#include "kab-upload-private.h"

/* What of an upload outlives its open file and the program: which file it is, what the bank calls
 * it, and a mark of what the file was, for the rest of another doesn't belong to its beginning. */

JsonObject *
kab_upload_keep (KabUpload *self)
{
  g_autofree char *uri = NULL;
  g_autofree char *mark = NULL;
  JsonObject *kept;

  g_return_val_if_fail (KAB_IS_UPLOAD (self), NULL);

  kept = json_object_new ();
  uri = g_file_get_uri (self->file);
  mark = self->source != NULL ? kab_upload_source_dup_mark (self->source) : g_strdup (self->mark);
  json_object_set_string_member (kept, "uri", uri);
  if (self->id != NULL && mark != NULL)
    {
      json_object_set_string_member (kept, "id", self->id);
      json_object_set_string_member (kept, "mark", mark);
    }

  return kept;
}

KabUpload *
kab_upload_new_kept (KabApi *api, JsonObject *kept)
{
  const char *uri, *id, *mark;
  g_autoptr (GFile) file = NULL;
  KabUpload *self;

  g_return_val_if_fail (KAB_IS_API (api), NULL);
  g_return_val_if_fail (kept != NULL, NULL);

  uri = json_object_get_string_member_with_default (kept, "uri", NULL);
  id = json_object_get_string_member_with_default (kept, "id", NULL);
  mark = json_object_get_string_member_with_default (kept, "mark", NULL);
  if (uri == NULL)
    return NULL;

  file = g_file_new_for_uri (uri);
  self = kab_upload_new (api, file);
  if (id != NULL && mark != NULL)
    {
      self->id = g_strdup (id);
      self->mark = g_strdup (mark);
    }

  return self;
}

void
kab_upload_close (KabUpload *self)
{
  if (self->source == NULL)
    return;

  g_free (self->mark);
  self->mark = kab_upload_source_dup_mark (self->source);
  g_clear_object (&self->source);
}

void
kab_upload_check_mark (KabUpload *self)
{
  g_autofree char *mark = kab_upload_source_dup_mark (self->source);

  if (self->mark == NULL || g_str_equal (self->mark, mark))
    return;

  if (self->id != NULL)
    kab_tus_terminate (self->api, self->id);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->mark, g_free);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-api-error-private.h"
#include "kab-api-private.h"
#include "kab-autosave-private.h"
#include "kab-json-copy.h"
#include "kab-json.h"
#include "kab-operation-private.h"

/* After the last change, and after the first one when changes never stop. */
#define QUIET_MS   400
#define LONGEST_MS 2000

/* So many answers are remembered that may have arrived. */
#define MAX_SENT 8

static void load_theirs (KabAutosave *self);

JsonObject *
kab_autosave_record_answers (KabAutosave *self)
{
  return KAB_IS_DOCUMENT (self->record)
             ? kab_document_get_answers (KAB_DOCUMENT (self->record))
             : kab_onboarding_get_answers (KAB_ONBOARDING (self->record));
}

gint64
kab_autosave_record_version (KabAutosave *self)
{
  return KAB_IS_DOCUMENT (self->record)
             ? kab_document_get_version (KAB_DOCUMENT (self->record))
             : kab_onboarding_get_version (KAB_ONBOARDING (self->record));
}

void
kab_autosave_set_object (JsonObject **place, JsonObject *object)
{
  JsonObject *copy = object ? kab_json_copy (object) : NULL;

  g_clear_pointer (place, json_object_unref);
  *place = copy;
}

gboolean
kab_autosave_is_unsaved (KabAutosave *self)
{
  return !kab_json_equal (self->answers, self->base) || json_array_get_length (self->sent) > 0;
}

/* Whether @answers may be with the bank by this form, which never heard so. */
gboolean
kab_autosave_was_sent (KabAutosave *self, JsonObject *answers)
{
  for (guint i = 0; i < json_array_get_length (self->sent); i++)
    {
      if (kab_json_equal (json_array_get_object_element (self->sent, i), answers))
        return TRUE;
    }

  return FALSE;
}

/* All but one at most will have been lost: likeliest is the first, whose loss told of the line's.
 */
static void
note_sent (KabAutosave *self, JsonObject *answers)
{
  if (kab_autosave_was_sent (self, answers))
    return;
  if (json_array_get_length (self->sent) == MAX_SENT)
    json_array_remove_element (self->sent, 1);

  json_array_add_object_element (self->sent, json_object_ref (answers));
}

/* Takes up what went out before a crash. */
void
kab_autosave_take_sent (KabAutosave *self, JsonObject *draft)
{
  JsonArray *sent =
      kab_json_has (draft, "sent") ? kab_json_get_array (draft, "sent", MAX_SENT + 1, NULL) : NULL;

  for (guint i = 0; sent != NULL && i < json_array_get_length (sent); i++)
    {
      JsonNode *node = json_array_get_element (sent, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        note_sent (self, json_node_get_object (node));
    }
}

void
kab_autosave_forget_sent (KabAutosave *self)
{
  json_array_unref (self->sent);
  self->sent = json_array_new ();
}

/* Returns: (transfer full) what may have arrived, and what is on its way */
static JsonArray *
list_sent (KabAutosave *self)
{
  JsonArray *sent = json_array_new ();

  for (guint i = 0; i < json_array_get_length (self->sent); i++)
    json_array_add_element (sent, json_array_dup_element (self->sent, i));
  if (self->sending != NULL)
    json_array_add_object_element (sent, json_object_ref (self->sending));

  return sent;
}

/* What the form says, beside what it was begun from: enough to go on after a crash. */
void
kab_autosave_write_journal (KabAutosave *self)
{
  g_autoptr (JsonObject) draft = NULL;

  if (self->journal == NULL)
    return;

  draft = json_object_new ();
  json_object_set_object_member (draft, "answers", json_object_ref (self->answers));
  json_object_set_int_member (draft, "version", self->base_version);
  kab_operation_set_object (draft, "base", self->base);
  json_object_set_array_member (draft, "sent", list_sent (self));
  kab_draft_journal_put_async (self->journal, self->journal_key, draft, NULL, NULL, NULL);
}

/* The bank has @answers as @version. */
void
kab_autosave_settle (KabAutosave *self, JsonObject *answers, gint64 version)
{
  kab_autosave_set_object (&self->base, answers);
  self->base_version = version;
  self->failures = 0;
  kab_autosave_forget_sent (self);
  if (kab_autosave_is_unsaved (self))
    {
      kab_autosave_set_state (self, KAB_AUTOSAVE_CHANGED, NULL);
      kab_autosave_save (self);
      return;
    }

  if (self->journal != NULL)
    kab_draft_journal_remove (self->journal, self->journal_key);
  kab_autosave_set_saved_now (self);
  kab_autosave_set_state (self, KAB_AUTOSAVE_SAVED, NULL);
}

static gboolean
save_due_cb (gpointer user_data)
{
  KabAutosave *self = user_data;

  self->save_source = 0;
  kab_autosave_save (self);

  return G_SOURCE_REMOVE;
}

/* Nobody tells when that which failed is mended, other than when a lost line comes back. */
static void
schedule_retry (KabAutosave *self, const GError *error)
{
  guint first_ms = kab_api_get_timeouts (self->api)->probe_min_ms;

  g_clear_handle_id (&self->save_source, g_source_remove);
  self->save_source = g_timeout_add (
      kab_api_make_pause (self->api, first_ms, self->failures++, error), save_due_cb, self);
}

static void
handle_error (KabAutosave *self, const GError *error)
{
  gboolean is_busy = g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_BUSY);
  gboolean is_lost = kab_api_error_is_connection (error);

  if (is_busy || (is_lost && kab_api_get_online (self->api)) ||
      g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_FAILED) ||
      g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_GARBAGE))
    schedule_retry (self, error);
  if (is_busy || is_lost)
    kab_autosave_set_state (self, KAB_AUTOSAVE_OFFLINE, error);
  else if (g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_CONFLICT))
    load_theirs (self);
  else
    kab_autosave_set_state (self, KAB_AUTOSAVE_FAILED, error);
}

/* Whether the bank may have taken what went out all the same. */
static gboolean
may_have_arrived (const GError *error)
{
  return kab_api_error_is_connection (error) ||
         g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_FAILED) ||
         g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_GARBAGE);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabAutosave) self = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) sent = NULL;

  if (!kab_operation_finish_boolean (KAB_API (source), result, saved_cb, &error) &&
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  sent = g_steal_pointer (&self->sending);
  if (error == NULL)
    {
      kab_autosave_settle (self, sent, kab_autosave_record_version (self));
      return;
    }

  if (may_have_arrived (error))
    note_sent (self, sent);
  handle_error (self, error);
}

static KabRequest *
new_request (KabAutosave *self, const char *method)
{
  g_autofree char *path = g_strconcat (self->folder, "/{}", NULL);

  return kab_request_new (method, path, kab_record_get_key (self->record));
}

void
kab_autosave_save (KabAutosave *self)
{
  gboolean can_send = self->sending == NULL && !self->loading && self->theirs == NULL;
  KabRequest *request;
  JsonObject *body;

  g_clear_handle_id (&self->save_source, g_source_remove);
  self->changed_at = 0;
  if (can_send)
    kab_autosave_set_object (&self->sending, self->answers);
  kab_autosave_write_journal (self);
  if (!can_send)
    return;

  kab_autosave_set_state (self, KAB_AUTOSAVE_SAVING, NULL);

  body = json_object_new ();
  kab_operation_set_object (body, "answers", self->sending);
  request = new_request (self, "PUT");
  kab_request_take_body (request, body);
  kab_request_set_if_match (request, self->base_version);
  kab_operation_start_update (self->api, request, self->record, saved_cb, self->cancellable,
                              saved_cb, g_object_ref (self));
}

void
kab_autosave_schedule_save (KabAutosave *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 left;

  if (self->changed_at == 0)
    self->changed_at = now;
  left = LONGEST_MS - (now - self->changed_at) / 1000;

  g_clear_handle_id (&self->save_source, g_source_remove);
  self->save_source = g_timeout_add (CLAMP (left, 0, QUIET_MS), save_due_cb, self);
}

/*
 * The object was changed meanwhile. That is a conflict only when it were the answers, and neither
 * to what the form says nor to something that it sent, whose answer was lost on the way, and when
 * something of one's own is left.
 */
static void
compare_theirs (KabAutosave *self, JsonObject *theirs, gint64 version)
{
  gboolean are_known = kab_json_equal (theirs, self->base) || kab_autosave_was_sent (self, theirs);
  g_autoptr (GError) error = NULL;

  if (kab_json_equal (theirs, self->answers) || (are_known && version != self->base_version))
    {
      kab_autosave_settle (self, theirs, version);
    }
  else if (are_known)
    {
      error = kab_api_error_new (KAB_API_ERROR_FAILED, NULL, "The bank refuses its own version");
      handle_error (self, error);
    }
  else if (kab_json_equal (self->answers, self->base))
    {
      kab_autosave_adopt (self, theirs, version);
      kab_autosave_settle (self, theirs, version);
    }
  else
    {
      error =
          kab_api_error_new (KAB_API_ERROR_CONFLICT, NULL, "The answers were changed elsewhere");
      kab_autosave_set_object (&self->theirs, theirs);
      self->their_version = version;
      kab_autosave_set_state (self, KAB_AUTOSAVE_CONFLICT, error);
    }
}

/* Nothing was on its way beside it: what the bank has is older when it was set back to a backup. */
static gpointer
read_theirs (KabApi *api, KabReply *reply, gpointer target, GError **error)
{
  JsonObject *object = kab_operation_get_object (reply, error);

  if (object == NULL || !kab_record_replace_from_json (target, object, error))
    return NULL;

  return target;
}

static void
theirs_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabAutosave) self = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) empty = NULL;
  JsonObject *theirs;

  if (!kab_operation_finish_boolean (KAB_API (source), result, theirs_loaded_cb, &error) &&
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->loading = FALSE;
  if (error != NULL)
    {
      handle_error (self, error);
      return;
    }

  empty = json_object_new ();
  theirs = kab_autosave_record_answers (self);
  compare_theirs (self, theirs ? theirs : empty, kab_autosave_record_version (self));
}

static void
load_theirs (KabAutosave *self)
{
  self->loading = TRUE;
  kab_operation_start (self->api, new_request (self, "GET"), self->record, read_theirs, NULL,
                       theirs_loaded_cb, self->cancellable, theirs_loaded_cb, g_object_ref (self));
}

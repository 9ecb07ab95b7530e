/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/kab-document-model-private.h"

#include "documents/kab-document-words.h"
#include "forms/kab-bank-forms.h"
#include "kab-document-operations.h"
#include "kab-file-rules.h"
#include "kab-history-entry.h"

/**
 * KabDocumentModel:
 *
 * One document with everything that is done about it: its files, the answers of an electronic
 * questionnaire, the filled copy of a PDF, versions and history. Answers save themselves, and so do
 * files once they are sent.
 *
 * Properties, notifying: `phase`, `form`, `changed` (something isn't saved yet). `conflict` is
 * emitted when files were changed elsewhere meanwhile: kab_document_model_resolve_files() settles
 * it; `refused`, with the error, when the bank didn't take files that saved themselves.
 */

enum
{
  PROP_PHASE = 1,
  PROP_FORM,
  PROP_CHANGED,
  N_PROPS,
};

enum
{
  CONFLICT,
  REFUSED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (KabDocumentPhase,
                    kab_document_phase,
                    G_DEFINE_ENUM_VALUE (KAB_DOCUMENT_PHASE_LOADING, "loading"),
                    G_DEFINE_ENUM_VALUE (KAB_DOCUMENT_PHASE_UNAVAILABLE, "unavailable"),
                    G_DEFINE_ENUM_VALUE (KAB_DOCUMENT_PHASE_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (KAB_DOCUMENT_PHASE_SENDING, "sending"))
G_DEFINE_FINAL_TYPE (KabDocumentModel, kab_document_model, G_TYPE_OBJECT)

/* For the other files of this class. */
void
kab_document_model_set_phase (KabDocumentModel *self, KabDocumentPhase phase)
{
  if (self->phase == phase)
    return;

  self->phase = phase;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PHASE]);
}

/* For the other files of this class. */
void
kab_document_model_notify_changed (KabDocumentModel *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANGED]);
}

/* For the other files of this class. */
void
kab_document_model_tell_conflict (KabDocumentModel *self)
{
  g_signal_emit (self, signals[CONFLICT], 0);
}

void
kab_document_model_tell_refusal (KabDocumentModel *self, const GError *error)
{
  g_signal_emit (self, signals[REFUSED], 0, error);
}

/* @error: (transfer full) */
static void
fail (KabDocumentModel *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  kab_document_model_set_phase (self, KAB_DOCUMENT_PHASE_UNAVAILABLE);
}

static void
answers_changed_cb (KabDocumentModel *self)
{
  kab_autosave_change (self->autosave, kab_form_model_get_answers (self->form));
}

static void
replaced_cb (KabDocumentModel *self)
{
  kab_form_model_set_answers (self->form, kab_autosave_get_answers (self->autosave));
}

static KabFormModel *
create_form (KabDocumentModel *self, JsonObject *answers)
{
  KabOnboarding *onboarding = kab_paged_list_find (kab_client_data_get_onboardings (self->data),
                                                   kab_document_get_application (self->document));
  KabFormContext *context = kab_client_form_context (
      self->data, onboarding != NULL ? kab_onboarding_get_services (onboarding) : NULL);

  return kab_form_model_new (self->definition, answers, context);
}

static void
show_comments (KabDocumentModel *self)
{
  GListModel *comments = kab_document_get_comments (self->document);

  if (self->form == NULL)
    return;

  kab_form_model_clear_comments (self->form);
  for (guint i = 0; i < g_list_model_get_n_items (comments); i++)
    {
      g_autoptr (KabComment) comment = g_list_model_get_item (comments, i);
      const char *field = kab_comment_get_field (comment);

      if (field != NULL && *field != '\0')
        kab_form_model_set_comment (self->form, field, kab_comment_get_text (comment));
    }
}

/* The answers, to fill in or to read, whichever the bank allows now. */
static void
begin_form (KabDocumentModel *self)
{
  JsonObject *answers = kab_document_get_answers (self->document);
  gboolean editable = kab_document_allows (self->document, "edit");

  g_clear_object (&self->autosave);
  g_clear_object (&self->form);
  if (editable)
    {
      self->autosave = kab_autosave_new_for_document (kab_client_data_get_api (self->data),
                                                      self->journal, self->document);
      answers = kab_autosave_get_answers (self->autosave);
    }
  self->form = create_form (self, answers);
  kab_form_model_set_read_only (self->form, !editable);
  show_comments (self);
  if (editable)
    {
      g_signal_connect_object (self->form, "changed", G_CALLBACK (answers_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->autosave, "replaced", G_CALLBACK (replaced_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->autosave, "notify::state",
                               G_CALLBACK (kab_document_model_notify_changed), self,
                               G_CONNECT_SWAPPED);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FORM]);
}

static void
actions_changed_cb (KabDocumentModel *self)
{
  gboolean editable = kab_document_allows (self->document, "edit");

  if (self->form != NULL && editable == kab_form_model_get_read_only (self->form))
    begin_form (self);
}

static void
show_files (KabDocumentModel *self)
{
  kab_attachments_show_files (self->attachments, kab_document_get_files (self->document));
}

static void
history_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabDocumentModel) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!kab_paged_list_load_all_finish (KAB_PAGED_LIST (source), result, &error))
    g_debug ("The history could not be read: %s", error->message);
}

static void
history_refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabDocumentModel) self = user_data;
  g_autoptr (GError) error = NULL;

  if (kab_paged_list_refresh_finish (KAB_PAGED_LIST (source), result, &error))
    kab_paged_list_load_all_async (self->history, self->cancellable, history_read_cb,
                                   g_object_ref (self));
}

static void
read_history (KabDocumentModel *self)
{
  kab_paged_list_refresh_async (self->history, self->cancellable, history_refreshed_cb,
                                g_object_ref (self));
}

static void
version_changed_cb (KabDocumentModel *self)
{
  if (self->phase >= KAB_DOCUMENT_PHASE_READY)
    read_history (self);
}

static void
become_ready (KabDocumentModel *self)
{
  if (self->definition != NULL)
    begin_form (self);
  show_files (self);
  kab_document_model_keep_files (self);
  kab_document_model_restore_filled (self);
  read_history (self);
  kab_document_model_set_phase (self, KAB_DOCUMENT_PHASE_READY);
}

static void
form_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabDocumentModel) self = user_data;
  GError *error = NULL;
  KabFormDefinition *definition = kab_bank_open_form_finish (KAB_API (source), result, &error);

  if (definition != NULL)
    {
      g_clear_pointer (&self->definition, kab_form_definition_unref);
      self->definition = definition;
      become_ready (self);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
    }
  else
    {
      fail (self, error);
    }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabDocumentModel) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!kab_document_load_finish (KAB_API (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        fail (self, g_steal_pointer (&error));
      return;
    }

  if (kab_document_model_is_electronic (self))
    kab_bank_open_form_async (KAB_API (source), self->bank, kab_document_get_form (self->document),
                              self->cancellable, form_opened_cb, g_object_ref (self));
  else
    become_ready (self);
}

static void
kab_document_model_get_property (GObject *object,
                                 guint property_id,
                                 GValue *value,
                                 GParamSpec *pspec)
{
  KabDocumentModel *self = KAB_DOCUMENT_MODEL (object);

  switch (property_id)
    {
    case PROP_PHASE:
      g_value_set_enum (value, self->phase);
      break;
    case PROP_FORM:
      g_value_set_object (value, self->form);
      break;
    case PROP_CHANGED:
      g_value_set_boolean (value, kab_document_model_get_changed (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_document_model_dispose (GObject *object)
{
  KabDocumentModel *self = KAB_DOCUMENT_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->save_source, g_source_remove);
  g_clear_object (&self->autosave);
  g_clear_object (&self->form);
  g_clear_object (&self->keeper);
  g_clear_object (&self->attachments);
  g_clear_object (&self->history);
  g_clear_object (&self->document);
  g_clear_object (&self->journal);
  g_clear_object (&self->bank);
  g_clear_object (&self->data);

  G_OBJECT_CLASS (kab_document_model_parent_class)->dispose (object);
}

static void
kab_document_model_finalize (GObject *object)
{
  KabDocumentModel *self = KAB_DOCUMENT_MODEL (object);

  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_clear_pointer (&self->definition, kab_form_definition_unref);
  g_clear_pointer (&self->filled, g_bytes_unref);
  g_clear_pointer (&self->savers, g_ptr_array_unref);
  g_free (self->send_key);
  g_free (self->filled_key);
  g_free (self->fields_key);

  G_OBJECT_CLASS (kab_document_model_parent_class)->finalize (object);
}

static void
kab_document_model_class_init (KabDocumentModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_document_model_get_property;
  object_class->dispose = kab_document_model_dispose;
  object_class->finalize = kab_document_model_finalize;

  properties[PROP_PHASE] = g_param_spec_enum ("phase", NULL, NULL, KAB_TYPE_DOCUMENT_PHASE,
                                              KAB_DOCUMENT_PHASE_LOADING, flags);
  properties[PROP_FORM] = g_param_spec_object ("form", NULL, NULL, KAB_TYPE_FORM_MODEL, flags);
  properties[PROP_CHANGED] = g_param_spec_boolean ("changed", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CONFLICT] = g_signal_new ("conflict", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REFUSED] = g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
kab_document_model_init (KabDocumentModel *self)
{
  self->cancellable = g_cancellable_new ();
  self->savers = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
connect_document (KabDocumentModel *self)
{
  g_signal_connect_object (self->document, "notify::actions", G_CALLBACK (actions_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::version", G_CALLBACK (version_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (kab_document_get_files (self->document), "items-changed",
                           G_CALLBACK (show_files), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kab_document_get_comments (self->document), "items-changed",
                           G_CALLBACK (show_comments), self, G_CONNECT_SWAPPED);
}

/**
 * kab_document_model_new:
 * @data: what the bank knows about who is signed in
 * @bank: the bank
 * @journal: (nullable): where what isn't sent is kept
 * @document: the document, a summary at least
 *
 * Returns: (transfer full): the model; kab_document_model_load() reads the rest
 */
KabDocumentModel *
kab_document_model_new (KabClientData *data,
                        KabBank *bank,
                        KabDraftJournal *journal,
                        KabDocument *document)
{
  KabDocumentModel *self = g_object_new (KAB_TYPE_DOCUMENT_MODEL, NULL);
  KabApi *api = kab_client_data_get_api (data);

  self->data = g_object_ref (data);
  self->bank = g_object_ref (bank);
  g_set_object (&self->journal, journal);
  self->document = g_object_ref (document);
  self->history = KAB_PAGED_LIST (kab_document_new_history (api, document));
  self->attachments = kab_attachments_new (api, KAB_FILE_COUNT_MAX);
  self->filled_key = g_strdup_printf ("filled/%s", kab_document_get_id (document));
  self->fields_key = g_strdup_printf ("fields/%s", kab_document_get_id (document));
  connect_document (self);
  kab_document_model_watch_files (self);

  return self;
}

/* What a getter returns belongs to the model. */
KabApi *
kab_document_model_get_api (KabDocumentModel *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT_MODEL (self), NULL);

  return kab_client_data_get_api (self->data);
}

KabDocument *
kab_document_model_get_document (KabDocumentModel *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT_MODEL (self), NULL);

  return self->document;
}

KabDocumentPhase
kab_document_model_get_phase (KabDocumentModel *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT_MODEL (self), KAB_DOCUMENT_PHASE_LOADING);

  return self->phase;
}

const GError *
kab_document_model_get_error (KabDocumentModel *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT_MODEL (self), NULL);

  return self->error;
}

GListModel *
kab_document_model_get_history (KabDocumentModel *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT_MODEL (self), NULL);

  return G_LIST_MODEL (self->history);
}

KabAttachments *
kab_document_model_get_attachments (KabDocumentModel *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT_MODEL (self), NULL);

  return self->attachments;
}

/* (nullable): the answers of an electronic questionnaire. */
KabFormModel *
kab_document_model_get_form (KabDocumentModel *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT_MODEL (self), NULL);

  return self->form;
}

/* (nullable): what saves those answers. */
KabAutosave *
kab_document_model_get_autosave (KabDocumentModel *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT_MODEL (self), NULL);

  return self->autosave;
}

/**
 * kab_document_model_new_form_of:
 * @self: a document that is ready
 * @version: one of its versions
 *
 * Returns: (transfer full) (nullable): the answers of that version to read; %NULL when it has none
 */
KabFormModel *
kab_document_model_new_form_of (KabDocumentModel *self, KabDocumentVersion *version)
{
  KabFormModel *form;

  g_return_val_if_fail (KAB_IS_DOCUMENT_MODEL (self), NULL);

  if (self->definition == NULL || kab_document_version_get_answers (version) == NULL)
    return NULL;

  form = create_form (self, kab_document_version_get_answers (version));
  kab_form_model_set_read_only (form, TRUE);

  return form;
}

/* Whether it is filled in a PDF. */
gboolean
kab_document_model_is_pdf (KabDocumentModel *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT_MODEL (self), FALSE);

  return g_strcmp0 (kab_document_get_kind (self->document), "pdf-questionnaire") == 0;
}

/* Whether it is filled in the cabinet (DOC-4). */
gboolean
kab_document_model_is_electronic (KabDocumentModel *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT_MODEL (self), FALSE);

  return g_strcmp0 (kab_document_get_kind (self->document), "electronic-questionnaire") == 0;
}

/* Whether something isn't saved yet. */
gboolean
kab_document_model_get_changed (KabDocumentModel *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT_MODEL (self), FALSE);

  return kab_attachments_get_modified (self->attachments) ||
         (self->autosave != NULL && kab_autosave_get_state (self->autosave) != KAB_AUTOSAVE_SAVED);
}

/* When files were last saved from here, in microseconds since 1970, UTC; 0 if never. */
gint64
kab_document_model_get_saved_at (KabDocumentModel *self)
{
  g_return_val_if_fail (KAB_IS_DOCUMENT_MODEL (self), 0);

  return self->saved_at;
}

/**
 * kab_document_model_load:
 * @self: a document
 *
 * Reads all about it; also to try again.
 */
void
kab_document_model_load (KabDocumentModel *self)
{
  g_return_if_fail (KAB_IS_DOCUMENT_MODEL (self));

  kab_document_model_set_phase (self, KAB_DOCUMENT_PHASE_LOADING);
  kab_document_load_async (kab_document_model_get_api (self), self->document, self->cancellable,
                           loaded_cb, g_object_ref (self));
}

/**
 * kab_document_model_resolve:
 * @self: a questionnaire that was changed elsewhere meanwhile
 * @answers: what is right
 */
void
kab_document_model_resolve (KabDocumentModel *self, JsonObject *answers)
{
  g_return_if_fail (KAB_IS_DOCUMENT_MODEL (self));

  if (self->autosave == NULL || kab_autosave_get_theirs (self->autosave) == NULL)
    return;

  kab_autosave_resolve (self->autosave, answers);
  kab_form_model_set_answers (self->form, kab_autosave_get_answers (self->autosave));
}

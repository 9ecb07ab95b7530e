/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-in/kab-access.h"

#include "common/kab-api-error-text.h"
#include "kab-bank-operations.h"
#include "kab-session-operations.h"
#include "sign-in/kab-closing.h"

/* Between two tries to reach a bank that answers, but not as a bank does: doubled for each. */
#define FIRST_RETRY_MS 2000
#define LAST_RETRY_MS  60000

/**
 * KabAccess:
 *
 * The way into the bank: the line to it, the bank's own texts, the journal of what was typed, and
 * whoever is signed in. It answers the #KabBankModel that the pages show, goes on trying where the
 * bank isn't reached, takes up a session that was kept, and lets go of everything when the bank
 * changes.
 *
 * `entered` comes with a session, and data that whoever shows them starts; `left` comes with a
 * #KabLeaveReason, `ready` when the bank answered and nobody is signed in.
 */
struct _KabAccess
{
  GObject parent_instance;

  KabBankModel *bank_model; /* (owned) */
  KabLanguage *language;    /* (owned) */
  char *demo_address;       /* (owned) (nullable) */

  GCancellable *cancellable;   /* (owned): of all that is asked of this bank */
  KabApi *api;                 /* (owned) (nullable) */
  KabBank *bank;               /* (owned) (nullable) */
  KabDraftJournal *journal;    /* (owned) (nullable) */
  KabSession *session;         /* (owned) (nullable) */
  KabClientData *data;         /* (owned) (nullable) */
  gboolean is_new;             /* registered just now */
  KabLeaveReason leave_reason; /* of who was here last */
  gboolean loading;            /* the bank is being asked what it is */
  guint retry_source;          /* to ask it again */
  guint retry_ms;
};

enum
{
  PROP_ONLINE = 1,
  PROP_KEEPS_DRAFTS,
  N_PROPS,
};

enum
{
  ENTERED,
  LEFT,
  READY,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabAccess, kab_access, G_TYPE_OBJECT)

static void
forget_session (KabAccess *self)
{
  if (self->data != NULL)
    kab_client_data_stop (self->data);
  g_clear_object (&self->data);
  g_clear_object (&self->session);
}

static void
forget_bank (KabAccess *self)
{
  g_clear_handle_id (&self->retry_source, g_source_remove);
  self->retry_ms = FIRST_RETRY_MS;
  self->loading = FALSE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->session != NULL)
    kab_access_leave (self, KAB_LEAVE_SIGNED_OUT);
  if (self->api != NULL)
    g_signal_handlers_disconnect_by_data (self->api, self);
  g_clear_object (&self->journal);
  g_clear_object (&self->bank);
  g_clear_object (&self->api);
}

/* The texts that depend on the language. */
static void
fill_texts (KabAccess *self)
{
  KabTranslations *hours;

  if (self->bank == NULL)
    return;

  hours = kab_bank_get_opening_hours (self->bank);
  g_object_set (self->bank_model, "hours",
                hours != NULL
                    ? kab_translations_get (hours, kab_language_get_current (self->language))
                    : NULL,
                NULL);
}

static guint
count_documents (KabBank *bank)
{
  JsonObject *documents = kab_bank_get_documents (bank);
  JsonNode *node = documents != NULL ? json_object_get_member (documents, "N1") : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node)
             ? json_array_get_length (json_node_get_array (node))
             : 0;
}

static void
fill_bank (KabAccess *self)
{
  KabJourneySettings settings = *kab_bank_model_get_journey (self->bank_model);
  KabServices services = 0;

  g_object_set (self->bank_model, "name", kab_bank_get_name (self->bank), "phone",
                kab_bank_get_phone (self->bank), "email", kab_bank_get_email (self->bank),
                "is-demo", kab_bank_get_demo (self->bank), NULL);
  fill_texts (self);

  kab_services_from_codes (kab_bank_get_services (self->bank), &services);
  kab_money_parse (kab_bank_get_fee_amount (self->bank), kab_bank_get_fee_currency (self->bank),
                   &settings.fee, NULL);
  settings.offers_signing = kab_bank_get_signing_offered (self->bank);
  settings.expected_documents = count_documents (self->bank);
  kab_bank_model_set_journey (self->bank_model, services, &settings);
}

static void
session_restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KabSession) session = kab_session_restore_finish (KAB_API (source), result, &error);
  g_autoptr (KabAccess) self = user_data;

  if (KAB_API (source) != self->api)
    return;

  kab_bank_model_set_ready (self->bank_model);
  if (session != NULL && !kab_session_get_must_change_password (session))
    kab_access_enter (self, session);
  else
    g_signal_emit (self, signals[READY], 0);
}

static void
persistent_changed_cb (KabAccess *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEEPS_DRAFTS]);
}

static void
journal_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabDraftJournal) journal = kab_draft_journal_open_finish (result, NULL);
  g_autoptr (KabAccess) self = user_data;

  if (journal == NULL)
    return;

  g_set_object (&self->journal, journal);
  g_signal_connect_object (journal, "notify::persistent", G_CALLBACK (persistent_changed_cb), self,
                           G_CONNECT_SWAPPED);
  persistent_changed_cb (self);
  kab_session_restore_async (self->api, self->cancellable, session_restored_cb,
                             g_object_ref (self));
}

static void load_bank (KabAccess *self);

static gboolean
retry_due_cb (gpointer user_data)
{
  KabAccess *self = user_data;

  self->retry_source = 0;
  load_bank (self);

  return G_SOURCE_REMOVE;
}

/* While the line is down the line itself watches for its end; an answer that is no use is asked for
 * again after a pause, half of which is jitter. */
static void
schedule_retry (KabAccess *self)
{
  guint half = self->retry_ms / 2;

  if (!kab_api_get_online (self->api))
    return;

  self->retry_source =
      g_timeout_add (half + g_random_int_range (0, (gint32) half + 1), retry_due_cb, self);
  self->retry_ms = MIN (2 * self->retry_ms, LAST_RETRY_MS);
}

/* Something got better: a bank that wasn't reached may be now. */
static void
retry_at_once (KabAccess *self)
{
  if (self->api == NULL || self->bank != NULL || self->loading ||
      kab_bank_model_get_state (self->bank_model) != KAB_BANK_UNREACHABLE)
    return;

  g_clear_handle_id (&self->retry_source, g_source_remove);
  load_bank (self);
}

static void
network_changed_cb (KabAccess *self, gboolean available)
{
  if (available && self->api != NULL && kab_api_get_online (self->api))
    retry_at_once (self);
}

static void
bank_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KabBank) bank = kab_bank_load_finish (KAB_API (source), result, &error);
  g_autoptr (KabAccess) self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || KAB_API (source) != self->api)
    return;

  self->loading = FALSE;
  if (bank == NULL)
    {
      KabOutage outage = kab_outage_from_error (error);

      kab_bank_model_set_failed (self->bank_model,
                                 outage != KAB_OUTAGE_NONE ? outage : KAB_OUTAGE_GARBAGE);
      schedule_retry (self);
      return;
    }

  g_set_object (&self->bank, bank);
  fill_bank (self);
  kab_draft_journal_open_async (kab_api_get_bank_key (self->api), NULL, self->cancellable,
                                journal_opened_cb, g_object_ref (self));
}

static void
load_bank (KabAccess *self)
{
  self->loading = TRUE;
  kab_bank_load_async (self->api, self->cancellable, bank_loaded_cb, g_object_ref (self));
}

static void
session_ended_cb (KabAccess *self)
{
  if (self->session != NULL)
    kab_access_leave (self, KAB_LEAVE_ENDED);
}

static void
online_changed_cb (KabAccess *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONLINE]);
  if (kab_api_get_online (self->api))
    retry_at_once (self);
}

static void
connect_cb (KabAccess *self, const char *address)
{
  g_autoptr (GError) error = NULL;

  if (address == NULL)
    return;

  forget_bank (self);
  self->api = kab_api_new (address, &error);
  if (self->api == NULL)
    {
      kab_bank_model_set_failed (self->bank_model, kab_outage_from_error (error));
      return;
    }

  if (g_strcmp0 (address, self->demo_address) == 0)
    kab_api_set_bank_key (self->api, "demo");
  g_signal_connect_object (self->api, "session-ended", G_CALLBACK (session_ended_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->api, "notify::online", G_CALLBACK (online_changed_cb), self,
                           G_CONNECT_SWAPPED);
  load_bank (self);
}

static void
address_changed_cb (KabAccess *self)
{
  if (kab_bank_model_get_address (self->bank_model) == NULL)
    forget_bank (self);
}

static void
kab_access_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  KabAccess *self = KAB_ACCESS (object);

  switch (property_id)
    {
    case PROP_ONLINE:
      g_value_set_boolean (value, self->api == NULL || kab_api_get_online (self->api));
      break;
    case PROP_KEEPS_DRAFTS:
      g_value_set_boolean (value, self->journal == NULL ||
                                      kab_draft_journal_get_persistent (self->journal));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_access_dispose (GObject *object)
{
  KabAccess *self = KAB_ACCESS (object);

  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  forget_session (self);
  g_clear_object (&self->journal);
  g_clear_object (&self->bank);
  g_clear_object (&self->api);
  g_clear_object (&self->bank_model);
  g_clear_object (&self->language);

  G_OBJECT_CLASS (kab_access_parent_class)->dispose (object);
}

static void
kab_access_finalize (GObject *object)
{
  KabAccess *self = KAB_ACCESS (object);

  g_object_unref (self->cancellable);
  g_free (self->demo_address);

  G_OBJECT_CLASS (kab_access_parent_class)->finalize (object);
}

static void
kab_access_class_init (KabAccessClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kab_access_get_property;
  object_class->dispose = kab_access_dispose;
  object_class->finalize = kab_access_finalize;

  /* Whether the bank answered the last time. */
  properties[PROP_ONLINE] =
      g_param_spec_boolean ("online", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /* Whether what can't be sent is kept on this computer. */
  properties[PROP_KEEPS_DRAFTS] = g_param_spec_boolean ("keeps-drafts", NULL, NULL, TRUE,
                                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[ENTERED] = g_signal_new ("entered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, KAB_TYPE_SESSION);
  signals[LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_access_init (KabAccess *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * kab_access_new:
 * @bank_model: the bank as the pages show it; its `connect` is answered from now on
 * @language: what is spoken
 *
 * Returns: (transfer full): the way into that bank
 */
KabAccess *
kab_access_new (KabBankModel *bank_model, KabLanguage *language)
{
  KabAccess *self = g_object_new (KAB_TYPE_ACCESS, NULL);

  g_set_object (&self->bank_model, bank_model);
  g_set_object (&self->language, language);
  g_signal_connect_object (bank_model, "connect", G_CALLBACK (connect_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bank_model, "notify::address", G_CALLBACK (address_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (language, "notify::current", G_CALLBACK (fill_texts), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (network_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * kab_access_set_demo_address:
 * @self: the way in
 * @address: (nullable): where the demo bank's server is in this run
 *
 * What is kept of the demo bank is found again though its address differs from run to run. When its
 * server was started anew while it is the bank in use, the line just moves there.
 */
void
kab_access_set_demo_address (KabAccess *self, const char *address)
{
  gboolean in_use;

  g_return_if_fail (KAB_IS_ACCESS (self));

  in_use = self->api != NULL && self->demo_address != NULL &&
           g_str_equal (kab_api_get_base_uri (self->api), self->demo_address);
  if (g_set_str (&self->demo_address, address) && in_use && address != NULL)
    kab_api_set_base_uri (self->api, address, NULL);
}

#define GETTER(type, member)                                                                       \
  type kab_access_get_##member (KabAccess *self)                                                   \
  {                                                                                                \
    g_return_val_if_fail (KAB_IS_ACCESS (self), NULL);                                             \
                                                                                                   \
    return self->member;                                                                           \
  }

/* (transfer none) each; api, bank and journal are NULL until the bank answered, session and data
 * while nobody is signed in. */
GETTER (KabApi *, api)
GETTER (KabBank *, bank)
GETTER (KabLanguage *, language)
GETTER (KabDraftJournal *, journal)
GETTER (KabSession *, session)
GETTER (KabClientData *, data)

/**
 * kab_access_is_new:
 * @self: the way in
 *
 * Returns: whether who is signed in registered just now
 */
gboolean
kab_access_is_new (KabAccess *self)
{
  g_return_val_if_fail (KAB_IS_ACCESS (self), FALSE);

  return self->is_new;
}

static void
enter (KabAccess *self, KabSession *session, gboolean is_new)
{
  forget_session (self);
  self->is_new = is_new;
  self->leave_reason = KAB_LEAVE_SIGNED_OUT;
  self->session = g_object_ref (session);
  self->data = kab_client_data_new (self->api, session);
  g_signal_emit (self, signals[ENTERED], 0, session);
}

/**
 * kab_access_enter:
 * @self: the way in
 * @session: a session that needs no new password
 *
 * Somebody signed in.
 */
void
kab_access_enter (KabAccess *self, KabSession *session)
{
  g_return_if_fail (KAB_IS_ACCESS (self));
  g_return_if_fail (self->api != NULL);

  enter (self, session, FALSE);
}

/**
 * kab_access_enter_new:
 * @self: the way in
 * @session: the first session of somebody who registered just now
 *
 * As kab_access_enter(); the application form comes next (CON-9).
 */
void
kab_access_enter_new (KabAccess *self, KabSession *session)
{
  g_return_if_fail (KAB_IS_ACCESS (self));
  g_return_if_fail (self->api != NULL);

  enter (self, session, TRUE);
}

/**
 * kab_access_leave:
 * @self: the way in
 * @reason: why
 *
 * Ends the session, here at once and with the bank as soon as it can be told.
 */
void
kab_access_leave (KabAccess *self, KabLeaveReason reason)
{
  g_return_if_fail (KAB_IS_ACCESS (self));

  if (self->session == NULL)
    return;

  forget_session (self);
  self->leave_reason = reason;
  if (reason != KAB_LEAVE_ENDED)
    kab_session_sign_out_async (self->api, NULL, NULL, NULL);
  g_signal_emit (self, signals[LEFT], 0, reason);
}

/**
 * kab_access_get_leave_reason:
 * @self: the way in
 *
 * Returns: why the last session ended; %KAB_LEAVE_SIGNED_OUT when there was none
 */
KabLeaveReason
kab_access_get_leave_reason (KabAccess *self)
{
  g_return_val_if_fail (KAB_IS_ACCESS (self), KAB_LEAVE_SIGNED_OUT);

  return self->leave_reason;
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  kab_closing_finish (result);
  g_task_return_boolean (task, TRUE);
}

/**
 * kab_access_close_async:
 * @self: the way in
 * @callback: called when the disk has what was typed and the bank knows; after a moment in any case
 * @user_data: for @callback
 *
 * Signs out whoever is signed in and waits for the journal, because the application is closed.
 */
void
kab_access_close_async (KabAccess *self, GAsyncReadyCallback callback, gpointer user_data)
{
  gboolean signed_in;
  GTask *task;

  g_return_if_fail (KAB_IS_ACCESS (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, kab_access_close_async);
  signed_in = self->session != NULL;
  forget_session (self);
  kab_closing_begin_async (signed_in ? self->api : NULL, self->journal, closed_cb, task);
}

/* Ends kab_access_close_async(). */
void
kab_access_close_finish (KabAccess *self, GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  g_task_propagate_boolean (G_TASK (result), NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-webhooks.h"

#include "kab-sandbox-crypto.h"
#include "kab-sandbox-json.h"

#include <libsoup/soup.h>

/* Seconds before each repetition (Sumsub, "Webhook manager"). */
static const guint retry_waits[] = { 5 * 60, 60 * 60, 5 * 60 * 60, 18 * 60 * 60 };

/* Forged notices, sent once before the genuine one. */
static const char *const forgeries[] = { "webhook-wrong-secret", "webhook-reserialised",
                                         "webhook-upper-case",   "webhook-no-digest",
                                         "webhook-no-algorithm", "webhook-unknown-algorithm",
                                         "webhook-other-mode",   "webhook-test-mode",
                                         "webhook-unknown-type", "webhook-other-user" };

/**
 * KabSandboxWebhooks:
 *
 * Tells the bank what happened to an applicant. Notices leave one after another, those that
 * weren't taken are repeated later, so that they arrive out of order as they do in life. Before
 * the bank's address is known they wait.
 */
struct _KabSandboxWebhooks
{
  GObject parent_instance;

  KabSandboxScript *script;  /* (owned) */
  KabSandboxState *state;    /* (owned) */
  SoupSession *session;      /* (owned) */
  GCancellable *cancellable; /* (owned) */
  char *url;                 /* (owned) (nullable) */
  GQueue waiting;            /* of (owned) Notice */
  GHashTable *repeats;       /* (owned) of (owned) Notice with a running timer */
  struct _Notice *held;      /* (owned) (nullable) let past by the next one */
  gboolean busy;
};

typedef struct _Notice
{
  KabSandboxWebhooks *owner; /* (unowned) */
  char *what;                /* (owned) "genuine" or a forgery */
  char *type;                /* (owned) */
  GBytes *body;              /* (owned) */
  char *digest;              /* (owned) (nullable) */
  char *algorithm;           /* (owned) (nullable) */
  JsonObject *record;        /* (owned) (nullable) */
  GCancellable *limit;       /* (owned) (nullable) */
  guint attempt;
  guint timer;
} Notice;

G_DEFINE_FINAL_TYPE (KabSandboxWebhooks, kab_sandbox_webhooks, G_TYPE_OBJECT)

static void send_next (KabSandboxWebhooks *self);

static void
free_notice (gpointer data)
{
  Notice *notice = data;

  g_clear_handle_id (&notice->timer, g_source_remove);
  g_clear_object (&notice->limit);
  g_clear_pointer (&notice->record, json_object_unref);
  g_clear_pointer (&notice->body, g_bytes_unref);
  g_free (notice->what);
  g_free (notice->type);
  g_free (notice->digest);
  g_free (notice->algorithm);
  g_free (notice);
}

static const char *
algorithm_name (GChecksumType algorithm)
{
  switch (algorithm)
    {
    case G_CHECKSUM_SHA1:
      return "HMAC_SHA1_HEX";
    case G_CHECKSUM_SHA512:
      return "HMAC_SHA512_HEX";
    default:
      return "HMAC_SHA256_HEX";
    }
}

/* Signs with what the setting says at this moment. */
static Notice *
make_notice (KabSandboxWebhooks *self, const char *what, JsonObject *event)
{
  const KabSandboxSettings *settings = kab_sandbox_script_get_settings (self->script);
  Notice *notice = g_new0 (Notice, 1);
  char *text = kab_sandbox_json_print (event, TRUE);

  notice->owner = self;
  notice->what = g_strdup (what);
  notice->type = g_strdup (kab_sandbox_json_text (event, "type"));
  notice->body = g_bytes_new_take (text, strlen (text));
  notice->algorithm = g_strdup (algorithm_name (settings->webhook_algorithm));
  notice->digest = kab_sandbox_hmac_hex (
      settings->webhook_algorithm, kab_sandbox_state_get_secret (self->state, "webhookSecret"),
      notice->body);
  return notice;
}

/* Gives the notice the fault that it is named after; see 12.2 of the provider's description. */
static void
damage (KabSandboxWebhooks *self, Notice *notice, JsonObject *event)
{
  GChecksumType algorithm = kab_sandbox_script_get_settings (self->script)->webhook_algorithm;

  if (g_str_equal (notice->what, "webhook-wrong-secret"))
    {
      g_free (notice->digest);
      notice->digest = kab_sandbox_hmac_hex (
          algorithm, kab_sandbox_state_get_secret (self->state, "sumsubSecret"), notice->body);
    }
  else if (g_str_equal (notice->what, "webhook-reserialised"))
    {
      char *text = kab_sandbox_json_print (event, FALSE);

      g_bytes_unref (notice->body);
      notice->body = g_bytes_new_take (text, strlen (text));
    }
  else if (g_str_equal (notice->what, "webhook-upper-case"))
    {
      char *upper = g_ascii_strup (notice->digest, -1);

      g_free (notice->digest);
      notice->digest = upper;
    }
  else if (g_str_equal (notice->what, "webhook-no-digest"))
    g_clear_pointer (&notice->digest, g_free);
  else if (g_str_equal (notice->what, "webhook-no-algorithm"))
    g_clear_pointer (&notice->algorithm, g_free);
  else if (g_str_equal (notice->what, "webhook-unknown-algorithm"))
    g_set_str (&notice->algorithm, "HMAC_MD5_HEX");
}

/* Notices with a right digest over a wrong content. */
static void
distort (KabSandboxWebhooks *self, const char *what, JsonObject *event)
{
  const KabSandboxSettings *settings = kab_sandbox_script_get_settings (self->script);

  if (g_str_equal (what, "webhook-other-mode"))
    json_object_set_boolean_member (event, "sandboxMode", !settings->sandbox_mode);
  else if (g_str_equal (what, "webhook-test-mode"))
    json_object_set_boolean_member (event, "testMode", TRUE);
  else if (g_str_equal (what, "webhook-unknown-type"))
    json_object_set_string_member (event, "type", "applicantMovedToTheMoon");
  else if (g_str_equal (what, "webhook-other-user"))
    json_object_set_string_member (event, "externalUserId", "somebody-else");
}

static gboolean
repeat_cb (gpointer data)
{
  Notice *notice = data;
  KabSandboxWebhooks *self = notice->owner;

  notice->timer = 0;
  g_hash_table_steal (self->repeats, notice);
  g_queue_push_tail (&self->waiting, notice);
  send_next (self);
  return G_SOURCE_REMOVE;
}

/* Takes the notice: it is done, or waits for its repetition. */
static void
conclude (KabSandboxWebhooks *self, Notice *notice, guint status)
{
  const KabSandboxSettings *settings = kab_sandbox_script_get_settings (self->script);
  gboolean genuine = g_str_equal (notice->what, "genuine");

  json_object_set_int_member (notice->record, "status", status);
  if ((status >= 200 && status < 300) || !genuine || notice->attempt >= G_N_ELEMENTS (retry_waits))
    {
      free_notice (notice);
      return;
    }
  notice->timer = g_timeout_add (retry_waits[notice->attempt] * 1000 * settings->retry_factor,
                                 repeat_cb, notice);
  notice->attempt++;
  g_hash_table_add (self->repeats, notice);
}

static void
notice_sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) reply =
      soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  Notice *notice = data;
  g_autoptr (KabSandboxWebhooks) self = notice->owner;

  g_clear_handle_id (&notice->timer, g_source_remove);
  self->busy = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      free_notice (notice);
      return;
    }
  conclude (self, notice, reply ? soup_message_get_status (message) : 0);
  send_next (self);
}

static gboolean
too_slow_cb (gpointer data)
{
  Notice *notice = data;

  notice->timer = 0;
  g_cancellable_cancel (notice->limit);
  return G_SOURCE_REMOVE;
}

static void
record_notice (KabSandboxWebhooks *self, Notice *notice)
{
  g_autofree char *body =
      g_strndup (g_bytes_get_data (notice->body, NULL), g_bytes_get_size (notice->body));

  g_clear_pointer (&notice->record, json_object_unref);
  notice->record = json_object_ref (kab_sandbox_script_record (self->script, "webhook"));
  json_object_set_string_member (notice->record, "what", notice->what);
  json_object_set_string_member (notice->record, "type", notice->type);
  json_object_set_int_member (notice->record, "attempt", notice->attempt);
  json_object_set_string_member (notice->record, "body", body);
}

static void
send_next (KabSandboxWebhooks *self)
{
  g_autoptr (SoupMessage) message = NULL;
  SoupMessageHeaders *headers;
  Notice *notice;

  if (self->busy || !self->url || g_queue_is_empty (&self->waiting))
    return;
  notice = g_queue_pop_head (&self->waiting);
  message = soup_message_new ("POST", self->url);
  headers = soup_message_get_request_headers (message);
  soup_message_set_request_body_from_bytes (message, "application/json", notice->body);
  if (notice->digest)
    soup_message_headers_append (headers, "x-payload-digest", notice->digest);
  if (notice->algorithm)
    soup_message_headers_append (headers, "x-payload-digest-alg", notice->algorithm);
  record_notice (self, notice);
  g_clear_object (&notice->limit);
  notice->limit = g_cancellable_new ();
  notice->timer = g_timeout_add (
      kab_sandbox_script_get_settings (self->script)->webhook_answer_limit, too_slow_cb, notice);
  self->busy = TRUE;
  g_object_ref (self);
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, notice->limit,
                                    notice_sent_cb, notice);
}

static void
queue_forgeries (KabSandboxWebhooks *self, KabSandboxApplicant *applicant, const char *type)
{
  const KabSandboxSettings *settings = kab_sandbox_script_get_settings (self->script);
  gint64 now = kab_sandbox_script_get_time (self->script);

  for (gsize i = 0; i < G_N_ELEMENTS (forgeries); i++)
    if (kab_sandbox_script_take (self->script, "sumsub", forgeries[i]))
      {
        g_autoptr (JsonObject) event =
            kab_sandbox_applicant_describe_event (applicant, type, settings->sandbox_mode, now);
        Notice *notice;

        distort (self, forgeries[i], event);
        notice = make_notice (self, forgeries[i], event);
        damage (self, notice, event);
        g_queue_push_tail (&self->waiting, notice);
      }
}

/* What comes after the genuine notice: the same again, or an older one. */
static void
queue_echoes (KabSandboxWebhooks *self, KabSandboxApplicant *applicant, JsonObject *event)
{
  const KabSandboxSettings *settings = kab_sandbox_script_get_settings (self->script);

  if (kab_sandbox_script_take (self->script, "sumsub", "webhook-duplicate"))
    g_queue_push_tail (&self->waiting, make_notice (self, "webhook-duplicate", event));
  if (kab_sandbox_script_take (self->script, "sumsub", "webhook-older"))
    {
      gint64 earlier = kab_sandbox_script_get_time (self->script) - 60 * G_USEC_PER_SEC;
      g_autoptr (JsonObject) old = kab_sandbox_applicant_describe_event (
          applicant, "applicantPending", settings->sandbox_mode, earlier);

      json_object_set_string_member (old, "reviewStatus", "pending");
      json_object_remove_member (old, "reviewResult");
      g_queue_push_tail (&self->waiting, make_notice (self, "webhook-older", old));
    }
}

static void
kab_sandbox_webhooks_dispose (GObject *object)
{
  KabSandboxWebhooks *self = KAB_SANDBOX_WEBHOOKS (object);

  kab_sandbox_webhooks_stop (self);
  g_clear_object (&self->session);
  g_clear_object (&self->script);
  g_clear_object (&self->state);
  G_OBJECT_CLASS (kab_sandbox_webhooks_parent_class)->dispose (object);
}

static void
kab_sandbox_webhooks_finalize (GObject *object)
{
  KabSandboxWebhooks *self = KAB_SANDBOX_WEBHOOKS (object);

  g_hash_table_unref (self->repeats);
  g_object_unref (self->cancellable);
  g_free (self->url);
  G_OBJECT_CLASS (kab_sandbox_webhooks_parent_class)->finalize (object);
}

static void
kab_sandbox_webhooks_class_init (KabSandboxWebhooksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kab_sandbox_webhooks_dispose;
  G_OBJECT_CLASS (klass)->finalize = kab_sandbox_webhooks_finalize;
}

static void
kab_sandbox_webhooks_init (KabSandboxWebhooks *self)
{
  self->session = soup_session_new ();
  self->cancellable = g_cancellable_new ();
  self->repeats = g_hash_table_new_full (NULL, NULL, free_notice, NULL);
  g_queue_init (&self->waiting);
  soup_session_set_proxy_resolver (self->session, NULL);
}

/**
 * kab_sandbox_webhooks_new:
 * @script: settings, orders and log
 * @state: where the secret is
 *
 * Returns: (transfer full): a sender that doesn't know the bank yet
 */
KabSandboxWebhooks *
kab_sandbox_webhooks_new (KabSandboxScript *script, KabSandboxState *state)
{
  KabSandboxWebhooks *self = g_object_new (KAB_TYPE_SANDBOX_WEBHOOKS, NULL);

  self->script = g_object_ref (script);
  self->state = g_object_ref (state);
  return self;
}

/**
 * kab_sandbox_webhooks_set_bank:
 * @self: the sender
 * @url: the bank's server, without a slash at the end
 *
 * Sends what has been waiting.
 */
void
kab_sandbox_webhooks_set_bank (KabSandboxWebhooks *self, const char *url)
{
  g_free (self->url);
  self->url = g_strconcat (url, "/v1/webhooks/sumsub", NULL);
  send_next (self);
}

/**
 * kab_sandbox_webhooks_send:
 * @self: the sender
 * @applicant: whom it is about
 * @type: type of the notice, such as applicantReviewed
 *
 * Sends a notice of the applicant's state as it is now, with what was ordered around it.
 */
void
kab_sandbox_webhooks_send (KabSandboxWebhooks *self,
                           KabSandboxApplicant *applicant,
                           const char *type)
{
  const KabSandboxSettings *settings = kab_sandbox_script_get_settings (self->script);
  g_autoptr (JsonObject) event = kab_sandbox_applicant_describe_event (
      applicant, type, settings->sandbox_mode, kab_sandbox_script_get_time (self->script));
  Notice *notice;

  if (kab_sandbox_script_take (self->script, "sumsub", "webhook-lost"))
    return;
  queue_forgeries (self, applicant, type);
  notice = make_notice (self, "genuine", event);
  if (!self->held && kab_sandbox_script_take (self->script, "sumsub", "webhook-reordered"))
    {
      self->held = notice;
      return;
    }
  g_queue_push_tail (&self->waiting, notice);
  if (self->held)
    g_queue_push_tail (&self->waiting, g_steal_pointer (&self->held));
  queue_echoes (self, applicant, event);
  send_next (self);
}

/**
 * kab_sandbox_webhooks_stop:
 * @self: the sender
 *
 * Sends nothing more.
 */
void
kab_sandbox_webhooks_stop (KabSandboxWebhooks *self)
{
  g_cancellable_cancel (self->cancellable);
  g_queue_clear_full (&self->waiting, free_notice);
  g_hash_table_remove_all (self->repeats);
  g_clear_pointer (&self->held, free_notice);
  g_clear_pointer (&self->url, g_free);
  if (self->session)
    soup_session_abort (self->session);
}

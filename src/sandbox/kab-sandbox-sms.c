/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-sms.h"

#include "kab-sandbox-crypto.h"
#include "kab-sandbox-json.h"

#define LONGEST_TEXT      1600
#define LONGEST_REFERENCE 128

/**
 * KabSandboxSms:
 *
 * The text message gateway: POST /sms/messages with a bearer token; what it accepts appears on
 * the demo phone.
 */
struct _KabSandboxSms
{
  GObject parent_instance;

  KabSandboxScript *script; /* (owned) */
  KabSandboxState *state;   /* (owned) */
  KabSandboxPhone *phone;   /* (owned) */
};

G_DEFINE_FINAL_TYPE (KabSandboxSms, kab_sandbox_sms, G_TYPE_OBJECT)

static gboolean
is_authorised (KabSandboxSms *self, KabSandboxRequest *request)
{
  g_autofree char *expected =
      g_strconcat ("Bearer ", kab_sandbox_state_get_secret (self->state, "smsToken"), NULL);

  return kab_sandbox_equal (expected, kab_sandbox_request_get_header (request, "Authorization"));
}

static gboolean
is_number (const char *text)
{
  return g_regex_match_simple ("^\\+[1-9][0-9]{6,14}$", text, G_REGEX_DOLLAR_ENDONLY, 0);
}

static gboolean
is_sender (const char *text)
{
  return is_number (text) || g_regex_match_simple ("^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$", text,
                                                   G_REGEX_DOLLAR_ENDONLY, 0);
}

static JsonObject *
read_message (KabSandboxRequest *request, GError **error)
{
  static const KabSandboxField fields[] = {
    { "to", 's', TRUE }, { "from", 's', TRUE }, { "text", 's', TRUE }, { "reference", 's' }
  };
  g_autoptr (JsonObject) message =
      kab_sandbox_json_parse (kab_sandbox_request_get_body (request), error);
  const char *reference, *wrong = NULL;
  glong length;

  if (!message || !kab_sandbox_json_check (message, fields, G_N_ELEMENTS (fields), error))
    return NULL;
  length = g_utf8_strlen (kab_sandbox_json_text (message, "text"), -1);
  reference = kab_sandbox_json_text (message, "reference");
  if (!is_number (kab_sandbox_json_text (message, "to")))
    wrong = "'to' is not a number in E.164 notation";
  else if (!is_sender (kab_sandbox_json_text (message, "from")))
    wrong = "'from' is neither a number nor a name of at most 11 letters and digits";
  else if (length < 1 || length > LONGEST_TEXT)
    wrong = "'text' has less than 1 or more than 1600 characters";
  else if (reference && g_utf8_strlen (reference, -1) > LONGEST_REFERENCE)
    wrong = "'reference' has more than 128 characters";
  if (!wrong)
    return g_steal_pointer (&message);
  g_set_error_literal (error, KAB_SANDBOX_ERROR, 422, wrong);
  return NULL;
}

static void
handle_message (KabSandboxRequest *request, gpointer data)
{
  KabSandboxSms *self = data;
  g_auto (GStrv) values = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) message = NULL;
  g_autofree char *id = NULL;

  if (!kab_sandbox_request_match (request, "POST", "/sms/messages", &values))
    error = g_error_new_literal (KAB_SANDBOX_ERROR, 404, "POST /messages is all there is");
  else if (!is_authorised (self, request))
    error = g_error_new_literal (KAB_SANDBOX_ERROR, 401, "The token is missing or wrong");
  else
    message = read_message (request, &error);
  if (!message)
    {
      kab_sandbox_request_reply_error (request, error);
      return;
    }
  id = kab_sandbox_random_hex (12);
  kab_sandbox_request_reply_object (
      request, 202, kab_sandbox_json_strings ("id", id, "status", "accepted", NULL));
  if (!kab_sandbox_script_take (self->script, "sms", "undelivered"))
    kab_sandbox_phone_add (self->phone, "sms", kab_sandbox_json_text (message, "from"),
                           kab_sandbox_json_text (message, "to"), NULL,
                           kab_sandbox_json_text (message, "text"));
}

static void
kab_sandbox_sms_finalize (GObject *object)
{
  KabSandboxSms *self = KAB_SANDBOX_SMS (object);

  g_clear_object (&self->script);
  g_clear_object (&self->state);
  g_clear_object (&self->phone);
  G_OBJECT_CLASS (kab_sandbox_sms_parent_class)->finalize (object);
}

static void
kab_sandbox_sms_class_init (KabSandboxSmsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_sandbox_sms_finalize;
}

static void
kab_sandbox_sms_init (KabSandboxSms *self)
{
}

/**
 * kab_sandbox_sms_new:
 * @script: orders and log
 * @state: where the token is
 * @http: where to answer
 * @phone: where messages arrive
 *
 * Returns: (transfer full): the gateway, which answers at once
 */
KabSandboxSms *
kab_sandbox_sms_new (KabSandboxScript *script,
                     KabSandboxState *state,
                     KabSandboxHttp *http,
                     KabSandboxPhone *phone)
{
  KabSandboxSms *self = g_object_new (KAB_TYPE_SANDBOX_SMS, NULL);

  self->script = g_object_ref (script);
  self->state = g_object_ref (state);
  self->phone = g_object_ref (phone);
  kab_sandbox_http_serve (http, "/sms", 0, "sms", handle_message, self);
  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox.h"

#include "kab-sandbox-clerk.h"
#include "kab-sandbox-control.h"
#include "kab-sandbox-json.h"
#include "kab-sandbox-phone.h"
#include "kab-sandbox-sms.h"
#include "kab-sandbox-smtp.h"
#include "kab-sandbox-sumsub.h"

#include <string.h>

/**
 * KabSandbox:
 *
 * All stand-ins of one demo bank together. Everything is on 127.0.0.1, on ports that the system
 * chooses; sandbox.json in the directory says where.
 */
struct _KabSandbox
{
  GObject parent_instance;

  KabSandboxScript *script;   /* (owned) */
  KabSandboxState *state;     /* (owned) */
  KabSandboxHttp *http;       /* (owned) */
  KabSandboxPhone *phone;     /* (owned) */
  KabSandboxSumsub *sumsub;   /* (owned) */
  KabSandboxSms *sms;         /* (owned) */
  KabSandboxSmtp *smtp;       /* (owned) */
  KabSandboxControl *control; /* (owned) */
  KabSandboxClerk *clerk;     /* (owned) */
  char *prefix;               /* (owned) secret beginning of the paths of phone and control */
  char *description;          /* (owned) */
};

G_DEFINE_FINAL_TYPE (KabSandbox, kab_sandbox, G_TYPE_OBJECT)

static const char *
secret (KabSandbox *self, const char *name)
{
  return kab_sandbox_state_get_secret (self->state, name);
}

static void
describe (KabSandbox *self)
{
  const char *url = kab_sandbox_http_get_url (self->http);
  g_autofree char *hidden = g_strconcat (url, self->prefix, NULL);
  g_autofree char *gateway = g_strconcat (url, "/sms", NULL);
  g_autofree char *authority =
      g_build_filename (kab_sandbox_state_get_directory (self->state), "sandbox-ca.pem", NULL);
  g_autoptr (JsonObject) root = json_object_new ();
  JsonObject *smtp = kab_sandbox_json_strings ("host", "127.0.0.1", "caFile", authority, "user",
                                               KAB_SANDBOX_SMTP_USER, "password",
                                               secret (self, "smtpPassword"), NULL);

  json_object_set_int_member (smtp, "port", kab_sandbox_smtp_get_port (self->smtp));
  json_object_set_object_member (
      root, "sumsub",
      kab_sandbox_json_strings (
          "baseUrl", url, "token", secret (self, "sumsubToken"), "secret",
          secret (self, "sumsubSecret"), "webhookSecret", secret (self, "webhookSecret"),
          "photoLevel", "photo-identification", "videoLevel", "video-identification", NULL));
  json_object_set_object_member (
      root, "sms",
      kab_sandbox_json_strings ("url", gateway, "token", secret (self, "smsToken"), NULL));
  json_object_set_object_member (root, "smtp", smtp);
  json_object_set_object_member (root, "phone", kab_sandbox_json_strings ("baseUrl", hidden, NULL));
  json_object_set_object_member (root, "control",
                                 kab_sandbox_json_strings ("baseUrl", hidden, NULL));
  self->description = kab_sandbox_json_print (root, FALSE);
}

static gboolean
start (KabSandbox *self, const char *directory, GError **error)
{
  g_autofree char *text = NULL;

  self->script = kab_sandbox_script_new ();
  self->state = kab_sandbox_state_new (directory, error);
  if (!self->state)
    return FALSE;
  self->http = kab_sandbox_http_new (self->script, error);
  if (!self->http)
    return FALSE;
  self->prefix = g_strconcat ("/k-", secret (self, "pathKey"), NULL);
  self->phone = kab_sandbox_phone_new (self->http, self->prefix);
  self->smtp = kab_sandbox_smtp_new (self->script, self->state, self->phone, error);
  if (!self->smtp)
    return FALSE;
  self->sumsub = kab_sandbox_sumsub_new (self->script, self->state, self->http);
  self->sms = kab_sandbox_sms_new (self->script, self->state, self->http, self->phone);
  self->control = kab_sandbox_control_new (self->script, self->http, self->prefix, self->sumsub);
  self->clerk = kab_sandbox_clerk_new (self->script, directory);
  describe (self);
  text = g_strconcat (self->description, "\n", NULL);
  return kab_sandbox_state_write (self->state, "sandbox.json", text, error);
}

static void
kab_sandbox_dispose (GObject *object)
{
  KabSandbox *self = KAB_SANDBOX (object);

  kab_sandbox_stop (self);
  g_clear_object (&self->clerk);
  g_clear_object (&self->control);
  g_clear_object (&self->sms);
  g_clear_object (&self->smtp);
  g_clear_object (&self->sumsub);
  g_clear_object (&self->http);
  g_clear_object (&self->phone);
  g_clear_object (&self->state);
  g_clear_object (&self->script);
  G_OBJECT_CLASS (kab_sandbox_parent_class)->dispose (object);
}

static void
kab_sandbox_finalize (GObject *object)
{
  KabSandbox *self = KAB_SANDBOX (object);

  g_free (self->prefix);
  g_free (self->description);
  G_OBJECT_CLASS (kab_sandbox_parent_class)->finalize (object);
}

static void
kab_sandbox_class_init (KabSandboxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kab_sandbox_dispose;
  G_OBJECT_CLASS (klass)->finalize = kab_sandbox_finalize;
}

static void
kab_sandbox_init (KabSandbox *self)
{
}

/**
 * kab_sandbox_new:
 * @directory: where the providers remember what they know; made when it isn't there
 * @error: when the directory can't be used or no port is free
 *
 * Starts all stand-ins in the calling thread's main context.
 *
 * Returns: (transfer full) (nullable): the running sandbox
 */
KabSandbox *
kab_sandbox_new (const char *directory, GError **error)
{
  g_autoptr (KabSandbox) self = g_object_new (KAB_TYPE_SANDBOX, NULL);

  return start (self, directory, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * kab_sandbox_get_description:
 * @self: the sandbox
 *
 * Returns: (transfer none): addresses and secrets of all stand-ins, as one line of JSON
 */
const char *
kab_sandbox_get_description (KabSandbox *self)
{
  return self->description;
}

/**
 * kab_sandbox_get_script:
 * @self: the sandbox
 *
 * Returns: (transfer none): settings, orders and log
 */
KabSandboxScript *
kab_sandbox_get_script (KabSandbox *self)
{
  return self->script;
}

/**
 * kab_sandbox_obey:
 * @self: the sandbox
 * @line: a command: "bank http://127.0.0.1:PORT" says where the bank's server is
 * @error: 400 when it isn't a command
 *
 * Returns: whether the command was carried out
 */
gboolean
kab_sandbox_obey (KabSandbox *self, const char *line, GError **error)
{
  g_autofree char *command = g_strstrip (g_strdup (line));
  const char *url = command + strlen ("bank ");
  g_autoptr (GUri) uri = NULL;

  if (!*command)
    return TRUE;
  if (g_str_has_prefix (command, "bank "))
    uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  if (!uri || g_strcmp0 (g_uri_get_scheme (uri), "http") != 0 ||
      g_strcmp0 (g_uri_get_host (uri), "127.0.0.1") != 0 || g_uri_get_port (uri) <= 0 ||
      *g_uri_get_path (uri) != '\0')
    {
      g_set_error (error, KAB_SANDBOX_ERROR, 400,
                   "“%s” is not a command; say: bank http://127.0.0.1:PORT", command);
      return FALSE;
    }
  kab_sandbox_sumsub_set_bank (self->sumsub, url);
  kab_sandbox_clerk_set_bank (self->clerk, url);
  return TRUE;
}

/**
 * kab_sandbox_stop:
 * @self: the sandbox
 *
 * Stops answering and calling. What the providers know has been saved already.
 */
void
kab_sandbox_stop (KabSandbox *self)
{
  if (self->clerk)
    kab_sandbox_clerk_stop (self->clerk);
  if (self->phone)
    kab_sandbox_phone_stop (self->phone);
  if (self->smtp)
    kab_sandbox_smtp_stop (self->smtp);
  if (self->sumsub)
    kab_sandbox_sumsub_stop (self->sumsub);
  if (self->http)
    kab_sandbox_http_stop (self->http);
}

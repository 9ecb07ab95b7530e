/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-control.h"

#include "kab-sandbox-json.h"

#include <string.h>

/**
 * KabSandboxControl:
 *
 * The strings that a test pulls. GET /control/requests[?provider=] is the log of sumsub, sms, smtp
 * and webhook, DELETE forgets it together with all orders. POST /control/behaviour {provider, what,
 * times} orders a wrong answer (kab_sandbox_script_order()), /control/review {externalUserId,
 * answer} lets something happen to an applicant (kab_sandbox_sumsub_play()), /control/settings
 * changes settings (kab_sandbox_script_configure()).
 */
struct _KabSandboxControl
{
  GObject parent_instance;

  KabSandboxScript *script; /* (owned) */
  KabSandboxSumsub *sumsub; /* (owned) */
};

G_DEFINE_FINAL_TYPE (KabSandboxControl, kab_sandbox_control, G_TYPE_OBJECT)

static gboolean
order (KabSandboxControl *self, JsonObject *body, GError **error)
{
  static const KabSandboxField fields[] = { { "provider", 's', TRUE },
                                            { "what", 's', TRUE },
                                            { "times", 'i' } };

  return kab_sandbox_json_check (body, fields, G_N_ELEMENTS (fields), error) &&
         kab_sandbox_script_order (self->script, kab_sandbox_json_text (body, "provider"),
                                   kab_sandbox_json_text (body, "what"),
                                   json_object_get_int_member_with_default (body, "times", 1),
                                   error);
}

static gboolean
review (KabSandboxControl *self, JsonObject *body, GError **error)
{
  static const KabSandboxField fields[] = { { "externalUserId", 's', TRUE },
                                            { "answer", 's', TRUE } };
  KabSandboxApplicant *applicant;

  if (!kab_sandbox_json_check (body, fields, G_N_ELEMENTS (fields), error))
    return FALSE;
  applicant =
      kab_sandbox_sumsub_find_user (self->sumsub, kab_sandbox_json_text (body, "externalUserId"));
  if (!applicant)
    {
      g_set_error_literal (error, KAB_SANDBOX_ERROR, 404, "There is no such applicant");
      return FALSE;
    }
  return kab_sandbox_sumsub_play (self->sumsub, applicant, kab_sandbox_json_text (body, "answer"),
                                  error);
}

static gboolean
configure (KabSandboxControl *self, JsonObject *body, GError **error)
{
  return kab_sandbox_script_configure (self->script, body, error);
}

static const struct
{
  const char *path;
  gboolean (*apply) (KabSandboxControl *self, JsonObject *body, GError **error);
} commands[] = {
  { "/control/behaviour", order },
  { "/control/review", review },
  { "/control/settings", configure },
};

static void
obey (KabSandboxControl *self, KabSandboxRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (GStrv) values = NULL;

      if (!kab_sandbox_request_match (request, "POST", commands[i].path, &values))
        continue;
      body = kab_sandbox_json_parse (kab_sandbox_request_get_body (request), &error);
      if (body && commands[i].apply (self, body, &error))
        kab_sandbox_request_reply_object (request, 200, json_object_new ());
      else
        kab_sandbox_request_reply_error (request, error);
      return;
    }
  error = g_error_new_literal (KAB_SANDBOX_ERROR, 404,
                               "GET or DELETE requests; POST behaviour, review, settings");
  kab_sandbox_request_reply_error (request, error);
}

static void
handle_control (KabSandboxRequest *request, gpointer data)
{
  KabSandboxControl *self = data;
  g_auto (GStrv) values = NULL;

  if (kab_sandbox_request_match (request, "GET", "/control/requests", &values))
    kab_sandbox_request_reply_array (
        request, kab_sandbox_script_get_records (
                     self->script, kab_sandbox_request_get_query (request, "provider")));
  else if (kab_sandbox_request_match (request, "DELETE", "/control/requests", &values))
    {
      kab_sandbox_script_forget (self->script);
      kab_sandbox_request_reply_object (request, 200, json_object_new ());
    }
  else
    obey (self, request);
}

static void
kab_sandbox_control_finalize (GObject *object)
{
  KabSandboxControl *self = KAB_SANDBOX_CONTROL (object);

  g_clear_object (&self->script);
  g_clear_object (&self->sumsub);
  G_OBJECT_CLASS (kab_sandbox_control_parent_class)->finalize (object);
}

static void
kab_sandbox_control_class_init (KabSandboxControlClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_sandbox_control_finalize;
}

static void
kab_sandbox_control_init (KabSandboxControl *self)
{
}

/**
 * kab_sandbox_control_new:
 * @script: what is controlled
 * @http: where to answer
 * @prefix: the secret beginning of the path
 * @sumsub: whose applicants are reviewed
 *
 * Returns: (transfer full): the control interface, which answers at once
 */
KabSandboxControl *
kab_sandbox_control_new (KabSandboxScript *script,
                         KabSandboxHttp *http,
                         const char *prefix,
                         KabSandboxSumsub *sumsub)
{
  KabSandboxControl *self = g_object_new (KAB_TYPE_SANDBOX_CONTROL, NULL);
  g_autofree char *path = g_strconcat (prefix, "/control", NULL);

  self->script = g_object_ref (script);
  self->sumsub = g_object_ref (sumsub);
  kab_sandbox_http_serve (http, path, strlen (prefix), NULL, handle_control, self);
  return self;
}

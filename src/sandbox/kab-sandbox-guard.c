/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-guard.h"

#include "kab-sandbox-crypto.h"
#include "kab-sandbox-json.h"

#define CLOCK_TOLERANCE 60
#define MOST_READS      300
#define MOST_WRITES     50

/**
 * KabSandboxGuard:
 *
 * The identification provider's door: token, clock, signature over the received bytes, and
 * 300 reads and 50 writes in 5 seconds (Sumsub, "Authentication" and "Rate limits").
 */
struct _KabSandboxGuard
{
  GObject parent_instance;

  KabSandboxScript *script; /* (owned) */
  KabSandboxState *state;   /* (owned) */
  GArray *reads;            /* (owned) of gint64: monotonic times within the window */
  GArray *writes;           /* (owned) the same */
};

G_DEFINE_FINAL_TYPE (KabSandboxGuard, kab_sandbox_guard, G_TYPE_OBJECT)

static gboolean
is_within_rate (KabSandboxGuard *self, GArray *times, guint most)
{
  const KabSandboxSettings *settings = kab_sandbox_script_get_settings (self->script);
  gint64 window = settings->rate_window * G_TIME_SPAN_MILLISECOND;
  gint64 now = g_get_monotonic_time ();
  guint old = 0;

  while (old < times->len && g_array_index (times, gint64, old) <= now - window)
    old++;
  g_array_remove_range (times, 0, old);
  if (times->len >= most)
    return FALSE;
  g_array_append_val (times, now);
  return TRUE;
}

static gboolean
is_clock_right (KabSandboxGuard *self, const char *timestamp)
{
  gint64 seconds;

  if (!g_ascii_string_to_signed (timestamp, 10, 0, G_MAXINT64 / 2, &seconds, NULL))
    return FALSE;
  return ABS (kab_sandbox_script_get_time (self->script) / G_USEC_PER_SEC - seconds) <=
         CLOCK_TOLERANCE;
}

static void
kab_sandbox_guard_finalize (GObject *object)
{
  KabSandboxGuard *self = KAB_SANDBOX_GUARD (object);

  g_clear_object (&self->script);
  g_clear_object (&self->state);
  g_array_unref (self->reads);
  g_array_unref (self->writes);
  G_OBJECT_CLASS (kab_sandbox_guard_parent_class)->finalize (object);
}

static void
kab_sandbox_guard_class_init (KabSandboxGuardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_sandbox_guard_finalize;
}

static void
kab_sandbox_guard_init (KabSandboxGuard *self)
{
  self->reads = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->writes = g_array_new (FALSE, FALSE, sizeof (gint64));
}

/**
 * kab_sandbox_guard_new:
 * @script: whose clock counts
 * @state: where token and secret are
 *
 * Returns: (transfer full): a guard
 */
KabSandboxGuard *
kab_sandbox_guard_new (KabSandboxScript *script, KabSandboxState *state)
{
  KabSandboxGuard *self = g_object_new (KAB_TYPE_SANDBOX_GUARD, NULL);

  self->script = g_object_ref (script);
  self->state = g_object_ref (state);
  return self;
}

/**
 * kab_sandbox_guard_admit:
 * @self: the guard
 * @request: a request
 *
 * Returns: whether the request may pass; otherwise it has been answered
 */
gboolean
kab_sandbox_guard_admit (KabSandboxGuard *self, KabSandboxRequest *request)
{
  const char *token = kab_sandbox_request_get_header (request, "X-App-Token");
  const char *timestamp = kab_sandbox_request_get_header (request, "X-App-Access-Ts");
  const char *digest = kab_sandbox_request_get_header (request, "X-App-Access-Sig");
  const char *method = kab_sandbox_request_get_method (request);
  g_autofree char *expected = NULL;
  gboolean reads = g_str_equal (method, "GET");

  if (!token || !timestamp || !digest)
    kab_sandbox_guard_refuse (request, 401, 0, NULL, "One of the X-App headers is missing");
  else if (!g_str_has_prefix (token, "sbx:"))
    kab_sandbox_guard_refuse (request, 401, 0, NULL,
                              "This is not a token of the sandbox: its prefix is not sbx:");
  else if (!kab_sandbox_equal (kab_sandbox_state_get_secret (self->state, "sumsubToken"), token))
    kab_sandbox_guard_refuse (request, 401, 0, NULL, "The application token is not known");
  else if (!is_clock_right (self, timestamp))
    kab_sandbox_guard_refuse (request, 401, 0, NULL,
                              "X-App-Access-Ts differs by more than 60 seconds");
  else if (reads && g_bytes_get_size (kab_sandbox_request_get_body (request)) > 0)
    kab_sandbox_guard_refuse (request, 400, 0, NULL, "A GET request has no body");
  else
    {
      expected = kab_sandbox_request_digest (
          kab_sandbox_state_get_secret (self->state, "sumsubSecret"), timestamp, method,
          kab_sandbox_request_get_target (request), kab_sandbox_request_get_body (request));
      if (!kab_sandbox_equal (expected, digest))
        kab_sandbox_guard_refuse (request, 401, 4003, "app-token-signature-mismatch",
                                  "The request signature does not match");
      else if (!is_within_rate (self, reads ? self->reads : self->writes,
                                reads ? MOST_READS : MOST_WRITES))
        kab_sandbox_guard_refuse (request, 429, 0, NULL, "Too many requests");
      else
        return TRUE;
    }
  return FALSE;
}

/**
 * kab_sandbox_guard_refuse:
 * @request: a request
 * @status: the HTTP status
 * @error_code: the provider's own number, 0 for none
 * @error_name: (nullable): its name
 * @description: what is wrong
 *
 * Answers with an error in the provider's shape.
 */
void
kab_sandbox_guard_refuse (KabSandboxRequest *request,
                          guint status,
                          int error_code,
                          const char *error_name,
                          const char *description)
{
  g_autofree char *correlation = kab_sandbox_random_hex (16);
  JsonObject *object = kab_sandbox_json_strings ("description", description, "correlationId",
                                                 correlation, "errorName", error_name, NULL);

  json_object_set_int_member (object, "code", status);
  if (error_code)
    json_object_set_int_member (object, "errorCode", error_code);
  kab_sandbox_request_reply_object (request, status, object);
}

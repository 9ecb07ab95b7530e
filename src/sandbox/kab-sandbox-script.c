/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-script.h"

#include "kab-sandbox-json.h"

#define MOST_RECORDS      1000
#define MOST_CLOCK_OFFSET (10 * 365 * 24 * 3600) /* seconds */

/* Every wrong answer that can be ordered, by provider. */
static const char *const known_behaviours[][2] = {
  { "sumsub", "error" },
  { "sumsub", "rate-limit" },
  { "sumsub", "slow" },
  { "sumsub", "garbage" },
  { "sumsub", "drop" },
  { "sumsub", "busy" },
  { "sumsub", "status-disagrees" },
  { "sumsub", "redirect-alg-none" },
  { "sumsub", "redirect-other-key" },
  { "sumsub", "redirect-expired" },
  { "sumsub", "redirect-other-sub" },
  { "sumsub", "webhook-wrong-secret" },
  { "sumsub", "webhook-reserialised" },
  { "sumsub", "webhook-upper-case" },
  { "sumsub", "webhook-no-digest" },
  { "sumsub", "webhook-no-algorithm" },
  { "sumsub", "webhook-unknown-algorithm" },
  { "sumsub", "webhook-other-mode" },
  { "sumsub", "webhook-test-mode" },
  { "sumsub", "webhook-unknown-type" },
  { "sumsub", "webhook-other-user" },
  { "sumsub", "webhook-duplicate" },
  { "sumsub", "webhook-older" },
  { "sumsub", "webhook-reordered" },
  { "sumsub", "webhook-lost" },
  { "sms", "error" },
  { "sms", "rate-limit" },
  { "sms", "slow" },
  { "sms", "garbage" },
  { "sms", "drop" },
  { "sms", "undelivered" },
  { "smtp", "temporary-failure" },
  { "smtp", "permanent-failure" },
  { "smtp", "slow" },
  { "smtp", "drop-in-data" },
  { "smtp", "lost-reply" },
  { "smtp", "accept-twice" },
};

/**
 * KabSandboxScript:
 *
 * What the stand-ins were told to do, and what they were asked: settings, wrong answers on
 * demand, and a log of requests for assertions.
 */
struct _KabSandboxScript
{
  GObject parent_instance;

  KabSandboxSettings settings;
  GHashTable *orders; /* (owned) "provider/what" → times left, -1 for always */
  GQueue records;     /* of (owned) JsonObject, oldest first */
  gint64 next_record;
};

G_DEFINE_FINAL_TYPE (KabSandboxScript, kab_sandbox_script, G_TYPE_OBJECT)

static gboolean
parse_algorithm (const char *name, GChecksumType *algorithm)
{
  if (g_strcmp0 (name, "sha1") == 0)
    *algorithm = G_CHECKSUM_SHA1;
  else if (g_strcmp0 (name, "sha256") == 0)
    *algorithm = G_CHECKSUM_SHA256;
  else if (g_strcmp0 (name, "sha512") == 0)
    *algorithm = G_CHECKSUM_SHA512;
  else
    return FALSE;
  return TRUE;
}

static gboolean
set_milliseconds (JsonObject *changes, const char *name, guint *value, GError **error)
{
  gint64 wanted = json_object_get_int_member_with_default (changes, name, *value);

  if (wanted < 0 || wanted > 24 * 3600 * 1000)
    {
      g_set_error (error, KAB_SANDBOX_ERROR, 400, "'%s' is out of range", name);
      return FALSE;
    }
  *value = wanted;
  return TRUE;
}

static void
kab_sandbox_script_finalize (GObject *object)
{
  KabSandboxScript *self = KAB_SANDBOX_SCRIPT (object);

  g_hash_table_unref (self->orders);
  g_queue_clear_full (&self->records, (GDestroyNotify) json_object_unref);
  G_OBJECT_CLASS (kab_sandbox_script_parent_class)->finalize (object);
}

static void
kab_sandbox_script_class_init (KabSandboxScriptClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_sandbox_script_finalize;
}

static void
kab_sandbox_script_init (KabSandboxScript *self)
{
  self->orders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->records);
  self->settings = (KabSandboxSettings) {
    .review_delay = 3000,
    .webhook_algorithm = G_CHECKSUM_SHA256,
    .webhook_answer_limit = 10000,
    .retry_factor = 0.01,
    .sandbox_mode = TRUE,
    .clerk_pause = 4000,
    .slow_delay = 3000,
    .rate_window = 5000,
  };
}

/**
 * kab_sandbox_script_new:
 *
 * Returns: (transfer full): a script that orders nothing wrong
 */
KabSandboxScript *
kab_sandbox_script_new (void)
{
  return g_object_new (KAB_TYPE_SANDBOX_SCRIPT, NULL);
}

/**
 * kab_sandbox_script_get_settings:
 * @self: a script
 *
 * Returns: (transfer none): the settings, which may change after each run of the main loop
 */
const KabSandboxSettings *
kab_sandbox_script_get_settings (KabSandboxScript *self)
{
  return &self->settings;
}

/**
 * kab_sandbox_script_configure:
 * @self: a script
 * @changes: any of reviewDelay, webhookAlgorithm (sha1, sha256, sha512), webhookAnswerLimit,
 *   retryFactor (0…1), sandboxMode, clerkPause, slowDelay, clockOffset, rateWindow
 * @error: 400 that names the wrong member; nothing is changed then
 *
 * Returns: whether the changes were applied
 */
gboolean
kab_sandbox_script_configure (KabSandboxScript *self, JsonObject *changes, GError **error)
{
  static const char *const names[] = { "reviewDelay", "webhookAlgorithm", "webhookAnswerLimit",
                                       "retryFactor", "sandboxMode",      "clerkPause",
                                       "slowDelay",   "clockOffset",      "rateWindow",
                                       NULL };
  g_autoptr (GList) members = json_object_get_members (changes);
  KabSandboxSettings settings = self->settings;
  const char *algorithm = kab_sandbox_json_text (changes, "webhookAlgorithm");

  for (GList *l = members; l; l = l->next)
    if (!g_strv_contains (names, l->data) ||
        !JSON_NODE_HOLDS_VALUE (json_object_get_member (changes, l->data)))
      {
        g_set_error (error, KAB_SANDBOX_ERROR, 400, "'%s' is not a setting", (char *) l->data);
        return FALSE;
      }
  settings.retry_factor =
      json_object_get_double_member_with_default (changes, "retryFactor", settings.retry_factor);
  settings.sandbox_mode =
      json_object_get_boolean_member_with_default (changes, "sandboxMode", settings.sandbox_mode);
  settings.clock_offset =
      json_object_get_int_member_with_default (changes, "clockOffset", settings.clock_offset);
  if (!set_milliseconds (changes, "reviewDelay", &settings.review_delay, error) ||
      !set_milliseconds (changes, "webhookAnswerLimit", &settings.webhook_answer_limit, error) ||
      !set_milliseconds (changes, "clerkPause", &settings.clerk_pause, error) ||
      !set_milliseconds (changes, "slowDelay", &settings.slow_delay, error) ||
      !set_milliseconds (changes, "rateWindow", &settings.rate_window, error))
    return FALSE;
  if (settings.retry_factor < 0 || settings.retry_factor > 1 ||
      settings.clock_offset < -MOST_CLOCK_OFFSET || settings.clock_offset > MOST_CLOCK_OFFSET ||
      (json_object_has_member (changes, "webhookAlgorithm") &&
       !parse_algorithm (algorithm, &settings.webhook_algorithm)))
    {
      g_set_error (error, KAB_SANDBOX_ERROR, 400,
                   "'retryFactor', 'clockOffset' or 'webhookAlgorithm' is out of range");
      return FALSE;
    }
  self->settings = settings;
  return TRUE;
}

/**
 * kab_sandbox_script_get_time:
 * @self: a script
 *
 * Returns: the stand-ins' own time in microseconds since 1970, which can be set ahead or back
 */
gint64
kab_sandbox_script_get_time (KabSandboxScript *self)
{
  return g_get_real_time () + self->settings.clock_offset * G_USEC_PER_SEC;
}

/**
 * kab_sandbox_script_order:
 * @self: a script
 * @provider: sumsub, sms or smtp
 * @what: the name of a wrong answer
 * @times: how often, -1 for always, 0 for no more
 * @error: 400 when nobody knows such a behaviour
 *
 * Orders a wrong answer for the next opportunities.
 *
 * Returns: whether it is a known one
 */
gboolean
kab_sandbox_script_order (KabSandboxScript *self,
                          const char *provider,
                          const char *what,
                          gint64 times,
                          GError **error)
{
  gboolean known = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (known_behaviours) && !known; i++)
    known = g_strcmp0 (provider, known_behaviours[i][0]) == 0 &&
            g_strcmp0 (what, known_behaviours[i][1]) == 0;
  if (!known || times < -1 || times > 10000)
    {
      g_set_error (error, KAB_SANDBOX_ERROR, 400, "The provider '%s' has no behaviour '%s'",
                   provider, what);
      return FALSE;
    }
  g_hash_table_insert (self->orders, g_strdup_printf ("%s/%s", provider, what),
                       GINT_TO_POINTER ((int) times));
  return TRUE;
}

/**
 * kab_sandbox_script_take:
 * @self: a script
 * @provider: who is about to answer
 * @what: the wrong answer that would be possible now
 *
 * Returns: whether it was ordered; one of its times is used up
 */
gboolean
kab_sandbox_script_take (KabSandboxScript *self, const char *provider, const char *what)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", provider, what);
  int left = GPOINTER_TO_INT (g_hash_table_lookup (self->orders, key));

  if (left > 0)
    g_hash_table_insert (self->orders, g_steal_pointer (&key), GINT_TO_POINTER (left - 1));
  return left != 0;
}

/**
 * kab_sandbox_script_forget:
 * @self: a script
 *
 * Forgets the orders and the records; the settings stay.
 */
void
kab_sandbox_script_forget (KabSandboxScript *self)
{
  g_hash_table_remove_all (self->orders);
  g_queue_clear_full (&self->records, (GDestroyNotify) json_object_unref);
}

/**
 * kab_sandbox_script_record:
 * @self: a script
 * @provider: who was asked or who called
 *
 * Starts a record with its number and time; the oldest of a thousand goes.
 *
 * Returns: (transfer none): the record, to be filled in; take a reference to fill it in later
 */
JsonObject *
kab_sandbox_script_record (KabSandboxScript *self, const char *provider)
{
  JsonObject *record = kab_sandbox_json_strings ("provider", provider, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *at = g_date_time_format_iso8601 (now);

  json_object_set_int_member (record, "number", ++self->next_record);
  json_object_set_string_member (record, "at", at);
  g_queue_push_tail (&self->records, record);
  if (self->records.length > MOST_RECORDS)
    json_object_unref (g_queue_pop_head (&self->records));
  return record;
}

/**
 * kab_sandbox_script_get_records:
 * @self: a script
 * @provider: (nullable): whose records, or %NULL for all
 *
 * Returns: (transfer full): the records, oldest first
 */
JsonArray *
kab_sandbox_script_get_records (KabSandboxScript *self, const char *provider)
{
  JsonArray *array = json_array_new ();

  for (GList *l = self->records.head; l; l = l->next)
    if (!provider || g_strcmp0 (provider, kab_sandbox_json_text (l->data, "provider")) == 0)
      json_array_add_object_element (array, json_object_ref (l->data));
  return array;
}

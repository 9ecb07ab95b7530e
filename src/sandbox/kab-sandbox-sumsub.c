/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-sumsub.h"

#include "kab-sandbox-crypto.h"
#include "kab-sandbox-json.h"
#include "kab-sandbox-sumsub-api.h"
#include "kab-sandbox-sumsub-page.h"
#include "kab-sandbox-webhooks.h"

/**
 * KabSandboxSumsub:
 *
 * The identification provider: its applicants, the links to its page, and the checks that are
 * under way. The calls are in kab-sandbox-sumsub-api.c, the page in kab-sandbox-sumsub-page.c.
 */
struct _KabSandboxSumsub
{
  GObject parent_instance;

  KabSandboxScript *script;     /* (owned) */
  KabSandboxState *state;       /* (owned) */
  KabSandboxWebhooks *webhooks; /* (owned) */
  KabSandboxHttp *http;         /* (owned) */
  KabSandboxGuard *guard;       /* (owned) */
  GPtrArray *applicants;        /* (owned) of (owned) KabSandboxApplicant */
  GHashTable *links;            /* (owned) token → (owned) KabSandboxLink */
  GHashTable *reviews;          /* (owned) of (owned) Review with a running timer */
};

typedef struct
{
  KabSandboxSumsub *owner;        /* (unowned) */
  KabSandboxApplicant *applicant; /* (owned) */
  guint timer;
} Review;

G_DEFINE_FINAL_TYPE (KabSandboxSumsub, kab_sandbox_sumsub, G_TYPE_OBJECT)

static void
free_review (gpointer data)
{
  Review *review = data;

  g_clear_handle_id (&review->timer, g_source_remove);
  g_object_unref (review->applicant);
  g_free (review);
}

static void
save (KabSandboxSumsub *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->applicants->len; i++)
    json_array_add_object_element (array,
                                   kab_sandbox_applicant_to_json (self->applicants->pdata[i]));
  kab_sandbox_state_set_applicants (self->state, array);
}

static void
finish_review (KabSandboxSumsub *self, KabSandboxApplicant *applicant, const char *outcome)
{
  kab_sandbox_applicant_review (applicant, kab_sandbox_applicant_result_of (applicant, outcome),
                                kab_sandbox_script_get_time (self->script));
  kab_sandbox_sumsub_changed (self, applicant, "applicantReviewed");
}

static gboolean
review_over_cb (gpointer data)
{
  Review *review = data;
  KabSandboxSumsub *self = review->owner;
  const char *plan = kab_sandbox_applicant_get_plan (review->applicant);

  review->timer = 0;
  if (plan && g_str_equal (kab_sandbox_applicant_get_status (review->applicant), "pending"))
    {
      g_autofree char *outcome = g_strdup (plan);
      finish_review (self, review->applicant, outcome);
    }
  g_hash_table_remove (self->reviews, review);
  return G_SOURCE_REMOVE;
}

static void
schedule_review (KabSandboxSumsub *self, KabSandboxApplicant *applicant)
{
  Review *review = g_new0 (Review, 1);

  review->owner = self;
  review->applicant = g_object_ref (applicant);
  review->timer = g_timeout_add (kab_sandbox_script_get_settings (self->script)->review_delay,
                                 review_over_cb, review);
  g_hash_table_add (self->reviews, review);
}

static void
load (KabSandboxSumsub *self)
{
  JsonArray *array = kab_sandbox_state_get_applicants (self->state);

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      KabSandboxApplicant *applicant =
          JSON_NODE_HOLDS_OBJECT (node)
              ? kab_sandbox_applicant_new_from_json (json_node_get_object (node))
              : NULL;

      if (!applicant)
        continue;
      g_ptr_array_add (self->applicants, applicant);
      if (kab_sandbox_applicant_get_plan (applicant))
        schedule_review (self, applicant);
    }
}

static void
kab_sandbox_sumsub_dispose (GObject *object)
{
  KabSandboxSumsub *self = KAB_SANDBOX_SUMSUB (object);

  if (self->webhooks)
    kab_sandbox_sumsub_stop (self);
  g_clear_object (&self->webhooks);
  g_clear_object (&self->guard);
  g_clear_object (&self->script);
  g_clear_object (&self->state);
  g_clear_object (&self->http);
  G_OBJECT_CLASS (kab_sandbox_sumsub_parent_class)->dispose (object);
}

static void
kab_sandbox_sumsub_finalize (GObject *object)
{
  KabSandboxSumsub *self = KAB_SANDBOX_SUMSUB (object);

  g_ptr_array_unref (self->applicants);
  g_hash_table_unref (self->links);
  g_hash_table_unref (self->reviews);
  G_OBJECT_CLASS (kab_sandbox_sumsub_parent_class)->finalize (object);
}

static void
kab_sandbox_sumsub_class_init (KabSandboxSumsubClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kab_sandbox_sumsub_dispose;
  G_OBJECT_CLASS (klass)->finalize = kab_sandbox_sumsub_finalize;
}

static void
kab_sandbox_sumsub_init (KabSandboxSumsub *self)
{
  self->applicants = g_ptr_array_new_with_free_func (g_object_unref);
  self->links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) kab_sandbox_link_free);
  self->reviews = g_hash_table_new_full (NULL, NULL, free_review, NULL);
}

/**
 * kab_sandbox_sumsub_new:
 * @script: settings, orders and log
 * @state: secrets and the applicants of the last run
 * @http: where to answer
 *
 * Returns: (transfer full): the provider, which answers at once
 */
KabSandboxSumsub *
kab_sandbox_sumsub_new (KabSandboxScript *script, KabSandboxState *state, KabSandboxHttp *http)
{
  KabSandboxSumsub *self = g_object_new (KAB_TYPE_SANDBOX_SUMSUB, NULL);

  self->script = g_object_ref (script);
  self->state = g_object_ref (state);
  self->http = g_object_ref (http);
  self->webhooks = kab_sandbox_webhooks_new (script, state);
  load (self);
  self->guard = kab_sandbox_guard_new (script, state);
  kab_sandbox_sumsub_api_serve (self, http);
  kab_sandbox_sumsub_page_serve (self, http);
  return self;
}

/**
 * kab_sandbox_sumsub_set_bank:
 * @self: the provider
 * @url: the bank's server, which gets the notices
 */
void
kab_sandbox_sumsub_set_bank (KabSandboxSumsub *self, const char *url)
{
  kab_sandbox_webhooks_set_bank (self->webhooks, url);
}

/**
 * kab_sandbox_sumsub_get_script:
 * @self: the provider
 *
 * Returns: (transfer none): settings, orders and log
 */
KabSandboxScript *
kab_sandbox_sumsub_get_script (KabSandboxSumsub *self)
{
  return self->script;
}

/**
 * kab_sandbox_sumsub_get_guard:
 * @self: the provider
 *
 * Returns: (transfer none): what lets calls pass
 */
KabSandboxGuard *
kab_sandbox_sumsub_get_guard (KabSandboxSumsub *self)
{
  return self->guard;
}

/**
 * kab_sandbox_sumsub_has_level:
 * @level: (nullable): a level's name
 *
 * Returns: whether the provider's dashboard has it; upper and lower case differ
 */
gboolean
kab_sandbox_sumsub_has_level (const char *level)
{
  static const char *const levels[] = { "photo-identification", "video-identification",
                                        "basic-kyc-level", "Latvijas līmenis / 1", NULL };

  return level && g_strv_contains (levels, level);
}

/**
 * kab_sandbox_sumsub_find:
 * @self: the provider
 * @id: (nullable): the provider's id
 *
 * Returns: (transfer none) (nullable): the applicant
 */
KabSandboxApplicant *
kab_sandbox_sumsub_find (KabSandboxSumsub *self, const char *id)
{
  for (guint i = 0; i < self->applicants->len; i++)
    if (g_strcmp0 (kab_sandbox_applicant_get_id (self->applicants->pdata[i]), id) == 0)
      return self->applicants->pdata[i];
  return NULL;
}

/**
 * kab_sandbox_sumsub_find_user:
 * @self: the provider
 * @external_user_id: (nullable): the bank's id
 *
 * Returns: (transfer none) (nullable): the applicant
 */
KabSandboxApplicant *
kab_sandbox_sumsub_find_user (KabSandboxSumsub *self, const char *external_user_id)
{
  for (guint i = 0; i < self->applicants->len; i++)
    if (g_strcmp0 (kab_sandbox_applicant_get_external_id (self->applicants->pdata[i]),
                   external_user_id) == 0)
      return self->applicants->pdata[i];
  return NULL;
}

/**
 * kab_sandbox_sumsub_create:
 * @self: the provider
 * @external_user_id: the bank's id, which nobody has yet
 * @level: a known level
 * @profile: (transfer none): what the bank says of the person
 *
 * Returns: (transfer none): a new applicant; the bank is told
 */
KabSandboxApplicant *
kab_sandbox_sumsub_create (KabSandboxSumsub *self,
                           const char *external_user_id,
                           const char *level,
                           JsonObject *profile)
{
  KabSandboxApplicant *applicant = kab_sandbox_applicant_new (
      external_user_id, level, profile, kab_sandbox_script_get_time (self->script));

  g_ptr_array_add (self->applicants, applicant);
  kab_sandbox_sumsub_changed (self, applicant, "applicantCreated");
  return applicant;
}

/**
 * kab_sandbox_sumsub_add_link:
 * @self: the provider
 * @link: (transfer full): the link
 *
 * Returns: (transfer full): its address
 */
char *
kab_sandbox_sumsub_add_link (KabSandboxSumsub *self, KabSandboxLink *link)
{
  g_autofree char *random = kab_sandbox_random_token (24);
  g_autofree char *token = g_strconcat ("sbx_", random, NULL);
  g_autofree char *query = link->language ? g_strconcat ("?lang=", link->language, NULL) : NULL;
  char *url = g_strdup_printf ("%s/websdk/p/%s%s", kab_sandbox_http_get_url (self->http), token,
                               query ? query : "");

  g_hash_table_insert (self->links, g_steal_pointer (&token), link);
  return url;
}

/**
 * kab_sandbox_sumsub_find_link:
 * @self: the provider
 * @token: the last part of a link's path
 *
 * Returns: (transfer none) (nullable): the link, unless it is unknown or has expired
 */
KabSandboxLink *
kab_sandbox_sumsub_find_link (KabSandboxSumsub *self, const char *token)
{
  KabSandboxLink *link = g_hash_table_lookup (self->links, token);

  return link && link->expires > kab_sandbox_script_get_time (self->script) ? link : NULL;
}

/**
 * kab_sandbox_sumsub_changed:
 * @self: the provider
 * @applicant: who was changed
 * @type: type of the notice
 *
 * Remembers the change and tells the bank.
 */
void
kab_sandbox_sumsub_changed (KabSandboxSumsub *self,
                            KabSandboxApplicant *applicant,
                            const char *type)
{
  save (self);
  kab_sandbox_webhooks_send (self->webhooks, applicant, type);
}

/**
 * kab_sandbox_sumsub_choose:
 * @self: the provider
 * @applicant: an applicant who isn't being checked
 * @outcome: "green", "retry" or "final"
 *
 * The person has given everything: pending now, reviewed after the delay of the settings.
 */
void
kab_sandbox_sumsub_choose (KabSandboxSumsub *self,
                           KabSandboxApplicant *applicant,
                           const char *outcome)
{
  kab_sandbox_applicant_start_review (applicant, outcome,
                                      kab_sandbox_script_get_time (self->script));
  kab_sandbox_sumsub_changed (self, applicant, "applicantPending");
  schedule_review (self, applicant);
}

/* An outside process is awaited while a good answer is already shown: it doesn't count yet. */
static void
play_awaiting_service (KabSandboxSumsub *self, KabSandboxApplicant *applicant)
{
  kab_sandbox_applicant_review (applicant, kab_sandbox_applicant_result_of (applicant, "green"),
                                kab_sandbox_script_get_time (self->script));
  kab_sandbox_applicant_set_status (applicant, "awaitingService");
  kab_sandbox_sumsub_changed (self, applicant, "applicantAwaitingService");
}

/**
 * kab_sandbox_sumsub_play:
 * @self: the provider
 * @applicant: an applicant
 * @scene: "green", "retry", "final", "retry-then-green", "awaiting-service", "on-hold", "reset"
 *   or "deleted"
 * @error: 400 for another word
 *
 * Plays what can happen to an applicant at the provider, without the page and without delay.
 *
 * Returns: whether the scene is known
 */
gboolean
kab_sandbox_sumsub_play (KabSandboxSumsub *self,
                         KabSandboxApplicant *applicant,
                         const char *scene,
                         GError **error)
{
  g_autoptr (JsonObject) result = kab_sandbox_applicant_result_of (applicant, scene);
  gboolean twice = g_strcmp0 (scene, "retry-then-green") == 0;

  if (result || twice)
    {
      finish_review (self, applicant, twice ? "retry" : scene);
      if (twice)
        finish_review (self, applicant, "green");
    }
  else if (g_strcmp0 (scene, "awaiting-service") == 0)
    play_awaiting_service (self, applicant);
  else if (g_strcmp0 (scene, "on-hold") == 0)
    {
      kab_sandbox_applicant_set_status (applicant, "onHold");
      kab_sandbox_sumsub_changed (self, applicant, "applicantOnHold");
    }
  else if (g_strcmp0 (scene, "reset") == 0)
    {
      kab_sandbox_applicant_reset (applicant);
      kab_sandbox_sumsub_changed (self, applicant, "applicantReset");
    }
  else if (g_strcmp0 (scene, "deleted") == 0)
    {
      g_autoptr (KabSandboxApplicant) gone = g_object_ref (applicant);

      g_ptr_array_remove (self->applicants, gone);
      kab_sandbox_sumsub_changed (self, gone, "applicantDeleted");
    }
  else
    {
      g_set_error (error, KAB_SANDBOX_ERROR, 400, "'%s' is not something that can happen", scene);
      return FALSE;
    }
  return TRUE;
}

/**
 * kab_sandbox_sumsub_stop:
 * @self: the provider
 *
 * Ends no review any more and sends no notice.
 */
void
kab_sandbox_sumsub_stop (KabSandboxSumsub *self)
{
  g_hash_table_remove_all (self->reviews);
  kab_sandbox_webhooks_stop (self->webhooks);
}

/**
 * kab_sandbox_link_free:
 * @link: (transfer full): a link
 */
void
kab_sandbox_link_free (KabSandboxLink *link)
{
  g_free (link->external_user_id);
  g_free (link->level);
  g_free (link->language);
  g_free (link->success_url);
  g_free (link->reject_url);
  g_free (link->sign_key);
  g_free (link);
}

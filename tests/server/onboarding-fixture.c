/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "onboarding-fixture.h"

#include <string.h>

#include "kab-files.h"
#include "kab-events.h"
#include "kab-identification-jobs.h"
#include "kab-identifications.h"
#include "kab-outbox.h"
#include "kab-test-postgres.h"

static void test_provider_iface_init (KabIdentificationProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestProvider,
                               test_provider,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KAB_TYPE_IDENTIFICATION_PROVIDER,
                                                      test_provider_iface_init))

static gboolean
may_answer (TestProvider *self, GError **error)
{
  if (self->during_call != NULL)
    self->during_call (self->during_call_data);
  if (!self->fails)
    return TRUE;
  g_set_error_literal (error, KAB_PROVIDER_ERROR, (int) self->error, "as told");
  return FALSE;
}

static char *
enroll (KabIdentificationProvider *provider,
        const KabIdentificationRequest *request,
        GError **error)
{
  TestProvider *self = TEST_PROVIDER (provider);

  if (!may_answer (self, error))
    return NULL;
  self->n_enrolled++;
  return g_strconcat ("p-", request->person_id, NULL);
}

static char *
make_link (KabIdentificationProvider *provider,
           const KabIdentificationRequest *request,
           guint seconds,
           GError **error)
{
  TestProvider *self = TEST_PROVIDER (provider);

  if (!may_answer (self, error))
    return NULL;
  return g_strdup_printf ("https://provider.example/%u", ++self->n_links);
}

static KabIdentificationReview *
review (KabIdentificationProvider *provider,
        const char *provider_id,
        gboolean is_video,
        GError **error)
{
  TestProvider *self = TEST_PROVIDER (provider);
  const char *const labels[] = { self->label, NULL };
  KabIdentificationReview *found;

  if (!may_answer (self, error))
    return NULL;
  self->n_reviews++;
  found = g_new0 (KabIdentificationReview, 1);
  found->outcome = self->outcome;
  found->person_id = g_strdup (self->other_person != NULL ? self->other_person : provider_id + 2);
  found->comment = g_strdup (self->comment != NULL ? self->comment : "");
  found->labels = g_strdupv ((char **) labels);
  return found;
}

static gboolean
reset (KabIdentificationProvider *provider, const char *provider_id, GError **error)
{
  TestProvider *self = TEST_PROVIDER (provider);

  if (!may_answer (self, error))
    return FALSE;
  self->n_resets++;
  return TRUE;
}

static void
test_provider_iface_init (KabIdentificationProviderInterface *iface)
{
  iface->enroll = enroll;
  iface->make_link = make_link;
  iface->review = review;
  iface->reset = reset;
}

static void
test_provider_finalize (GObject *object)
{
  g_free (TEST_PROVIDER (object)->other_person);
  G_OBJECT_CLASS (test_provider_parent_class)->finalize (object);
}

static void
test_provider_class_init (TestProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_provider_finalize;
}

static void
test_provider_init (TestProvider *self)
{
}

/* The engine that the test which runs now is about. */
static gboolean on_postgresql;

static void
run_on_sqlite (gconstpointer func)
{
  on_postgresql = FALSE;
  ((GTestFunc) func) ();
}

static void
run_on_postgresql (gconstpointer func)
{
  on_postgresql = TRUE;
  ((GTestFunc) func) ();
}

/* Adds a test that runs on each engine. */
void
kab_onboarding_add_test (const char *path, GTestFunc func)
{
  g_autofree char *sqlite = g_strconcat (path, "/sqlite", NULL);
  g_autofree char *postgresql = g_strconcat (path, "/postgresql", NULL);

  g_test_add_data_func (sqlite, (gconstpointer) func, run_on_sqlite);
  g_test_add_data_func (postgresql, (gconstpointer) func, run_on_postgresql);
}

KabOnboarding *
kab_onboarding_new (void)
{
  g_autofree char *store_url = on_postgresql ? kab_test_postgres_new_database () : NULL;
  static const char *const algorithms[] = { "HMAC_SHA256_HEX", "HMAC_SHA512_HEX", NULL };
  KabOnboarding *self = g_new0 (KabOnboarding, 1);
  g_autofree char *clerk = NULL;

  self->bank = kab_test_bank_new_on (store_url);
  self->provider = g_object_new (TEST_TYPE_PROVIDER, NULL);
  kab_api_context_set_identification (self->bank->context,
                                      KAB_IDENTIFICATION_PROVIDER (self->provider),
                                      ONBOARDING_SECRET, algorithms, FALSE);
  self->client =
      kab_test_bank_add_client (self->bank, ONBOARDING_EMAIL, ONBOARDING_PHONE, KAB_TEST_PASSWORD);
  self->token = kab_test_bank_sign_in (self->bank, self->client);
  clerk = kab_test_bank_add_staff (self->bank, ONBOARDING_CLERK_EMAIL, "Ilze", KAB_TEST_PASSWORD);
  self->staff = kab_test_bank_sign_in (self->bank, clerk);
  return self;
}

void
kab_onboarding_free (KabOnboarding *self)
{
  kab_test_bank_free (self->bank);
  g_assert_finalize_object (self->provider);
  g_free (self->client);
  g_free (self->token);
  g_free (self->staff);
  g_free (self);
}

static char *
tag_of (gint64 version)
{
  return version > 0 ? g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", version) : NULL;
}

/* @version: 0 sends no If-Match */
KabTestAnswer *
kab_onboarding_post (KabOnboarding *self,
                     const char *token,
                     const char *path,
                     gint64 version,
                     const char *body)
{
  g_autofree char *tag = tag_of (version);

  return kab_test_bank_call (self->bank, "POST", path, token, tag, body);
}

KabTestAnswer *
kab_onboarding_put (KabOnboarding *self, const char *path, gint64 version, const char *body)
{
  g_autofree char *tag = tag_of (version);

  return kab_test_bank_call (self->bank, "PUT", path, self->token, tag, body);
}

KabTestAnswer *
kab_onboarding_get (KabOnboarding *self, const char *token, const char *path)
{
  return kab_test_bank_call (self->bank, "GET", path, token, NULL, NULL);
}

typedef struct
{
  KabFileNew file;
  gboolean complete;
  char *id;
  const char *audience;
  const char *type;
  guint count;
} Work;

static gboolean
add_file (KabTransaction *tx, gpointer data, GError **error)
{
  Work *work = data;

  g_free (work->id);
  work->id = kab_file_create (tx, &work->file, error);
  return work->id != NULL && kab_file_append (tx, work->id, 0, "%PDF-", 5, error) &&
         (!work->complete || kab_file_complete (tx, work->id, error));
}

/* Returns: (transfer full): the id of an upload that would expire tomorrow */
char *
kab_onboarding_add_file (KabOnboarding *self,
                         const char *owner,
                         const char *name,
                         const char *media_type,
                         gboolean complete)
{
  g_autoptr (GError) error = NULL;
  Work work = { .file = { owner, name, media_type, complete ? 5 : 9,
                          self->bank->now + G_TIME_SPAN_DAY },
                .complete = complete };

  kab_store_write (self->bank->store, add_file, &work, &error);
  g_assert_no_error (error);
  return work.id;
}

/* Returns: (transfer full): the id of a submitted application for these services: "\"N1\"" … */
char *
kab_onboarding_apply (KabOnboarding *self, const char *services)
{
  gboolean is_additional = strstr (services, "N2") != NULL || strstr (services, "N3") != NULL;
  g_autofree char *file =
      kab_onboarding_add_file (self, self->client, "pase.pdf", "application/pdf", TRUE);
  g_autofree char *more = is_additional
                              ? g_strdup_printf (",\"related_client\":\"SIA Liepa\","
                                                 "\"identity_document\":[{\"upload\":\"%s\","
                                                 "\"name\":\"pase.pdf\",\"size\":5}]",
                                                 file)
                              : g_strdup ("");
  g_autofree char *answers = g_strdup_printf (ONBOARDING_ANSWERS, services, more);
  g_autofree char *body =
      g_strdup_printf ("{\"form\":\"application-natural\",\"answers\":%s}", answers);
  g_autoptr (KabTestAnswer) draft =
      kab_onboarding_post (self, self->token, "/v1/applications", 0, body);
  g_autoptr (KabTestAnswer) sent = NULL;
  g_autofree char *path = NULL;

  kab_test_answer_expect (draft, 201, NULL);
  path = g_strdup_printf ("/v1/applications/%s/submission", kab_test_answer_text (draft, "id"));
  sent = kab_onboarding_post (self, self->token, path, 1, NULL);
  kab_test_answer_expect (sent, 200, NULL);
  return g_strdup (kab_test_answer_text (sent, "id"));
}

/* Returns: (transfer full): the id of the first identification, whose link was asked for */
char *
kab_onboarding_begin_photo (KabOnboarding *self, const char *application)
{
  g_autofree char *path = g_strconcat ("/v1/applications/", application, NULL);
  g_autoptr (KabTestAnswer) found = kab_onboarding_get (self, self->token, path);
  const char *id = kab_test_answer_text (found, "identifications.0.id");
  g_autofree char *link = g_strdup_printf ("/v1/identifications/%s/link", id);
  g_autoptr (KabTestAnswer) made = kab_onboarding_post (self, self->token, link, 0, NULL);

  kab_test_answer_expect (made, 201, NULL);
  return g_strdup (id);
}

/* Sends a genuine notice. Returns: the status of the answer */
guint
kab_onboarding_notify (KabOnboarding *self,
                       const char *person,
                       const char *type,
                       const char *correlation,
                       gint64 at)
{
  g_autoptr (GDateTime) seconds = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autofree char *time = g_date_time_format (seconds, "%Y-%m-%d %H:%M:%S");
  g_autofree char *body = g_strdup_printf (
      "{\"applicantId\":\"p-%s\",\"externalUserId\":\"%s\",\"type\":\"%s\","
      "\"correlationId\":\"%s\","
      "\"sandboxMode\":false,\"reviewStatus\":\"completed\",\"createdAtMs\":\"%s.%03d\"}",
      person, person, type, correlation, time, (int) (at / 1000 % 1000));
  g_autofree char *digest = g_compute_hmac_for_string (
      G_CHECKSUM_SHA256, (const guchar *) ONBOARDING_SECRET, strlen (ONBOARDING_SECRET), body, -1);
  SoupMessage *message = kab_test_bank_message (self->bank, "POST", "/v1/webhooks/sumsub", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (KabTestAnswer) answer = NULL;

  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  soup_message_headers_append (soup_message_get_request_headers (message), "x-payload-digest",
                               digest);
  soup_message_headers_append (soup_message_get_request_headers (message), "x-payload-digest-alg",
                               "HMAC_SHA256_HEX");
  answer = kab_test_bank_send (self->bank, message);
  return answer->status;
}

typedef struct
{
  GPtrArray *messages;
  KabOutboxMessage *message;
  gboolean done;
} Jobs;

static gboolean
claim (KabTransaction *tx, gpointer data, GError **error)
{
  Jobs *jobs = data;

  g_clear_pointer (&jobs->messages, g_ptr_array_unref);
  jobs->messages = kab_outbox_claim (tx, KAB_OUTBOX_IDENTIFICATION, 1, G_TIME_SPAN_MINUTE, error);
  return jobs->messages != NULL;
}

static gboolean
conclude (KabTransaction *tx, gpointer data, GError **error)
{
  Jobs *jobs = data;
  gboolean gave_up;

  return jobs->done ? kab_outbox_finish (tx, jobs->message, error)
                    : kab_outbox_retry (tx, jobs->message, "failed", &gave_up, error);
}

/* Does what waits for the provider, as the server's jobs do. Returns: how many were done well */
guint
kab_onboarding_run_jobs (KabOnboarding *self)
{
  guint n_done = 0;

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      Jobs jobs = { 0 };

      kab_store_write (self->bank->store, claim, &jobs, &error);
      g_assert_no_error (error);
      if (jobs.messages->len == 0)
        {
          g_ptr_array_unref (jobs.messages);
          return n_done;
        }
      jobs.message = jobs.messages->pdata[0];
      jobs.done = kab_identification_jobs_deliver (jobs.message, self->bank->now,
                                                   self->bank->context, NULL);
      n_done += jobs.done;
      kab_store_write (self->bank->store, conclude, &jobs, &error);
      g_assert_no_error (error);
      g_ptr_array_unref (jobs.messages);
    }
}

/* The provider comes to a result and says so. */
void
kab_onboarding_review (KabOnboarding *self, const char *person, KabIdentificationOutcome outcome)
{
  g_autofree char *correlation = g_uuid_string_random ();

  self->provider->outcome = outcome;
  kab_test_bank_pass_time (self->bank, G_TIME_SPAN_MINUTE);
  g_assert_cmpuint (
      kab_onboarding_notify (self, person, "applicantReviewed", correlation, self->bank->now), ==,
      200);
  g_assert_cmpuint (kab_onboarding_run_jobs (self), ==, 1);
}

/* Returns: (transfer full): the id of an application whose documents page is open */
char *
kab_onboarding_open_documents (KabOnboarding *self, const char *services)
{
  g_autofree char *application = kab_onboarding_apply (self, services);
  g_autofree char *person = kab_onboarding_begin_photo (self, application);

  kab_onboarding_review (self, person, KAB_OUTCOME_PASSED);
  return g_steal_pointer (&application);
}

static void
finish_document (KabOnboarding *self, KabTestAnswer *list, guint i)
{
  g_autofree char *member = g_strdup_printf ("items.%u.id", i);
  g_autofree char *kind = g_strdup_printf ("items.%u.kind", i);
  const char *id = kab_test_answer_text (list, member);
  g_autofree char *path = g_strconcat ("/v1/documents/", id, NULL);
  g_autofree char *submission = g_strconcat (path, "/submission", NULL);
  g_autofree char *acceptance = g_strdup_printf ("/v1/staff/documents/%s/acceptance", id);
  g_autofree char *file =
      kab_onboarding_add_file (self, self->client, "anketa.pdf", "application/pdf", TRUE);
  g_autofree char *body = g_str_equal (kab_test_answer_text (list, kind), "pdf-questionnaire")
                              ? g_strdup_printf ("{\"files\":[\"%s\"]}", file)
                              : g_strdup ("{\"answers\":" ONBOARDING_TAX_ANSWERS "}");
  g_autoptr (KabTestAnswer) saved = kab_onboarding_put (self, path, 1, body);
  g_autoptr (KabTestAnswer) sent = NULL;
  g_autoptr (KabTestAnswer) accepted = NULL;

  kab_test_answer_expect (saved, 200, NULL);
  sent = kab_onboarding_post (self, self->token, submission, 2, NULL);
  kab_test_answer_expect (sent, 200, NULL);
  accepted = kab_onboarding_post (self, self->staff, acceptance, 3, "{}");
  kab_test_answer_expect (accepted, 200, NULL);
}

/* Fills in, sends and accepts every document. */
void
kab_onboarding_finish_documents (KabOnboarding *self, const char *application)
{
  g_autofree char *path = g_strconcat ("/v1/documents?application=", application, NULL);
  g_autoptr (KabTestAnswer) list = kab_onboarding_get (self, self->token, path);
  guint n = json_array_get_length (json_object_get_array_member (list->json, "items"));

  for (guint i = 0; i < n; i++)
    finish_document (self, list, i);
}

void
kab_onboarding_expect_stage (KabOnboarding *self,
                             const char *application,
                             const char *stage,
                             const char *state)
{
  g_autofree char *path = g_strconcat ("/v1/applications/", application, NULL);
  g_autoptr (KabTestAnswer) found = kab_onboarding_get (self, self->token, path);
  JsonArray *stages;

  kab_test_answer_expect (found, 200, NULL);
  stages = json_object_get_array_member (found->json, "stages");
  for (guint i = 0; i < json_array_get_length (stages); i++)
    {
      JsonObject *entry = json_array_get_object_element (stages, i);

      if (g_str_equal (json_object_get_string_member (entry, "stage"), stage))
        {
          g_assert_cmpstr (json_object_get_string_member (entry, "state"), ==, state);
          return;
        }
    }
  g_error ("there is no stage %s in %s", stage, found->body);
}

static gboolean
count_events (KabTransaction *tx, gpointer data, GError **error)
{
  Work *work = data;
  g_autoptr (GPtrArray) events = NULL;
  gboolean is_reset;

  events = kab_events_since (tx, work->audience, NULL, 0, 10000, &is_reset, error);
  if (events == NULL)
    return FALSE;
  work->count = 0;
  for (guint i = 0; i < events->len; i++)
    work->count += g_str_equal (((KabEvent *) events->pdata[i])->type, work->type);
  return TRUE;
}

/* Returns: how many live events of this type the audience got */
guint
kab_onboarding_n_events (KabOnboarding *self, const char *audience, const char *type)
{
  g_autoptr (GError) error = NULL;
  Work work = { .audience = audience, .type = type };

  kab_store_read (self->bank->store, count_events, &work, &error);
  g_assert_no_error (error);
  return work.count;
}
